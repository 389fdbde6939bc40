"""Is this paper the one that was issued? Compares a file with the vault's own record (documents.md 5)."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mediator.casework.desk import Desk
from mediator.casework.files_in import bounded
from mediator.errors import Unacceptable

MAX_FILE: Final = 64 * 1024 * 1024
MAX_PROPERTIES: Final = 1024 * 1024
PROPERTIES: Final = "docProps/core.xml"
OCTAL: Final = re.compile(rb"\\([0-7]{3}|[()\\])")


@dataclass(frozen=True, slots=True)
class Verified:
    """What the vault knows of a paper file.

    `state` is genuine (these very bytes were issued), altered (it carries the number of an issued paper but its
    bytes are others) or unknown; `document` is the number.
    """

    file: Path
    state: str
    document: str


def verify(desk: Desk, files: Sequence[Path]) -> tuple[Verified, ...]:
    """Compare files with what was issued; raises Unacceptable `file.missing`, `file.size`, WorldFailed `file.read`."""
    by_hash, numbers = issued_files(desk)
    return tuple(verified(path, read_paper(path), by_hash, numbers=numbers) for path in files)


def issued_files(desk: Desk) -> tuple[dict[str, str], tuple[str, ...]]:
    """Number by hash of every issued file, and all numbers."""
    by_hash: dict[str, str] = {}
    numbers: list[str] = []
    for _, entry in desk.vault.issued():
        body = entry.content()
        number, rows = str(body.get("number", "")), body.get("files")
        numbers.append(number)
        for row in rows if isinstance(rows, list) else ():
            by_hash[str(row["sha256"])] = number
    return by_hash, tuple(number for number in numbers if number)


def read_paper(path: Path) -> bytes:
    """The bytes of a paper's file; no paper of ours is as long as MAX_FILE."""
    data = bounded(path, MAX_FILE)
    if len(data) > MAX_FILE:
        raise Unacceptable("file.size", where=path.name)
    return data


def verified(path: Path, data: bytes, by_hash: Mapping[str, str], *, numbers: Sequence[str]) -> Verified:
    """The state of one file."""
    number = by_hash.get(hashlib.sha256(data).hexdigest())
    if number is not None:
        return Verified(path, "genuine", number)
    claimed = next((each for each in numbers if carries(data, each)), "")
    return Verified(path, "altered" if claimed else "unknown", claimed)


def carries(data: bytes, number: str) -> bool:
    """True when a DOCX or PDF names this number in its properties."""
    if data.startswith(b"PK"):
        return f">{number}<".encode() in docx_properties(data)
    return pdf_text(number) in pdf_plain(data)


def docx_properties(data: bytes) -> bytes:
    """The properties part of a DOCX, empty for a damaged one."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(PROPERTIES) as part:
            return part.read(MAX_PROPERTIES)
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, EOFError, NotImplementedError):
        return b""


def pdf_text(text: str) -> bytes:
    """Text as a PDF's information dictionary holds it, escapes undone, up to the closing bracket."""
    return b"(\xfe\xff" + text.encode("utf-16-be") + b")"


def pdf_plain(data: bytes) -> bytes:
    """A PDF with the escapes of its strings undone; good for looking for a text, for nothing else."""
    if not data.startswith(b"%PDF"):
        return b""
    return OCTAL.sub(lambda found: octal(found[1]), data)


def octal(escaped: bytes) -> bytes:
    """The byte an escape stands for."""
    return bytes((int(escaped, 8) & 255,)) if len(escaped) == 3 else escaped
