"""Recordings and scans reach the county as they are sealed, behind every sentence, and come back when asked for."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from mediator.casework import exchange
from mediator.store.tapes import tape_path
from sync.carriers.stick_pieces import StickPieces
from sync.center.county import Center
from sync.center.piece_answers import held_of
from sync.center.stick import handle
from sync.center.tables import BLOB
from sync.session import pieces
from tests.sync.center.traveling import a_county, a_room, a_scan, a_tape, line_to


def held(center: Center) -> dict[str, bytes]:
    """Every blob that the county holds whole, its pieces joined."""
    assert center.pieces is not None
    found = {}
    with center.database.reading() as scope:
        for row in scope.rows(BLOB.select().where(BLOB.c.complete > 0)):
            pieces = sorted(held_of(scope, row.blob).items())
            found[row.blob] = b"".join(center.pieces.read(name) or b"" for _, name in pieces)
    return found


def test_a_recording_and_a_scan_reach_the_county_as_they_are_sealed(tmp_path: Path) -> None:
    center = a_county(tmp_path / "county")
    with line_to(center) as url:
        desk = a_room(tmp_path / "room", center, url)
        case, recording = a_tape(desk)
        scan = a_scan(desk, case, tmp_path)
        done = exchange.by_network(desk)
        assert done.code == "", done
        again = exchange.by_network(desk)
        assert again.code == ""
    whole = held(center)
    assert tape_path(desk.vault.folder, recording).read_bytes() in whole.values()
    assert len(whole) == 2
    assert desk.vault.pieces.waiting().files == 0
    assert hashlib.sha256(desk.vault.paper(scan) or b"").hexdigest() == scan
    desk.vault.close()
    center.database.close()


def test_on_a_stick_pieces_lie_in_files_of_their_own_and_the_county_answers_once(tmp_path: Path) -> None:
    center, stick = a_county(tmp_path / "county"), tmp_path / "stick"
    stick.mkdir()
    with line_to(center) as url:
        desk = a_room(tmp_path / "room", center, url)
        exchange.by_network(desk)
    case, _ = a_tape(desk)
    a_scan(desk, case, tmp_path)
    exchange.by_stick(desk, stick)
    files = sorted(path.name for path in stick.glob("med-*-b-*"))
    exchange.by_stick(desk, stick)
    assert files == sorted(path.name for path in stick.glob("med-*-b-*")) != [], "what lies there lies there"
    handle(center, stick)
    assert len(held(center)) == 2
    exchange.by_stick(desk, stick)
    assert desk.vault.pieces.waiting().files == 0
    exchange.by_stick(desk, stick)
    assert list(stick.glob("med-*-b-*")) == [], "what arrived is tidied away"
    desk.vault.close()
    center.database.close()


def test_many_files_of_pieces_arrive_over_two_lost_sticks_and_a_full_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "STICK_LOAD", 2)
    center = a_county(tmp_path / "county")
    with line_to(center) as url:
        desk = a_room(tmp_path / "room", center, url)
        exchange.by_network(desk)
    case, recording = a_tape(desk, 60)
    scans = [a_scan(desk, case, tmp_path, pages=count) for count in (1, 2, 3)]
    for name in ("lost", "lost too"):
        lost = tmp_path / name
        lost.mkdir()
        exchange.by_stick(desk, lost)
    stick = tmp_path / "stick"
    stick.mkdir()
    room = iter([1 << 30, 1 << 30, 0])
    monkeypatch.setattr(StickPieces, "room", lambda _self: next(room, 1 << 30))
    exchange.by_stick(desk, stick)
    assert len(list(stick.glob("med-*-b-*"))) == 2, "it was full"
    exchange.by_stick(desk, stick)
    bad = sorted(stick.glob("med-*-b-*"))[0]
    bad.write_bytes(bad.read_bytes()[:-70] + bytes(70))
    handled = handle(center, stick)
    assert [each.file for each in handled.rejected] == [bad.name]
    exchange.by_stick(desk, stick)
    handle(center, stick)
    exchange.by_stick(desk, stick)
    exchange.by_stick(desk, stick)
    assert desk.vault.pieces.waiting().files == 0
    assert tape_path(desk.vault.folder, recording).read_bytes() in held(center).values()
    assert len(held(center)) == 1 + len(scans)
    assert [path.name for path in stick.glob("med-*-b-*") if path != bad] == []
    desk.vault.close()
    center.database.close()


def test_a_recording_that_is_gone_here_is_asked_back_over_the_network_and_on_a_stick(tmp_path: Path) -> None:
    center, stick = a_county(tmp_path / "county"), tmp_path / "stick"
    stick.mkdir()
    with line_to(center) as url:
        desk = a_room(tmp_path / "room", center, url)
        _, recording = a_tape(desk)
        exchange.by_network(desk)
        path = tape_path(desk.vault.folder, recording)
        sealed = path.read_bytes()
        path.unlink()
        assert desk.vault.pieces.ask_back(recording)
        done = exchange.by_network(desk)
        assert done.code == ""
        assert path.read_bytes() == sealed
    path.unlink()
    desk.vault.pieces.ask_back(recording)
    exchange.by_stick(desk, stick)
    handle(center, stick)
    done = exchange.by_stick(desk, stick)
    assert done.code == ""
    assert path.read_bytes() == sealed
    assert not list((desk.vault.folder / "arriving").iterdir())
    desk.vault.close()
    center.database.close()
