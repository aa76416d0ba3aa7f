"""Dates of a text become periods of the library."""

import pytest

from creditor.analysis.text_dates import dates


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("in 2024", ["2024"]),
        ("in fiscal 2025, fiscal year 2024 and FY2023", ["FY2025", "FY2024", "FY2023"]),
        ("2025Q3, Q4 2024, the third quarter of 2023", ["2025Q3", "2024Q4", "2023Q3"]),
        ("at the end of September 2025", ["2025-09"]),
        ("on 30 June 2024 and on March 3, 2021", ["2024-06", "2021-03"]),
        ("today, as it is now", ["newest", "newest"]),
        ("USD 2025 bn, 2,024 people, $2024 and 2024 %", []),
        ("born in 1850", []),
    ],
)
def test_dates(text, periods):
    assert [date.period for date in dates(text)] == periods
