"""Owns what may happen next: each step checked against the alert, the rules and the office, made a draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from creditor.errors import InputError, Trouble, Troubles
from creditor.monitor.alert import Alert
from creditor.monitor.clue import Clue
from creditor.monitor.event import Draft
from creditor.monitor.fields import refuse_forms
from creditor.monitor.lifecycle import read_lifecycle
from creditor.monitor.offices import read_offices
from creditor.monitor.routing import route
from creditor.monitor.verification import Observation
from creditor.terms.suggest import mend_with

OPTIONS = {"recipients": "--to", "agreement": "--reason", "denial": "--reason"}


def adding(clue: Clue, office: str, time: str, follows: str = "") -> Draft:
    """Enter a clue.

    Raises
    ------
    InputError
        M907 where the office may not; M909 where the rules of routing have no place for it.

    Examples
    --------
    >>> clue = Clue("notice", "coin.example", "website", "virtual_currency", "Offers coins.", "a bank")
    >>> adding(clue, "pboc", "2026-03-01T00:00:00Z").content["group"]
    'virtual_currency'
    """
    offices = read_offices()
    offices.require(offices.check(office, "--by"), "add", clue.pack, "--by")
    found = route(clue.pack, clue.object, clue.province)
    content: dict[str, Any] = {"state": read_lifecycle().first, "clue": clue.as_dict()}
    content["group"] = clue.group or found.group
    content |= {"follows": follows} if follows else {}
    return Draft("", "added", time, office, content, clue.fingerprint)


def observing(alert: Alert, seen: Observation, office: str, time: str, fingerprint: str = "") -> Draft:
    """Record what a source says of an alert.

    Raises
    ------
    InputError
        M902 for a closed alert, M907, M908, M910.

    Examples
    --------
    >>> observing.__name__
    'observing'
    """
    _check(alert, "observe", office, time)
    if not read_lifecycle().after(alert.state):
        mend = "add a new alert; it may name this one"
        raise InputError(Trouble("M902", alert.number, "it is closed", "its log is complete", mend))
    told = {name: value for name, value in seen.as_dict().items() if name != "time"}
    _refuse(alert, told)
    return Draft(alert.number, "observed", time, office, {"observation": told}, fingerprint)


def sharing(alert: Alert, to: Sequence[str], office: str, time: str) -> Draft:
    """Pass an alert on to further offices of its group, in the state in which it is.

    Raises
    ------
    InputError
        M902 before it was disseminated, M907 for an office outside the group.

    Examples
    --------
    >>> sharing.__name__
    'sharing'
    """
    _check(alert, "share", office, time)
    if not alert.received:
        what, mend = f"it is still in {alert.state}", f"creditor alerts advance {alert.number} disseminated"
        raise InputError(Trouble("M902", alert.number, what, "it was not disseminated yet", mend))
    offices = _recipients(alert, to)
    return Draft(alert.number, "shared", time, office, {"to": offices, "state": alert.state})


def advancing(alert: Alert, to: str, office: str, time: str, given: Mapping[str, Any]) -> Draft:
    """Take the next step.

    Parameters
    ----------
    alert : Alert
    to : str
        State that follows.
    office, time : str
    given : mapping
        recipients (offices; the leads by default), determination, measure, reason, outcome.

    Raises
    ------
    InputError
        M902 for a step that is not allowed, M903 for one that lacks what it needs, M907, M908, M909, M910.

    Examples
    --------
    >>> advancing.__name__
    'advancing'
    """
    _check(alert, "advance", office, time)
    texts = {name: value for name, value in given.items() if value and name != "recipients"}
    needs = read_lifecycle().needs(alert.state, to, alert.number)
    unused = [name for name in texts if name not in needs and name != "reason"]
    if unused:
        what, why = (
            f"{unused[0]} is not part of the step to {to}",
            "it would say something that did not happen",
        )
        mend = "leave it out" + (f"; the step takes {', '.join(needs)}" if needs else "")
        raise InputError(Trouble("M909", f"--{unused[0]}", what, why, mend))
    _refuse(alert, texts)
    content: dict[str, Any] = {"from": alert.state, "to": to, "told": sorted(alert.received), **texts}
    if "recipients" in needs:
        leads = route(alert.clue.pack, alert.clue.object, alert.clue.province).recipients
        content["recipients"] = _recipients(alert, given.get("recipients") or leads)
    for need in needs:
        content |= _met(alert, need, to, office, content)
    return Draft(alert.number, "advanced", time, office, content)


def _met(alert: Alert, need: str, to: str, office: str, told: Mapping[str, Any]) -> dict[str, Any]:
    """Check one need of a step; what it adds to the event."""
    if need == "agreement":
        return _agreement(alert, told)
    if need == "denial":
        return _denial(alert, told)
    if need == "measure" and told.get("measure"):
        _measure(alert, str(told["measure"]), office)
    elif not told.get(need):
        option = OPTIONS.get(need, f"--{need}")
        what, mend = f"the step to {to} needs {need}", f"give it with {option}"
        raise InputError(Trouble("M903", alert.number, what, "", mend))
    return {}


def _agreement(alert: Alert, told: Mapping[str, Any]) -> dict[str, Any]:
    """Two independent sources say yes; or a reason is given, and the alert says that it is unconfirmed."""
    found = alert.validation
    if found.result == "agree" and found.finds == "yes":
        return {}
    if found.finds == "no":
        mend = f"creditor alerts advance {alert.number} refuted"
        raise InputError(Trouble("M903", alert.number, "what is known says no", "nothing verifies it", mend))
    if told.get("reason"):
        return {"unconfirmed": found.result}
    words = {"single": "one origin only says so", "conflict": "independent sources contradict each other"}
    mend = (
        f"creditor alerts verify {alert.number} with another origin; or state a --reason, and it is marked "
    )
    mend += f"as {found.result}"
    why = "a source that repeats another counts once"
    raise InputError(Trouble("M903", alert.number, words[found.result], why, mend))


def _denial(alert: Alert, told: Mapping[str, Any]) -> dict[str, Any]:
    """Some source says no, or a reason is given; the alert says where sources do not agree on it."""
    found = alert.validation
    said = [seen.finds for seen in alert.validation.by_origin.values()]
    if "no" not in said and not told.get("reason"):
        mend = f"creditor alerts verify {alert.number} --finds no with its source, or give a --reason"
        raise InputError(Trouble("M903", alert.number, "no source says that it is not so", "", mend))
    return {} if found.result == "agree" and found.finds == "no" else {"unconfirmed": found.result}


def _measure(alert: Alert, name: str, office: str) -> None:
    """The measure exists, fits the alert, and is for that office; a take-down follows a referral."""
    measures, offices = read_lifecycle().measures, read_offices()
    fitting = [key for key, row in measures.items() if alert.clue.pack in row.packs]
    if name not in fitting:
        why = "measures: " + ", ".join(fitting)
        raise InputError(Trouble("M909", "--measure", f"no measure {name!r}", why, mend_with(name, fitting)))
    row = measures[name]
    if row.offices and office not in row.offices:
        names = ", ".join(row.offices)
        what = f"{offices.title(office)} may not take the measure {name}"
        raise InputError(Trouble("M907", "--by", what, f"{row.article}: {names}", f"--by one of: {names}"))
    passed = [
        e for e in alert.events if office in e.content.get("recipients" if e.kind == "advanced" else "to", ())
    ]
    if row.after and not any(row.after in offices.roles_of(event.office) for event in passed):
        what = f"{name} needs a referral to {offices.title(office)} by a financial regulator"
        mend = f"as a financial regulator: creditor alerts share {alert.number} --to {office}"
        raise InputError(Trouble("M903", alert.number, what, row.article, mend))


def _recipients(alert: Alert, to: Sequence[str]) -> list[str]:
    """Offices to which an alert may go."""
    offices, troubles = read_offices(), Troubles()
    found = list(dict.fromkeys(offices.check(name, "--to") for name in to))
    group = offices.groups[alert.group]
    for name in found:
        if not offices.within(name, alert.group, alert.clue.province):
            what = f"{offices.title(name)} is outside the sharing group {group.name}"
            mend = "members: " + ", ".join((*group.offices, *(f"{kind}/PROVINCE" for kind in group.locals)))
            troubles.add("M907", "--to", what, "nobody outside it reads the alert", mend)
    if not found:
        troubles.add("M903", alert.number, "no office is named", "", "name one with --to")
    troubles.raise_if_any()
    return found


def _check(alert: Alert, action: str, office: str, time: str) -> None:
    """The office may do it and read the alert; the time does not lie before the last event."""
    offices = read_offices()
    offices.require(offices.check(office, "--by"), action, alert.clue.pack, "--by")
    if time < alert.time:
        what = f"{time} lies before the last event of {alert.number}, {alert.time}"
        raise InputError(Trouble("M910", "--at", what, "", f"give {alert.time} or later"))


def _refuse(alert: Alert, told: Mapping[str, Any]) -> None:
    troubles = Troubles()
    refuse_forms(told, alert.number, troubles)
    troubles.raise_if_any()
