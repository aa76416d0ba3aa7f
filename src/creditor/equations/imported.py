"""Owns imports: a text in a foreign form to a text of ours, with all that was not understood or changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from creditor.equations import statements as s
from creditor.equations.expressions import Binary, Call, Expression, Name, Negative, Number, plain, walk
from creditor.equations.foreign import Foreign, Refused, Said, number_of
from creditor.equations.foreign_dynare import read_dynare
from creditor.equations.foreign_expressions import NotUnderstood
from creditor.equations.foreign_sets import read_pysolve, read_sfcr
from creditor.equations.foreign_texts import read_eviews, read_modelflow
from creditor.equations.show import to_text
from creditor.equations.words import RESERVED

READERS: dict[str, Callable[[str], Foreign]] = {
    "sfcr": read_sfcr,
    "modelflow": read_modelflow,
    "eviews": read_eviews,
    "pysolve": read_pysolve,
    "dynare": read_dynare,
}
MEANT = ("holder", "net_worth", "saving")  # not reserved, but with a meaning of their own


@dataclass(frozen=True)
class Imported:
    """A model in our language, and what became of the foreign text.

    Parameters
    ----------
    text : str
        Statements ``given``, ``let``, ``find`` and ``start``; what is missing stands in comments.
    refused : tuple of Refused
        Lines that are not understood, and names without a value.
    passed : tuple of (line, text, why)
    renamed : tuple of (name, ours, why)
    counts : dict of word to int
        How many of each statement the text has.
    """

    text: str
    refused: tuple[Refused, ...]
    passed: tuple[tuple[int, str, str], ...]
    renamed: tuple[tuple[str, str, str], ...]
    counts: dict[str, int]


def form_of(file: str, text: str) -> str:
    """Which form a text seems to be in, by the end of its name and by its words.

    Examples
    --------
    >>> form_of("pc.R", ""), form_of("pc.txt", "FRML <> Y = C $"), form_of("pc.txt", "y = c")
    ('sfcr', 'modelflow', 'eviews')
    """
    end = file.rpartition(".")[2].lower()
    if end in ("r", "rmd") or "sfcr_set" in text:
        return "sfcr"
    if end in ("py", "mod"):
        return "pysolve" if end == "py" else "dynare"
    if re.search(r"^\s*model\s*(\([^)]*\))?\s*;", text, re.MULTILINE):
        return "dynare"
    return "modelflow" if end == "frm" or re.search(r"\bfrml\b", text, re.IGNORECASE) else "eviews"


def import_text(text: str, form: str, file: str = "text") -> Imported:
    """Read a foreign text and write it in our language.

    Parameters
    ----------
    text : str
    form : {"sfcr", "modelflow", "eviews", "pysolve", "dynare"}
    file : str
        Its name, for the first line.

    Returns
    -------
    Imported

    Notes
    -----
    A name that an equation decides and that has a number too is opened by the number; any other with a number
    is a given. Nothing of the text is executed.

    Examples
    --------
    >>> print(import_text("y = 0.5 * y(-1) + g\\ng = 20\\ny(0) = 40", "eviews").text.splitlines()[1])
    given G = 20
    """
    foreign = READERS[form](text)
    refused = list(foreign.refused)
    parts = _sort(foreign, refused)
    missing = _missing(parts)
    names, renamed = _named([*parts.every, *missing.values()])
    renamed += _folded(foreign, text, names)
    for name, line in ((name, one.line) for name, one in missing.items()):
        what, mend = f"{name} is read and has no value", f"write given {names[name]} = VALUE in the model"
        refused.append(Refused(line, name, what, "nothing in the text decides it", mend))
    blocks = [
        [to_text(s.Given(s.Spot(names[n]), _renamed(one.right, names))) for n, one in parts.values.items()],
        [f"# given {names[name]} = ?   # no value in the text" for name in missing],
        [_equation(one, names) for one in parts.equations.values()],
        [_start(one, names) for one in parts.starts],
        [f"# line {one.line} is not understood: {one.text}" for one in foreign.refused],
    ]
    title = f"# {_clean(file)}: imported from {form}"
    written = "\n\n".join(["\n".join(rows) for rows in blocks if rows])
    counts = {"given": len(parts.values), "let": 0, "find": 0, "start": len(parts.starts)}
    for one in parts.equations.values():
        counts["let" if _decides(one) else "find"] += 1
    refused.sort(key=lambda one: one.line)
    return Imported(f"{title}\n{written}\n", tuple(refused), tuple(foreign.passed), tuple(renamed), counts)


@dataclass
class _Parts:
    """What is said, by what it is for."""

    values: dict[str, Said]
    equations: dict[str, Said]
    starts: list[Said]

    @property
    def every(self) -> list[Said]:
        return [*self.values.values(), *self.equations.values(), *self.starts]


def _sort(foreign: Foreign, refused: list[Refused]) -> _Parts:
    """Equations, values of givens and starts; what is decided twice is refused."""
    parts = _Parts({}, {}, [])
    decided = {one.name for one in foreign.said if not one.constant and one.back is None}
    numbers = {one.name for one in foreign.said if one.constant and one.back is None}
    past = numbers & {one.name for one in foreign.said if one.back is not None}  # constants with an opening
    opened: set[tuple[str, int]] = set()
    for one in foreign.said:
        start = one.back is not None or (one.constant and one.name in decided)
        if start:
            told = replace(one, back=one.back or 0)
            twice = (one.name, told.back or 0) in opened or one.name not in decided | past
            if not twice:
                opened.add((one.name, told.back or 0))
                parts.starts.append(told)
        else:
            given = one.constant and isinstance(one.left, Name) and one.name not in past
            kind = parts.values if given else parts.equations
            twice = one.name in parts.values or one.name in parts.equations
            if not twice:
                kind[one.name] = one
        if twice:
            why = "another line decides it" if one.name in decided or not start else "no equation decides it"
            shown = f"{one.name} = {to_text(one.right)}"
            told_twice = NotUnderstood(f"{one.name} is stated once more", why, "keep one of them")
            refused.append(Refused(one.line, shown, told_twice.what, told_twice.why, told_twice.mend))
    return parts


def _missing(parts: _Parts) -> dict[str, Said]:
    """Names that are read and that nothing decides, with the equation that reads them first."""
    found: dict[str, Said] = {}
    for one in parts.equations.values():
        for node in (*walk(one.left), *walk(one.right)):
            if isinstance(node, Name) and node.name not in parts.values and node.name not in parts.equations:
                found.setdefault(node.name, replace(one, name=node.name))
    return found


def _named(said: Iterable[Said]) -> tuple[dict[str, str], list[tuple[str, str, str]]]:
    """Our name of each foreign one, and those that differ, with the reason."""
    names: dict[str, str] = {}
    changed: list[tuple[str, str, str]] = []
    order = dict.fromkeys(
        [one.name for one in said]
        + [
            n.name
            for one in said
            for side in (one.left, one.right)
            for n in walk(side)
            if isinstance(n, Name)
        ]
    )
    plain_ones = {name for name in order if _fits(name)}
    taken = set(plain_ones)
    for name in order:
        ours = name
        if name not in plain_ones:
            ours = re.sub(r"\W|^(?=\d)", "_", name.replace(".", "_"))
            ours = f"{ours}_" if not _fits(ours) else ours
            while ours in taken:
                ours += "_"
            taken.add(ours)
            why = (
                "a word of the language"
                if name in RESERVED or name in MEANT
                else "a sign that names do not have"
            )
            changed.append((name, ours, why))
        names[name] = ours
    return names, changed


def _folded(foreign: Foreign, text: str, names: dict[str, str]) -> list[tuple[str, str, str]]:
    """Names that are one because their form does not tell upper from lower case."""
    spelled: dict[str, dict[str, None]] = {}
    for word in re.findall(r"[A-Za-z_]\w*", text) if foreign.dialect.fold else ():
        if word.upper() in names:
            spelled.setdefault(word.upper(), {})[word] = None
    why = "upper and lower case are one in this form"
    found = [(", ".join(words), names[name], why) for name, words in spelled.items() if len(words) > 1]
    return [*found, ("every name", "in upper case", why)] if spelled else found


def _fits(name: str) -> bool:
    return bool(re.fullmatch(r"[A-Za-z_][A-Za-z_0-9]*", name)) and name not in RESERVED and name not in MEANT


def _renamed(node: Expression, names: dict[str, str]) -> Expression:
    """The same expression with our names; negative numbers as minus and a number."""
    if isinstance(node, Name):
        return Name(names[node.name], (), node.lag)
    if isinstance(node, Negative):
        return Negative(_renamed(node.operand, names))
    if isinstance(node, Binary):
        return Binary(node.operator, _renamed(node.left, names), _renamed(node.right, names))
    if isinstance(node, Call):
        return Call(node.function, tuple(_renamed(part, names) for part in node.arguments))
    assert isinstance(node, Number)
    return node


def _equation(one: Said, names: dict[str, str]) -> str:
    """An equation as ``let``, or as ``find`` where its left side is more than a name."""
    right = _renamed(plain_changes(one.right), names)
    if _decides(one):
        return to_text(s.Let(s.Spot(names[one.name]), right))
    left = _renamed(plain_changes(one.left), names)
    return to_text(s.Find(s.Spot(names[one.name]), left, right))


def _decides(one: Said) -> bool:
    """Whether an equation has the variable that it decides, and nothing else, on its left."""
    return isinstance(one.left, Name) and one.left.name == one.name


def plain_changes(node: Expression) -> Expression:
    """Changes of anything but a name as differences; a change of a name stays as it is.

    Examples
    --------
    >>> to_text(plain_changes(Call("change", (Call("log", (Name("x"),)),))))
    'log(x) - log(x(-1))'
    """
    if isinstance(node, Call) and node.function == "change":
        return node if isinstance(node.arguments[0], Name) else plain(node)
    if isinstance(node, Negative):
        return Negative(plain_changes(node.operand))
    if isinstance(node, Binary):
        return Binary(node.operator, plain_changes(node.left), plain_changes(node.right))
    if isinstance(node, Call):
        return Call(node.function, tuple(plain_changes(part) for part in node.arguments))
    return node


def _start(one: Said, names: dict[str, str]) -> str:
    number = number_of(one.right)
    value = one.right if number is None or number >= 0 else Negative(Number(-number))
    return to_text(s.Start(s.Spot(names[one.name]), _renamed(value, names), lag=one.back or 0))


def _clean(file: str) -> str:
    return re.sub(r"[^\w .-]", "_", file)[:80]
