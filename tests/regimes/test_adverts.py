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
    "零撸空投，虚拟货币每天稳赚，加微信领取",
    "USDT出售，价格优惠，量大从优，电报群联系",
    "RWA项目私募额度有限，认购从速",
    "Join the airdrop! Our stablecoin gives 12% APY, click the link.",
    "Low fees: buy cryptocurrency with your card today",
    "加密货币交易所开户送100元，邀请码8888",
    "现实世界资产代币化：茶园收益权通证认购，年化15%",
    "虚拟币跟单群，返佣50%，扫码进群",
    "Presale of our virtual asset token starts Friday, sign up for the whitelist",
    "稳锭币兑换，私信客服",
    "稳·定·币充值优惠",
]
NONE = [
    "记者从人民银行获悉，虚拟货币交易属于非法金融活动。",
    "警惕虚拟货币骗局，切勿购买，谨防被骗。",
    "Regulators warned that cryptocurrency sales to residents are illegal.",
    "The lecture explains how a stablecoin is backed by bills.",
    "数字人民币红包领取活动开始了，扫码参加。",
    "Buy now: three cakes for two. Join our club.",
    "虚拟现实头盔预售，扫码下单。",
    "央行等八部门发布通知，明确虚拟货币相关业务活动属于非法金融活动。",
    "某公司宣布上线稳定币业务，记者从发布会获悉，该币将于下月开盘。",
    "Bitcoin price fell as investors sell, analysts said; stablecoin deposits rose.",
    "法院判决：被告人以虚拟货币名义吸收公众资金，收益承诺均系虚构。",
    "本课程讲解稳定币的储备结构、赎回与收益来源。",
    "What is a stablecoin? Students learn how issuers buy bills and earn yield.",
    "防范风险提示：凡是承诺虚拟货币稳赚不赔的都是诈骗。",
    "The paper studies returns of real-world asset tokenization funds.",
    "优惠促销：购买牛奶送水杯",
    "数字人民币消费满减活动，领取红包",
    "加密软件出售，扫码购买",
    "诚聘销售，收益高，加微信",
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
