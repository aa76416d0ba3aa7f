"""Sources of givens are described in a file of the library, or in one beside the text."""

from __future__ import annotations

import pytest

from creditor.equations.cited import LIBRARY, source_keys
from creditor.equations.givens import given_notes
from creditor.equations.load import load_model
from creditor.errors import InputError
from creditor.facts.sources import read_sources


@pytest.fixture
def text(tmp_path):
    def write(content):
        path = tmp_path / "m.model"
        path.write_text(content)
        return str(path)

    return write


def test_sources_of_the_library_may_be_named(text):
    model = load_model(
        text("given a = 1 source cbo_2026_02, b = 2 * a source cbo_2026_02 let c = b report c")
    )
    assert [(note.source, note.grade) for note in given_notes(model)] == [
        ("cbo_2026_02", "A"),
        ("cbo_2026_02", "B"),
    ]


def test_each_source_that_is_not_described_is_told_with_the_nearest(text):
    with pytest.raises(InputError) as caught:
        load_model(text("given a = 1 source cbo_2062_02, b = 2 source nowhere let c = a + b report c"))
    assert caught.value.codes == ("F301", "F301")
    first = caught.value.troubles[0]
    assert (
        first.where == "m.model:1"
        and "did you mean cbo_2026_02" in first.mend
        and "beside the text" in first.mend
    )


def test_a_file_beside_the_text_counts_too(text, tmp_path):
    (tmp_path / "sources.toml").write_text(
        'schema = 1\n[mine]\npublisher = "P"\ntitle = "T"\nvintage = "2026"\nterms = "own"\n'
    )
    path = text("given a = 1 source mine, b = 2 source cbo_2026_02 let c = a + b report c")
    assert load_model(path).name == "m"
    assert "mine" in source_keys(tmp_path) and "mine" not in source_keys()
    (tmp_path / "sources.toml").write_text("[mine]\n")
    with pytest.raises(InputError, match="C114"):
        load_model(path)


def test_sources_of_the_library_are_described_in_full():
    described = read_sources(LIBRARY)
    assert list(described) == source_keys()
    notes = {note.name: note for note in given_notes(load_model("country"))}
    growth, deficit = notes["potential_growth"], notes["primary_deficit_plan"]
    assert described[growth.source].publisher == "Congressional Budget Office"
    assert (growth.grade, deficit.grade, notes["stream"].grade) == ("A", "B", "C")
