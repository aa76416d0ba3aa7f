"""Owns the statements of the language as typed nodes: what a text says, before anything is worked out."""

from __future__ import annotations

from dataclasses import dataclass, field

from creditor.equations.expressions import Expression, Place


@dataclass(frozen=True, slots=True)
class Spot:
    """A name with bracket entries, such as ``government[debtor]``."""

    name: str
    index: tuple[str, ...] = ()
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Dimension:
    """``dimension d = N, S`` (labels), ``dimension d = from scenario``, ``dimension e as d`` (base)."""

    name: str
    labels: tuple[str, ...] = ()
    base: str = ""
    text: str = ""
    place: Place = field(default=Place(), compare=False)
    from_scenario: bool = False


@dataclass(frozen=True, slots=True)
class Sector:
    """``sector households[country]``: one statement per sector."""

    spot: Spot
    text: str = ""
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Currency:
    """``currency of country worth exchange_rate``."""

    dimension: str
    worth: str
    text: str = ""
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class ClaimOf:
    """``claim bonds[maturity]: government[debtor] owes banks[country], ... at price where ...``."""

    spot: Spot
    issuer: Spot
    holders: tuple[Spot, ...]
    price: str = ""
    where: Expression | None = None
    text: str = ""
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Asset:
    """``asset capital: firms, ... at price``."""

    spot: Spot
    owners: tuple[Spot, ...]
    price: str = ""
    text: str = ""
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Transaction:
    """``transaction t: a -> b [adds capital] [for asset] [where c] [= e]``, ``transaction t on c = e``."""

    name: str
    payer: Spot | None = None
    payee: Spot | None = None
    claim: str = ""
    capital: bool = False
    where: Expression | None = None
    value: Expression | None = None
    text: str = ""
    place: Place = field(default=Place(), compare=False)
    asset: str = ""


@dataclass(frozen=True, slots=True)
class Hold:
    """``hold bills[..] by households[..] [where c] = e``, ``... worth e`` or ``= settled`` (value None)."""

    claim: Spot
    holder: Spot
    value: Expression | None
    worth: bool = False
    where: Expression | None = None
    text: str = ""
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class WriteOff:
    """``write off bonds[..] [by holder] [where c] = e``."""

    claim: Spot
    value: Expression
    where: Expression | None = None
    text: str = ""
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Redeem:
    """``redeem bonds[..] [where c] = e at price``."""

    claim: Spot
    value: Expression
    price: Expression
    where: Expression | None = None
    text: str = ""
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Let:
    """``let x[..] = e``."""

    spot: Spot
    value: Expression
    text: str = ""
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Given:
    """``given x[..] = e [in a .. b] [unit u] [source s] [grade g] ["text"]``: one statement per name."""

    spot: Spot
    value: Expression
    low: float | None = None
    high: float | None = None
    unit: str = ""
    source: str = ""
    grade: str = ""
    text: str = ""
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Find:
    """``find x[..] so that left = right``."""

    spot: Spot
    left: Expression
    right: Expression
    text: str = ""
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Start:
    """``start x[..] = e``, ``x[..](-1) = e``, ``total x[..] = e`` or ``gap x[..] = e``: one for each name."""

    spot: Spot
    value: Expression
    total: bool = False
    text: str = ""
    place: Place = field(default=Place(), compare=False)
    lag: int = 0
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """``set x[..] = e from a [to b]`` (``shock`` is read as the same); b None means to the end.

    ``dates`` are first and last as written; the draft turns them into numbers once it knows the frequency.
    """

    spot: Spot
    value: Expression
    first: int
    last: int | None = None
    text: str = ""
    place: Place = field(default=Place(), compare=False)
    dates: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Check:
    """``check left = right`` (relation ``=``) or ``check left >= right`` and the like."""

    left: Expression
    relation: str
    right: Expression
    text: str = ""
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Extends:
    """``extends other``."""

    other: str
    text: str = ""
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Frequency:
    """``frequency quarterly [from 2025Q4]``."""

    name: str
    first: str = ""
    text: str = ""
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Report:
    """``report x, y``."""

    spots: tuple[Spot, ...]
    text: str = ""
    place: Place = field(default=Place(), compare=False)


Statement = (
    Dimension
    | Sector
    | Currency
    | ClaimOf
    | Asset
    | Transaction
    | Hold
    | WriteOff
    | Redeem
    | Let
    | Given
    | Find
    | Start
    | Change
    | Check
    | Extends
    | Frequency
    | Report
)
