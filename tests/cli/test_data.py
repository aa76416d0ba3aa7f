"""`creditor data status` and `creditor data refresh` show what the library holds and make it again."""

from __future__ import annotations

import json
import shutil

from creditor.opening.columns import GENERATED
from creditor.terms.library import ROOT

USA = ROOT / "countries" / "USA"


def test_status(call):
    done = call("data", "status")
    assert done.code == 0 and "35 economies in the library" in done.out
    told = json.loads(call("data", "status", "USA", "--json").out)
    assert set(told) == {"economies", "findings"} and set(told["economies"]) == {"USA"}
    table = call("data", "status", "USA", "--csv").out.splitlines()
    assert table[0].startswith("set,") and len(table) == 1 + len(told["economies"]["USA"]["sets"])
    assert call("data", "status", "AUT").code == 3
    assert call("data", "status", "USB").code == 2


def test_a_dry_run_writes_nothing_and_finds_no_difference(call, tmp_path):
    done = call("data", "refresh", "USA", "--dry-run")
    assert done.code == 0 and done.out.count("unchanged") == 4 and "wrote" not in done.err
    call("data", "refresh", "USA", "--dry-run", "--out", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_refresh_into_a_folder_gives_the_committed_bytes(call, tmp_path):
    done = call("data", "refresh", "USA", "--out", tmp_path)
    assert done.code == 0 and done.err.count("wrote ") == 4
    for name in GENERATED:
        assert (tmp_path / name).read_bytes() == (USA / name).read_bytes()


def test_a_changed_figure_reaches_the_answer(call, tmp_path):
    folder = shutil.copytree(USA, tmp_path / "USA")
    figures = tmp_path / "new.csv"
    figures.write_text((USA / "figures.csv").read_text("utf-8").replace(",2025Q3,1138.3,", ",2025Q3,1138.4,"))
    done = call("data", "refresh", "USA", "--figures", figures, "--out", folder)
    assert done.code == 0 and "claims.csv 165 rows, 1 line new, 1 gone" in done.out
    row = next(x for x in (folder / "claims.csv").read_text("utf-8").splitlines() if ",1138.4," in x)
    assert row.startswith("pension_funds,central_government,")
    assert call("lint", folder).code == 1, "its own figures.csv still says otherwise"
    shutil.copy(figures, folder / "figures.csv")
    assert call("lint", folder).code == 0
    assert call("data", "refresh", folder).out.count("unchanged") == 4


def test_a_bad_figure_writes_nothing(call, tmp_path):
    figures = tmp_path / "new.csv"
    figures.write_text(
        (USA / "figures.csv").read_text("utf-8").replace(",2025Q3,1138.3,", ',2025Q3,"1,138.3",')
    )
    done = call("data", "refresh", "USA", "--figures", figures, "--out", tmp_path / "out")
    assert done.code == 2 and "[C108]" in done.err and "new.csv:" in done.err
    assert not (tmp_path / "out").exists()


def test_a_missing_folder_or_a_wrong_option_writes_nothing(call, tmp_path):
    done = call("data", "refresh", "USA", "--out", tmp_path / "none")
    assert done.code == 2 and "[U502]" in done.err and list(tmp_path.iterdir()) == []
    for words in (["--json", "--csv"], ["--svg", tmp_path / "x.svg"]):
        assert call("data", "refresh", "USA", "--out", tmp_path, *words).code == 2
        assert list(tmp_path.iterdir()) == []
    assert call("data", "refresh", "AUT").code == 3
