"""Owns the reading of a regime from its folder: facts, families, notes, provisions, readings."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from creditor.errors import InputError, MissingError, Trouble, Troubles
from creditor.regimes.compile import BOTH, build
from creditor.regimes.decide import Machine
from creditor.regimes.regime import Provision, Reading, Regime
from creditor.regimes.vocabulary import Fact, Note, Vocabulary
from creditor.terms.library import ROOT, read_toml
from creditor.terms.provenance import digest
from creditor.terms.suggest import mend_with

FOLDER = ROOT / "regimes"
TOLD = "statement statement_zh key_phrase authorities note slip follows listed source confidence"
PROVISION = f"article modality {TOLD}"


def regime_names() -> list[str]:
    """Regimes of the library.

    Examples
    --------
    >>> "notice42" in regime_names()
    True
    """
    return sorted(path.parent.name for path in FOLDER.glob("*/regime.toml"))


def load_regime(name: str) -> Regime:
    """Read a regime of the library, or of a folder.

    Parameters
    ----------
    name : str
        A name of the library, or the path of a folder with regime.toml.

    Raises
    ------
    MissingError
        R904 where there is none, with the nearest names.
    InputError
        C115 and others for files that cannot be read; R902, R903 for rules that cannot be used.

    Examples
    --------
    >>> load_regime("notice42").provisions["1e"].modality
    'prohibition'
    """
    folder = FOLDER / name if name in regime_names() else Path(name)
    if not (folder / "regime.toml").is_file():
        mend = mend_with(name, regime_names())
        raise MissingError(Trouble("R904", "regime", f"no regime {name!r}", "", mend))
    files = sorted(folder.glob("*.toml"))
    return _loaded(folder, tuple((file.name, file.stat().st_mtime_ns) for file in files))


def machine_of(regime: Regime) -> Machine:
    """What decides by a regime, made once.

    Examples
    --------
    >>> machine_of(load_regime("notice42")) is machine_of(load_regime("notice42"))
    True
    """
    if "machine" not in regime.memory:
        regime.memory["machine"] = Machine(regime)
    machine: Machine = regime.memory["machine"]
    return machine


@functools.lru_cache(maxsize=16)
def _loaded(folder: Path, stamp: tuple[tuple[str, int], ...]) -> Regime:
    tables = {name: read_toml(folder / name) for name, _ in stamp}
    about = {key: value for key, value in tables["regime.toml"].items() if key not in ("schema",)}
    troubles = Troubles()
    shared = [FOLDER / about["vocabulary_of"] / "vocabulary.toml"] if "vocabulary_of" in about else []
    vocabulary = _vocabulary(
        {**{path.name + " shared": read_toml(path) for path in shared}, **tables}, troubles
    )
    provisions: dict[str, Provision] = {}
    for name, table in tables.items():
        for entry in table.get("provision", ()):
            if entry["id"] in provisions:
                mend = "give each provision its own id"
                troubles.add("R903", f"{folder.name}/{name}", f"provision {entry['id']} twice", "", mend)
            provisions[entry["id"]] = _provision(entry)
    readings = {
        entry["name"]: Reading(entry["name"], entry["statement"], entry.get("statement_zh", ""))
        for table in tables.values()
        for entry in table.get("reading", ())
    }
    troubles.raise_if_any()
    ordered = dict(sorted(provisions.items(), key=lambda item: _place(item[0])))
    about["definitions"] = [entry for table in tables.values() for entry in table.get("definition", ())]
    owned = [entry for provision in ordered.values() for entry in provision.definitions]
    about["derived"] = list(dict.fromkeys(entry["fact"] for entry in [*about["definitions"], *owned]))
    stamp_of_rules = digest(path.read_bytes() for path in [*(folder / name for name, _ in stamp), *shared])
    return build(folder.name, about, vocabulary, ordered, readings, stamp_of_rules)


def _place(identifier: str) -> tuple[int, str]:
    """Order of the text: the number of the article, then the letter."""
    digits = "".join(letter for letter in identifier if letter.isdigit())
    return (int(digits) if digits else 0, identifier.lstrip("0123456789"))


def _provision(entry: Mapping[str, Any]) -> Provision:
    known = {key: entry[key] for key in PROVISION.split() if key in entry}
    parts: dict[str, Any] = {
        field: tuple(entry.get(key, ()))
        for field, key in (("rules", "rule"), ("definitions", "define"), ("effects", "effect"))
    }
    return Provision(entry["id"], **parts, **known)


def _vocabulary(tables: Mapping[str, Mapping[str, Any]], troubles: Troubles) -> Vocabulary:
    facts: dict[str, Fact] = {}
    families: dict[str, tuple[str, tuple[str, ...]]] = {}
    notes: list[Note] = []
    contradictions: list[tuple[str, str]] = []
    for table in tables.values():
        for entry in table.get("fact", ()):
            facts[entry["name"]] = _fact(entry)
        for entry in table.get("family", ()):
            families[entry["name"]] = (entry["of"], tuple(entry["values"]))
        for entry in table.get("note", ()):
            kind = entry.get("kind", "set")
            notes += [Note(t, entry["group"], entry.get("sets", {}), kind) for t in entry["texts"]]
        for entry in table.get("contradiction", ()):
            contradictions.append((entry["when"], entry["sentence"]))
    _check_words(facts, families, notes, troubles)
    return Vocabulary(facts, families, tuple(notes), tuple(contradictions))


def _fact(entry: Mapping[str, Any]) -> Fact:
    values = tuple(entry.get("values", () if entry.get("unit") else BOTH))
    return Fact(
        entry["name"],
        values,
        entry.get("shown", entry["name"]),
        entry.get("title", ""),
        entry.get("question", ""),
        entry.get("default", ""),
        bool(entry.get("column", False)),
        entry.get("unit", ""),
        dict(entry.get("aliases", {})),
    )


def _check_words(
    facts: Mapping[str, Fact],
    families: Mapping[str, tuple[str, tuple[str, ...]]],
    notes: list[Note],
    troubles: Troubles,
) -> None:
    """Families and notes name facts and values that are there."""
    pairs = [(f"family {name}", of, value) for name, (of, values) in families.items() for value in values]
    for note in notes:
        for fact, values in note.sets.items():
            pairs += [(f"note {note.text!r}", fact, value.strip()) for value in values.split("|")]
    for where, fact, value in pairs:
        if fact not in facts:
            troubles.add("R903", where, f"no fact {fact!r}", "", mend_with(fact, facts))
        elif not facts[fact].bit(value):
            mend = mend_with(value, facts[fact].values)
            troubles.add("R903", where, f"{fact} has no value {value!r}", "", mend)


def require(regime: Regime, identifier: str, where: str) -> Provision:
    """A provision by id or printed article; R904 with the nearest where there is none.

    Examples
    --------
    >>> require(load_regime("notice42"), "XIV(b)", "--article").id
    '14b'
    """
    for provision in regime.provisions.values():
        if identifier.casefold() in (provision.id.casefold(), provision.article.casefold()):
            return provision
    known = [provision.article for provision in regime.provisions.values()]
    mend = mend_with(identifier, known)
    raise InputError(Trouble("R904", where, f"no provision {identifier!r}", "", mend))
