"""The ledgers of the twelve matters, line by line as a clerk would write them."""

from __future__ import annotations

from dataclasses import replace

from mediator.core import ledgers
from mediator.core.facts import Sheet
from mediator.core.ledgers import Name
from mediator.core.tabled import Tabled
from tests.core.twelve import MARCH, TWELVE, day

NAMES = {
    each.case: Name(f"{each.case}号", f"{each.case}的事", f"{each.case}某、{each.case}某某", "李调解")
    for each in TWELVE
}


def lines(tabled: Tabled) -> list[list[str]]:
    """The words of a table."""
    return [[cell.words for cell in row] for row in tabled.rows]


def only(make: ledgers.Make) -> Tabled:
    """The one table of a ledger."""
    [found] = make(TWELVE, NAMES, MARCH)
    return found


def test_the_ledger_of_mediation_lists_what_was_accepted_and_names_older_agreements_apart() -> None:
    [found] = ledgers.mediations(TWELVE, NAMES, MARCH)
    assert [row[1] for row in lines(found)] == ["A号", "C号", "D号", "E号", "G号"]
    assert lines(found)[0] == [
        "1", "A号", "2026-03-03", "A某、A某某", "邻里", "当事人申请", "李调解", "成功", "2026-03-10", "5,000.00",
        "已履行",
    ]  # fmt: skip
    assert lines(found)[1][7:] == ["正在办理", "—", "—", "—"]
    older = replace(TWELVE[6], case="Z", accepted_on=day("0105"), signed_on=day("0110"))
    _, apart = ledgers.mediations((*TWELVE, older), NAMES, MARCH)
    assert (apart.title, [row[10] for row in lines(apart)]) == ("以前受理、仍在履行的", ["履行中"])


def test_one_case_one_sheet_names_who_answers_for_it() -> None:
    sheet = Sheet("王镇长", "何干部", "2026-06-30", "已上门两次")
    [found] = ledgers.case_sheets([replace(TWELVE[2], sheet=sheet)], NAMES, MARCH)
    assert lines(found) == [
        ["1", "C号", "2026-03-05", "C某、C某某", "C的事", "劳动争议", "王镇长", "何干部", "2026-06-30", "已上门两次",
         "正在办理"],
    ]  # fmt: skip


def test_old_matters_are_those_past_their_period_half_a_year_old_or_planned() -> None:
    old = replace(TWELVE[2], case="M", registered_on=day("0101").replace(year=2025), sheet=Sheet(backlog=True))
    [found] = ledgers.backlog((*TWELVE, old), NAMES, MARCH)
    assert [(row[1], row[5], row[6]) for row in lines(found)] == [
        ("", "464", "登记满半年、已列化解方案"), ("K号", "25", "超过办理期限"),
    ]  # fmt: skip


def test_work_orders_stand_by_category_and_day() -> None:
    assert [row[1:3] + row[6:] for row in lines(only(ledgers.work_orders))] == [
        ["蓝色（咨询）", "J号", "2026-03-03", "2026-03-03", "否"],
        ["红色（投诉举报）", "K号", "2026-03-30", "—", "超期"],
        ["未分类", "L号", "2026-04-08", "2026-04-07", "否"],
    ]  # fmt: skip


def test_receptions_stand_by_day_and_then_by_leader() -> None:
    found, leaders = ledgers.receptions(TWELVE, NAMES, MARCH)
    assert lines(found) == [
        ["1", "2026-03-13", "周五接访日", "王镇长", "I号", "5", "—", "正在办理"],
        ["2", "2026-03-14", "带案下访", "—", "I号", "5", "—", "正在办理"],
    ]
    assert lines(leaders) == [["未写明", "1", "5"], ["王镇长", "1", "5"]]


def test_a_round_that_found_nothing_is_a_zero_report() -> None:
    assert [row[1:7] for row in lines(only(ledgers.screenings))] == [
        ["2026-03-10", "东山村", "定期排查", "何记录", "2", "发现纠纷"],
        ["2026-03-20", "西山村", "日常排查", "何记录", "0", "零报告"],
    ]


def test_what_falls_due_says_how_it_stands() -> None:
    found = only(ledgers.duties)
    assert [row[4:] for row in lines(found)] == [
        ["2026-03-15", "1,000.00", "1,000.00", "2026-04-02", "逾期履行"],
        ["2026-03-20", "3,000.00", "3,000.00", "2026-03-20", "按期履行"],
        ["2026-03-28", "2,000.00", "2,000.00", "2026-03-30", "按期履行"],
    ]
    assert [row[0].rows[0].item for row in found.rows] == ["f1", "a1", "a2"]
    duty = replace(TWELVE[6].duties[0], due_on=day("0320"), last_on=day("0320"))
    states = (duty, replace(duty, waived=True), replace(duty, last_on=day("0420"), paid=1), replace(duty, last_on=None))
    assert [ledgers.duty_state(each, MARCH) for each in states] == ["逾期未履行", "已免除", "部分履行", "未到期"]
