"""调解: pick a case, open a sitting, record it, read it out, close it. Nothing interrupts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cached_property, partial
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from mediator.casework import hearing, reading, recording
from mediator.casework.hearing_signing import Laid, lay_before
from mediator.casework.reading import Opened
from mediator.casework.recording import Order, consents_in
from mediator.core.recordings import Ending
from mediator.core.records import Case, CaseId, Hearing
from mediator.errors import MediatorError, WorldFailed
from mediator.ui.page import Page
from mediator.ui.pages.hearing_begin import BeginSheet
from mediator.ui.pages.hearing_consent import ConsentView
from mediator.ui.pages.hearing_drafts import DraftsView
from mediator.ui.pages.hearing_notes import NotesView
from mediator.ui.pages.hearing_pick import CloseCard, PickSheet
from mediator.ui.pages.hearing_reading import ReadingView
from mediator.ui.pages.hearing_record import RecordView
from mediator.ui.pages.hearing_signing import SigningView
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.labels import Elided, tag
from mediator.ui.seat import Seat
from mediator.ui.words import say

V = TypeVar("V", ReadingView, SigningView, NotesView, ConsentView, DraftsView)
BESIDE = frozenset({"read", "sign", "notes", "consent", "drafts"})


class HearingPage(Page):
    """Eight sheets, one shown: pick, head, record, read out, sign, private notes, who agrees to be recorded, drafts.

    The list to pick from stands first, the record follows it; every other sheet is built when it is first asked for.
    """

    name = "hearing"
    takes_digits = True
    sitting: Hearing | None = None
    shown = "pick"

    def __init__(self, seat: Seat) -> None:
        """Nothing is open."""
        super().__init__(seat, say("hearing.title"))
        self.aside = Elided("", "aside")
        self.saved = tag("")
        self.saved.setProperty("tone", "done")
        self.saved.hide()
        self.head.addWidget(self.saved, 0, Qt.AlignmentFlag.AlignVCenter)
        self.head.addWidget(self.aside)
        self.head.addStretch(1)
        self.to_read = button(say("hearing.read_out"), self.read_out)
        self.to_close = button(say("hearing.close"), self.ask_to_close, kind="primary")
        self.head.addWidget(self.to_read)
        self.head.addWidget(self.to_close)
        self.confirm = CloseCard()
        self.confirm.closed.connect(self.close_record)
        self.confirm.signed_first.connect(self.sign)
        self.confirm.left.connect(self.not_yet)
        self.body.addWidget(self.confirm)
        self.sheets = QStackedWidget()
        self.body.addWidget(self.sheets, 1)
        self.pick = PickSheet(seat)
        self.pick.picked.connect(self.enter)
        self.sheets.addWidget(self.pick)
        seat.saved.connect(self.show_saved)
        seat.on_air.ready.connect(self.begin_sound)
        seat.on_air.missing.connect(self.without_sound)
        self.show_sheet("pick")
        self.in_pieces(self._record)

    def _record(self) -> None:
        """The record, and what it asks of the other sheets."""
        self.record = RecordView(self.seat)
        self.sheets.addWidget(self.record)
        self.record.closed.connect(self.is_closed)
        self.record.asked_again.connect(self.enter_again)
        aside = self.record.aside
        aside.noted.connect(self.show_notes)
        aside.headed.connect(self.show_head)
        aside.drafted.connect(self.show_drafts)
        aside.sound.asked.connect(self.record_sound)
        aside.sound.consents.connect(self.show_consents)

    @cached_property
    def head_sheet(self) -> BeginSheet:
        """The head of a sitting."""
        made = BeginSheet()
        self.sheets.addWidget(made)
        made.asked.connect(self.begin)
        made.left.connect(self.leave_head)
        return made

    @cached_property
    def reading(self) -> ReadingView:
        """Read out, page by page."""
        made = self._beside(ReadingView(self.seat))
        made.finished.connect(self.sign)
        return made

    @cached_property
    def signing(self) -> SigningView:
        """Signed, one after the other."""
        made = self._beside(SigningView(self.seat))
        made.to_close.connect(self.ask_to_close)
        return made

    @cached_property
    def notes(self) -> NotesView:
        """Private notes."""
        return self._beside(NotesView(self.seat))

    @cached_property
    def consent(self) -> ConsentView:
        """Who agrees to be recorded."""
        made = self._beside(ConsentView(self.seat))
        made.agreed.connect(self.seat.on_air.look_for_microphone)
        return made

    @cached_property
    def drafts(self) -> DraftsView:
        """What an engine heard."""
        return self._beside(DraftsView(self.seat))

    def _beside(self, made: V) -> V:
        """A sheet beside the record, which leads back to it."""
        self.sheets.addWidget(made)
        made.left.connect(self.enter_again)
        return made

    def show_sheet(self, name: str) -> None:
        """One sheet; reading out and closing belong to the record."""
        sheets: dict[str, Callable[[], QWidget]] = {
            "pick": lambda: self.pick, "begin": lambda: self.head_sheet, "record": lambda: self.record,
            "read": lambda: self.reading, "sign": lambda: self.signing, "notes": lambda: self.notes,
            "consent": lambda: self.consent, "drafts": lambda: self.drafts,
        }  # fmt: skip
        self.shown = name
        self.sheets.setCurrentWidget(sheets[name]())
        for press in (self.to_read, self.to_close):
            press.setVisible(name == "record")
        self.confirm.hide()
        if name != "record":
            self.saved.hide()
        else:
            self.record.take_focus()

    def show_saved(self, moment: datetime) -> None:
        """Only while recording, and only after the commit."""
        self.saved.setText(say("hearing.saved", at=f"{moment:%H:%M:%S}"))
        self.saved.setVisible(self.shown == "record")

    def enter(self, case: str = "") -> None:
        """Go on with a case's open sitting, begin one, or pick a case."""
        if not case and self.case and self.shown == "record":
            self.record.take_focus()
            return
        if not case and self.case and self.shown in BESIDE:
            self.enter_again()
            return
        self.case = case
        if case:
            self.when_whole(self.enter_again)
            return
        self.title.setText(say("hearing.title"))
        self.aside.setText("")
        self.show_sheet("pick")
        self.pick.ask()

    def show_case(self, opened: Opened) -> None:
        """The newest open sitting, or a form for the next."""
        case = opened.case
        self.title.setText(case.number or case.title)
        sitting = next((each for each in reversed(case.hearings) if not each.closed), None)
        if sitting is not None:
            self.show_record(case, sitting)
            return
        self.aside.setText(case.title)
        self.sitting = None
        self.show_sheet("begin")
        self.head_sheet.show_next(self.seat.desk.vault.user.name, len(case.hearings))

    def show_record(self, case: Case, sitting: Hearing) -> None:
        """Go on recording."""
        number = [each.id for each in case.hearings].index(sitting.id) + 1
        self.aside.setText(say("hearing.nth", number=number))
        self.sitting = sitting
        self.record.show_record(case, sitting)
        self.show_sheet("record")
        if self.seat.on_air.is_for(sitting.id) and consents_in(case, sitting).missing:
            self.seat.on_air.stop(Ending.NEWCOMER)

    def begin(self) -> None:
        """Open the sitting, which moves the case by itself; or keep the head of the one that goes on."""
        form, case = self.head_sheet.form(self.seat.desk.workshop.clock.now()), CaseId(self.case)
        work: Callable[[], object] = partial(hearing.open_hearing, self.seat.desk, case, form)
        if self.sitting is not None:
            work = partial(hearing.save_hearing, self.seat.desk, case, self.sitting.id, form=form)
        self.seat.once("begin", work, lambda _: self.enter(case))

    def read_out(self) -> None:
        """Everything typed is kept first, then shown large as it is on disk."""
        self._lay_before(self.show_reading)

    def sign(self) -> None:
        """The record is laid before everybody."""
        self._lay_before(self.show_signing)

    def _lay_before(self, show: Callable[[Laid], None]) -> None:
        """The record as it is on disk after everything typed."""
        self.record.save_typed()
        self.seat.deed(partial(lay_before, self.seat.desk, CaseId(self.case), self.record.sitting), show)

    def show_reading(self, laid: Laid) -> None:
        """Page by page, if it still is the sitting on the screen."""
        if laid.hearing.id == self.record.sitting:
            self.reading.show_record(laid.case, laid.hearing)
            self.show_sheet("read")

    def show_signing(self, laid: Laid) -> None:
        """Who signs, and the field, if it still is the sitting on the screen."""
        if laid.hearing.id == self.record.sitting:
            self.show_sheet("sign")
            self.signing.show_record(laid)

    def show_notes(self) -> None:
        """Behind a key, and only while it is looked at."""
        self.record.save_typed()
        self.show_sheet("notes")
        self.notes.show_notes(CaseId(self.case))

    def record_sound(self) -> None:
        """End the recording that runs; else ask who agrees, and begin at once where everybody has agreed already."""
        on_air = self.seat.on_air
        if on_air.is_for(self.record.sitting):
            on_air.stop()
        else:
            self.show_consents()

    def show_consents(self) -> None:
        """Who agreed; while it runs, anybody may say that he does not any more."""
        self.record.save_typed()
        self.show_sheet("consent")
        self.consent.ask(CaseId(self.case), self.record.sitting)

    def show_drafts(self) -> None:
        """What an engine heard, beside the record."""
        self.record.save_typed()
        self.show_sheet("drafts")
        self.drafts.show_sitting(CaseId(self.case), self.record.sitting)

    def begin_sound(self) -> None:
        """A microphone is there: the recording is entered, then it begins."""
        if self.shown != "consent":
            self.seat.on_air.dismiss()
            return
        work = partial(recording.begin, self.seat.desk, CaseId(self.case), self.record.sitting)
        self.seat.once("sound", work, self.on_air, self.not_on_air)

    def on_air(self, order: Order) -> None:
        """From now on everybody is heard; the record goes on."""
        self.seat.on_air.start(order)
        self.enter_again()

    def not_on_air(self, error: MediatorError) -> None:
        """The recorder goes as it came; the record goes on."""
        self.seat.on_air.dismiss()
        self.seat.troubled.emit(error)
        self.enter_again()

    def without_sound(self) -> None:
        """No microphone: typing goes on."""
        if self.shown == "consent":
            self.not_on_air(WorldFailed("recording.no_microphone"))

    def show_head(self) -> None:
        """The head of the sitting that goes on."""
        self.record.save_typed()
        if self.sitting is not None:
            self.head_sheet.show_head(self.sitting)
            self.show_sheet("begin")

    def ask_to_close(self) -> None:
        """Say what closing means; no dialog."""
        self.confirm.ask()

    def not_yet(self) -> None:
        """Go on recording."""
        self.confirm.hide()
        self.record.take_focus()

    def close_record(self) -> None:
        """The word was typed."""
        if self.seat.on_air.is_for(self.record.sitting):
            self.seat.on_air.stop(Ending.CLOSED)
        self.record.close_record()

    def is_closed(self) -> None:
        """The record is closed: papers come next."""
        case, self.case = self.case, ""
        self.confirm.hide()
        self.show_sheet("pick")
        self.seat.went.emit("case_page", case)

    def leave(self) -> None:
        """Another page comes: words in the field become a turn, a correction half typed is one, a note is kept."""
        if self.shown == "record":
            self.record.save_typed()
        elif self.shown == "read":
            self.reading.end_correction()
        elif self.shown == "notes":
            self.notes.keep()

    def unkept(self) -> bool:
        """Words the disk refused stand in the field again."""
        words: dict[str, Callable[[], str]] = {
            "record": lambda: self.record.input.words, "read": lambda: self.reading.input.words,
            "notes": lambda: self.notes.line.text().strip(),
        }  # fmt: skip
        return bool(words.get(self.shown, str)())

    def leave_head(self) -> None:
        """Back to the record, or to the list of cases while nothing is open yet."""
        self.enter(self.case if self.sitting is not None else "")

    def refresh(self, cases: frozenset[str]) -> None:
        """An exchange or another page changed the case; our own deeds are shown already."""
        if not self.whole:
            return
        if self.record.own > 0:
            self.record.own -= 1
        elif self.case in cases and self.shown == "record" and not self.record.input.words:
            self.enter_again()

    def enter_again(self) -> None:
        """Read the sitting again."""
        self.seat.deed(lambda: reading.work_on(self.seat.desk, CaseId(self.case)), self.show_case)
