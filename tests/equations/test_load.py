"""Loading: a model by its name in the library, or a file, with what it extends beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from creditor.equations.load import FOLDER, closed_models, find_model, load_model, model_names
from creditor.errors import InputError


def put(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        (folder / f"{name}.model").write_text(text, "utf-8")
    return folder


def refused(name: str) -> InputError:
    with pytest.raises(InputError) as caught:
        load_model(name)
    return caught.value


def test_by_name() -> None:
    assert {"sim", "pc", "lp"} <= set(model_names()) == {path.stem for path in FOLDER.glob("*.model")}
    assert load_model("sim").name == "sim"


@pytest.mark.parametrize("name", closed_models())
def test_every_model_of_the_library_loads(name: str) -> None:
    model = load_model(name)
    assert model.digest and model.equations and model.name == name


def test_by_file_with_or_without_its_ending(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, mine="let x = 1")
    assert load_model(str(tmp_path / "mine.model")).name == "mine"
    assert load_model(str(tmp_path / "mine")).name == "mine"
    monkeypatch.chdir(tmp_path)
    assert load_model("mine").name == load_model("mine.model").name == "mine"


def test_a_folder_or_another_file_of_the_name_is_no_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sim").mkdir()
    (tmp_path / "pc").write_text("let x = 1", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert find_model("sim").parent == find_model("pc").parent == FOLDER
    (tmp_path / "mine.model").mkdir()
    (tmp_path / "mine.txt").write_text("let x = 1", "utf-8")
    said = [refused(name).troubles[0].why for name in ("mine.model", "mine.txt", "nothing", "a\0b")]
    assert said == ["it is a folder, or no plain file", "the name of a text ends in .model", "", ""]


def test_what_is_extended_stands_beside_the_file_or_in_the_library(tmp_path: Path) -> None:
    put(
        tmp_path,
        base="given a = 1\nlet b = a",
        own="extends base\ngiven a = 2",
        on_sim="extends sim\ngiven tax_rate = 0.3",
    )
    model = load_model(str(tmp_path / "own.model"))
    assert model.givens[model.slot("a")] == 2.0
    assert model.draft.replaced == ["a: base.model:1 is replaced at own.model:2"]
    model = load_model(str(tmp_path / "on_sim.model"))
    assert model.givens[model.slot("tax_rate")] == 0.3


def test_what_stands_beside_the_file_is_taken_first(tmp_path: Path) -> None:
    put(tmp_path, sim="let x = 7", own="extends sim")
    assert "x" in load_model(str(tmp_path / "own.model")).spaces


def test_the_nearest_names_are_offered() -> None:
    error = refused("simm")
    assert error.codes == ("E618",)
    assert error.troubles[0].where == "simm" and error.troubles[0].mend.startswith("did you mean sim")


def test_what_a_text_extends_is_looked_for_beside_that_text(tmp_path: Path) -> None:
    """A text of the library extends the library's, whatever stands beside the model of a user."""
    put(tmp_path, open="let nonsense = 1", own="extends openg\ngiven spending_answer[N] = 0.3")
    model = load_model(str(tmp_path / "own.model"))
    assert "nonsense" not in model.spaces and "gold_purchases" in model.spaces
    put(tmp_path, open="extends openg\ngiven spending_answer[country] = 0.3")
    model = load_model(str(tmp_path / "open.model"))
    assert model.givens[model.slot("spending_answer", ("N",))] == 0.3
    assert "spending_answer[country]: openg.model:6 is replaced at open.model:2" in model.draft.replaced
    assert model.equations[model.slot("gold", ("N",))].place.file == "models/open.model"


def test_the_line_that_extends_is_named(tmp_path: Path) -> None:
    put(tmp_path, base="let x = 1\nextends pcc", own="extends base")
    for name in ("own", "base"):
        error = refused(str(tmp_path / name))
        assert error.codes == ("E618",)
        assert error.troubles[0].where == "base.model:2"
        assert error.troubles[0].mend.startswith("did you mean pc")


def test_a_circle_of_files(tmp_path: Path) -> None:
    put(tmp_path, a="extends b let x = 1", b="extends a let y = 1", self="extends self let z = 1")
    assert refused(str(tmp_path / "a")).codes == ("E618",)
    assert "self -> self" in refused(str(tmp_path / "self")).troubles[0].what


def test_the_digest_covers_what_is_extended(tmp_path: Path) -> None:
    put(tmp_path, base="given a = 1", own="extends base let b = a", same="extends base let b = a")
    first = load_model(str(tmp_path / "own")).digest
    assert load_model(str(tmp_path / "own")).digest == first == load_model(str(tmp_path / "same")).digest
    put(tmp_path, base="given a = 2")
    assert load_model(str(tmp_path / "own")).digest != first


def test_mistakes_of_what_is_extended_are_placed_there(tmp_path: Path) -> None:
    put(tmp_path, base="let x = 1\nlet y = zz", own="extends base")
    assert refused(str(tmp_path / "own")).troubles[0].where == "base.model:2"
