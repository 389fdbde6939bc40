"""The mark of an issued paper: a signed QR without personal data, and an eight-character check code (documents.md 5).

    M1: + base64url of  version 1 | id of the paper 16 | digest of its text 16 | pages 2 | key id 8 | signature 64

The text is what both formats say, blanks and margins aside, so that a paper saved again by an office
program still answers to its mark while a changed character does not. Signing is handed in; nothing here has a key.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from mediator.errors import Unacceptable

PREFIX: Final = "M1:"
VERSION: Final = 1
LENGTH: Final = 107
SIGNED: Final = LENGTH - 64
DOMAIN: Final = b"mediator/paper/1\0"
CODE_DOMAIN: Final = b"mediator/check-code/1\0"
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_WORDS: Final = "核对码"
PRINTED_CODE: Final = re.compile(r"核对码：([0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4})\Z")
BLANK: Final = re.compile(r"\s+")
Sign = Callable[[bytes], bytes]
Verify = Callable[[bytes, bytes, bytes], None]


@dataclass(frozen=True, slots=True)
class Mark:
    """What a mark says. `paper` is the id of the issued paper, `digest` the first 16 bytes of its text's SHA-256."""

    paper: bytes
    digest: bytes
    pages: int
    key: bytes
    signature: bytes = b""

    @property
    def signed(self) -> bytes:
        """The bytes under the signature, without their domain."""
        return bytes((VERSION,)) + self.paper + self.digest + self.pages.to_bytes(2, "big") + self.key

    @property
    def text(self) -> str:
        """What the QR holds: 146 characters."""
        return PREFIX + base64.urlsafe_b64encode(self.signed + self.signature).decode().rstrip("=")

    @property
    def code(self) -> str:
        """The check code, `7H2M-9K4T`: 40 bits of a hash over everything in the mark."""
        number = int.from_bytes(hashlib.sha256(CODE_DOMAIN + self.signed + self.signature).digest()[:5], "big")
        letters = "".join(ALPHABET[number >> shift & 31] for shift in range(35, -1, -5))
        return f"{letters[:4]}-{letters[4:]}"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What marks one paper: its id, the issuer's public key, and what signs with the key that belongs to it."""

    paper: bytes
    public: bytes
    sign: Sign

    def mark(self, text: bytes, pages: int) -> Mark:
        """The signed mark for a paper of this text digest and so many pages."""
        return signed_mark(self.paper, text, pages, public=self.public, sign=self.sign)


def label_for(mark: Mark) -> tuple[str, str]:
    """What is printed beside the QR, in two lines."""
    return f"{CODE_WORDS}：", mark.code


def words_for(mark: Mark) -> str:
    """The same in one."""
    return "".join(label_for(mark))


def printed_code(text: str) -> str:
    """The check code at the end of a page's foot or of a picture's description, empty for none."""
    found = PRINTED_CODE.search(BLANK.sub("", text))
    return found[1] if found else ""


def text_digest(text: str) -> bytes:
    """SHA-256 over a paper's text, blanks aside; what stands in its margins is none of it."""
    return hashlib.sha256(BLANK.sub("", text).encode()).digest()


def key_id(public: bytes) -> bytes:
    """The first 8 bytes of the hash of a signing key."""
    return hashlib.sha256(public).digest()[:8]


def signed_mark(paper: bytes, text: bytes, pages: int, *, public: bytes, sign: Sign) -> Mark:
    """A mark for a paper of this id and text digest; `sign` makes an Ed25519 signature with the key of `public`."""
    bare = Mark(paper, text[:16], pages, key_id(public))
    return Mark(paper, text[:16], pages, bare.key, sign(DOMAIN + bare.signed))


def read_mark(text: str) -> Mark:
    """A mark from what a QR holds; raises Unacceptable `mark.form` for anything but a whole one in its one spelling."""
    if not text.startswith(PREFIX):
        raise Unacceptable("mark.form")
    body = text[len(PREFIX) :]
    try:
        data = base64.b64decode(body + "=" * (-len(body) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise Unacceptable("mark.form") from None
    if len(data) != LENGTH or data[0] != VERSION:
        raise Unacceptable("mark.form")
    mark = Mark(data[1:17], data[17:33], int.from_bytes(data[33:35], "big"), data[35:43], data[43:])
    if mark.text != text:
        raise Unacceptable("mark.form")
    return mark


def check_signature(mark: Mark, public: bytes, verify: Verify) -> None:
    """Raises what `verify` raises when the mark was not made with this key."""
    verify(public, DOMAIN + mark.signed, mark.signature)
