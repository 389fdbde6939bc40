"""Recordings and scans reach the county as they are sealed, behind every sentence, and come back when asked for."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from mediator.casework import exchange, opening
from mediator.casework.desk import Desk
from mediator.errors import WorldFailed
from mediator.journal.blobs import PIECE
from mediator.store.tapes import tape_path
from sync.carriers.http import HttpCarrier, Reply
from sync.carriers.stick_pieces import StickPieces
from sync.center.county import Center
from sync.center.piece_answers import held_of
from sync.center.piece_files import PieceFiles
from sync.center.stick import handle
from sync.center.tables import BLOB
from sync.session import pieces
from tests.casework.desks import PASSWORD, ROOM
from tests.sync.blobs import MemoryBlobs, noise, speak_of, travel
from tests.sync.center.test_exchange import Line
from tests.sync.center.traveling import a_county, a_room, a_scan, a_tape, line_to
from tests.sync.fakes import a_center
from tests.sync.roads import Crash, FragileDatabase
from tests.sync.world import a_laptop


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


def test_a_bundle_of_pieces_that_was_cut_goes_on_where_the_county_is_also_after_a_restart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    center = a_county(tmp_path / "county")
    sent: list[int] = []
    asked = HttpCarrier._request

    def cut(self: HttpCarrier, method: str, path: str, *, content: bytes | None = None, **headers: str) -> Reply:
        if method == "PATCH":
            if len(sent) == 6:
                sent.append(0)
                raise WorldFailed("network.cut")
            sent.append(len(content or b""))
        return asked(self, method, path, content=content, **headers)

    with line_to(center) as url:
        desk = a_room(tmp_path / "room", center, url)
        _, recording = a_tape(desk, 90)
        monkeypatch.setattr(HttpCarrier, "_request", cut)
        assert exchange.by_network(desk).code == "network.cut"
        frozen = desk.vault.pieces.frozen()
        assert frozen is not None
        again = opening.unlock(desk.workshop, relocked(desk), ROOM.login, PASSWORD)
        assert again.vault.pieces.frozen() == frozen
        assert exchange.by_network(again).code == ""
    size = tape_path(again.vault.folder, recording).stat().st_size
    assert size < sum(sent) < size + 80_000, "not a byte of a piece twice"
    assert tape_path(again.vault.folder, recording).read_bytes() in held(center).values()
    assert again.vault.pieces.frozen() is None
    again.vault.close()
    center.database.close()


def relocked(desk: Desk) -> Path:
    """The vault's folder, once it is closed."""
    opening.lock(desk)
    return desk.vault.folder


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_county_killed_between_the_files_and_their_rows_says_of_none_that_it_is_there(
    tmp_path: Path, when: str
) -> None:
    center = replace(a_center(Random(3)), pieces=PieceFiles(tmp_path / "pieces"))
    desk, blobs = a_laptop(Random(1), center, "one"), MemoryBlobs()
    blob = speak_of(desk, blobs, noise(3 * PIECE + 7))
    travel(desk, blobs, Line(center), budget=0)
    fragile = FragileDatabase(center.database.engine, center.county)
    fragile.fate = lambda: when if list((tmp_path / "pieces").glob("??/*")) else ""
    with pytest.raises(Crash):
        travel(desk, blobs, Line(replace(center, database=fragile)))
    assert blob not in blobs.safe
    assert len(list((tmp_path / "pieces").glob("??/*"))) == 4, "files come first"
    assert len(held(center)) == (1 if when == "after" else 0)
    assert travel(desk, blobs, Line(center)).code == ""
    assert held(center) == {blob: noise(3 * PIECE + 7)}
    assert blob in blobs.safe
    center.database.close()
