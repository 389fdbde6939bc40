"""What the pictures of the watch show: letters of each category, a petition, orders to answer, and every new tab."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from mediator.casework import intake, periods, reading, supervising
from mediator.casework.desk import Desk
from mediator.casework.intake import CaseForm, PartyForm
from mediator.casework.reading import RowQuery
from mediator.core.codes import CaseKind, CaseStatus, Category, Side
from mediator.core.records import CaseId
from mediator.ui.pages.case_page import CasePage
from mediator.ui.pages.performance import FORMS, PerformancePage
from mediator.ui.window import Window

Picture = Callable[[Window, str], None]
LETTERS: Final = (
    (Category.BLUE, "彩礼返还怎样申请调解"), (Category.BLUE, "宅基地界址找谁量"),
    (Category.YELLOW, "大棚作业道被沙袋堵住"),
    (Category.ORANGE, "山林权属已起诉，要求再调"), (Category.RED, "反映村账目不公开"),
)  # fmt: skip
PETITION: Final = "反映灌溉渠水费分摊"
TABS: Final = (5, 6, 7)
FOUND_SHOWN: Final = "路"


def letters_in(desk: Desk) -> None:
    """Work orders that came today, a petition in its last days, and what is due by now raised."""
    for category, title in LETTERS:
        case = intake.open_case(desk, CaseForm(title, "", kind=CaseKind.WORK_ORDER, category=category))
        periods.record_event(desk, case, "arrived", at=desk.workshop.clock.now())
    form = CaseForm(
        PETITION, "其他", facts="三组水渠去年修好，水费怎么摊说法不一。", kind=CaseKind.PETITION,
        accepted_on=desk.today() - timedelta(days=52),
    )  # fmt: skip
    case = intake.open_case(desk, form)
    intake.add_party(desk, case, reading.reread(desk, case).seen, PartyForm(Side.APPLICANT, "钱某"))
    supervising.raise_due(desk)


def newest(desk: Desk, status: CaseStatus | None, words: str = "") -> CaseId:
    """The newest case in a state whose title holds these words."""
    rows = reading.rows(desk, RowQuery((status,) if status else (), limit=40))
    return next(row.id for row in rows if words in row.title)


def watch_pictures(window: Window, desk: Desk, picture: Picture) -> None:
    """The tabs of an agreement in force and of a petition, and each form of performance."""
    house = window.house
    assert house is not None
    for name, case in (("case", newest(desk, CaseStatus.SIGNED)), ("petition", newest(desk, None, PETITION))):
        house.go("case_page", case)
        page = house.page
        assert isinstance(page, CasePage)
        for tab in TABS:
            page.tabs.setCurrentIndex(tab)
            picture(window, f"{name}_watch_{tab}")
        page.tabs.setCurrentIndex(0)
    house.seat.words = FOUND_SHOWN
    house.go("found")
    picture(window, "found")
    house.go("performance", newest(desk, CaseStatus.SIGNED))
    after = house.page
    assert isinstance(after, PerformancePage)
    for place, form in enumerate(FORMS):
        after.forms.setCurrentIndex(place)
        picture(window, f"performance_{form}")
    after.forms.setCurrentIndex(0)
