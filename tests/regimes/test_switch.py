"""A bar lets the leakage through, a consent lifts what needs consent and no ban, an open verdict gives nothing."""

from __future__ import annotations

import pytest

from creditor.errors import InputError
from creditor.regimes.regime import ORDER
from creditor.regimes.switch import share_of


@pytest.mark.parametrize("verdict", ORDER)
def test_shares(verdict):
    barred = verdict in ("prohibited", "requires_approval", "requires_filing")
    assert share_of(verdict) == (0.0 if barred else 1.0)
    assert share_of(verdict, leakage=0.3) == (0.3 if barred else 1.0)
    assert share_of(verdict, granted=True) == (0.0 if verdict == "prohibited" else 1.0)


@pytest.mark.parametrize(
    ("verdict", "leakage"), [("undetermined", 0.0), ("permitted", -0.1), ("permitted", 1.1)]
)
def test_what_gives_no_share(verdict, leakage):
    with pytest.raises(InputError) as caught:
        share_of(verdict, leakage=leakage, missing="consent")
    assert caught.value.codes == ("U501",)
    assert "consent" in str(caught.value) or verdict == "permitted"
