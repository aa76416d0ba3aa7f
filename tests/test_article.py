"""The article "Who is the creditor?" computes every number that it tells, and names each that it computes."""

import re
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs/who.md"
CELL = re.compile(r"^```\{code-cell\}.*?^```$", re.M | re.S)


def test_no_number_is_typed_into_the_prose():
    prose = CELL.sub("", PAGE.read_text("utf-8")).split("---", 2)[2]
    bare = re.sub(r"\{glue:text\}`\w+`", "", prose)
    typed = [
        line for line in bare.splitlines() if re.search(r"\d+(\.\d+)?\s*(%|bn)|(USD|EUR|JPY)\s*\d", line)
    ]
    assert not typed


def test_each_name_in_the_prose_is_computed_and_each_computed_one_is_told():
    text = PAGE.read_text("utf-8")
    told = set(re.findall(r"\{glue:text\}`(\w+)`", text))
    computed = {name for cell in CELL.findall(text) for name in re.findall(r"^    (\w+)=", cell, re.M)}
    assert len(told) > 60 and told == computed
