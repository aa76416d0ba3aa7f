"""A finding has one of three severities and leaves empty fields out."""

import pytest

from creditor.terms.finding import SEVERITIES, Finding


@pytest.mark.parametrize("severity", SEVERITIES)
def test_empty_fields_are_left_out(severity):
    finding = Finding(severity, "", "They include hedge funds.", mend="ask", code="L403")
    assert list(finding.as_dict().items()) == [
        ("severity", severity),
        ("sentence", "They include hedge funds."),
        ("mend", "ask"),
        ("code", "L403"),
    ]


def test_another_severity_is_a_defect():
    with pytest.raises(ValueError, match="severity 'error' is none of"):
        Finding("error", "", "")


def test_equal_findings_are_equal():
    assert Finding("note", "a", "b") == Finding("note", "a", "b")
    assert len({Finding("note", "a", "b"), Finding("note", "a", "b"), Finding("note", "a", "c")}) == 2
