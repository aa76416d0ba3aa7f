"""Owns the dates of a scenario: its changes and series, from dates to the numbers of a model's periods."""

from __future__ import annotations

from typing import Any

from creditor.equations.calendar import Calendar
from creditor.errors import InputError, Troubles
from creditor.scenario.scenario import Scenario, SwitchChange


def in_numbers(scenario: Scenario, calendar: Calendar, troubles: Troubles) -> Scenario:
    """The same scenario with numbers of periods for dates.

    Parameters
    ----------
    scenario : Scenario
    calendar : Calendar
        Of its model.
    troubles : Troubles
        E623 for a date that does not fit the model, S702 for series that do not begin with period 1.

    Returns
    -------
    Scenario
        Changes whose dates do not fit are left out of it; its regimes have become changes of givens.

    Examples
    --------
    >>> from creditor.equations.calendar import read_calendar
    >>> from creditor.scenario.scenario import make_scenario
    >>> rise = {"name": "tax_rate", "value": 0.25, "from": "2026Q2"}
    >>> scenario = make_scenario(model="sim", set=[rise])
    >>> in_numbers(scenario, read_calendar("quarterly", "2025Q4"), Troubles()).set[0].first
    2
    """
    tables: dict[str, Any] = {name: [] for name in ("set", "add", "fix", "target")}
    for name, changes in tables.items():
        for entry in getattr(scenario, name):
            where = f"{name} {entry.name}"
            try:
                first = calendar.number(entry.first, where)
                last = None if entry.last is None else calendar.number(entry.last, where)
            except InputError as error:
                troubles.items.extend(error.troubles)
                continue
            changes.append(entry.model_copy(update={"first": first, "last": last}))
    tables["set"] += _switches(scenario, calendar, troubles)
    try:
        begin = calendar.number(scenario.series_from, "series") if scenario.series else 1
    except InputError as error:
        troubles.items.extend(error.troubles)
        begin = 1
    if begin != 1:
        what, why = f"they begin with {calendar.dated(begin)}", f"the first is {calendar.title(1)}"
        troubles.add("S702", "series", what, why, "begin with it; unknown is absent, never zero")
    found = {name: tuple(changes) for name, changes in tables.items()}
    return scenario.model_copy(update=found | {"series_from": 1, "regime": ()})


def _switches(scenario: Scenario, calendar: Calendar, troubles: Troubles) -> list[SwitchChange]:
    """What regimes make of givens, after the changes of the scenario itself."""
    found = []
    for one in scenario.switches():
        where = f"regime {one.given}"
        try:
            first = calendar.number(one.first, where)
            last = None if one.last is None else calendar.number(one.last, where)
        except InputError as error:
            troubles.items.extend(error.troubles)
            continue
        found.append(
            SwitchChange.model_validate({"name": one.given, "value": one.share, "from": first, "to": last})
        )
    return found
