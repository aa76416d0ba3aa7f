"""The one error family of creditor: where, what, why and how to mend it, with stable codes.

The kinds, each with its exit code::

    CreditorError            exit code 5, a defect of the program
    |-- InputError           exit code 2, what was given cannot be used
    |-- MissingError         exit code 3, the question is fine, the data or a tool is absent
    `-- NoSolutionError      exit code 4, no valid solution exists
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

Made = TypeVar("Made")

CODES: dict[str, str] = {
    "C101": "A file cannot be read.",
    "C102": "A file is empty.",
    "C103": "A file is not UTF-8.",
    "C104": "A CSV lacks a column.",
    "C105": "A file is larger than the limit.",
    "C106": "A CSV row has another number of fields than the header.",
    "C107": "A field is not a number.",
    "C108": "A number has a thousands separator or a decimal comma.",
    "C109": "An amount is negative.",
    "C110": "A key occurs twice.",
    "C111": "Rows that would be added are in two currencies.",
    "C112": "A required field is empty.",
    "C113": "A CSV has a column that is not known.",
    "C114": "A schema number is missing or not known.",
    "C115": "A TOML file is not valid.",
    "T201": "No economy has this code or name.",
    "T202": "No sector has this name.",
    "T203": "No instrument has this name.",
    "T204": "A period does not exist or is not written as one.",
    "T205": "No currency has this code.",
    "T206": "Two numbers with different units cannot be added.",
    "T207": "A unit cannot be read.",
    "T208": "A label or dimension is not in the table.",
    "T209": "A grade is none of A, B, C.",
    "F301": "A figure has no source that is described in sources.toml.",
    "F302": "No figures for this period.",
    "F303": "The economy has no figures for this question.",
    "F304": "A published total and its parts do not agree.",
    "F305": "Figures of two vintages or sets would be mixed.",
    "F306": "A recipe names a figure that is not there.",
    "F307": "A binding names what the model or the figures of the economy do not have.",
    "F308": "A binding and its figure differ in unit.",
    "F309": "Two bindings are about one cell of a model.",
    "F310": "A computation of a claim cannot be read.",
    "F311": "No claim has this id.",
    "F312": "A table of claims has a row that cannot be used.",
    "L401": "The listed holders hold more than the debt.",
    "L402": "A name is not in the ledger.",
    "L403": "Intermediaries own each other without any final owner; their part is not allocated.",
    "L404": "Nobody holds debt of this issuer in the ledger.",
    "L405": "An intermediary has negative equity and no rule for it was given.",
    "L406": "The totals cannot be met by any non-negative claims.",
    "L407": "The look-through equations were not solved to the required accuracy.",
    "L408": "A holder is named both as looked through and as final.",
    "L409": "A ledger cell is unknown and the totals that would determine it are not given.",
    "L410": "A stated range does not contain its figure.",
    "L411": "An amount lies outside its own interval.",
    "E601": "No statement of a model text begins with this word.",
    "E602": "A statement of a model text is unfinished, or something in it does not fit.",
    "E603": "A model text has a character that is not part of the language.",
    "E604": "An expression is nested too deep.",
    "E605": "A function has a wrong number of arguments.",
    "E606": "A number of a model text is out of range, or not whole where it must be.",
    "E610": "A model reads a name that is not there.",
    "E611": "A name in a model means several cells.",
    "E612": "Two statements of a model decide the same thing.",
    "E613": "Nothing settles a budget of a model.",
    "E614": "A model reads further back than it may.",
    "E615": "A model reads an opening value that is not given.",
    "E616": "A model names a cell that does not exist.",
    "E617": "A definition of a model goes round in a circle that has no solution.",
    "E618": "A model extends what cannot be extended.",
    "E619": "A condition after where is not about labels.",
    "E620": "A value of a model is out of bounds or not finite.",
    "E621": "An equation of a model has no valid solution in a period and path.",
    "E622": "The money of an amount that is to be converted is not known.",
    "E623": "A date, or the frequency, does not fit a model.",
    "E631": "A model does not come to rest.",
    "E641": "A model cannot be written in the form of another program.",
    "E642": "A line of a text in a foreign form is not understood, or lacks something.",
    "S701": "A field of a scenario is missing, not known or out of bounds.",
    "S702": "A scenario names something that the model does not have or cannot set.",
    "S703": "A draw has a distribution or parameters that cannot be used.",
    "S704": "A dimension takes its labels from the scenario, and there are none.",
    "S705": "No scenario has this name.",
    "S711": "A cell cannot be fixed, added to or aimed at, or two interventions undo each other.",
    "S712": "A target is not reached by its levers.",
    "S713": "A covariance is not symmetric or not positive semi-definite.",
    "S714": "Series do not decide the parameters that are to be fitted.",
    "S715": "An estimation does not settle.",
    "S731": "No stored run has this name.",
    "S732": "A name means several stored runs.",
    "S733": "Another process works on a stored run.",
    "S734": "A stored run is damaged, or made by another version or model.",
    "S735": "A run cannot be kept on the disk.",
    "P801": "A person file has a field that is missing, not known or impossible.",
    "P802": "A row of a debt table, or of its assumptions, cannot be used.",
    "R901": "A field or value of a case is not known to the regime.",
    "R902": "A condition of a regime cannot be read.",
    "R903": "A rule or definition of a regime cannot be used.",
    "R904": "No regime or provision has this name.",
    "R905": "A case contradicts itself.",
    "R906": "Owners in a case own each other in a circle.",
    "R907": "A decision record is damaged or not signed by two people.",
    "M901": "No alert has this number.",
    "M902": "A step in the life of an alert is not allowed from where it is.",
    "M903": "A step in the life of an alert lacks what it needs.",
    "M904": "The store of alerts is locked by somebody else.",
    "M905": "The log of alerts is damaged.",
    "M906": "The store of alerts cannot be opened.",
    "M907": "An office may not do or read this.",
    "M908": "A field would identify a natural person.",
    "M909": "A field of a clue, observation or rule of the monitor is missing or not known.",
    "M910": "A time is not written as one, or lies before what it follows.",
    "U501": "An option has a value that is not known.",
    "U502": "An output file cannot be written.",
    "U503": "A command or option is not known or is used wrongly.",
    "U504": "A tool or package that this needs is not installed.",
    "U599": "A defect of the program.",
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is wrong.

    Parameters
    ----------
    code : str
        A key of `CODES`.
    where : str
        ``file:line``, a field, or an option.
    what : str
        What was found there.
    why : str
        Why it cannot be used.
    mend : str
        What to do, with the nearest valid names where there are any.

    Examples
    --------
    >>> Trouble("C109", "claims.csv:4", "amount -3", "claims are non-negative", "swap holder and issuer").code
    'C109'
    """

    code: str
    where: str
    what: str
    why: str = ""
    mend: str = ""

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise KeyError(f"error code {self.code} is not in creditor.errors.CODES")

    def __str__(self) -> str:
        text = f"{self.where}: {self.what} [{self.code}]"
        if self.why:
            text += f"\n    why:  {self.why}"
        if self.mend:
            text += f"\n    mend: {self.mend}"
        return text


class CreditorError(Exception):
    """One or more troubles, raised together.

    Parameters
    ----------
    troubles : Trouble or iterable of Trouble
        Everything that was found wrong, in the order in which it was met.
    """

    exit_code = 5
    shown = 1000

    def __init__(self, troubles: Trouble | Iterable[Trouble]) -> None:
        self.troubles: tuple[Trouble, ...] = (troubles,) if isinstance(troubles, Trouble) else tuple(troubles)
        super().__init__(str(self))

    def __reduce__(self) -> tuple[type[CreditorError], tuple[tuple[Trouble, ...]]]:
        """Copy and pickle by the troubles, not by the text."""
        return type(self), (self.troubles,)

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the troubles, in order."""
        return tuple(trouble.code for trouble in self.troubles)

    def __str__(self) -> str:
        count = len(self.troubles)
        head = "1 trouble" if count == 1 else f"{count} troubles"
        lines = [f"{head}:"] + [str(trouble) for trouble in self.troubles[: self.shown]]
        if count > self.shown:
            lines.append(f"... and {count - self.shown} more of the same kinds")
        return "\n".join(lines)


class InputError(CreditorError):
    """What was given cannot be used."""

    exit_code = 2


class MissingError(CreditorError):
    """The question is fine; data or a tool it needs is absent."""

    exit_code = 3


class NoSolutionError(CreditorError):
    """No valid solution exists."""

    exit_code = 4


class Troubles:
    """Collects troubles so that all are raised at once.

    Examples
    --------
    >>> found = Troubles()
    >>> found.raise_if_any()
    """

    def __init__(self) -> None:
        self.items: list[Trouble] = []

    def add(self, code: str, where: str, what: str, why: str = "", mend: str = "") -> None:
        """Record one trouble."""
        self.items.append(Trouble(code, where, what, why, mend))

    def attempt(self, make: Callable[[], Made]) -> Made | None:
        """What `make` gives; None where it finds the input wrong, and its troubles are recorded.

        Examples
        --------
        >>> Troubles().attempt(lambda: 1)
        1
        """
        try:
            return make()
        except InputError as error:
            self.items += error.troubles
            return None

    def raise_if_any(self, kind: type[CreditorError] = InputError) -> None:
        """Raise all recorded troubles as one error of `kind`, if there are any; each is told once."""
        if self.items:
            raise kind(list(dict.fromkeys(self.items)))
