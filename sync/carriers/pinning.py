"""A line to one county and to nobody else (T51): its own authority, its host's name, and a key that its card pins.

All three are looked at inside the handshake, so that not one byte of a request is sent to anybody else. There is no
way to go on anyway.
"""

from __future__ import annotations

import hashlib
import ssl
from collections.abc import Collection
from typing import Any, Final

from mediator.errors import Unacceptable

SEQUENCE: Final = 0x30
VERSION: Final = 0xA0
BEFORE_KEY: Final = 5  # serial, algorithm, issuer, validity, subject


class PinnedContext(ssl.SSLContext):
    """A client's context that also asks for one of these keys; raises ssl.SSLError like any other failed check."""

    pins: frozenset[str] = frozenset()

    def wrap_socket(self, *args: Any, **options: Any) -> ssl.SSLSocket:
        """The handshake, and then the pin, before anybody may write."""
        made = super().wrap_socket(*args, **options)
        shown = made.getpeercert(binary_form=True)
        if shown is None or pin_in(shown) not in self.pins:
            made.close()
            raise ssl.SSLCertVerificationError("pin")
        return made


def pinned(authority: str, pins: Collection[str]) -> PinnedContext:
    """A context for a county whose authority is this certificate (PEM); raises Unacceptable `center.card`."""
    made = PinnedContext(ssl.PROTOCOL_TLS_CLIENT)
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    made.pins = frozenset(pins)
    try:
        made.load_verify_locations(cadata=authority)
    except ssl.SSLError:
        raise Unacceptable("center.card") from None
    return made


def unproven() -> ssl.SSLContext:
    """A context that believes anybody: for asking a county's card alone, which is signed and sends nothing."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    made.check_hostname = False
    made.verify_mode = ssl.CERT_NONE
    return made


def pin_in(certificate: bytes) -> str:
    """SHA-256 of the SubjectPublicKeyInfo of a certificate (DER, RFC 5280 4.1); empty for what is none."""
    try:
        _, body, _ = element(certificate, 0)
        _, place, _ = element(certificate, body)
        tag, _, end = element(certificate, place)
        place = end if tag == VERSION else place
        for _ in range(BEFORE_KEY):
            _, _, place = element(certificate, place)
        tag, _, end = element(certificate, place)
    except IndexError:
        return ""
    return hashlib.sha256(certificate[place:end]).hexdigest() if tag == SEQUENCE else ""


def element(data: bytes, place: int) -> tuple[int, int, int]:
    """Tag of a DER element, where its body begins and where it ends; raises IndexError past the end."""
    tag, length, body = data[place], data[place + 1], place + 2
    if length & 0x80:
        size = length & 0x7F
        length, body = int.from_bytes(data[body : body + size], "big"), body + size
    if body + length > len(data):
        raise IndexError
    return tag, body, body + length
