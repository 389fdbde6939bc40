"""Free text to the official lists: what clerks and real papers write, and what nobody knows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.core.clauses import dispute_types
from mediator.core.codes import BodyKind, CameBy, Code, Difficulty, DisputeType, Prevented
from mediator.core.recognizing import body_of, came_of, difficulty_of, dispute_of, prevented_of, spellings


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("邻里纠纷", "neighbor"), ("neighbor", "neighbor"), ("Ｎｅｉｇｈｂｏｒ", "neighbor"), (" 邻 里 ", "neighbor"),
        ("务工死亡赔偿纠纷", "damages"), ("生命权补偿纠纷", "damages"), ("劳务合同纠纷（拖欠工资）", "labor"),
        ("劳动报酬纠纷（群体）", "labor"), ("相邻通行纠纷", "neighbor"), ("道路交通事故损害赔偿", "traffic"),
        ("医疗损害赔偿纠纷", "medical"), ("宅基地纠纷", "housing_homestead"), ("民间借贷", "contract"),
        ("赡养纠纷", "marriage_family"), ("征地补偿款分配", "expropriation"), ("祖坟迁移", "other"), ("", "other"),
        ("纠纷", "other"), ("其他", "other"),
    ],
)  # fmt: skip
def test_a_dispute_is_recognized_as_clerks_write_it(text: str, code: str) -> None:
    assert dispute_of(text).value == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("当事人申请", CameBy.APPLIED), ("排查发现", CameBy.PROACTIVE), ("12345", CameBy.HOTLINE),
        ("法院委派", CameBy.COURT), ("公安移交", CameBy.POLICE), ("访调对接", CameBy.PETITION_OFFICE),
        ("检察院移送", CameBy.PROCURATORATE), ("妇联转办", CameBy.ENTRUSTED), ("", CameBy.OTHER),
        ("entrusted_court", CameBy.COURT), ("飞鸽传书", CameBy.OTHER),
    ],
)  # fmt: skip
def test_the_way_a_matter_came_is_recognized(text: str, code: CameBy) -> None:
    assert came_of(text) is code


def test_the_other_lists_are_recognized_and_silence_is_no_answer() -> None:
    assert [difficulty_of(text) for text in ("疑难复杂", "simple", "一般案件", "", "不好办")] == [
        Difficulty.HARD, Difficulty.SIMPLE, Difficulty.ORDINARY, Difficulty.UNSTATED, Difficulty.UNSTATED,
    ]  # fmt: skip
    names = ("缙云县壶镇镇人民调解委员会", "东山村调委会", "某县医疗纠纷人民调解委员会", "某某纺织厂调委会", "", "某办")
    assert [body_of(name) for name in names] == [
        BodyKind.TOWNSHIP, BodyKind.VILLAGE, BodyKind.INDUSTRY, BodyKind.ENTERPRISE, BodyKind.TOWNSHIP, BodyKind.OTHER,
    ]  # fmt: skip
    assert [prevented_of(text) for text in ("防止民转刑", "群体性上访", "跳楼", " ")] == [
        Prevented.CRIME, Prevented.GROUP_PETITION, Prevented.OTHER, None,
    ]  # fmt: skip


def test_the_lists_are_those_of_the_clause_library_and_every_spelling_names_a_member() -> None:
    assert {each.value: each.term for each in DisputeType} == dict(dispute_types())
    lists: dict[str, type[Code]] = {
        "dispute": DisputeType, "came": CameBy, "difficulty": Difficulty, "body": BodyKind, "prevented": Prevented,
    }  # fmt: skip
    for name, rows in spellings().items():
        assert {code for code, _ in rows} <= {each.value for each in lists[name]}


@given(st.text(max_size=60))
def test_any_text_is_some_member(text: str) -> None:
    assert isinstance(dispute_of(text), DisputeType)
    assert isinstance(came_of(text), CameBy)
    assert prevented_of(text) is None or text.strip()
