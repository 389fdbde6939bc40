"""去向与关联: the road with its reason, court and notary, review, other matters, and who looked."""

from __future__ import annotations

from mediator.casework import reading
from mediator.core.codes import LinkReason
from mediator.core.records import CaseId
from mediator.ui.pages.case_page import CasePage
from mediator.ui.pages.case_ways import WaysPane
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.casework.desks import StillClock, a_document, a_signed_case, case_of, taken_in
from tests.ui.scenes import desk_of, page_of

WAYS, LOOKED = 6, 7


def pane_of(window: Window, case: CaseId) -> WaysPane:
    """The tab of a case."""
    page = page_of(window, CasePage, case)
    page.tabs.setCurrentIndex(WAYS)
    settle(window)
    return page.ways


def test_another_road_than_the_advised_needs_a_reason_that_is_kept(empty: Window) -> None:
    desk = desk_of(empty)
    case = a_signed_case(desk)
    pane = pane_of(empty, case)
    assert "建议：司法确认" in pane.road.advice.text()
    pane.road.road.show_value("labor")
    pane.road.choose()
    settle(empty)
    assert case_of(desk, case).road == ""
    pane.road.reason.setText("双方要求")
    pane.road.choose()
    settle(empty)
    assert (case_of(desk, case).road, case_of(desk, case).road_reason) == ("labor", "双方要求")
    assert pane.road.chosen.text() == "已选定：先调解，再劳动仲裁。理由：双方要求。"


def test_court_confirmation_counts_down_and_names_what_the_packet_lacks(empty: Window) -> None:
    desk = desk_of(empty)
    case = a_signed_case(desk)
    court, notary = pane_of(empty, case).legal
    # signed on 5 March 2026: thirty days end on Saturday 4 April, Qingming until the sixth, so the seventh
    assert court.words.text() == "可以申请，最后一天是2026年4月7日，还有 29 天。"
    assert "司法确认申请书（缺）" in court.packet.text()
    assert "协议没有写明债务人愿意接受强制执行" in notary.words.text()
    court.take()
    settle(empty)
    assert court.words.text() == "已申请，2026年3月9日。"
    assert [court.step.itemText(place) for place in range(court.step.count())] == ["已办成", "未获准"]
    notary.take()
    settle(empty)
    assert [each.event for each in case_of(desk, case).course.events] == ["confirmation_asked"], "told why not first"


def test_a_petition_is_reviewed_step_by_step_and_a_mediation_shows_no_review(empty: Window) -> None:
    desk = desk_of(empty)
    case = taken_in(desk, a_document(kind="petition", accepted_on="2026-03-01"))
    pane = pane_of(empty, case)
    assert not pane.legal[0].press.isVisible(), "nothing is in force yet"
    for step in ("调查反馈", "科室分析", "领导审核"):
        assert pane.review.next.text() == f"下一步：{step}"
        pane.review.text.setText(f"{step}完毕")
        pane.review.take()
        settle(empty)
    assert [each.event for each in case_of(desk, case).course.events] == ["investigated", "analysed", "approved"]
    assert "领导审核：2026年3月9日 李调解，领导审核完毕" in pane.review.made.text()
    assert not pane_of(empty, a_signed_case(desk)).review.isVisible()


def test_matters_are_linked_by_number_on_both_sides_and_taken_apart_with_a_reason(empty: Window) -> None:
    desk = desk_of(empty)
    case, other = a_signed_case(desk), taken_in(desk, a_document(kind="petition", title="信访件"))
    pane = pane_of(empty, case)
    pane.links.number.setText(case_of(desk, other).number)
    pane.links.reason.show_value(LinkReason.JOINT.value)
    pane.links.link()
    settle(empty)
    assert [(each.link.reason, each.title, each.state) for each in pane.links.rows.rows] == [
        (LinkReason.JOINT, "信访件", "登记")
    ]
    assert [each.other for each in case_of(desk, other).course.links] == [case]
    pane.links.unlink()
    settle(empty)
    assert len(case_of(desk, case).course.links) == 1, "not without a reason"
    pane.links.number.setText("关联错了")
    pane.links.unlink()
    settle(empty)
    assert (case_of(desk, case).course.links, case_of(desk, other).course.links) == ((), ())
    assert pane.links.rows.rows == ()


def test_a_similar_case_says_why_and_stays_away_once_it_is_called_unlike(empty: Window) -> None:
    desk = desk_of(empty)
    past, case = a_signed_case(desk), taken_in(desk, a_document())
    pane = pane_of(empty, case)
    assert [each.case for each in pane.similar.rows.rows] == [past]
    assert pane.similar.why.text().startswith("像在：")
    assert "当时约定：张三于2026年4月1日前" in pane.similar.why.text()
    pane.similar.unlike()
    settle(empty)
    assert pane.similar.rows.rows == ()
    assert not pane.similar.why.isVisible()


def test_who_opened_a_case_and_who_saw_its_numbers_is_told_with_the_reason(empty: Window) -> None:
    desk = desk_of(empty)
    case, other = a_signed_case(desk), taken_in(desk, a_document(title="另一件"))
    reading.show(desk, other)
    reading.reveal(desk, case, "核对身份证")
    page = page_of(empty, CasePage, case)
    page.tabs.setCurrentIndex(LOOKED)
    settle(empty)
    seen = [(each.user, each.deed, each.reason) for each in page.looked.rows.rows]
    assert sorted(seen) == [("李调解", "opened", ""), ("李调解", "saw_numbers", "核对身份证")]


def test_a_petition_says_the_how_manieth_time_it_is_and_is_corrected_with_a_reason(empty: Window) -> None:
    desk = desk_of(empty)
    facts = "三组水渠去年修好，水费怎么摊说法不一，村里多次开会没有结果，要求给个说法。"
    clock = desk.workshop.clock
    assert isinstance(clock, StillClock)
    for _ in range(2):
        clock.move(hours=1)
        party = {"ref": "a", "side": "applicant", "kind": "person", "name": "周阿妹", "phone": "13800000001"}
        case = taken_in(
            desk, a_document(kind="petition", title="水费", dispute_type="other", facts=facts, parties=[party])
        )
    pane = pane_of(empty, case)
    assert "第 2 次登记" in pane.petition.words.text()
    assert [each.mine for each in pane.petition.rows.rows] == [False, True]
    pane.petition.choice.show_value("first")
    pane.petition.correct()
    settle(empty)
    assert pane.case is not None
    assert case_of(desk, pane.case.id).visit is None, "corrected without a reason"
    pane.petition.reason.setText("是两条渠")
    pane.petition.correct()
    settle(empty)
    assert case_of(desk, pane.case.id).visit_reason == "是两条渠"
    assert "由人更正，理由：是两条渠。" in pane.petition.words.text()
    assert pane.petition.reason.text() == ""
    assert not pane_of(empty, a_signed_case(desk)).petition.isVisible()
