"""Tables of claims: printed digits decide the tolerance, and every faulty row is told at once."""

from __future__ import annotations

import pytest

from creditor.analysis.claims_table import COLUMNS, article, read_claims, tolerance
from creditor.errors import InputError

HEAD = "# schema 1\n" + ",".join(COLUMNS) + "\n"


@pytest.mark.parametrize(
    ("figure", "room"),
    [
        *(("38", 0.5), ("1.13", 0.005), ("6.70", 0.005), ("7", 0.5), ("230", 5), ("3400", 50), ("0", 0.5)),
        *(("100", 5), ("120000", 5000), ("1,200", 50), ("-4.8", 0.05), ("10", 0.5)),
    ],
)
def test_the_tolerance_is_half_a_unit_of_the_last_digit_that_means_something(figure, room):
    assert float(tolerance(figure)) == room


def test_the_article_is_read_in_order():
    assert [claim.id for claim in article()][:2] == ["C001", "C002"]
    assert {claim.form for claim in article()} >= {
        "equals",
        "more than",
        "about",
        "holds",
        "cited",
        "unknown",
    }


def test_every_faulty_row_is_told(tmp_path):
    path = tmp_path / "claims.csv"
    rows = [
        "C1,stock,debt,USA,2025,a,38,USD tn,equal,1,,,,",
        "C2,stock,debt,USA,2025,b,38,USD tn,equals,,,,,",
        "C3,stock,debt,USA,2025,c,x,USD tn,equals,1,,,,",
        "C4,stock,debt,USA,2025,d,,,holds,1,,,,",
        "C5,stock,debt,USA,2025,e,,,unknown,,,,,",
        "C6,stock,debt,USA,2025,f,1,bananas,equals,1,,,,",
        "C1,stock,debt,USA,2025,g,1,USD tn,equals,1,,,,",
    ]
    path.write_text(HEAD + "\n".join(rows) + "\n")
    with pytest.raises(InputError) as caught:
        read_claims(path)
    codes = caught.value.codes
    assert codes.count("F312") == 5 and {"C110", "T207"} <= set(codes)
    assert {trouble.where for trouble in caught.value.troubles} == {f"claims.csv:{n}" for n in range(3, 10)}
