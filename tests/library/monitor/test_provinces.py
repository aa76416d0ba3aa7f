"""The provinces are the 31 of ISO 3166-2 without Hong Kong, Macau and Taiwan, and the corps of Xinjiang."""

from __future__ import annotations

import re

from creditor.monitor.offices import read_offices


def test_provinces() -> None:
    provinces = read_offices().provinces
    codes = [code for code in provinces if code != "XPCC"]
    assert len(codes) == 31 and all(re.fullmatch(r"CN-[A-Z]{2}", code) for code in codes)
    assert not {"CN-HK", "CN-MO", "CN-TW"} & set(codes)  # abroad, for the notice
    names = [name for name, _ in provinces.values()]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[\u4e00-\u9fff]+", chinese) for _, chinese in provinces.values())
    assert (provinces["CN-SX"], provinces["CN-SN"]) == (("Shanxi", "山西"), ("Shaanxi", "陕西"))
    assert (provinces["CN-HE"], provinces["CN-HA"]) == (("Hebei", "河北"), ("Henan", "河南"))
    assert (provinces["CN-HB"], provinces["CN-HN"]) == (("Hubei", "湖北"), ("Hunan", "湖南"))
