"""A foreign package is counted and measured before it is unpacked."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.docs.templates.package import MAX_FILE, MAX_MEMBERS, unpacked
from mediator.errors import Unacceptable
from tests.docs.foreign_words import zipped


def fault(data: bytes) -> tuple[str, str]:
    """Why a file is not taken in, and the part."""
    with pytest.raises(Unacceptable) as caught:
        unpacked(data)
    assert caught.value.code == "template.package"
    return str(caught.value.facts["fault"]), caught.value.where


def lying(data: bytes, size: int) -> bytes:
    """A package whose directory promises another size for its first member."""
    place = data.index(b"PK\x01\x02") + 24
    return data[:place] + struct.pack("<I", size) + data[place + 4 :]


def overlapping() -> bytes:
    """Two rows of the directory for one member."""
    data = zipped({"word/a.xml": b"x" * 50, "word/b.xml": b"y" * 50})
    row = data.rindex(b"PK\x01\x02") + 42
    return data[:row] + struct.pack("<I", 0) + data[row + 4 :]


def encrypted() -> bytes:
    """A member under a password."""
    data = bytearray(zipped({"word/a.xml": b"abc"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


@pytest.mark.threat("T38")
def test_sound_parts_come_out_as_they_went_in() -> None:
    assert unpacked(zipped({"word/a.xml": b"abc", "_rels/.rels": b"d"})) == {"word/a.xml": b"abc", "_rels/.rels": b"d"}


@pytest.mark.threat("T38")
@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\0" * (MAX_FILE + 1), ("size", "")),
        (b"PK\x01\x02" * (MAX_MEMBERS + 1), ("members", "")),
        (zipped({f"a{n}.xml": b"" for n in range(MAX_MEMBERS + 1)}), ("members", "")),
        (b"", ("zip", "")),
        (b"PK\x03\x04rest", ("zip", "")),
        (zipped({"word/a.xml": b"0" * 5_000_000}), ("ratio", "word/a.xml")),
        (zipped({"a.xml": b"q"}, method=zipfile.ZIP_LZMA), ("zip", "a.xml")),
        (encrypted(), ("zip", "word/a.xml")),
        (lying(zipped({"word/a.xml": b"abc"}), 2), ("zip", "")),
        (lying(zipped({"word/a.xml": b"abc"}), 250 << 20), ("ratio", "word/a.xml")),
        (overlapping(), ("zip", "")),
        (zipped({"word/a.xml": b"abc"})[:-30], ("zip", "")),
    ],
    ids=["long", "rows", "many", "empty", "torn", "bomb", "method", "locked", "short", "lies", "overlap", "cut"],
)  # fmt: skip
def test_a_package_that_promises_too_much_or_lies_is_refused(data: bytes, why: tuple[str, str]) -> None:
    assert fault(data) == why


@pytest.mark.threat("T37")
@pytest.mark.parametrize(
    "name",
    [
        "../a.xml", "word/../../a.xml", "/etc/passwd", "C:/a.xml", "word\\a.xml", "word/a.xml:stream", "word//a.xml",
        "word/a\nb.xml", "word/文.xml", "./a.xml", "word/.hidden", " a.xml", "word/\u202ea.xml",
    ],
)  # fmt: skip
def test_a_name_that_could_be_a_path_is_refused(name: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        info = zipfile.ZipInfo("placeholder")
        info.filename = name
        package.writestr(info, b"x")
    assert fault(buffer.getvalue()) == ("name", "")


@pytest.mark.threat("T37")
def test_two_parts_that_one_disk_would_take_for_one_are_refused() -> None:
    assert fault(zipped({"word/a.xml": b"", "word/A.xml": b""})) == ("name", "")


@pytest.mark.threat("T38")
def test_a_bomb_takes_no_memory() -> None:
    data = zipped({"word/a.xml": b"0" * (64 << 20)})
    tracemalloc.start()
    assert fault(data)[0] == "ratio"
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 << 20


@pytest.mark.threat("T38")
@given(st.binary(max_size=400) | st.binary(max_size=300).map(lambda tail: zipped({"word/a.xml": b"abc"})[:60] + tail))
def test_any_bytes_are_parts_or_a_named_refusal(data: bytes) -> None:
    with suppress(Unacceptable):
        assert all(isinstance(each, bytes) for each in unpacked(data).values())
