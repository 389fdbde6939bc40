"""Files on their way to the clerk's folder: whole under their names, and nothing of them elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from mediator.casework import opening
from mediator.casework.desk import Desk
from mediator.casework.files_out import part_of, staged_papers
from tests.casework.desks import PASSWORD


class PulledError(Exception):
    """The process ends here."""


def leave_behind(desk: Desk, path: Path) -> None:
    """What a kill leaves while a paper is being written, and the end of that life."""
    with pytest.raises(PulledError), staged_papers(desk, {path: b"a paper"}):
        raise PulledError
    path.parent.mkdir(exist_ok=True)
    part_of(path).write_bytes(b"half a pa")
    opening.lock(desk)


def start_again(desk: Desk) -> None:
    """The next start of the program."""
    opening.lock(opening.unlock(desk.workshop, desk.vault.folder, None, PASSWORD))


@pytest.mark.threat("T12")
def test_what_a_kill_leaves_of_a_paper_goes_at_the_next_start(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "out" / "协议书.pdf"
    leave_behind(desk, path)
    path.write_bytes(b"an older paper")
    start_again(desk)
    assert [each.name for each in path.parent.iterdir()] == [path.name]


@pytest.mark.threat("T12")
def test_a_stick_that_is_away_is_swept_when_it_is_back(desk: Desk, tmp_path: Path) -> None:
    stick, away = tmp_path / "stick", tmp_path / "away"
    leave_behind(desk, stick / "协议书.pdf")
    stick.rename(away)
    start_again(desk)
    away.rename(stick)
    start_again(desk)
    assert list(stick.iterdir()) == []


def test_papers_that_were_written_are_not_swept(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "协议书.pdf"
    with staged_papers(desk, {path: b"a paper"}):
        pass
    part_of(path).write_bytes(b"somebody else's")
    opening.lock(desk)
    start_again(desk)
    assert (path.read_bytes(), part_of(path).read_bytes()) == (b"a paper", b"somebody else's")
