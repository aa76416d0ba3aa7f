"""The tables are those that the packages of the extra `notice` make; the screen itself needs none of them."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from creditor.regimes.names_tables import FOLDER, tables

MADE = all(importlib.util.find_spec(name) for name in ("pypinyin", "opencc"))


def test_the_terms_and_their_characters():
    known = tables()
    assert [term["name"] for term in known.words["term"]] == [
        "虚拟货币/virtual currency",
        "虚拟资产/virtual asset",
        "加密货币/cryptocurrency",
        "加密资产/crypto asset",
        "稳定币/stablecoin",
        "现实世界资产代币化/real-world asset tokenization",
        "RWA",
    ]
    assert all(
        known.simplified[t] == s for t, s in zip("擬貨幣資產穩現實虛", "拟货币资产稳现实虚", strict=True)
    )
    assert "密" in known.sounds["谧"] and "货" in known.looks["贷"] and known.splits["力口"] == "加"
    assert "例" in known.begins["比"] and "挂" in known.begins["壁"]


@pytest.mark.skipif(not MADE, reason="the extra notice is not installed")
def test_the_table_is_made_anew_with_the_same_bytes(tmp_path):
    root = Path(__file__).parents[2]
    code = "import sys; sys.path.insert(0, 'scripts'); import name_tables as t; "
    code += "sys.stdout.buffer.write(''.join(f'{a},{b},{c}\\n' for a, b, c in t.rows()).encode())"
    made = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, check=True).stdout
    kept = (FOLDER / "names-characters.csv").read_bytes().partition(b"stands_for\n")[2]
    assert made == kept


def test_the_screen_loads_no_package_of_the_extra():
    code = "from creditor.regimes.names import screen; screen('稳锭币'); import sys; "
    code += "print({'pypinyin', 'opencc', 'rapidfuzz'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
