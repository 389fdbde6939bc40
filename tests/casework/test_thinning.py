"""A recording leaves this computer only when the county and a backup have it, and comes back when asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mediator.casework import evidence, listening, opening, thinning
from mediator.casework.desk import Desk
from mediator.casework.thinning import Place
from mediator.core.codes import CaseStatus
from mediator.core.records import CaseId
from mediator.errors import Unacceptable
from mediator.journal.blobs import BlobId
from mediator.store.tapes import tape_path
from tests.casework.desks import StillClock, case_of, led_to
from tests.casework.tapes import recorded, tone
from tests.docs.foreign import pdf


def clock_of(desk: Desk) -> StillClock:
    """The clock that a test moves."""
    clock = desk.workshop.clock
    assert isinstance(clock, StillClock)
    return clock


def receipted(desk: Desk, recording: str) -> BlobId:
    """The county's receipt has named a recording as whole, just now."""
    named = desk.vault.pieces.named(recording)
    assert named is not None
    desk.vault.pieces.told({named.blob: ()}, (named.blob,), desk.now_ms())
    return named.blob


def ready(desk: Desk, out: Path, *, leave_out: str = "") -> tuple[CaseId, str]:
    """A recording that may go, but for one condition."""
    case, _, recording = recorded(desk, 3)
    clock_of(desk).move(minutes=1)
    steps: dict[str, Callable[[], object]] = {
        "receipt": lambda: receipted(desk, recording),
        "closed": lambda: led_to(desk, case, CaseStatus.NOT_AGREED, CaseStatus.CLOSED),
        "backup": lambda: opening.backup(desk, out),
        "ninety days": lambda: clock_of(desk).move(days=91),
    }
    for name, step in steps.items():
        if name != leave_out:
            step()
    return case, recording


@pytest.mark.parametrize("lacking", ["receipt", "closed", "backup", "ninety days"])
def test_nothing_leaves_while_one_of_the_four_conditions_is_not_met(desk: Desk, tmp_path: Path, lacking: str) -> None:
    _, recording = ready(desk, tmp_path, leave_out=lacking)
    assert thinning.thin(desk) == ()
    assert tape_path(desk.vault.folder, recording).is_file()


def test_a_backup_older_than_the_recording_does_not_count(desk: Desk, tmp_path: Path) -> None:
    opening.backup(desk, tmp_path)
    clock_of(desk).move(minutes=1)
    ready(desk, tmp_path, leave_out="backup")
    assert thinning.thinnable(desk) == ()


def test_what_leaves_is_told_is_no_damage_and_comes_back_as_it_was(desk: Desk, tmp_path: Path) -> None:
    case, recording = ready(desk, tmp_path)
    path = tape_path(desk.vault.folder, recording)
    sealed, blob = path.read_bytes(), receipted(desk, recording)
    pieces = list(desk.vault.pieces.read(blob, [0]))
    assert [each.recording.id for each in thinning.thinnable(desk)] == [recording]
    assert path.is_file(), "a look moves nothing"
    (gone,) = thinning.thin(desk)
    assert (gone.case, gone.size) == (case, len(sealed))
    assert not path.exists()
    (trace,) = desk.vault.traces("audit.recording_thinned")
    assert trace.content() == {"case": case, "recording": recording}
    assert thinning.place_of(desk, recording) is Place.COUNTY
    assert [each.here for each in listening.recordings(desk, case)] == [False]
    assert case_of(desk, case).hearings[-1].recordings[-1].id == recording, "a missing file holds up no fold"
    assert [each.code for each in opening.check(desk, full=True).findings] == []
    with pytest.raises(Unacceptable, match=r"recording\.not_here"):
        listening.listen(desk, case, recording)
    assert thinning.ask_back(desk, case, recording) is Place.COMING
    assert desk.vault.pieces.keep(blob, None, pieces) == []
    assert path.read_bytes() == sealed
    assert b"".join(listening.listen(desk, case, recording).pcm()) == tone(3)
    assert thinning.ask_back(desk, case, recording) is Place.HERE
    assert thinning.thin(desk) != (), "it may go again"


def test_only_what_a_case_speaks_of_can_be_asked_back(desk: Desk, tmp_path: Path) -> None:
    case, _, recording = recorded(desk, 1)
    other, _, theirs = recorded(desk, 1)
    file = tmp_path / "a.in"
    file.write_bytes(pdf(1))
    scan = evidence.attach(desk, case, file, place="证据", title="照片")
    for ref in (theirs, "0" * 32, "../../x", ""):
        with pytest.raises(Unacceptable, match=r"recall\.unknown"):
            thinning.ask_back(desk, case, ref)
    assert thinning.ask_back(desk, case, scan.id) is thinning.ask_back(desk, case, scan.sha256) is Place.HERE
    tape_path(desk.vault.folder, recording).unlink()
    assert thinning.place_of(desk, recording) is Place.AWAY, "nobody else ever had it"
    assert thinning.place_of(desk, "0" * 32) is Place.AWAY
    assert other != case
