"""A receipt is the county's signed word, strictly read; it alone lets a laptop drop what it sent (T49)."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.errors import MediatorError, Unacceptable
from mediator.journal.canonical import encode
from sync.wire.limits import MAX_COUNTER, MAX_EPOCH, MAX_SET_ASIDE
from sync.wire.receipt import RECEIPT, Receipt, read_receipt, receipt_bytes
from tests.sync.fakes import FakeSealer

COUNTY = FakeSealer("county")
GOOD = Receipt(
    center="c" * 32, ce=2, desk="d" * 32, no=7, n=40, h="a" * 64, w=1_772_000_000_000, crl=3,
    set_aside=((12, "entry.owner"), (13, "entry.body.to")), bundles=("b" * 32, "e" * 32),
)  # fmt: skip


def signed(body: bytes, *, start: bytes = RECEIPT.start, size: int | None = None, sealer: FakeSealer = COUNTY) -> bytes:
    """Any body as the county would sign it."""
    unsigned = start + (len(body) if size is None else size).to_bytes(4, "big") + body
    return unsigned + sealer.sign(RECEIPT.label + unsigned)


def read(data: bytes) -> Receipt:
    """As a laptop of this county reads it."""
    return read_receipt(data, COUNTY.sign_public, FakeSealer("laptop"))


counts = st.integers(0, MAX_COUNTER)
receipts = st.builds(
    replace, st.just(GOOD), n=counts, no=counts, w=counts, crl=counts, ce=st.integers(0, MAX_EPOCH),
    set_aside=st.lists(st.tuples(counts, st.sampled_from(("entry.owner", "entry.scope"))), max_size=9).map(tuple),
    bundles=st.lists(st.binary(min_size=16, max_size=16).map(bytes.hex), max_size=8).map(tuple),
)  # fmt: skip


@given(receipts)
def test_a_receipt_comes_back_as_it_was_given(receipt: Receipt) -> None:
    assert read(receipt_bytes(receipt, COUNTY)) == receipt


@given(st.integers(0, MAX_EPOCH), counts, st.integers(0, MAX_EPOCH), counts)
def test_a_higher_epoch_counts_more_than_any_counter(ce: int, n: int, other_ce: int, other_n: int) -> None:
    one, other = replace(GOOD, ce=ce, n=n), replace(GOOD, ce=other_ce, n=other_n)
    assert (one.rank > other.rank) == ((ce, n) > (other_ce, other_n))
    assert one.rank < 1 << 63, "it is a column of the vault"


def test_members_of_a_newer_county_are_passed_over() -> None:
    assert read(signed(encode(asdict(GOOD) | {"of_a_later_version": ["f" * 32]}))) == GOOD
    assert (
        read(signed(encode({k: v for k, v in asdict(GOOD).items() if k not in ("set_aside", "bundles", "crl")}))).n
        == 40
    )


def test_a_receipt_without_whole_recordings_has_the_bytes_that_it_always_had() -> None:
    assert b"blobs" not in receipt_bytes(GOOD, COUNTY)
    assert read(receipt_bytes(replace(GOOD, blobs=("f" * 32,)), COUNTY)).blobs == ("f" * 32,)
    for wrong in ("f" * 32, ["f" * 31], ["f" * 32] * 321, [7]):
        with pytest.raises(Unacceptable, match=r"receipt\.form"):
            read(signed(encode(asdict(GOOD) | {"blobs": wrong})))


@pytest.mark.threat("T42")
@pytest.mark.parametrize("place", [*range(12), -1, -64, 40])
def test_a_receipt_with_a_changed_byte_is_no_receipt(place: int) -> None:
    data = bytearray(receipt_bytes(GOOD, COUNTY))
    data[place] ^= 1
    with pytest.raises(Unacceptable, match=r"receipt\.(form|signature)"):
        read(bytes(data))


@pytest.mark.threat("T42")
def test_nobody_but_the_county_gives_receipts() -> None:
    with pytest.raises(Unacceptable, match=r"receipt\.signature"):
        read(receipt_bytes(GOOD, FakeSealer("neighbor")))


WRONG: tuple[tuple[str, object], ...] = (
    ("a desk that is no id", {"desk": "d" * 31}),
    ("a center that is a number", {"center": 3}),
    ("a hash too short", {"h": "a" * 63}),
    ("a counter below nothing", {"n": -1}),
    ("true for a counter", {"n": True}),
    ("a counter beyond all", {"n": MAX_COUNTER + 1}),
    ("an epoch beyond all", {"ce": MAX_EPOCH + 1}),
    ("a counter in words", {"no": "7"}),
    ("no counter", {"n": None}),
    ("set aside without a list", {"set_aside": {}}),
    ("set aside without a code", {"set_aside": [[1]]}),
    ("set aside by true", {"set_aside": [[True, "x"]]}),
    ("set aside without end", {"set_aside": [[1, "x"]] * (MAX_SET_ASIDE + 1)}),
    ("rows that are none", {"set_aside": [1]}),
    ("bundles that are no ids", {"bundles": ["x"]}),
    ("nine bundles", {"bundles": ["b" * 32] * 9}),
    ("bundles in one word", {"bundles": "b" * 32}),
)


@pytest.mark.threat("T45")
@pytest.mark.parametrize(("_name", "changes"), WRONG, ids=[name for name, _ in WRONG])
def test_a_signed_receipt_with_one_member_wrong_is_refused(_name: str, changes: dict[str, object]) -> None:
    body = {name: value for name, value in (asdict(GOOD) | changes).items() if value is not None}
    with pytest.raises(Unacceptable, match=r"receipt\.form"):
        read(signed(encode(body)))


FORMS: tuple[tuple[str, bytes], ...] = (
    ("nothing", b""),
    ("too short", RECEIPT.start + bytes(60)),
    ("65,537 bytes", receipt_bytes(GOOD, COUNTY).ljust(65_537, b"\0")),
    ("version 2", signed(encode(asdict(GOOD)), start=b"MRC1\2\1\0\0")),
    ("suite 2", signed(encode(asdict(GOOD)), start=b"MRC1\1\2\0\0")),
    ("no zero", signed(encode(asdict(GOOD)), start=b"MRC1\1\1\0\1")),
    ("a length of its own", signed(encode(asdict(GOOD)), size=1)),
    ("a list", signed(b"[]")),
    ("blanks", signed(b'{ "n":1}')),
    ("no text", signed(b"\xff")),
)


@pytest.mark.threat("T45")
@pytest.mark.parametrize(("_name", "data"), FORMS, ids=[name for name, _ in FORMS])
def test_what_has_not_the_form_of_a_receipt_is_refused(_name: str, data: bytes) -> None:
    with pytest.raises(Unacceptable, match=r"receipt\.form"):
        read(data)


@given(st.binary(max_size=400))
def test_no_bytes_make_the_reader_fail_otherwise_than_by_name(data: bytes) -> None:
    for each in (data, signed(data)):
        with pytest.raises(MediatorError):
            read(each)
