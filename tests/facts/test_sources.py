"""Sources are described in full, or every gap is named at once."""

import pytest

from creditor.errors import InputError, MissingError
from creditor.facts.sources import NEEDED, Source, read_sources, source_of
from creditor.terms.library import ROOT

WHOLE = '[z1]\npublisher = "Fed"\ntitle = "Z.1"\nvintage = "2026-03-19"\nterms = "public domain"\n'


@pytest.fixture
def sources(tmp_path):
    def read(text):
        path = tmp_path / "sources.toml"
        path.write_text("schema = 1\n" + text, encoding="utf-8")
        return read_sources(path)

    return read


@pytest.fixture
def troubles(sources):
    def read(text):
        with pytest.raises(InputError) as caught:
            sources(text)
        return [(t.code, t.where, t.what, t.mend) for t in caught.value.troubles]

    return read


def test_a_source_is_read_and_cited(sources):
    read = sources(WHOLE + 'address = "x"\nread_through = "a copy"\n')
    assert read == {"z1": Source("z1", "Fed", "Z.1", "2026-03-19", "public domain", "x", "a copy")}
    assert read["z1"].cite() == "Fed, Z.1"
    assert read["z1"].cite("table L.210") == "Fed, Z.1, table L.210"


def test_a_date_without_quotation_marks_is_a_vintage_too(sources):
    assert sources(WHOLE.replace('"2026-03-19"', "2026-03-19"))["z1"].vintage == "2026-03-19"


def test_an_assumption_has_no_vintage_and_is_cited_as_one(sources):
    text = '[assumption]\npublisher = "own"\ntitle = "own"\nvintage = ""\nterms = "own"\n'
    assert sources(text)["assumption"].cite("remembered") == "assumption: remembered"


def test_every_gap_of_every_source_at_once(troubles):
    text = 'z3 = "x"\n' + WHOLE + 'vintag = "x"\n[z2]\npublisher = "Fed"\ntitle = " "\n[assumption]\n'
    assert troubles(text) == [
        (
            "F301",
            "sources.toml, [z3]",
            "no table",
            "write [key] and below it publisher, title, vintage, terms",
        ),
        ("F301", "sources.toml, [z1]", "field 'vintag' is not known", "did you mean vintage?"),
        ("F301", "sources.toml, [z2]", "title and vintage and terms missing", "add it"),
        ("F301", "sources.toml, [assumption]", " and ".join(NEEDED) + " missing", "add it"),
    ]


def test_a_published_source_has_a_vintage_that_is_a_period(troubles):
    assert troubles(WHOLE.replace("2026-03-19", ""))[0][2] == "vintage missing"
    (trouble,) = troubles(WHOLE.replace("2026-03-19", "March 2026"))
    assert trouble[:2] == ("T204", "sources.toml, [z1]")


def test_files_that_cannot_be_read(tmp_path, sources):
    with pytest.raises(MissingError) as caught:
        read_sources(tmp_path / "sources.toml")
    assert caught.value.codes == ("C101",)
    with pytest.raises(InputError) as wrong:
        sources("[z1\n")
    assert (wrong.value.codes, wrong.value.troubles[0].where) == (("C115",), "sources.toml:2")


def test_a_source_that_is_not_there_is_answered_with_the_nearest(sources):
    read = sources(WHOLE)
    assert source_of(read, "z1", "x").key == "z1"
    with pytest.raises(InputError) as caught:
        source_of(read, "z11", "figures.csv:7")
    (trouble,) = caught.value.troubles
    assert (trouble.code, trouble.where, trouble.mend) == ("F301", "figures.csv:7", "did you mean z1?")
    assert trouble.why == "every number has a source"


def test_the_sources_of_the_library_are_whole():
    for path in sorted((ROOT / "countries").glob("*/sources.toml")):
        assert read_sources(path)
