"""A foreign Word file unpacked: counted and measured before a byte of it is unpacked (T37, T38).

Names inside it are never paths: a part is a key of a dictionary, and which keys may be there says `parts`.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from mediator.errors import Unacceptable

MAX_FILE: Final = 20 << 20
MAX_UNPACKED: Final = 200 << 20
MAX_RATIO: Final = 100
MAX_MEMBERS: Final = 2_000
SMALL: Final = 4_096
DIRECTORY_ROW: Final = b"PK\x01\x02"
LOCAL_HEAD: Final = 30
PLAIN_NAME: Final = re.compile(r"[A-Za-z0-9_\[\]-][A-Za-z0-9_.\[\]-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*|_rels/\.rels")
METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENCRYPTED: Final = 0x1


def refused(fault: str, where: str = "") -> Unacceptable:
    """The error for a file that is not taken in; `where` is the part."""
    return Unacceptable("template.package", where=where, fault=fault)


def unpacked(data: bytes) -> dict[str, bytes]:
    """Every part by name, folders left out.

    Raises Unacceptable `template.package` with fault `size`, `members`, `zip`, `name`, `ratio`, `unpacked`.
    """
    if len(data) > MAX_FILE:
        raise refused("size")
    if data.count(DIRECTORY_ROW) > MAX_MEMBERS:  # before the list itself takes room
        raise refused("members")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = [each for each in package.infolist() if not each.is_dir()]
            refuse_bad_list(members, len(data))
            return {each.filename: package.read(each) for each in members}
    # what the library comes to over a foreign file: damaged, encrypted, packed in a way it does not know
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        raise refused("zip") from None


def refuse_bad_list(members: Sequence[zipfile.ZipInfo], size: int) -> None:
    """Raise for a list of members that promises too much, names wrongly, or lies about places."""
    refuse_bad_names([each.filename for each in members])
    for each in members:
        refuse_bad_member(each)
    if sum(each.file_size for each in members) > MAX_UNPACKED:
        raise refused("unpacked")
    if overlap(members, size):
        raise refused("zip")


def overlap(members: Sequence[zipfile.ZipInfo], size: int) -> bool:
    """True when two members share bytes of a file of this size, or one goes beyond its end."""
    starts = sorted((each.header_offset, each.compress_size) for each in members)
    places = pairwise([*starts, (size, 0)])
    return any(start + LOCAL_HEAD + length > following for (start, length), (following, _) in places)


def refuse_bad_names(names: Sequence[str]) -> None:
    """Raise for a name that leads elsewhere, and for two that some systems take for one."""
    if not all(map(PLAIN_NAME.fullmatch, names)):
        raise refused("name")
    if len({name.lower() for name in names}) < len(names):
        raise refused("name")


def refuse_bad_member(member: zipfile.ZipInfo) -> None:
    """Raise for one that is encrypted, packed strangely, or packed too well to be a text."""
    if member.flag_bits & ENCRYPTED or member.compress_type not in METHODS:
        raise refused("zip", member.filename)
    if member.file_size > SMALL and member.file_size > MAX_RATIO * member.compress_size:
        raise refused("ratio", member.filename)
