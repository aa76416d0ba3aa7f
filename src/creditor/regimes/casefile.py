"""Owns the reading of case files: one activity as TOML, with owners; many as CSV, no row of which is lost."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from creditor.errors import InputError, Trouble
from creditor.regimes.cases import Case, read_case
from creditor.regimes.control import Control, Stake, control_of
from creditor.regimes.records import records_of
from creditor.regimes.regime import Regime
from creditor.terms.suggest import mend_with

LIMIT_MB = 32
NEAR = 0.8
"""Likeness from which a column that is ignored is taken for a misspelt one."""
OWNER_KEYS = ("owner", "of", "share", "place", "rights")


def read_case_file(path: Path, regime: Regime) -> tuple[Case, Control | None]:
    """Read one case from TOML.

    Parameters
    ----------
    path : Path
        Facts by name, ``extra`` as a text or list of notes, ``actor`` and ``[[owner]]`` for the control test.
    regime : Regime

    Returns
    -------
    tuple of Case and Control or None
        The control test where owners are given; it sets ``controlled_by_domestic``.

    Raises
    ------
    InputError
        C101, C103, C105, C115 for a file that cannot be read; R901, R905, R906 for its content.

    Examples
    --------
    >>> import tempfile
    >>> from creditor.regimes.read import load_regime
    >>> path = Path(tempfile.mkdtemp()) / "case.toml"
    >>> _ = path.write_text('schema = 1\\nactivity = "holding"\\nobject = "e-CNY"\\n')
    >>> read_case_file(path, load_regime("notice42"))[0].said["object"]
    'e-CNY'
    """
    try:
        data = tomllib.loads(text_of(path))
    except tomllib.TOMLDecodeError as error:
        trouble = Trouble("C115", path.name, "the file is no valid TOML", str(error), "mend that place")
        raise InputError(trouble) from None
    case, control = case_of(data, path.name, regime)
    if case.troubles:
        raise InputError(case.troubles)
    return case, control


def case_of(data: Mapping[str, Any], where: str, regime: Regime) -> tuple[Case, Control | None]:
    """A case from a table of facts; its troubles are collected in it.

    Examples
    --------
    >>> from creditor.regimes.read import load_regime
    >>> case_of({"object": "e-CNY"}, "case", load_regime("notice42"))[0].troubles
    []
    """
    row: dict[str, str] = {}
    notes: list[str] = []
    troubles: list[Trouble] = []
    for key, value in data.items():
        if key == "extra":
            notes += [value] if isinstance(value, str) else [str(note) for note in value]
        elif key in ("owner", "actor", "schema"):
            continue
        elif isinstance(value, bool):
            row[key] = "yes" if value else "no"
        elif isinstance(value, list):
            row[key] = "; ".join(map(str, value))
        elif isinstance(value, Mapping):
            mend = mend_with(key, [*regime.vocabulary.facts, "owner"])
            troubles.append(Trouble("R901", where, f"no table {key!r}", "a case has facts", mend))
        else:
            row[key] = str(value)
    control = _control(data, where, troubles)
    if control and control.value != "unknown":
        row.setdefault("controlled_by_domestic", control.value)
        if row["controlled_by_domestic"] != control.value:
            what = (
                f"controlled_by_domestic is {row['controlled_by_domestic']}, the owners say {control.value}"
            )
            troubles.append(Trouble("R905", where, what, control.reason, "take one of them out"))
    case = read_case(regime, row, where, [part for note in notes for part in note.split(";")])
    case.troubles[:0] = troubles
    case.contradicts |= any(trouble.code == "R905" for trouble in troubles)
    return case, control


def _control(data: Mapping[str, Any], where: str, troubles: list[Trouble]) -> Control | None:
    owners = data.get("owner", [])
    if not owners:
        return None
    stakes = []
    for entry in owners if isinstance(owners, list) else [owners]:
        unknown = [key for key in entry if key not in OWNER_KEYS]
        lacking = [key for key in ("owner", "of", "share") if key not in entry]
        for key in unknown:
            troubles.append(Trouble("R901", where, f"no key owner.{key}", "", mend_with(key, OWNER_KEYS)))
        for key in lacking:
            troubles.append(Trouble("R901", where, f"an owner lacks {key}", "", f"write {key} = ..."))
        if not lacking:
            share = float(entry["share"])
            stakes.append(
                Stake(entry["owner"], entry["of"], share, entry.get("place", ""), entry.get("rights", ""))
            )
    if not stakes:
        return None
    return control_of(str(data.get("actor", "actor")), stakes, f"{where}, owner")


def read_case_table(path: Path, regime: Regime) -> list[Case]:
    """Read many cases from CSV.

    Parameters
    ----------
    path : Path
        UTF-8 with a header row; columns that are no facts are ignored, and a first line ``# schema 1``.
    regime : Regime

    Returns
    -------
    list of Case
        One for each row, in order; what is wrong with a row stands in its troubles.

    Raises
    ------
    InputError
        C101, C102, C103, C105 where nothing can be read; C104 where no column is a fact of the regime.
    """
    header, records = records_of(text_of(path), path.name)
    facts = set(regime.vocabulary.columns or regime.vocabulary.facts)
    wanted = {*facts, "id", "extra"}
    if not facts & set(header):
        known = [*sorted(facts, key=list(regime.vocabulary.facts).index), "extra"]
        mend = "begin with the header id," + ",".join(known)
        raise InputError(Trouble("C104", path.name, "no column is a fact of the regime", "", mend))
    cases = []
    for record in records:
        fields = dict(zip(header, record.fields, strict=False))
        row = {key: text for key, text in fields.items() if key in wanted}
        case = read_case(regime, row, f"{path.name}:{record.line}")
        if record.trouble:
            case.troubles.insert(0, record.trouble)
            case.contradicts = True
        cases.append(case)
    if cases:
        cases[0].troubles[:0] = _misspelt(header, wanted, path.name)
    return cases


def _misspelt(header: Sequence[str], wanted: Iterable[str], name: str) -> list[Trouble]:
    """Columns that are ignored and look like one that is not there (R901)."""
    absent = [column for column in wanted if column not in header]
    near = {
        column: found
        for column in header
        if column not in wanted and (found := difflib.get_close_matches(column, absent, 1, NEAR))
    }
    why = "the column is ignored"
    return [Trouble("R901", name, f"no fact {c!r}", why, f"did you mean {n[0]}?") for c, n in near.items()]


def text_of(path: Path, limit_mb: float = LIMIT_MB) -> str:
    """A UTF-8 text file.

    Raises
    ------
    InputError
        C101 where it cannot be read, C103 where it is not UTF-8, C105 where it is too large.
    """
    try:
        size = path.stat().st_size
        if size > limit_mb * 1e6:
            what, why = f"the file has {size:,} bytes", f"the limit is {limit_mb:g} million"
            raise InputError(Trouble("C105", path.name, what, why, "split it"))
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        why = error.strerror or ""
        raise InputError(
            Trouble("C101", str(path), "the file cannot be read", why, "check the path")
        ) from None
    except UnicodeDecodeError as error:
        what = f"byte 0x{error.object[error.start]:02x} is not UTF-8"
        line = error.object[: error.start].count(10) + 1
        raise InputError(Trouble("C103", f"{path.name}:{line}", what, "", "save the file as UTF-8")) from None
