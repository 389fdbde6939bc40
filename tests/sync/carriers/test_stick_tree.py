"""Sticks are full of other people's things: only our own files are opened, and nothing else is touched (T48)."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from mediator.errors import WorldFailed
from sync.carriers import stick as road
from sync.carriers.stick import StickCarrier, found_in, look, read_copy
from sync.wire.limits import MAX_BUNDLE, MAX_FILES_LOOKED_AT
from sync.wire.names import stick_name
from tests.sync.carriers.files import CENTER, DATA, DESK, DOWN, UP, outgoing, tree


def found(folder: Path, direction: str = "down") -> list[str]:
    """Names of the files that are read."""
    return [each.path.name for each in found_in(folder, direction=direction)]


JUNK = (
    "autorun.inf", "说明.txt", "med.lnk", f"{DOWN}.lnk", f"._{DOWN}", f".{DOWN}", f"{DOWN}.exe", str(DOWN).upper(),
    str(DOWN).replace("med-", "mеd-"), f" {DOWN}", f"{DOWN}~", str(DOWN).replace(".medb", ".part"), "con", "nul.medb",
    "com1.medb", "desktop.ini", "$RECYCLE.BIN", str(DOWN)[:-1], str(DOWN).replace("-d-", "-x-"), "…", "a" * 200,
)  # fmt: skip


@pytest.mark.threat("T48")
def test_only_files_whose_names_are_ours_are_read_and_nothing_else_is_touched(tmp_path: Path) -> None:
    for name in JUNK:
        (tmp_path / name).write_bytes(b"MZ\0\0")
    deep = tmp_path / "System Volume Information" / "..." / "med"
    deep.mkdir(parents=True)
    (deep / str(DOWN)).write_bytes(b"too deep")
    (tmp_path / str(DOWN)).write_bytes(b"ours")
    before = tree(tmp_path)
    assert found(tmp_path) == [str(DOWN)]
    carrier = StickCarrier(tmp_path, CENTER, DESK)
    assert list(carrier.fetch().down) == [b"ours"]
    assert tree(tmp_path) == before
    carrier.offer(outgoing(7))
    assert tree(tmp_path) == before | {str(UP): DATA}


def special(folder: Path) -> Iterator[Callable[[Path], object]]:
    """Things that bear our name and are no files."""
    outside = folder.parent / "outside"
    outside.write_bytes(b"somebody's secret")
    yield lambda path: path.symlink_to(outside)
    yield lambda path: path.symlink_to(path)
    yield lambda path: path.symlink_to("/dev/zero")
    yield lambda path: path.symlink_to("../outside")
    yield lambda path: path.mkdir()
    yield os.mkfifo


@pytest.mark.threat("T48")
@pytest.mark.parametrize("number", range(6))
def test_links_folders_and_pipes_under_our_name_are_never_followed(tmp_path: Path, number: int) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    list(special(folder))[number](folder / str(DOWN))
    assert found(folder) == []
    assert list(StickCarrier(folder, CENTER, DESK).fetch().down) == [b""], "named to the reader, as nothing"
    assert (tmp_path / "outside").read_bytes() == b"somebody's secret"


@pytest.mark.threat("T48")
def test_a_socket_under_our_name_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(DOWN))
        assert found(tmp_path) == []


@pytest.mark.threat("T48")
def test_our_files_are_found_among_three_thousand_others_and_looking_stops_somewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3_000):
        (tmp_path / f"IMG_{number:05}.JPG").touch()
    (tmp_path / str(DOWN)).write_bytes(b"ours")
    assert found(tmp_path) == [str(DOWN)]
    for no in range(MAX_FILES_LOOKED_AT + 50):
        (tmp_path / str(stick_name(CENTER, "answer", DESK, no))).touch()
    names = [path.name for path, _ in look(tmp_path)]
    assert len(names) == MAX_FILES_LOOKED_AT
    assert names == sorted(names)
    monkeypatch.setattr(road, "MAX_NAMES_READ", 10)
    assert len(list(look(tmp_path))) <= 10


@pytest.mark.threat("T48")
@pytest.mark.parametrize("size", [MAX_BUNDLE + 1, 8 << 30])
def test_of_a_file_that_is_too_large_only_the_start_is_read(tmp_path: Path, size: int) -> None:
    with (tmp_path / str(DOWN)).open("wb") as file:
        file.truncate(size)
    assert [len(each.data) for each in found_in(tmp_path, direction="down")] == [88]


@pytest.mark.threat("T48")
def test_a_file_that_grows_while_it_is_read_is_cut_at_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / str(DOWN)).write_bytes(b"x" * 500)
    monkeypatch.setattr(road, "MAX_BUNDLE", 300)
    real = os.fstat
    monkeypatch.setattr(os, "fstat", lambda handle: SimpleNamespace(st_mode=real(handle).st_mode, st_size=200))
    assert read_copy(tmp_path / str(DOWN)) == b"x" * 301, "one more than any reader takes"


def test_the_wrong_folder_is_nothing_found_and_a_missing_one_is_told(tmp_path: Path) -> None:
    assert list(StickCarrier(tmp_path, CENTER, DESK).fetch().down) == []
    with pytest.raises(WorldFailed, match=r"stick\.gone"):
        StickCarrier(tmp_path / "pulled", CENTER, DESK).fetch()
