"""The receipt slip: the core of a receipt, small enough for one QR or to be typed, for sticks that never come back.

It says what an `MRC1` says first of all: which desk, up to which entry, and that entry's hash, signed by the center.
The short form leaves out what the laptop knows itself (center, desk, the hash of its own entry): fifteen groups of
eight letters, each with one more by which a wrong letter is told by its group.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from mediator.errors import Unacceptable
from sync.wire.bundle import SIGNATURE, Sealer
from sync.wire.ids import CROCKFORD, crockford
from sync.wire.limits import MAX_COUNTER, MAX_EPOCH
from sync.wire.receipt import RECEIPT, Receipt, read_receipt

PREFIX: Final = "R1"
VERSION: Final = 1
LENGTH: Final = 145
LABEL: Final = b"mediator/slip/1\x00"
CHECK: Final = b"mediator/slip-group/1\x00"
LETTERS: Final = LENGTH * 8 // 5
MAX_NUMBER: Final = (1 << 24) - 1
GROUP: Final = 8
GROUPS: Final = 15
TYPED: Final = GROUPS * (GROUP + 1)
READ_AS: Final = str.maketrans({"o": "0", "i": "1", "l": "1"})
Known = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Slip:
    """The signed core: center and its epoch, desk, number of the receipt, highest counter and that entry's hash."""

    center: str
    ce: int
    desk: str
    no: int
    n: int
    h: str

    @property
    def unsigned(self) -> bytes:
        """The 81 bytes under the signature."""
        return b"".join((
            bytes((VERSION,)), bytes.fromhex(self.center), self.ce.to_bytes(4, "big"), bytes.fromhex(self.desk),
            self.no.to_bytes(4, "big"), self.n.to_bytes(8, "big"), bytes.fromhex(self.h),
        ))  # fmt: skip


def slip_bytes(receipt: Receipt, sealer: Sealer) -> bytes:
    """The 145 bytes of a receipt's slip, signed by the center."""
    slip = Slip(receipt.center, receipt.ce, receipt.desk, receipt.no, receipt.n, receipt.h)
    return slip.unsigned + sealer.sign(LABEL + slip.unsigned)


def slip_text(data: bytes) -> str:
    """What the QR says: `R1` and 232 Crockford letters, in capitals, for a QR holds these densest."""
    return PREFIX + crockford(data, LETTERS).upper()


def typed_groups(data: bytes) -> tuple[str, ...]:
    """The short form, in capitals: epoch, number and counter, then the signature."""
    said = data[18:21] + data[38:41] + data[44:49] + data[-SIGNATURE:]
    letters = crockford(said, GROUPS * GROUP)
    return tuple(
        (part + check_of(place, part)).upper()
        for place, part in enumerate(letters[at : at + GROUP] for at in range(0, len(letters), GROUP))
    )


def check_of(place: int, letters: str) -> str:
    """The letter that goes with a group at its place."""
    return crockford(hashlib.sha256(CHECK + bytes((place,)) + letters.encode()).digest(), 1)


def heard(text: str) -> str:
    """Letters as they were meant, whatever a scanner or a hand did: full width, blanks, hyphens, an O for a 0."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return "".join(char for char in plain if char.isalnum()).translate(READ_AS)


def bytes_of(text: str, *, center: str, desk: str, hash_at: Known) -> bytes:
    """The 145 bytes of either form; `hash_at` gives the hash of the desk's own entry at a counter.

    Raises Unacceptable `slip.form`, and for a group that was typed wrong `slip.group` with its `place` from 1.
    """
    letters = heard(text)
    if len(letters) == len(PREFIX) + LETTERS and letters.startswith(PREFIX.lower()):
        return unpacked(letters[len(PREFIX) :], LENGTH)
    if len(letters) != TYPED:
        raise Unacceptable("slip.form")
    said = unpacked("".join(checked_groups(letters)), GROUPS * GROUP * 5 // 8)
    ce, no, n = (int.from_bytes(said[first:last], "big") for first, last in ((0, 3), (3, 6), (6, 11)))
    return Slip(center, ce, desk, no, n, hash_at(n)).unsigned + said[11:]


def checked_groups(letters: str) -> Iterator[str]:
    """Groups without their checks; raises Unacceptable `slip.group`."""
    for place in range(GROUPS):
        group = letters[place * (GROUP + 1) :][: GROUP + 1]
        if check_of(place, group[:GROUP]) != group[GROUP]:
            raise Unacceptable("slip.group", place=place + 1)
        yield group[:GROUP]


def unpacked(letters: str, size: int) -> bytes:
    """So many bytes of Crockford letters; raises Unacceptable `slip.form`."""
    number = 0
    for char in letters:
        if char not in CROCKFORD:
            raise Unacceptable("slip.form")
        number = number << 5 | CROCKFORD.index(char)
    return number.to_bytes(size, "big")


def read_slip(data: bytes, public: bytes, sealer: Sealer) -> Receipt:
    """What a center with this key confirms; raises Unacceptable `slip.form`, `slip.signature`."""
    if len(data) != LENGTH or data[0] != VERSION:
        raise Unacceptable("slip.form")
    ce, no, n = (int.from_bytes(data[first:last], "big") for first, last in ((17, 21), (37, 41), (41, 49)))
    if ce > MAX_EPOCH or no > MAX_NUMBER or n > MAX_COUNTER:
        raise Unacceptable("slip.form")
    try:
        sealer.verify(public, LABEL + data[:-SIGNATURE], data[-SIGNATURE:])
    except Unacceptable:
        raise Unacceptable("slip.signature") from None
    return Receipt(center=data[1:17].hex(), ce=ce, desk=data[21:37].hex(), no=no, n=n, h=data[49:81].hex(), w=0)


def read_either(data: bytes, public: bytes, sealer: Sealer) -> Receipt:
    """A receipt as it came in a bundle, or as a slip: a laptop keeps both in one place."""
    return (read_receipt if data.startswith(RECEIPT.magic) else read_slip)(data, public, sealer)
