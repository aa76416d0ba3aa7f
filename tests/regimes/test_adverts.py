"""Offers give clues with spans; reports, lessons and warnings give none."""

from __future__ import annotations

import pytest

from creditor.errors import InputError
from creditor.regimes.adverts import clues_in

OFFERS = [
    "新币上线！稳定币预售火热，扫码进群领取空投。",
    "USDT 兑换，虚拟货币买入卖出，加微信咨询。",
    "Buy now: stablecoin presale, join our Telegram group.",
    "现实世界资产代币化项目认购，年化收益 12%。",
    "Invest now in real-world asset tokenization and earn a yield of 9 %.",
    "加密货币带单，返佣 40%，私信客服。",
]
NONE = [
    "记者从人民银行获悉，虚拟货币交易属于非法金融活动。",
    "警惕虚拟货币骗局，切勿购买，谨防被骗。",
    "Regulators warned that cryptocurrency sales to residents are illegal.",
    "The lecture explains how a stablecoin is backed by bills.",
    "数字人民币红包领取活动开始了，扫码参加。",
    "Buy now: three cakes for two. Join our club.",
    "虚拟现实头盔预售，扫码下单。",
]


@pytest.mark.parametrize("text", OFFERS)
def test_an_offer_is_a_clue(text):
    (clue, *_) = clues_in(text)
    assert clue.result in ("clue", "review") and clue.provisions
    assert text[clue.start : clue.end] and all(text[start:end] == word for _, word, start, end in clue.cues)
    assert any(kind == "offer" for kind, *_ in clue.cues)


@pytest.mark.parametrize("text", NONE)
def test_reports_lessons_and_other_goods_are_none(text):
    assert clues_in(text) == []


def test_a_report_with_an_offer_is_for_a_person():
    (clue, *_) = clues_in("据报道，稳定币预售今日开始，扫码认购。")
    assert clue.result == "review"


def test_a_text_of_ten_megabytes_is_refused():
    with pytest.raises(InputError) as caught:
        clues_in("币" * 3_400_000)
    assert caught.value.codes == ("C105",)
