"""The reader's order: each fault has its own name and is found before anything behind it is looked at."""

from __future__ import annotations

import tracemalloc
from dataclasses import asdict
from random import Random

import pytest

from mediator.crypto.sealing import Sealer as RealSealer
from mediator.crypto.signing import DeskKeys
from mediator.errors import MediatorError, Unacceptable
from sync.wire.bundle import (
    LABEL,
    PREFIX,
    SIGNATURE,
    STANZA,
    BundleHeader,
    open_bundle,
    pack,
    read_cover,
    signature_hash,
)
from sync.wire.ids import key_id
from sync.wire.limits import MAX_BUNDLE
from tests.sync.fakes import FakeSealer
from tests.sync.wire.made import DESK, HOME, address, bundle, empty, header


def read(data: bytes, *, sealer: FakeSealer = HOME) -> bytes:
    """The payload, as the county reads it."""
    return open_bundle(data, sender=lambda _header: DESK.sign_public, sealer=sealer)[1]


def fault(data: bytes) -> str:
    """The code with which a bundle is refused."""
    with pytest.raises(MediatorError) as refused:
        read(data)
    return refused.value.code


SIZES = (0, 1, 65_535, 65_536, 65_537, 3 * 65_536)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", ["text", "noise"])
def test_what_is_packed_is_read_again_at_every_edge_of_a_chunk(size: int, kind: str) -> None:
    payload = b"a" * size if kind == "text" else Random(size).randbytes(size)
    data = pack(address(), payload, DESK)
    assert read(data) == payload
    assert int.from_bytes(data[16:24], "big") == len(data)


@pytest.mark.parametrize("size", [0, 65_536, 65_537])
def test_the_real_ciphers_open_what_they_sealed_for_each_of_three_recipients_and_nobody_else(size: int) -> None:
    sender, *homes, stranger = (RealSealer(DeskKeys.fresh()) for _ in range(5))
    payload = Random(size).randbytes(size)
    data = pack(address(to=tuple(home.seal_public for home in homes)), payload, sender)
    for home in homes:
        assert open_bundle(data, sender=lambda _header: sender.sign_public, sealer=home)[1] == payload
    with pytest.raises(Unacceptable, match=r"bundle\.recipient"):
        open_bundle(data, sender=lambda _header: sender.sign_public, sealer=stranger)


def test_one_seed_gives_one_bundle() -> None:
    one, other = (pack(address(), empty(), DESK, random=Random(1).randbytes) for _ in range(2))
    assert one == other != pack(address(), empty(), DESK)
    assert signature_hash(one) == signature_hash(other)


@pytest.mark.parametrize("limit", ["sync.wire.bundle.MAX_BUNDLE", "sync.wire.compress.MAX_PLAIN"])
def test_no_bundle_is_made_that_no_reader_would_take(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    monkeypatch.setattr(limit, 1_000)
    assert pack(address(), b"a" * 20, DESK)
    with pytest.raises(Unacceptable, match=r"bundle\.size"):
        pack(address(), Random(1).randbytes(1_001), DESK)


def test_more_than_the_largest_bundle_is_refused_at_once() -> None:
    assert fault(bytes(MAX_BUNDLE + 1)) == "bundle.size"


GOOD = bundle(empty(), header(plain=len(empty())))
PREFIXES: tuple[tuple[str, dict[int, bytes], str], ...] = (
    ("magic", {0: b"ZIP"}, "bundle.magic"),
    ("text mode", {5: b"\n\n"}, "bundle.magic"),
    ("version 0", {8: b"\0\0"}, "bundle.version"),
    ("version 2", {8: b"\0\2"}, "bundle.version"),
    ("suite 0", {10: b"\0"}, "bundle.suite"),
    ("suite 2", {10: b"\2"}, "bundle.suite"),
    ("compression 2", {11: b"\2"}, "bundle.suite"),
    ("header of 65,537", {12: (65_537).to_bytes(4, "big")}, "bundle.header"),
    ("header beyond the end", {12: (900).to_bytes(4, "big")}, "bundle.header"),
    ("header of nothing", {12: bytes(4)}, "bundle.header"),
    ("one byte more", {16: (len(GOOD) + 1).to_bytes(8, "big")}, "bundle.size"),
    ("one byte less", {16: (len(GOOD) - 1).to_bytes(8, "big")}, "bundle.size"),
    ("everything", {16: b"\xff" * 8}, "bundle.size"),
)


@pytest.mark.threat("T41")
@pytest.mark.threat("T42")
@pytest.mark.parametrize(("_name", "start", "code"), PREFIXES, ids=[name for name, *_ in PREFIXES])
def test_each_fault_of_the_prefix_is_named_though_the_signature_is_good(
    _name: str, start: dict[int, bytes], code: str
) -> None:
    assert read(GOOD) == empty()
    assert fault(bundle(empty(), start=start)) == code


HEADERS: tuple[tuple[str, dict[str, object]], ...] = (
    ("no bundle id", {"bundle": None}),
    ("a short id", {"bundle": "b" * 31}),
    ("an id in upper case", {"center": "C" * 32}),
    ("an id that is a number", {"desk": 7}),
    ("a key that is no id", {"key": "g" * 32}),
    ("a direction of its own", {"dir": "sideways"}),
    ("a county without end", {"county": "3" * 13}),
    ("a hash that is none", {"prev": "0" * 63}),
    ("a number below nothing", {"no": -1}),
    ("true for one", {"v": True}),
    ("true for a count", {"made": True}),
    ("version 2", {"v": 2}),
    ("a list for a number", {"plain": [1]}),
    ("no recipient", {"to": []}),
    ("a recipient twice", {"to": [key_id(HOME.seal_public)] * 2}),
    ("recipients that are no list", {"to": key_id(HOME.seal_public)}),
    ("another recipient than the stanza's", {"to": ["e" * 32]}),
    ("one schema", {"schema": [1]}),
    ("a schema upside down", {"schema": [1, 0]}),
    ("a schema of words", {"schema": ["1", "1"]}),
    ("no schema", {"schema": None}),
    ("a member nobody knows", {"extra": 1}),
)


@pytest.mark.threat("T42")
@pytest.mark.threat("T45")
@pytest.mark.parametrize(("_name", "changes"), HEADERS, ids=[name for name, _ in HEADERS])
def test_a_header_with_one_member_wrong_is_refused(_name: str, changes: dict[str, object]) -> None:
    assert fault(bundle(empty(), header(**({"plain": len(empty())} | changes)))) == "bundle.header"


@pytest.mark.threat("T45")
@pytest.mark.parametrize(
    "text", [b"", b"[]", b"{", b'{"v":1,"v":1}', b'{ "v":1}', b"\xff", b'{"v":' + b"9" * 400 + b"}"]
)
def test_a_header_that_is_not_canonical_is_refused(text: bytes) -> None:
    assert fault(bundle(empty(), text)) == "bundle.header"


def test_a_bundle_for_newer_programs_is_refused_with_the_version_that_can_read_it() -> None:
    with pytest.raises(Unacceptable, match=r"schema\.newer") as refused:
        read(bundle(empty(), header(schema=[3, 4])))
    assert refused.value.facts == {"lowest": 3}
    assert read(bundle(empty(), header(plain=len(empty()), schema=[0, 9]))) == empty(), "written by a newer one"


STANZAS: tuple[tuple[str, bytes], ...] = (
    ("none", b"\0"),
    ("seventeen", b"\x11" + bytes(STANZA)),
    ("more than there are", b"\2" + bytes(STANZA)),
    ("a length of its own", b"\1" + bytes.fromhex(key_id(HOME.seal_public)) + b"\0\x51" + bytes(80)),
)


@pytest.mark.threat("T43")
@pytest.mark.parametrize(("_name", "stanzas"), STANZAS, ids=[name for name, _ in STANZAS])
def test_recipients_that_do_not_add_up_are_refused(_name: str, stanzas: bytes) -> None:
    assert fault(bundle(empty(), header(plain=len(empty())), stanzas=stanzas)) == "bundle.header"


@pytest.mark.threat("T43")
def test_nobody_is_named_twice_even_where_the_stanzas_agree() -> None:
    assert fault(pack(address(to=(HOME.seal_public, HOME.seal_public)), empty(), DESK)) == "bundle.header"


@pytest.mark.threat("T43")
def test_a_bundle_for_somebody_else_is_not_opened() -> None:
    with pytest.raises(Unacceptable, match=r"bundle\.recipient"):
        read(GOOD, sealer=FakeSealer("neighbor"))


@pytest.mark.threat("T42")
def test_a_signature_of_another_key_or_over_other_bytes_is_refused() -> None:
    other = GOOD[:-SIGNATURE] + FakeSealer("thief").sign(LABEL)
    assert fault(other) == "bundle.signature"
    assert fault(GOOD[:-1] + bytes((GOOD[-1] ^ 1,))) == "bundle.signature"
    assert fault(GOOD[:PREFIX] + GOOD[PREFIX:].replace(b'"no":1', b'"no":2')) == "bundle.signature"


@pytest.mark.threat("T42")
def test_nothing_is_decrypted_before_sender_and_signature_are_good() -> None:
    class Watching(FakeSealer):
        """Tells when a secret is touched."""

        def unwrap(self, info: bytes, wrapped: bytes) -> bytes:
            raise AssertionError("touched")

    def unknown(_header: BundleHeader) -> bytes:
        raise Unacceptable("bundle.sender")

    with pytest.raises(Unacceptable, match=r"bundle\.sender"):
        open_bundle(GOOD, sender=unknown, sealer=Watching("home"))
    with pytest.raises(Unacceptable, match=r"bundle\.signature"):
        open_bundle(GOOD, sender=lambda _header: HOME.sign_public, sealer=Watching("home"))


@pytest.mark.threat("T41")
def test_a_payload_shorter_or_longer_than_declared_is_refused() -> None:
    for plain in (len(empty()) - 1, len(empty()) + 1):
        assert fault(bundle(empty(), header(plain=plain))) == "bundle.payload"


@pytest.mark.threat("T41")
@pytest.mark.parametrize("end", range(0, len(GOOD), 7))
def test_a_bundle_cut_anywhere_is_refused_without_taking_room(end: int) -> None:
    tracemalloc.start()
    assert fault(GOOD[:end]) in {"bundle.magic", "bundle.size"}
    assert tracemalloc.get_traced_memory()[1] < 200_000
    tracemalloc.stop()


@pytest.mark.threat("T45")
def test_a_lying_length_costs_nothing() -> None:
    tracemalloc.start()
    for start in ({12: b"\xff" * 4}, {16: b"\x7f" + b"\xff" * 7}):
        assert fault(bundle(empty(), start=start)) in {"bundle.size", "bundle.header"}
    assert tracemalloc.get_traced_memory()[1] < 200_000
    tracemalloc.stop()


def test_the_outside_tells_a_finder_no_more_than_ids_and_sizes() -> None:
    data = pack(address(), "王某说过的话".encode(), DESK)
    assert set(asdict(read_cover(data).header)) == {
        "bundle", "center", "county", "dir", "desk", "key", "to", "no", "prev", "plain", "made", "schema", "v",
    }  # fmt: skip
