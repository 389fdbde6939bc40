"""The list that lies beside a bound dossier: every item with its digests, pages and entry, signed by the desk."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec

from mediator.casework.files_in import bounded
from mediator.casework.files_out import refused_as
from mediator.errors import Unacceptable
from mediator.journal.canonical import encode
from mediator.store.attesting import Vault, attest, confirm, sm3

FORMAT: Final = "mediator-dossier"
VERSION: Final = 1
PURPOSE: Final = "dossier"
MAX_MANIFEST: Final = 8 * 1024 * 1024
PIECE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Digests:
    """Size and both digests of a file."""

    size: int
    sha256: str
    sm3: str


def digests_of(data: bytes) -> Digests:
    """Of bytes in memory."""
    return Digests(len(data), hashlib.sha256(data).hexdigest(), sm3([data]))


def digests_of_file(path: Path) -> Digests:
    """Of a file that may be too long for memory; raises WorldFailed `file.write` when it cannot be read back."""
    with refused_as(path):
        sha256 = hashlib.sha256()
        for piece in pieces_of(path):
            sha256.update(piece)
        return Digests(path.stat().st_size, sha256.hexdigest(), sm3(pieces_of(path)))


def pieces_of(path: Path) -> Iterator[bytes]:
    """A file in pieces."""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def signed(vault: Vault, body: Mapping[str, object]) -> bytes:
    """The list with the desk's key and signature."""
    told = {"format": FORMAT, "version": VERSION, **body}
    key, signature = attest(vault, PURPOSE, encode(told))
    return encode({"body": told, "key": key, "signature": signature})


def opened(data: bytes) -> dict[str, Any]:
    """The body of a list whose signature holds.

    Raises Unacceptable `dossier.manifest` for anything that is no such list, `signature.bad`.
    """
    try:
        told = msgspec.json.decode(data)
        body, key, signature = told["body"], str(told["key"]), str(told["signature"])
        if body["format"] != FORMAT or body["version"] != VERSION:
            raise Unacceptable("dossier.manifest")
        text = encode(body)
    except (msgspec.DecodeError, KeyError, TypeError, RecursionError):
        raise Unacceptable("dossier.manifest") from None
    confirm(key, signature, PURPOSE, text=text)
    return {**body, "key": key}


def compared(listing: Path, volume: Path) -> dict[str, Any]:
    """The body of a list, when the volume beside it is the very file it speaks of.

    Raises as `opened`, and Unacceptable `dossier.changed`, `file.missing`.
    """
    body = opened(bounded(listing, MAX_MANIFEST))
    if not volume.is_file():
        raise Unacceptable("file.missing", where=volume.name)
    found, told = digests_of_file(volume), body["pdf"]
    if (found.sha256, found.sm3) != (told["sha256"], told["sm3"]):
        raise Unacceptable("dossier.changed", where=volume.name)
    return body
