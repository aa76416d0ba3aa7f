"""Custody centres are economies, each with a reason and a source."""

from creditor.terms.custody import custody_centres
from creditor.terms.vocabulary import economies


def test_every_centre_is_an_economy_with_a_source():
    centres = custody_centres()
    assert {"BEL", "LUX", "CYM", "IRL", "CHE", "GBR"} <= set(centres)
    for code, centre in centres.items():
        assert code == centre.code and code in economies()
        assert centre.reason and centre.origin.source


def test_a_centre_that_nobody_names_is_an_assumption():
    for centre in custody_centres().values():
        assert (centre.origin.grade == "C") == centre.origin.source.startswith("assumption")
