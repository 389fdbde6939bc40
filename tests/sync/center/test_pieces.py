"""Recordings and scans reach the county as they are sealed, behind every sentence, and come back when asked for."""

from __future__ import annotations

import hashlib
from pathlib import Path

from mediator.casework import exchange
from mediator.store.tapes import tape_path
from sync.center.county import Center
from sync.center.tables import BLOB
from tests.sync.center.traveling import a_county, a_room, a_scan, a_tape, line_to


def held(center: Center) -> dict[str, bytes]:
    """Every blob that the county holds whole, its pieces joined."""
    from sync.center.pieces import held_of

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
