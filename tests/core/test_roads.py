"""Which road is advised for which matter: by many wordings and not by near misses, each with a source."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mediator.core.codes import CaseKind, CaseStatus
from mediator.core.course import Course
from mediator.core.events import EventWord
from mediator.core.money import Fen
from mediator.core.records import Agreement, Case, CaseId, Obligation, ObligationId, Payment, PaymentId
from mediator.core.roads import Road, advised, road_named, roads
from tests.core.matters import CALENDAR, events

TODAY = date(2026, 3, 9)
BARE = Case(CaseId("c" * 32), CaseKind.PEOPLE_MEDIATION, "", "contract")
KEY = ObligationId("1" * 32)
BEFORE, LATER = date(2026, 3, 6), date(2026, 3, 10)


def ids(case: Case) -> list[str]:
    """The roads advised, by their ids."""
    return [each.id for each in advised(case, TODAY, CALENDAR)]


def owing(due: date | None, *, goods: str = "", digest: str = "ab") -> Agreement:
    """An agreement with one obligation."""
    amount = None if goods else Fen(100)
    return Agreement(obligations=(Obligation(KEY, "甲", "乙", amount, due, goods=goods),), digest=digest)


FOUND: dict[str, tuple[str, ...]] = {
    "discipline": (
        "检举村干部", "举报村里的干部收礼", "反映乡干部违纪问题", "镇里某某贪污救灾款", "村主任挪用集体资金盖房",
        "评低保时优亲厚友", "要求查处受贿的人",
    ),
    "court": (
        "法院已判决，要求再审", "该案县人民法院已经判决归还", "双方已起诉到法院", "不服一审判决", "案件正在审理中",
        "法院已于去年立案", "判决书早已生效但对方不理", "已向县法院申请强制执行",
    ),
    "review": (
        "不服行政处罚决定", "对县局的罚款决定不服", "被吊销营业执照", "不服公安的处罚", "收到强制拆除决定",
        "自然资源局责令限期拆除房屋", "对行政许可有意见",
    ),
    "labor": (
        "老板拖欠三个月工资", "工地欠我们十五人的工资", "请求支付加班费", "在厂里因工受伤", "没有签劳动合同就被辞退",
        "单位未缴纳社保", "农民工工资一直没有发",
    ),
    "land": (
        "因土地承包合同发生争议", "两家争承包地的边界", "责任田被邻居占去半亩", "土地流转租金没有付",
        "土地经营权到期不还",
        "当年互换的承包田要求换回", "承包的那片山林被砍了",
    ),
}  # fmt: skip
MISSED: dict[str, tuple[str, ...]] = {
    "discipline": (
        "村干部到场劝说", "请村主任作证", "没有违纪的情况", "当事人撤回检举", "集体资金账目已公开",
        "公职人员身份的邻居欠钱",
    ),
    "court": (
        "如不归还准备起诉", "打算起诉又怕伤和气", "对方没有起诉", "法院建议先行调解", "再不还就再起诉",
        "住在法院后面的小区",
        "请调解室判断谁对谁错",
    ),
    "review": (
        "没有行政处罚记录", "免予行政处罚", "相邻两家拆除围墙的费用", "行政村的公共道路", "驾驶证在家里",
        "对方愿意自行拆除雨棚",
    ),
    "labor": (
        "工资卡借给别人用", "不欠工资，只欠材料款", "帮工时打碎玻璃", "工程款没有结清", "鉴定为不属于工伤",
        "邻居的女儿在劳动局上班",
    ),
    "land": (
        "承包工地的食堂", "工程承包款纠纷", "宅基地上的树", "门前的空地", "自家承包了鱼塘", "山林防火宣传",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("road", "text"), [(road, text) for road, texts in FOUND.items() for text in texts])
def test_a_road_is_found_by_the_words_that_people_use(road: str, text: str) -> None:
    assert ids(replace(BARE, facts=text)) == [road]
    assert ids(replace(BARE, requests=text)) == [road]


@pytest.mark.parametrize(("road", "text"), [(road, text) for road, texts in MISSED.items() for text in texts])
def test_a_near_miss_leads_to_no_road(road: str, text: str) -> None:
    assert road not in ids(replace(BARE, facts=text))


@pytest.mark.parametrize(
    ("members", "wanted"),
    [
        ({}, []),
        ({"agreement": owing(LATER)}, ["confirmation", "notary"]),
        ({"agreement": owing(None)}, ["confirmation", "notary"]),
        ({"agreement": owing(LATER, goods="稻谷二百斤")}, ["confirmation", "notary"]),
        ({"agreement": owing(LATER, goods="停止在门前堆放杂物")}, ["confirmation"]),
        ({"agreement": owing(LATER, goods=" ")}, ["confirmation"]),
        ({"agreement": owing(TODAY)}, []),
        ({"agreement": owing(LATER, digest="")}, []),
        ({"agreement": owing(LATER), "course": events("confirmed 2026-03-09")}, ["notary"]),
        ({"agreement": owing(LATER), "course": events("notarized 2026-03-09")}, ["confirmation"]),
        ({"agreement": owing(BEFORE)}, ["lawsuit"]),
        ({"agreement": owing(BEFORE), "course": events("confirmed 2026-03-02")}, ["enforcement"]),
        ({"agreement": owing(BEFORE), "course": events("notarized 2026-03-02")}, ["notary_enforcement"]),
        ({"agreement": owing(BEFORE), "payments": (Payment(PaymentId("2" * 32), KEY, Fen(100), TODAY),)}, []),
        # 7 March 2026 is a Saturday: due on the 9th
        ({"agreement": owing(date(2026, 3, 7))}, []),
        ({"agreement": owing(LATER), "status": CaseStatus.BREACHED}, ["lawsuit", "confirmation", "notary"]),
        ({"agreement": owing(BEFORE, digest="")}, []),
        ({"dispute_type": "labor"}, ["labor"]),
        ({"dispute_type": "劳动争议"}, ["labor"]),
        ({"facts": "检举村干部", "kind": CaseKind.PETITION}, ["discipline"]),
        ({"facts": "反映路灯不亮", "kind": CaseKind.PETITION}, ["petition"]),
        ({"facts": "反映路灯不亮", "kind": CaseKind.WORK_ORDER}, ["petition"]),
        ({"course": Course(), "status": CaseStatus.BREACHED}, []),
    ],
)
def test_the_table_advises_the_road_of_the_record(members: dict[str, Any], wanted: list[str]) -> None:
    assert ids(replace(BARE, **members)) == wanted


@pytest.mark.parametrize("road", roads(), ids=lambda road: road.id)
def test_every_road_says_why_and_by_what_law(road: Road) -> None:
    assert road.advice.endswith("。")
    assert road.sources
    assert road_named(road.id) is road
    assert {*road.after, *road.without} <= {each.value for each in EventWord}
    assert road.words or road.types or road.kinds or road.agreement or road.breach


def test_a_road_that_is_none_is_not_found() -> None:
    assert road_named("somewhere") is None
