"""Recordings and scans of a real vault, piece by piece: what is owed, what comes back, killed and full in between."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mediator.errors import MediatorError, Unacceptable, WorldFailed
from mediator.journal.blobs import PIECE, BlobClass, BlobId, Manifest, manifest_of
from mediator.journal.entry import DeskId, StreamId
from mediator.store import arriving, blobs, returning
from mediator.store.backups import restore
from mediator.store.resting import scan_manifest
from mediator.store.tapes import tape_path
from mediator.store.vault import Vault
from tests.journal.list_journal import Writer
from tests.store.vaults import CASE, GROUND, PASSWORD, a_case, a_vault, draft, opened, run_sql

KEY = bytes(range(32))
TAPE = "7a" * 16
EVERYTHING = 1 << 40


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    """With one case."""
    made = a_vault(tmp_path / "vault")
    a_case(made)
    yield made
    made.close()


def a_tape(vault: Vault, size: int = 2 * PIECE + 9, *, recording: str = TAPE, **more: object) -> Manifest:
    """A recording's file and the entry that ends it; what is in the file is nobody's business here."""
    data = Random(recording).randbytes(size)
    path = tape_path(vault.folder, recording)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    listed = manifest_of((data[at : at + PIECE] for at in range(0, size, PIECE)), BlobClass.SOUND)
    body: dict[str, object] = {
        "id": recording, "samples": 1, "chunks": 1, "size": size, "digest": "d" * 64, "ending": "stopped", "at": 1,
        "blob": {"manifest": listed.digest}, **more,
    }  # fmt: skip
    told = replace(draft(CASE, "recording.ended", body), blobs=(listed.named,))
    vault.append([told], papers={listed.digest: listed.packed()})
    return listed


def a_scan(vault: Vault, size: int = 300_000) -> tuple[str, Manifest]:
    """A scan among the papers and the entry that attaches it; its hash."""
    plain = Random(size).randbytes(size)
    listed, sha256 = scan_manifest(KEY, plain, BlobClass.SCAN), hashlib.sha256(plain).hexdigest()
    fields = {"title": "照片", "place": "evidence", "sha256": sha256, "pages": 1, "size": size}
    blob = {"key": KEY.hex(), "manifest": listed.digest}
    body: dict[str, object] = {"id": "5c" * 16, "fields": fields, "blob": blob}
    told = replace(draft(CASE, "evidence.attached", body), blobs=(listed.named,))
    vault.append([told], papers={sha256: plain, listed.digest: listed.packed()})
    return sha256, listed


def pieces_of(vault: Vault, listed: Manifest) -> dict[int, bytes]:
    """All of a blob, as they would travel."""
    return dict(vault.pieces.read(listed.blob, range(len(listed.pieces))))


def gone(vault: Vault, ref: str) -> None:
    """As on a laptop that never had it: the file, or the PDF."""
    tape_path(vault.folder, ref).unlink(missing_ok=True)
    run_sql(vault, "DELETE FROM paper WHERE sha256 = ?", bytes.fromhex(ref))


def test_a_recording_travels_as_its_file_lies_and_a_scan_as_it_is_sealed_each_time(vault: Vault) -> None:
    tape, (_, scan) = a_tape(vault), a_scan(vault)
    assert [each.blob for each in vault.pieces.owed(EVERYTHING)] == [scan.blob, tape.blob], "scans before sound"
    assert b"".join(pieces_of(vault, tape).values()) == tape_path(vault.folder, TAPE).read_bytes()
    assert pieces_of(vault, scan) == pieces_of(vault, scan)
    assert vault.pieces.waiting().bytes == tape.size + scan.size


def test_nothing_is_owed_before_its_entry_is_receipted_or_once_it_is_safe(vault: Vault) -> None:
    listed = a_tape(vault)
    top = vault.top(vault.desk)[0]
    assert vault.pieces.owed(top - 1) == []
    assert [each.missing for each in vault.pieces.owed(top)] == [(0, 1, 2)]
    vault.pieces.told({listed.blob: (2,)}, (), 50)
    assert [each.missing for each in vault.pieces.owed(top)] == [(2,)]
    vault.pieces.told({listed.blob: ()}, (listed.blob,), 60)
    assert vault.pieces.owed(top) == []
    vault.pieces.told({listed.blob: (1,)}, (), 59)
    assert vault.pieces.owed(top) == [], "an old stick is no news"
    vault.pieces.told({listed.blob: (1,), BlobId("0" * 32): (0,)}, ("0" * 32,), 61)
    assert [each.missing for each in vault.pieces.owed(top)] == [(1,)], "the county lost it"
    vault.pieces.told({listed.blob: (700,)}, (), 62)
    assert [each.missing for each in vault.pieces.owed(top)] == [(1,)]


def test_a_file_that_is_no_longer_what_was_pinned_does_not_leave(vault: Vault) -> None:
    listed, path = a_tape(vault), tape_path(vault.folder, TAPE)
    data = bytearray(path.read_bytes())
    data[PIECE] ^= 1
    path.write_bytes(data)
    read = vault.pieces.read(listed.blob, range(3))
    assert next(read)[0] == 0
    with pytest.raises(Unacceptable, match=r"blob\.damaged"):
        next(read)
    path.write_bytes(data[:PIECE])
    assert [each.missing for each in vault.pieces.owed(EVERYTHING)] == [()], "half a file is none: it is only asked for"


@pytest.mark.threat("T05")
def test_what_a_private_entry_speaks_of_never_leaves(vault: Vault) -> None:
    listed = manifest_of([b"x"], BlobClass.SCAN)
    told = draft(CASE, "note.private", {"text": "私记", "blob": {"manifest": listed.digest}})
    vault.append([replace(told, blobs=(listed.named,))], papers={listed.digest: listed.packed()})
    assert run_sql(vault, "SELECT leaves FROM blob") == [(0,)]
    assert vault.pieces.owed(EVERYTHING) == []


@pytest.mark.threat("T37")
@pytest.mark.parametrize(
    "hostile",
    [
        {"id": "../../../outside"}, {"id": 7}, {"id": "7A" * 16}, {"blob": {"manifest": "../x"}}, {"blob": 5},
        {"blob": {"manifest": "e" * 64}}, {"blob": None},
    ],
)  # fmt: skip
def test_an_entry_from_elsewhere_names_no_file_of_ours_but_by_an_id(vault: Vault, hostile: dict[str, object]) -> None:
    listed = manifest_of([b"x"], BlobClass.SOUND)
    body: dict[str, object] = {"id": TAPE, "blob": {"manifest": listed.digest}} | hostile
    other = Writer("other")
    other.write(
        StreamId(CASE), "recording.ended", {k: v for k, v in body.items() if v is not None}, blobs=(listed.named,)
    )
    vault.absorb(list(other.journal.since(DeskId(other.desk), 0, 9)))
    for ref in (str(hostile.get("id", TAPE)), TAPE):
        assert not vault.pieces.ask_back(ref)
    assert vault.pieces.wanted() == []
    assert vault.pieces.keep(listed.blob, listed, [(0, b"x")]) == ["piece.unasked"]
    assert not (vault.folder / arriving.FOLDER).exists()


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 2), max_size=12), st.booleans())
def test_pieces_that_come_back_in_any_order_and_number_make_the_file_again(
    tmp_path_factory: pytest.TempPathFactory, order: list[int], manifest_first: bool
) -> None:
    vault = a_vault(tmp_path_factory.mktemp("vault") / "v")
    a_case(vault)
    listed = a_tape(vault)
    pieces, whole = pieces_of(vault, listed), tape_path(vault.folder, TAPE).read_bytes()
    gone(vault, TAPE)
    run_sql(vault, "DELETE FROM paper WHERE sha256 = ?", bytes.fromhex(listed.digest))
    assert vault.pieces.ask_back(TAPE)
    assert [each.manifest for each in vault.pieces.wanted()] == [None]
    if not manifest_first:
        assert vault.pieces.keep(listed.blob, None, [(0, pieces[0])]) == ["piece.unknown"]
    assert vault.pieces.keep(listed.blob, listed, []) == []
    for index in (*order, 2, 1, 0):
        vault.pieces.keep(listed.blob, None, [(index, pieces[index])])
    assert tape_path(vault.folder, TAPE).read_bytes() == whole
    assert vault.pieces.wanted() == []
    assert list((vault.folder / arriving.FOLDER).iterdir()) == []
    vault.close()


def test_a_scan_that_comes_back_is_the_pdf_that_its_entry_names_or_nothing(vault: Vault) -> None:
    sha256, listed = a_scan(vault)
    pieces = list(pieces_of(vault, listed).items())
    gone(vault, sha256)
    vault.pieces.ask_back(sha256)
    bent = [(index, data[:-1] + b"?") for index, data in pieces]
    assert vault.pieces.keep(listed.blob, None, bent) == ["piece.damaged"] * len(pieces)
    assert vault.paper(sha256) is None
    assert vault.pieces.keep(listed.blob, None, pieces) == []
    assert vault.paper(sha256) == Random(300_000).randbytes(300_000)


def test_what_a_kill_leaves_between_disk_and_row_is_asked_for_again(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = a_tape(vault)
    pieces = pieces_of(vault, listed)
    gone(vault, TAPE)
    vault.pieces.ask_back(TAPE)
    vault.pieces.keep(listed.blob, None, [(0, pieces[0])])
    part = arriving.staged(vault.folder, listed.blob)
    monkeypatch.setattr(blobs, "change", killed)
    with pytest.raises(KeyboardInterrupt):
        vault.pieces.keep(listed.blob, None, [(1, pieces[1])])
    monkeypatch.undo()
    assert [each.missing for each in vault.pieces.wanted()] == [(1, 2)]
    part.unlink()
    assert [each.missing for each in vault.pieces.wanted()] == [(0, 1, 2)], "what is gone is missing"
    vault.pieces.keep(listed.blob, None, [(1, pieces[1])])
    with part.open("r+b") as file:  # a power cut left another byte than was said to be on disk
        file.seek(PIECE)
        file.write(b"\0")
    assert vault.pieces.keep(listed.blob, None, [(0, pieces[0]), (2, pieces[2])]) == ["piece.damaged"]
    assert [each.missing for each in vault.pieces.wanted()] == [(1,)]
    assert vault.pieces.keep(listed.blob, None, [(1, pieces[1])]) == []
    assert pieces_of(vault, listed) == pieces


def killed(*_args: object, **_more: object) -> None:
    """The power goes here."""
    raise KeyboardInterrupt


@pytest.mark.parametrize("way", ["little room", "none while writing"])
def test_a_full_disk_ends_a_recall_and_leaves_words_their_room(
    vault: Vault, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    listed = a_tape(vault)
    pieces = pieces_of(vault, listed)
    gone(vault, TAPE)
    vault.pieces.ask_back(TAPE)
    if way == "little room":
        monkeypatch.setattr(returning, "free_bytes", lambda _folder: 99_000_000)
    else:
        monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WorldFailed, match=r"vault\.disk_full"):
        vault.pieces.keep(listed.blob, None, list(pieces.items()))
    monkeypatch.undo()
    assert [each.missing for each in vault.pieces.wanted()] == [(0, 1, 2)]
    assert vault.pieces.keep(listed.blob, None, list(pieces.items())) == []


def full(_handle: int) -> None:
    """No room."""
    raise OSError(28, "No space left on device")


def test_a_frozen_load_and_what_lies_on_sticks_are_remembered_and_a_restored_vault_asks_anew(
    vault: Vault, tmp_path: Path
) -> None:
    listed = a_tape(vault)
    vault.pieces.heard_able()
    vault.pieces.told({listed.blob: ()}, (listed.blob,), 60)
    vault.pieces.note_file(3, "f" * 64, {listed.blob: [0, 1]})
    assert vault.pieces.files() == {3: ("f" * 64, {listed.blob: [0, 1]})}
    vault.close()
    again = opened(vault.folder)
    assert (again.pieces.able(), again.pieces.owed(EVERYTHING), list(again.pieces.files())) == (True, [], [3])
    again.close()
    made = restore(vault.folder, tmp_path / "new", login=None, password=PASSWORD, ground=GROUND, first=lambda _: None)
    assert (made.pieces.able(), made.pieces.files()) == (False, {})
    assert [each.blob for each in made.pieces.owed(EVERYTHING)] == [listed.blob]
    made.close()


def test_a_blob_that_nobody_names_is_no_blob(vault: Vault) -> None:
    with pytest.raises(MediatorError, match=r"blob\.unknown"):
        next(vault.pieces.read(BlobId("0" * 32), [0]))


def test_a_county_in_a_new_life_is_asked_once_about_what_is_no_longer_here(vault: Vault) -> None:
    tape, (_, scan) = a_tape(vault), a_scan(vault)
    both = (tape.blob, scan.blob)
    vault.pieces.told(dict.fromkeys(both, ()), both, 60)
    tape_path(vault.folder, TAPE).unlink()
    assert vault.pieces.owed(EVERYTHING) == []
    vault.pieces.county_reborn()
    assert [(each.blob, each.missing) for each in vault.pieces.owed(EVERYTHING)] == [
        (scan.blob, (0, 1)),
        (tape.blob, ()),
    ]
    vault.pieces.told({tape.blob: (0, 1, 2)}, (), 70)
    assert [each.blob for each in vault.pieces.owed(EVERYTHING)] == [scan.blob], "it lacks it and we have it no more"


def test_what_another_desk_speaks_of_is_not_offered_while_it_is_not_here(vault: Vault) -> None:
    sha256, listed = a_scan(vault)
    plain = vault.paper(sha256)
    entry = vault.since(vault.desk, vault.top(vault.desk)[0] - 1, 1)[0]
    run_sql(vault, "DELETE FROM blob")
    run_sql(vault, "DELETE FROM paper")
    other = Writer("other")
    told = other.write(StreamId(CASE), entry.kind, entry.content(), blobs=(listed.named,))
    vault.absorb([told])
    assert vault.pieces.owed(EVERYTHING) == []
    assert plain is not None
    run_sql(vault, "INSERT INTO paper (sha256, bytes) VALUES (?, ?)", bytes.fromhex(sha256), plain)
    run_sql(vault, "INSERT INTO paper (sha256, bytes) VALUES (?, ?)", bytes.fromhex(listed.digest), listed.packed())
    assert [each.blob for each in vault.pieces.owed(0)] == [listed.blob]


@pytest.mark.parametrize(("room", "taken_back"), [("缙壶", False), ("缙舒", False), ("缙壶", True)])
def test_scans_of_a_case_that_the_county_lent_to_this_room_come_along_and_its_sound_does_not(
    vault: Vault, room: str, taken_back: bool
) -> None:
    vault.keep_setting("room_short", "缙壶")
    stream, other, county = StreamId("cd" * 16), Writer("other"), Writer("county")
    other.write(stream, "case.opened", {"fields": {"title": "相邻", "kind": "people_mediation"}})
    scan, tape = manifest_of([b"scan"], BlobClass.SCAN), manifest_of([b"tape"], BlobClass.SOUND)
    fields = {"title": "照片", "place": "evidence", "sha256": "e" * 64, "pages": 1, "size": 4}
    blob = {"key": KEY.hex(), "manifest": scan.digest}
    body: dict[str, object] = {"id": "5c" * 16, "fields": fields, "blob": blob}
    other.write(stream, "evidence.attached", body, blobs=(scan.named,))
    ended: dict[str, object] = {
        "id": TAPE, "samples": 1, "chunks": 1, "size": 4, "digest": "d" * 64, "ending": "stopped", "at": 1,
        "blob": {"manifest": tape.digest},
    }  # fmt: skip
    other.write(stream, "recording.ended", ended, blobs=(tape.named,))
    told: dict[str, object] = {
        "room": room,
        "township": "331122101",
        "name": "某室",
        "owner": "331122102",
        "reason": "就近",
    }
    county.journal.absorb(list(other.journal.held.values()))
    county.write(stream, "case.granted", told)
    if taken_back:
        county.write(stream, "case.released", {"room": room, "desks": []})
    vault.absorb(list(county.journal.held.values()))
    vault.pieces.ask_for_lent([])
    assert vault.pieces.wanted() == []
    vault.pieces.ask_for_lent([stream])
    ours = room == "缙壶" and not taken_back
    assert [each.blob for each in vault.pieces.wanted()] == ([scan.blob] if ours else [])
