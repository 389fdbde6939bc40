"""Beside the form: who and what may be known already, answered with one key; lists to pick from; the road that fits."""

from __future__ import annotations

from typing import Final

import pytest
from PySide6.QtCore import Qt

from mediator.core.codes import Risk
from mediator.core.records import CaseId
from mediator.ui.pages.intake import IntakePage
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.casework.desks import a_document, case_of, taken_in
from tests.ui.keyboard import Keyboard
from tests.ui.scenes import desk_of
from tests.ui.test_intake import card_of, form, put

HIT: Final = Qt.ItemDataRole.UserRole


def suspected(window: Window) -> tuple[IntakePage, CaseId]:
    """A registration of people and a matter that are known already, and the earlier case."""
    earlier = taken_in(desk_of(window), a_document(title="借款归还", facts="李四向张三借款三万元，到期未还。"))
    page = form(window)
    for place, name in enumerate(("张三", "李四")):
        put(window, card_of(page, place).fields["name"], name)
    put(window, page.fields["dispute_type"], "合同纠纷")
    put(window, page.fields["facts"], "李四向张三借款三万元，到期未还。")
    return page, earlier


def test_a_known_matter_is_told_with_its_reasons_and_one_key_says_that_it_is_the_same(window: Window) -> None:
    page, earlier = suspected(window)
    places = {page.beside.similar.item(n).data(HIT).case: n for n in range(page.beside.similar.count())}
    item = page.beside.similar.item(places[earlier])
    assert item.text().startswith(("可能是同一件事", "可能是同一人"))
    assert "理由：" in item.text()
    before = [party.name for party in case_of(desk_of(window), earlier).parties]
    keyboard = Keyboard(window)
    keyboard.reach("可能已经有的")
    page.beside.similar.setCurrentRow(places[earlier])
    keyboard.press("Space")
    assert "已经确认相同" in page.beside.similar.currentItem().text()
    assert [party.name for party in case_of(desk_of(window), earlier).parties] == before, "nothing is merged"


def test_a_suspicion_that_was_denied_with_one_key_does_not_come_again(window: Window) -> None:
    page, earlier = suspected(window)
    keyboard = Keyboard(window)
    keyboard.reach("可能已经有的")
    for _ in range(page.beside.similar.count()):
        page.beside.similar.setCurrentRow(0)
        keyboard.press("Delete")
    found = [page.beside.similar.item(n).data(HIT).case for n in range(page.beside.similar.count())]
    assert earlier not in found
    put(window, page.fields["requests"], "归还借款。")
    assert earlier not in [page.beside.similar.item(n).data(HIT).case for n in range(page.beside.similar.count())]


@pytest.mark.parametrize(
    ("typed", "said", "kept"),
    [("6", "5人以上，按群体性事项统计。", 6), ("4", "", 4), ("六", "请写一个数", None), ("", "", None)],
)
def test_how_many_people_are_concerned_is_kept_and_a_group_is_told(
    window: Window, typed: str, said: str, kept: int | None
) -> None:
    page = form(window)
    put(window, page.fields["title"], "通行")
    put(window, page.fields["people"], "3" if kept is None and not typed else typed)
    put(window, page.fields["people"], typed)
    assert page.fields["people"].fault.text().startswith(said)
    assert case_of(desk_of(window), page.registration.case).people == kept


def test_village_difficulty_and_risk_are_picked_from_lists_and_shown_again(window: Window) -> None:
    page = form(window)
    put(window, page.fields["title"], "通行")
    village = str(page.form.choices["village"].itemData(1))
    for name, value in (("village", village), ("difficulty", "疑难复杂"), ("risk", "high")):
        choice = page.form.choices[name]
        choice.show_value(value)
        choice.activated.emit(choice.currentIndex())
        settle(window)
    case = case_of(desk_of(window), page.registration.case)
    assert (case.difficulty, case.risk) == ("疑难复杂", Risk.HIGH)
    assert case.village == village
    again = form(window)
    form(window, case.id)
    assert again.form.choices["village"].value == case.village
    assert again.form.choices["risk"].currentText() == "高"


def test_the_road_that_fits_is_told_while_the_facts_are_typed(window: Window) -> None:
    page = form(window)
    put(window, page.fields["title"], "通行")
    assert not page.beside.road.isVisible()
    put(window, page.fields["facts"], "公司拖欠工资，要求劳动仲裁。")
    assert page.beside.road.isVisible() == bool(page.beside.roads.text())
    assert "劳动" in page.beside.roads.text()
