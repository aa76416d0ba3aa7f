"""Owns optional packs: regimes beside another, whose facts a case may hold while they are off."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable

from creditor.errors import InputError, Trouble
from creditor.regimes.read import FOLDER, load_regime, regime_names
from creditor.regimes.regime import Regime
from creditor.terms.suggest import mend_with


@functools.lru_cache(maxsize=16)
def packs_of(name: str) -> tuple[str, ...]:
    """Regimes of the library that are packs of another one; none of them is assessed unless it is asked for.

    Examples
    --------
    >>> packs_of("notice42"), packs_of("eu_3_60")
    (('csrc_2026_1',), ())
    """
    found = []
    for other in regime_names():
        about = tomllib.loads((FOLDER / other / "regime.toml").read_text(encoding="utf-8"))
        found += [other] if about.get("pack_of") == name else []
    return tuple(found)


def packs_with(regime: Regime, fact: str) -> tuple[str, ...]:
    """Packs of a regime that know a fact which the regime itself does not.

    Examples
    --------
    >>> packs_with(load_regime("notice42"), "csrc_filing")
    ('csrc_2026_1',)
    """
    return tuple(name for name in packs_of(regime.name) if fact in load_regime(name).vocabulary.facts)


def require_packs(regime: Regime, names: Iterable[str]) -> list[Regime]:
    """The packs of a regime by name, each once.

    Raises
    ------
    InputError
        R904 for a name that is no pack of it, with the nearest.

    Examples
    --------
    >>> [pack.name for pack in require_packs(load_regime("notice42"), ["csrc_2026_1"])]
    ['csrc_2026_1']
    """
    known, wanted = packs_of(regime.name), list(dict.fromkeys(names))
    wrong = [
        Trouble("R904", "--pack", f"{name!r} is no pack of {regime.name}", "", mend_with(name, known))
        for name in wanted
        if name not in known
    ]
    if wrong:
        raise InputError(wrong)
    return [load_regime(name) for name in wanted]
