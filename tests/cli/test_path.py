"""The command path: options reach the verb, pictures come with text only, faults have their exit codes."""

from __future__ import annotations

import json

from creditor.cli.main import run


def test_json(capsys):
    assert (
        run(
            ["path", "ITA", "--paths", "50", "--horizon", "2035", "--stress", "none", "--seed", "2", "--json"]
        )
        == 0
    )
    told = json.loads(capsys.readouterr().out)
    assert told["draws"] == {"paths": 50, "seed": 2, "shocks": "normal"} and told["years"][-1] == 2035


def test_text_has_a_picture(capsys):
    assert run(["path", "ITA", "--paths", "50", "--stress", "none"]) == 0
    shown = capsys.readouterr().out
    assert "Debt of Italy" in shown and "50%" in shown and "2030" in shown
    assert run(["path", "ITA", "--paths", "50", "--no-plot", "--stress", "none"]) == 0
    assert "50%" not in capsys.readouterr().out


def test_page(tmp_path):
    page = tmp_path / "italy.html"
    assert run(["path", "ITA", "--paths", "50", "--no-plot", "--html", str(page)]) == 0
    assert "Stress tests" in page.read_text("utf-8")


def test_rank(capsys):
    assert run(["path", "--rank", "--paths", "20", "--horizon", "2032"]) == 0
    assert "33 economies" in capsys.readouterr().out
    assert run(["path", "--rank", "--perimeter", "federal", "--holders"]) == 2
    assert "--rank does not take --perimeter, --holders" in capsys.readouterr().err
    assert run(["path", "ITA", "--rank"]) == 2
    assert "not both" in capsys.readouterr().err


def test_faults(capsys):
    assert run(["path"]) == 2
    assert run(["path", "ITA", "--horizon", "1999"]) == 2
    assert run(["path", "ROW"]) == 3
    assert "F303" in capsys.readouterr().err


def test_own_loans(tmp_path, capsys):
    (tmp_path / "loans.csv").write_text("name,currency,amount,rate,start,maturity\na,EUR,30,3,2020,2030\n")
    (tmp_path / "years.csv").write_text(
        "year,gdp,real_growth,primary_balance,market_rate\n2024,100,,,\n2025,103,1,0,3\n"
    )
    table, years = str(tmp_path / "loans.csv"), str(tmp_path / "years.csv")
    assert run(["path", "--debt-table", table, "--assumptions", years, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["debt"] == 30
    assert run(["path", "ITA", "--debt-table", table]) == 2
    for asked in (["--horizon", "2040"], ["--ageing", "2"], ["--perimeter", "federal"], ["--rank"]):
        assert run(["path", "--debt-table", table, "--assumptions", years, *asked]) == 2
        assert f"--debt-table does not take {asked[0]}" in capsys.readouterr().err
