"""`creditor model`: exit codes, output of every kind, files, pictures, and every bad input named."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import creditor
from creditor.cli import model as command
from creditor.export.json import to_json

SRC = Path(creditor.__file__).parents[1]


@pytest.fixture
def model(call):
    """Call `creditor model` with some words."""
    return lambda *words: call("model", *words)


def test_list_and_show(model):
    done = model("list")
    assert done.code == 0 and "sim" in done.out and "three_economies" in done.out
    assert (
        model("list", "--csv").out.splitlines()[0] == "name,what_it_is,sectors,equations,simultaneous_blocks"
    )
    shown = model("show", "sim", "--matrix", "--blocks", "--tree", "taxes", "--latex").out
    for part in (
        "Balance sheet",
        "Transactions",
        "Order of solution",
        "What taxes depends on",
        r"\mathit{taxes}",
    ):
        assert part in shown
    assert "├─ tax_rate" in model("show", "sim", "--tree", "taxes").out
    assert model("show", "sim", "--latex").out.startswith("% sim: 12 equations")
    assert "\\end{document}" not in model("show", "sim", "--latex", "--blocks").out
    payload = json.loads(model("show", "sim", "--json", "--blocks").out)
    assert set(payload) == {"name", "model_hash", "blocks"}


def test_show_numbers_and_pictures(model, tmp_path):
    shown = model("show", "bmw", "--period", 2).out
    assert "Transactions, period 2" in shown and "rows and columns" in shown
    rows = list(csv.DictReader(io.StringIO(model("show", "bmw", "--period", 2, "--csv").out)))
    assert {"matrix": "balance-sheet", "row": "loans", "column": "banks", "amount": "200.0"} in rows
    changed = json.loads(model("show", "sim", "--period", 2, "--set", "public_spending=25", "--json").out)
    assert ["purchases", None, 25.0, -25.0, 0.0] in changed["transactions"]["rows"]
    for words in (["--blocks"], ["--tree", "taxes"], ["--sankey"], ["--period", 1]):
        assert model("show", "sim", *words, "--svg", tmp_path / "x.svg").code == 0
        assert (tmp_path / "x.svg").read_text().startswith("<svg")
    assert "public_spending" in model("show", "sim").out and "C*" in model("show", "sim").out
    assert "S702" in model("show", "sim", "--apart").err
    assert "U501" in model("show", "sim", "--period", 1, "--set", "x").err


def test_check_and_its_exit_codes(model, book):
    assert model("check", "pc").code == 0
    bad = book("let a = b\nlet c = d\n", "bad.model")
    done = model("check", bad)
    assert done.code == 1 and "bad.model:1" in done.out and "bad.model:2" in done.out and "E610" in done.out
    assert json.loads(model("check", bad, "--json").out)["faults"] == 2
    missing = model("check", "nothing.model")
    assert missing.code == 2 and "E618" in missing.err and missing.out == ""


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", None),
        (b"\xff\xfe\x00", None),
        (b"let caf\xe9 = 1", None),
        (b"let a = " + b"(" * 3000 + b"1" + b")" * 3000, None),
        (b"# " + b"x" * 1_100_000, None),
        (b"let a = __import__('os').system('x')", None),
        (b"sector a, b\nclaim c: a owes b\nclaim d: a owes b\n", None),
        (b"let a = b let b = a", None),
    ],
)
def test_texts_that_are_no_models_are_faults_and_no_crash(model, book, content, code):
    done = model("check", book(content, "x.model"))
    assert done.code in (1, 2) and "U599" not in done.out + done.err
    ran = model("run", book(content, "x.model"), "--periods", 2)
    assert ran.code in (2, 4) and "U599" not in ran.err and ran.out == ""


def test_run_as_text_json_csv(model):
    done = model("run", "sim", "--periods", 5, "--set", "public_spending=25@2")
    assert (
        done.code == 0 and "Largest residual" in done.out and "Checked:" in done.out and "()" not in done.out
    )
    payload = json.loads(model("run", "sim", "--periods", 5, "--set", "public_spending=25@2", "--json").out)
    assert payload["variables"]["purchases"] == [20.0, 20.0, 25.0, 25.0, 25.0, 25.0]
    rows = list(
        csv.reader(
            io.StringIO(model("run", "sim", "--periods", 5, "--set", "public_spending=25@2", "--csv").out)
        )
    )
    assert rows[0][:3] == ["t", "money", "purchases"] and [row[0] for row in rows[1:]] == list("012345")
    assert [float(x) if x else None for x in [row[1] for row in rows[1:]]] == payload["variables"]["money"]
    assert rows[1][rows[0].index("wages")] == ""


def test_out_writes_every_variable(model, tmp_path):
    table, payload = tmp_path / "run.csv", tmp_path / "run.json"
    assert model("run", "pc", "--periods", 4, "--out", table).err == f"wrote {table}\n"
    assert model("run", "pc", "--periods", 4, "--out", payload).code == 0
    assert table.read_text() == model("run", "pc", "--periods", 4, "--csv").out
    assert payload.read_text() == model("run", "pc", "--periods", 4, "--json").out


def test_out_of_another_kind_or_place_is_refused_before_the_run(model, tmp_path, monkeypatch):
    def run(*words, **more):
        raise AssertionError("it was run")

    monkeypatch.setattr("creditor.verbs.runs.model_run", run)
    done = model("run", "pc", "--out", tmp_path / "x.xls")
    assert done.code == 2 and "[U501]" in done.err and list(tmp_path.iterdir()) == []
    monkeypatch.undo()
    assert "[U502]" in model("run", "pc", "--out", tmp_path / "no" / "x.csv").err
    done = model("run", "pc", "--out", tmp_path / "x.csv", "--html", tmp_path / "x.csv")
    assert done.code == 2 and "two outputs have this name" in done.err


def test_svg_html_xlsx_of_a_run(model, tmp_path):
    words = [part for kind in ("svg", "html", "xlsx") for part in (f"--{kind}", tmp_path / f"x.{kind}")]
    assert model("run", "sim", "--periods", 3, *words).code == 0
    assert (tmp_path / "x.svg").read_text().startswith("<svg") and (tmp_path / "x.xlsx").read_bytes()[
        :2
    ] == b"PK"
    assert "<table" in (tmp_path / "x.html").read_text()


def test_start_and_series_from_files(model, book):
    start, given = (
        book("money\n70\n", "start.csv"),
        book("t,public_spending\n1,20\n2,30\n3,40\n", "series.csv"),
    )
    words = ["run", "sim", "--periods", 3, "--json", "--start", start, "--series", given]
    payload = json.loads(model(*words).out)
    assert payload["variables"]["money"][0] == 70.0
    assert payload["variables"]["purchases"][1:] == [20.0, 30.0, 40.0]
    changed = json.loads(model(*words, "--set", "public_spending=5@2:2").out)
    assert changed["variables"]["purchases"][1:] == [20.0, 5.0, 40.0]


def test_what_a_run_writes_can_be_its_opening(model, tmp_path):
    first = tmp_path / "first.csv"
    model("run", "sim", "--periods", 1, "--set", "public_spending=25", "--out", first)
    rows = first.read_text().splitlines()
    (tmp_path / "start.csv").write_text("\n".join([rows[0], rows[2]]) + "\n")
    again = json.loads(model("run", "sim", "--periods", 1, "--start", tmp_path / "start.csv", "--json").out)
    whole = json.loads(model("run", "sim", "--periods", 2, "--set", "public_spending=25@1:1", "--json").out)
    assert again["variables"]["money"][1] == pytest.approx(whole["variables"]["money"][2], rel=1e-13)


def test_everything_wrong_comes_at_once(model, book, tmp_path):
    words = ["--set", "a", "--set", "b=x", "--draw", "c", "--start", tmp_path / "no.csv"]
    done = model("run", "sim", *words, "--series", book("a\nx\n"), "--out", "x.txt")
    assert done.code == 2 and done.out == ""
    assert done.err.count("[U501]") == 4 and "[C101]" in done.err and "[C107]" in done.err
    assert done.err.startswith("creditor: 6 troubles:")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["run", "smi"], "did you mean sim"),
        (["run", "sim", "--set", "tax_rat=1"], "did you mean tax_rate"),
        (["run", "sim", "--set", "wages=1"], "decided by the model"),
        (["run", "sim", "--set", "tax_rate=1@9:3"], "swap them"),
        (["run", "sim", "--set", "tax_rate=1@100"], "60 are run"),
        (["run", "sim", "--draw", "tax_rate=norml(0,1)"], "did you mean normal"),
        (["run", "sim", "--draw", "tax_rate=normal(0,-1)"], "out of bounds"),
        (["run", "sim", "--show", "wags;moneyy"], "2 troubles"),
        (["run", "sim", "--periods", 0], "0 is not in the range"),
        (["run", "sim", "--paths", 0], "not in the range"),
        (["run", "sim", "--seed", 2**64], "seed"),
        (["run", "sim", "--paths", 1_000_000, "--periods", 100_000], "the limit is 2 GB"),
        (["show", "sim", "--tree", "taxs"], "did you mean taxes"),
        (["explain", "sim", "consumtion"], "consumption"),
        (["compare", "sim", "none", "tax_rate"], "X=v@from[:to]"),
        (["compare", "sim", "none", "no.toml"], "no such file"),
        (["compare", "smi", "none", "none"], "did you mean sim"),
        (["run", "__import__('os')"], "E618"),
        (["run", "a" * 9000], "E618"),
        (["run", "sim", "--json", "--csv"], "exclude each other"),
    ],
)
def test_bad_words(model, words, told):
    done = model(*words)
    assert done.code == 2 and told in done.err and done.out == "" and "U599" not in done.err


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("public_spendin\n1\n2\n", "did you mean public_spending"),
        ("money\n1\n2\n", "decided by the model"),
        ("public_spending\n1\n", "1 periods are given, 2 are run"),
        ('"1,234"\n1\n2\n', "1,234"),
        ("__import__('os')\n1\n2\n", "series"),
    ],
)
def test_series_that_do_not_fit(model, book, content, told):
    done = model("run", "sim", "--periods", 2, "--series", book(content))
    assert done.code == 2 and told in done.err and "U599" not in done.err


def test_openings_that_do_not_fit(model, book):
    done = model("run", "sim", "--start", book("mony,cash\n1,2\n"))
    assert done.code == 2 and "did you mean money" in done.err and done.err.count("[S702]") == 2


def test_no_solution_is_exit_code_4(model, book):
    path = book("given a = 1 let b = 1 / a\n", "x.model")
    done = model("run", path, "--set", "a=0@3")
    assert (
        done.code == 4 and "x.model:1" in done.err and "period 3, path 0" in done.err and "E621" in done.err
    )


def test_warnings_of_a_run_are_shown(model, book):
    path = book("given a = 1 let b = a check b = 2\n", "x.model")
    done = model("run", path, "--periods", 2)
    assert done.code == 0 and "Warnings" in done.out and "fails from period 1" in done.out
    assert json.loads(model("run", path, "--periods", 2, "--json").out)["findings"][0]["place"] == "x.model:1"


def test_plot_goes_beside_machine_readable_output(model):
    plain = model("run", "sim", "--periods", 9, "--plot")
    assert plain.code == 0 and "Model sim" in plain.out and "┤" in plain.out
    done = model("run", "sim", "--periods", 9, "--plot", "--json")
    assert json.loads(done.out)["model"] == "sim" and "┤" in done.err
    assert model("run", "sim", "--periods", 9, "--plot", "--csv").out.startswith("t,money")


def test_show_names_the_variables(model):
    done = model("run", "pc", "--periods", 9, "--show", "bills[households]; taxes", "--plot")
    assert "bills[households]" in done.out and "disposable_income" not in done.out


def test_paths_and_draws(model):
    words = [
        "run",
        "sim",
        "--periods",
        4,
        "--paths",
        9,
        "--seed",
        3,
        "--draw",
        "public_spending=normal(0,1)",
        "--json",
    ]
    payload = json.loads(model(*words).out)
    assert (
        set(payload["quantiles"]) == {"0.05", "0.25", "0.75", "0.95"} and payload["provenance"]["seed"] == 3
    )
    other = json.loads(model(*[4 if word == 3 else word for word in words]).out)
    assert other["variables"]["money"] != payload["variables"]["money"]


def test_compare_words_and_files(model, book):
    done = model("compare", "sim", "none", "public_spending=25@5;tax_rate=0.25@8:9", "--periods", 9, "--json")
    payload = json.loads(done.out)
    assert payload["difference"]["purchases"] == [0.0] * 5 + [5.0] * 5
    content = 'schema = 1\n[[set]]\nname = "public_spending"\nvalue = 25\nfrom = 5\n\n[[set]]\nname = "tax_rate"\nvalue = 0.25\nfrom = 8\nto = 9\n'
    path = book(content, "rise.toml")
    filed = json.loads(model("compare", "sim", "none", path, "--periods", 9, "--json").out)
    assert filed["difference"] == payload["difference"]
    back = json.loads(model("compare", "sim", path, "none", "--periods", 9, "--json").out)
    assert back["difference"]["purchases"] == [0.0] * 5 + [-5.0] * 5
    table = model("compare", "sim", "none", path, "--periods", 9, "--csv").out
    assert table.startswith("t,money") and len(table.splitlines()) == 11
    assert "second less first" in model("compare", "sim", "none", path).out


def test_a_scenario_file_that_does_not_fit(model, book):
    path = book('schema = 1\n[[set]]\nnam = "x"\nvalue = "a"\n[[sett]]\nname = "y"\n', "x.toml")
    done = model("compare", "sim", "none", path)
    assert done.code == 2 and done.err.count("[S701]") == 4 and "did you mean name" in done.err


def test_explain(model):
    done = model("explain", "sim", "taxes")
    assert done.code == 0 and "taxes = tax_rate * wages" in done.out and "sim.model:16" in done.out
    assert json.loads(model("explain", "sim", "taxes", "--json").out)["kind"] == "transaction"


def test_python_and_two_processes_give_the_same_digits(model):
    words = [
        "--periods",
        "20",
        "--paths",
        "5",
        "--seed",
        "7",
        "--draw",
        "public_spending=normal(0,1)",
        "--json",
    ]
    words += ["--set", "tax_rate=0.21@3"]
    code = [
        sys.executable,
        "-m",
        "creditor",
        "model",
        "run",
        "lp",
        *words[:2],
        "--json",
        "--set",
        "public_spending=0.035@5",
    ]
    found = []
    for seed, threads in (("1", "1"), ("2", "2")):
        env = {**os.environ, "PYTHONPATH": str(SRC), "PYTHONHASHSEED": seed, "OMP_NUM_THREADS": threads}
        for arguments in ([*code[:5], "sim", *words], code):
            done = subprocess.run(arguments, capture_output=True, check=True, env=env)
            found.append(done.stdout.decode())
    change = {"name": "tax_rate", "value": 0.21, "from": 3}
    draw = {"name": "public_spending", "distribution": "normal", "parameters": (0.0, 1.0)}
    sim = creditor.model_run("sim", 20, [change], paths=5, seed=7, draws=[draw])
    lp = creditor.model_run("lp", 20, [{"name": "public_spending", "value": 0.035, "from": 5}])
    assert found == [to_json(sim.payload), to_json(lp.payload)] * 2


def test_watch_checks_again_whenever_the_file_changes(model, book, monkeypatch):
    path = book("let a = b\n", "x.model")
    steps = iter(["let a = 1\n", None, "let a = 2 let b = c\n"])

    def sleep(seconds):
        try:
            content = next(steps)
        except StopIteration:
            raise KeyboardInterrupt from None
        path.unlink() if content is None else path.write_text(content)

    monkeypatch.setattr("time.sleep", sleep)
    done = model("check", path, "--watch")
    assert done.code == 130
    assert done.out.count("1 fault.") == 2 and "0 settled by" in done.out and "E618" in done.err


def test_waiting_ends_when_the_file_changes(book, monkeypatch):
    path = book("a", "x.model")
    calls = []

    def sleep(seconds):
        calls.append(seconds)
        if len(calls) == 3:
            path.write_text("ab")

    monkeypatch.setattr("time.sleep", sleep)
    command._wait(path)
    assert len(calls) == 3


def test_steady(model, tmp_path):
    done = model("steady", "sim", "--set", "public_spending=25")
    told = " ".join(done.out.split())  # lines break where the terminal ends
    assert done.code == 0 and "comes to rest" in told and "halves every 4.1 periods" in told
    payload = json.loads(model("steady", "pc", "--json").out)
    assert payload["kind"] == "stationary" and len(payload["variables"]) > 20
    rows = list(csv.DictReader(io.StringIO(model("steady", "bmw", "--csv").out)))
    assert {row["variable"]: row["value"] for row in rows}["output"] == "200.0"
    (tmp_path / "turn.model").write_text("let b = -c(-1) let c = b(-1) start b = 1 start c = 2", "utf-8")
    refused = model("steady", str(tmp_path / "turn.model"))
    assert refused.code == 4 and "E631" in refused.err and refused.out == ""
    assert model("steady", "sim", "--set", "nothing=1").code == 2
