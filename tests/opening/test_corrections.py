"""A correction moves amounts between holders, keeps the debt, and is refused where it does not apply."""

from __future__ import annotations

from dataclasses import replace

import pytest

from creditor.errors import InputError, MissingError
from creditor.ledger.lookthrough import look_through
from creditor.ledger.treatments import parse_treatment
from creditor.opening.corrections import (
    FILE,
    applies,
    choose,
    corrected,
    corrections_of,
    known_corrections,
    listed,
    read_corrections,
)
from creditor.opening.country import available, load_country
from creditor.opening.opening import open_economy
from creditor.terms.vocabulary import sectors

USA = load_country("USA")
CAYMAN = choose(USA, "cayman")


def opened(perimeter="public", period="", through=True, view="owed_to", codes=""):
    return open_economy(USA, parse_treatment(codes), perimeter, period, through, view)


@pytest.mark.parametrize("view", ["owed_to", "borne_by"])
@pytest.mark.parametrize("perimeter", ["public", "federal-gross", "general-government"])
def test_the_debt_stays_and_the_amount_moves(perimeter, view):
    before = opened(perimeter, view=view)
    after = corrected(CAYMAN, before)
    assert after.total == before.total

    def held(opening, name):
        return sum(c.amount for c in opening.ledger.issued_by(opening.debtor) if c.holder == name)

    assert held(before, "households_and_nonprofits") - held(after, "households_and_nonprofits") == 1400
    assert held(after, "hedge_funds_abroad") == 1400 and held(before, "hedge_funds_abroad") == 0


def test_foreigners_households_and_lenders_move_together():
    before, after = opened(), corrected(CAYMAN, opened())
    first, second = (look_through(o.ledger, o.debtor, o.through) for o in (before, after))
    change = {name: second.owners[name] - first.owners[name] for name in first.owners}
    assert change["households_and_nonprofits"] < -900
    assert change["rest_of_world"] > 200 and change["UNALLOCATED"] > 600
    assert second.passing["money_market_funds"] - first.passing["money_market_funds"] > 400
    assert sum(change.values()) == pytest.approx(0, abs=1e-9)


def test_in_a_loss_the_funds_investors_are_not_known():
    before, after = opened(view="borne_by"), corrected(CAYMAN, opened(view="borne_by"))
    owners = [look_through(o.ledger, o.debtor, o.through).owners for o in (before, after)]
    assert owners[1]["UNALLOCATED"] - owners[0]["UNALLOCATED"] == pytest.approx(1400)


@pytest.mark.parametrize("view", ["owed_to", "borne_by"])
@pytest.mark.parametrize("perimeter", ["public", "federal-gross", "general-government"])
def test_the_route_of_stablecoins_changes_no_total(perimeter, view):
    """Token holder, issuer, government: with the route and without it the same claims end at the government."""
    case = choose(USA, "stablecoins")
    before = opened(perimeter, view=view)
    after = corrected(case, before)
    assert after.total == before.total  # exact fractions: to the last digit
    direct = [{}, {}]
    for book, opening in zip(direct, (before, after), strict=True):
        for claim in opening.ledger.issued_by(opening.debtor):
            book[claim.holder] = book.get(claim.holder, 0) + claim.amount
    moved = case.moves[0].amount
    assert direct[1].pop("stablecoin_issuers_abroad") == moved
    assert direct[0].pop("rest_of_world") - direct[1].pop("rest_of_world") == moved
    assert direct[0] == direct[1]  # nobody else's claim moves
    results = [look_through(o.ledger, o.debtor, o.through) for o in (before, after)]
    owners = [dict(result.owners) for result in results]
    assert owners[1].pop("token_holders") == pytest.approx(float(moved), abs=1e-9)
    assert owners[0].pop("rest_of_world") - owners[1].pop("rest_of_world") == pytest.approx(float(moved))
    assert owners[1] == pytest.approx(owners[0], abs=1e-9)
    assert results[1].passing["stablecoin_issuers_abroad"] == pytest.approx(float(moved))
    assert sum(results[1].owners.values()) == pytest.approx(sum(results[0].owners.values()), abs=1e-9)


def test_it_is_not_applied_before_it_is_known():
    early = opened(period="2023Q4")
    assert not applies(CAYMAN, early) and applies(CAYMAN, opened())
    with pytest.raises(MissingError) as caught:
        corrected(CAYMAN, early)
    assert caught.value.codes == ("F302",)


def test_a_wrong_name_is_answered_with_the_nearest():
    for country, name in ((USA, "caiman"), (load_country("JPN"), "cayman")):
        with pytest.raises(InputError) as caught:
            choose(country, name)
        assert caught.value.codes == ("U501",)
        assert ("cayman?" in str(caught.value)) == (country is USA)


def test_it_is_not_made_before_it_was_published():
    late, early = replace(USA, known_at="2025-10-31"), replace(USA, known_at="2025-09-30")
    assert known_corrections(late) == known_corrections(USA) == corrections_of("USA")
    assert [case.name for case in known_corrections(early)] == ["stablecoins"]
    assert known_corrections(replace(USA, known_at="2025-07-01")) == ()
    with pytest.raises(MissingError) as caught:
        choose(early, "cayman")
    assert caught.value.codes == ("F302",) and "2025-10-15" in str(caught.value)


def test_every_correction_has_a_source_and_known_names():
    for code in available():
        for case, row in zip(corrections_of(code), listed(code), strict=True):
            assert case.origin.source and case.origin.vintage and case.origin.grade in "BC"
            assert row["amount"] == sum(float(move.amount) for move in case.moves)
            for move in case.moves:
                assert {move.giver, move.taker} <= set(sectors())
            for rows in (case.owed, case.borne):
                assert all(issuer in sectors() and holder in sectors() for issuer, holder, *_ in rows)
                assert sum(percent for *_, percent in rows) == 100 * len({issuer for issuer, *_ in rows})


@pytest.mark.parametrize(
    "text",
    [
        'name = "x"',
        'name = "x"\ntitle = "x"\nsentence = "x"\nsince = "2024"\ngrade = "C"\nsource = "x"\nvintage = "x"\n'
        'moves = [{ from = "a", to = "b", amount = -1 }]',
        'name = "x"\nmoves = [{ from = "a" }]\nowed = [{ issuer = "a" }]',
    ],
)
def test_a_faulty_file_is_refused(tmp_path, text):
    path = tmp_path / FILE
    path.write_text(f"schema = 1\n[[correction]]\n{text}\n")
    with pytest.raises(InputError):
        read_corrections(path)


def test_it_is_not_made_where_its_holder_is_not():
    japan = load_country("JPN")
    boj = choose(japan, "boj")
    six = open_economy(japan, parse_treatment(""), "investor-base", through=False)
    after = corrected(boj, six)
    held = {claim.holder: 0 for claim in after.ledger}
    for claim in after.ledger:
        held[claim.holder] += float(claim.amount)
    assert 0.43 < held["central_bank"] / float(after.total) < 0.44
    with pytest.raises(MissingError) as caught:
        corrected(boj, open_economy(japan, parse_treatment(""), "jgb", through=False))
    assert "perimeter" in str(caught.value)
