"""Keys and certificates of the county's web service in the data folder (T51): made at `init`, renewed by hand.

The key in waiting is pinned by laptops together with the one in use, so that a renewal changes to a key that they know
already; the next one reaches them with the next card.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from mediator.errors import Unacceptable

FOLDER: Final = "tls"
OWNER_ALONE: Final = 0o600
AUTHORITY_KEY, AUTHORITY = "authority.key", "authority.pem"
SERVICE_KEY, SERVICE, WAITING_KEY = "service.key", "service.pem", "waiting.key"
ALWAYS: Final = ("localhost", "127.0.0.1", "::1")


class Pair(Protocol):
    """A private key and its certificate, both PEM."""

    @property
    def key(self) -> bytes:
        """PKCS#8."""

    @property
    def certificate(self) -> bytes:
        """X.509."""


@dataclass(frozen=True, slots=True)
class Notary:
    """What the start-up file hands in of the room of ciphers; `told` names hosts and days left of a certificate."""

    authority: Callable[[str], Pair]
    key: Callable[[], bytes]
    certify: Callable[[bytes, bytes, bytes, Sequence[str]], Pair]
    pin: Callable[[bytes], str]
    told: Callable[[bytes], tuple[tuple[str, ...], int]]


@dataclass(frozen=True, slots=True)
class Lines:
    """The folder with the service's keys; `authority` and `pins` go onto the county's card."""

    folder: Path
    authority: str
    pins: str

    @property
    def certificate(self) -> Path:
        """What the service shows."""
        return self.folder / SERVICE

    @property
    def key(self) -> Path:
        """What proves it."""
        return self.folder / SERVICE_KEY


def read(data: Path, notary: Notary) -> Lines | None:
    """The lines of a data folder, None when none were made; raises Unacceptable `center.keys`."""
    folder = data / FOLDER
    if not (folder / SERVICE).exists():
        return None
    try:
        held = [each for name in (SERVICE_KEY, WAITING_KEY) if (each := folder / name).exists()]
        pins = [notary.pin(each.read_bytes()) for each in held]
        return Lines(folder, (folder / AUTHORITY).read_text("ascii"), " ".join(pins))
    except (OSError, UnicodeDecodeError):
        raise Unacceptable("center.keys") from None


def make(data: Path, notary: Notary, *, name: str, hosts: Sequence[str]) -> Lines:
    """A fresh authority, a service's key and the one in waiting; nothing that is there already is made anew."""
    folder = data / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not (folder / AUTHORITY).exists():
        made = notary.authority(name)
        put(folder / AUTHORITY_KEY, made.key)
        put(folder / AUTHORITY, made.certificate)
    for key in (SERVICE_KEY, WAITING_KEY):
        if not (folder / key).exists():
            put(folder / key, notary.key())
    return certified(data, notary, hosts)


def renew(data: Path, notary: Notary, hosts: Sequence[str]) -> Lines:
    """The key in waiting takes over and another one waits; a kill in between is made good by asking again."""
    folder = data / FOLDER
    (folder / WAITING_KEY).replace(folder / SERVICE_KEY)
    put(folder / WAITING_KEY, notary.key())
    return certified(data, notary, hosts)


def certified(data: Path, notary: Notary, hosts: Sequence[str]) -> Lines:
    """A certificate for the key in use under these hosts, and this machine's own names."""
    folder = data / FOLDER
    signer, shown = ((folder / name).read_bytes() for name in (AUTHORITY_KEY, AUTHORITY))
    names = list(dict.fromkeys((*hosts, *ALWAYS)))
    put(folder / SERVICE, notary.certify(signer, shown, (folder / SERVICE_KEY).read_bytes(), names).certificate)
    found = read(data, notary)
    assert found is not None  # its certificate was written just now
    return found


def put(path: Path, data: bytes) -> None:
    """A file whole or not at all, for its owner alone."""
    beside = path.with_suffix(".new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ALONE)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
