"""What the pictures of the sound show: a recorded sitting, consents, one that runs, the sign above."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from mediator.casework import hearing, recording
from mediator.casework.desk import Desk
from mediator.casework.hearing import HearingForm
from mediator.casework.recording import imagined_order
from mediator.casework.taping import Taping
from mediator.casework.transcribing import Heard
from mediator.core.recordings import CHUNK_BYTES, RATE, ConsentWay, Ending, Position
from mediator.core.records import CaseId
from mediator.ui.pages.hearing import HearingPage
from mediator.ui.window import Window

Picture = Callable[[Window, str], None]
SILENCE_CHUNKS: Final = 35
SHOWN: Final = (3725 * RATE, [8 + 290 * (n % 9) * (n % 7) // 54 for n in range(40)])


def recorded_before(desk: Desk, case: CaseId) -> None:
    """A sitting of last week: everybody agreed, a minute of silence was recorded, the record was closed."""
    sitting = hearing.open_hearing(desk, case, HearingForm(desk.workshop.clock.now(), "村委会", ("陈建国",), "陈建国"))
    asked = recording.consents(desk, case, sitting).asked
    recording.agree(desk, case, sitting, asked, way=ConsentWay.ORAL)
    order = recording.begin(desk, case, sitting)
    taping = Taping(lambda _: None, lambda: None)
    taping.order(order.packed())
    for _ in range(SILENCE_CHUNKS):
        taping.hear(bytes(CHUNK_BYTES))
    place = Position(order.label.recording, 20_000)
    hearing.record_turn(desk, case, sitting, speaker="陈建国", text="今天先把两家的要求听一听。", sound=place)
    taping.stop(Ending.CLOSED)
    hearing.close_hearing(desk, case, sitting)
    recording.settle(desk, Ending.CLOSED)


def sound_pictures(window: Window, page: HearingPage, picture: Picture) -> None:
    """Who agrees; the card beside the record while one runs; the sign above another page; drafts of what was said."""
    page.record_sound()
    picture(window, "hearing_consent")
    page.enter_again()
    order = imagined_order(page.case, page.record.sitting)
    window.on_air.imagine(order, samples=SHOWN[0], levels=SHOWN[1])
    picture(window, "hearing_recorded")
    assert window.house is not None
    window.house.go("workbench")
    window.bar.show_time()
    picture(window, "on_air")
    window.on_air.imagine(None)
    window.house.go("hearing", page.case)
    if page.sitting is not None:
        drafted = tuple(Heard(turn, turn.text.replace("，", ""), "") for turn in page.sitting.turns)
        page.drafts.case, page.drafts.sitting = CaseId(page.case), page.sitting.id
        page.show_sheet("drafts")
        page.drafts.show_drafts(page.sitting.id, drafted)
        picture(window, "hearing_drafts")
    page.enter_again()
