"""What an answer is made from adds up before it is told."""

import math

from creditor.verbs.who import _find, _Place


def test_parts_and_holdings_add_up_to_the_total():
    for through in (False, True):
        found = _find(_Place("USA", "", "public", ""), through, "age", "", "owed_to", "")
        assert found.total == 28029.2
        assert abs(math.fsum(part.amount for part in found.parts) - found.total) < 1e-9
        assert abs(math.fsum(holding.amount for holding in found.holdings) - found.total) < 1e-9
        assert (found.result is None) == (found.assumed is None) == (not through)
