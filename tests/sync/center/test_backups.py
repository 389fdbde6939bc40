"""`backup` and `restore`: from either database into either, read back before it counts, never the same life twice."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from mediator.journal.entry import StreamId
from sync.center.__main__ import opened
from sync.center.county import Center
from sync.center.piece_files import PieceFiles
from tests.sync.center.conftest import fresh_database
from tests.sync.center.program import DIVISION, County
from tests.sync.center.real import Laptop, joined
from tests.sync.center.test_exchange import Line

TEXT = "界址以东墙为准"
ROADS = [("sqlite", "sqlite"), ("sqlite", "postgresql"), ("postgresql", "sqlite"), ("postgresql", "postgresql")]


@contextmanager
def at(county: County) -> Iterator[Center]:
    """The center of a data folder, open."""
    with opened(argparse.Namespace(data=str(county.folder), database=county.url or None)) as center:
        yield center


def url_of(request: pytest.FixtureRequest, kind: str) -> str:
    """An empty database of a kind."""
    return fresh_database(request.getfixturevalue("server")) if kind == "postgresql" else ""


def exchanged(county: County, laptop: Laptop) -> str:
    """One exchange; its code."""
    with at(county) as center:
        return laptop.exchange(Line(center)).code


def lived_in(county: County) -> Laptop:
    """A founded county with a laptop, two cases and a piece of a recording."""
    assert county.init().code == 0
    with at(county) as center:
        laptop = joined(center, "desk-one")
    for number in (1, 2):
        laptop.tell(3, case=StreamId(f"{number:032x}"), text=TEXT)
    assert exchanged(county, laptop) == ""
    PieceFiles(county.folder / "pieces" / DIVISION).keep([b"sealed sound"])
    assert county("check").document["ok"]
    return laptop


def backed_up(county: County, out: Path) -> Path:
    """A backup, with its keys beside it under another name."""
    done = county("backup", "--out", str(out), "--keys", str(out.with_name("keys")))
    assert (done.code, done.document["verified"], done.document["pieces"]) == (0, True, 1)
    return Path(done.document["backup"])


def restored(county: County, backup: Path) -> int:
    """The epoch of a county that came out of a backup."""
    done = county("restore", "--from", str(backup), "--keys", str(backup.parent.with_name("keys")))
    assert done.code == 0, done
    return int(done.document["epoch"])


@pytest.mark.parametrize(("source", "target"), ROADS)
def test_a_county_comes_out_of_its_backup_whole_and_its_laptops_go_on(
    request: pytest.FixtureRequest, tmp_path: Path, source: str, target: str
) -> None:
    old = County(tmp_path / "old", url=url_of(request, source))
    laptop = lived_in(old)
    backup = backed_up(old, tmp_path / "out")
    laptop.tell(2, case=StreamId(f"{1:032x}"), text="备份以后说的")
    assert exchanged(old, laptop) == ""
    new = County(tmp_path / "new", url=url_of(request, target))
    assert restored(new, backup) > 1
    for _ in range(2):
        assert exchanged(new, laptop) == ""
    told = new("check")
    assert (told.document["ok"], told.document["findings"]) == (True, [])
    assert told.document["cases"] == 2
    with at(new) as center, at(old) as before:
        assert center.card.fingerprint == before.card.fingerprint
        assert center.pieces
        assert list(center.pieces.names()) == list(before.pieces.names() if before.pieces else ())
        assert laptop.journal.top(laptop.id)[0] > 8


def test_the_same_backup_restored_again_is_another_life_wherever_it_lies(tmp_path: Path) -> None:
    old = County(tmp_path / "old")
    lived_in(old)
    backup, lives = backed_up(old, tmp_path / "out"), []
    place = County(tmp_path / "new")
    for _ in range(3):
        lives.append(restored(place, backup))
        (place.folder / "center.db").unlink()
    assert len(set(lives)) == 3
    assert lives == sorted(lives)


@pytest.mark.threat("T63")
def test_who_finds_a_backup_finds_no_word_and_no_key(tmp_path: Path) -> None:
    old = County(tmp_path / "old")
    lived_in(old)
    backup = backed_up(old, tmp_path / "out")
    held = json.loads((old.folder / "center.key").read_bytes())
    for path in (each for each in backup.rglob("*") if each.is_file()):
        data = path.read_bytes()
        for secret in (TEXT.encode(), "相邻通行".encode(), bytes.fromhex(held["column"]), held["column"].encode()):
            assert secret not in data, path.name
    assert (tmp_path / "keys" / "center.key").read_bytes() == (old.folder / "center.key").read_bytes()
    for keys in (tmp_path / "out", tmp_path / "out" / "keys", tmp_path):
        done = old("backup", "--out", str(tmp_path / "out"), "--keys", str(keys))
        assert (done.code, done.document["error"]["code"]) == (1, "center_backup.apart")


@pytest.mark.parametrize("place", ["center.db", "pieces", "manifest.json"])
def test_a_damaged_backup_is_refused_and_nothing_of_it_is_there(tmp_path: Path, place: str) -> None:
    old = County(tmp_path / "old")
    lived_in(old)
    backup = backed_up(old, tmp_path / "out")
    path = next(each for each in (backup / place, *(backup / place).rglob("*")) if each.is_file())
    data = path.read_bytes()
    middle = len(data) // 2
    spoiled = data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]
    path.write_bytes(data.replace(b"case.opened", b"case.openec") if place == "center.db" else spoiled)
    new = County(tmp_path / "new")
    done = new("restore", "--from", str(backup), "--keys", str(tmp_path / "keys"))
    assert done.code == 4
    assert done.document["error"]["code"] in {"center_backup.damaged", "center_backup.none"}
    assert new("status").document["error"]["code"] == "center.none"


def test_a_county_that_is_there_is_never_overwritten_and_keys_are_asked_for(tmp_path: Path) -> None:
    old = County(tmp_path / "old")
    lived_in(old)
    backup = backed_up(old, tmp_path / "out")
    before = old("status").document
    assert old("restore", "--from", str(backup)).document["error"]["code"] == "center.exists"
    assert old("status").document == before
    bare = County(tmp_path / "bare")
    assert bare("restore", "--from", str(backup)).document["error"]["code"] == "center_backup.keys"
    assert old("restore", "--from", str(tmp_path)).document["error"]["code"] == "center_backup.none"
    other = County(tmp_path / "other")
    assert other.init().code == 0
    (other.folder / "center.db").unlink()
    done = other("restore", "--from", str(backup))
    assert (done.code, done.document["error"]["code"]) == (4, "center.keys")


def test_a_lost_piece_is_told_and_the_rest_is_kept(tmp_path: Path) -> None:
    old = County(tmp_path / "old")
    lived_in(old)
    PieceFiles(old.folder / "pieces" / DIVISION).keep([b"another"])
    next(iter((old.folder / "pieces").rglob("??/*"))).write_bytes(b"spoiled")
    done = old("backup", "--out", str(tmp_path / "out"))
    assert (done.code, done.document["lost"], done.document["pieces"]) == (5, 1, 1)


def test_the_words_for_people_say_where_and_that_keys_lie_elsewhere(tmp_path: Path) -> None:
    old = County(tmp_path / "old")
    lived_in(old)
    told = old.in_words("backup", "--out", str(tmp_path / "out")).out
    assert "读回核对无误" in told
    assert "没有密钥，备份读不出来" in told
