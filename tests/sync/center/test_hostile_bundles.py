"""What an attacker may bring to the county's door in a bundle: each is refused by name and changes nothing."""

from __future__ import annotations

import ast
import hashlib
import resource
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from random import Random
from typing import Final

import pytest
import zstandard

from mediator.crypto.sealing import Sealer
from mediator.crypto.signing import DeskKeys
from mediator.errors import Unacceptable
from mediator.journal.canonical import encode
from mediator.journal.entry import StreamId
from sync.center import reading
from sync.center.answering import exchange as answer
from sync.center.checking import check
from sync.center.county import Center
from sync.center.folding import fold_dirty
from sync.center.reading import Query
from sync.center.searching import look_for
from sync.session.packing import upward
from sync.wire.bundle import LABEL, MAGIC, PREFIX, SIGNATURE, STANZA, WRAPPED, BundleHeader, pack, read_cover
from sync.wire.cards import CenterCard
from sync.wire.compress import deflate
from sync.wire.frames import FrameType, write_frames
from sync.wire.ids import key_id
from tests.sync.center.conftest import fresh_database
from tests.sync.center.evidence import refused
from tests.sync.center.real import CASE, Laptop, joined, payload_of, real_center

HERE = Path(__file__).parents[3]


@pytest.fixture
def center(tmp_path: Path) -> Iterator[Center]:
    """With real ciphers, on SQLite: what is refused is refused before any database is asked."""
    made = real_center(f"sqlite:///{tmp_path / 'center.db'}")
    yield made
    made.database.close()


@pytest.fixture
def laptop(center: Center) -> Laptop:
    """In the county, with a little to tell."""
    made = joined(center, "desk-one")
    made.tell(3)
    return made


# -- T41 damage ------------------------------------------------------------------------------------------------------


@pytest.mark.threat("T41")
def test_a_bundle_that_was_damaged_anywhere_changes_nothing(center: Center, laptop: Laptop) -> None:
    data, random = laptop.bundle(center.card), Random(41)
    places = [random.randrange(len(data)) for _ in range(120)]
    for place in places:
        hurt = data[:place] + bytes((data[place] ^ (1 << random.randrange(8)),)) + data[place + 1 :]
        assert refused(center, hurt).partition(".")[0] in {"bundle", "schema"}
    for cut in (0, 1, PREFIX - 1, PREFIX, len(data) // 2, len(data) - 1):
        assert refused(center, data[:cut]).startswith("bundle.")
    assert refused(center, data + b"\0") == "bundle.size"
    assert answer(center, data).taken.new == 4, "the sound one is taken"


# -- T42 signer, suite -----------------------------------------------------------------------------------------------


@pytest.mark.threat("T42")
def test_a_bundle_signed_by_another_key_is_refused_whatever_its_header_says(center: Center, laptop: Laptop) -> None:
    thief = Sealer(DeskKeys.fresh())
    address = laptop.address(center.card)
    assert refused(center, pack(address, payload_of(laptop), thief)) == "bundle.sender"
    stranger = replace(address, desk="e" * 32)
    assert refused(center, pack(stranger, payload_of(laptop), laptop.sealer)) == "bundle.sender"
    data = laptop.bundle(center.card)
    resigned = data[:-64] + thief.sign(b"mediator/bundle/1\x00" + hashlib.sha256(data[:-64]).digest())
    assert refused(center, resigned) == "bundle.signature"
    assert refused(center, data[:-64] + b"\0" * 64) == "bundle.signature"


@pytest.mark.threat("T42")
@pytest.mark.parametrize("suite", [0, 2, 255])
def test_an_unknown_suite_is_refused_and_never_negotiated(center: Center, laptop: Laptop, suite: int) -> None:
    data = bytearray(laptop.bundle(center.card))
    data[10] = suite
    assert refused(center, bytes(data)) == "bundle.suite"


@pytest.mark.threat("T42")
def test_entries_of_another_author_cannot_travel_under_an_enrolled_name(center: Center, laptop: Laptop) -> None:
    forger = replace(laptop.writer, journal=type(laptop.journal)())
    forger.keys = DeskKeys.fresh()
    forger.write(CASE, "case.opened", {"fields": {"title": "假的", "kind": "people_mediation"}})
    packed = upward(forger.journal, laptop.id, base=(0, "0" * 64), cursors={}, wall=1)
    assert refused(center, pack(laptop.address(center.card), packed.payload, laptop.sealer)) == "entry.signature"


# -- T43 recipient ---------------------------------------------------------------------------------------------------


@pytest.mark.threat("T43")
def test_a_bundle_for_another_center_is_refused_and_so_is_one_turned_round(center: Center, laptop: Laptop) -> None:
    other = real_center("sqlite:///:memory:", seed=4)
    assert refused(center, laptop.bundle(other.card)) == "bundle.foreign"
    address, payload = laptop.address(center.card), payload_of(laptop)
    not_for_us = replace(address, to=(other.sealer.seal_public,))
    assert refused(center, pack(not_for_us, payload, laptop.sealer)) == "bundle.recipient"
    assert refused(center, pack(replace(address, dir="down"), payload, laptop.sealer)) == "bundle.foreign"
    other.database.close()


@pytest.mark.threat("T43")
def test_a_key_wrapped_for_us_under_another_header_does_not_open(center: Center, laptop: Laptop) -> None:
    one, two = laptop.bundle(center.card), laptop.bundle(center.card, no=2)
    first, second = read_cover(one), read_cover(two)
    mixed = two[: second.header_end] + one[first.header_end : -64]
    sealed = mixed + laptop.sealer.sign(b"mediator/bundle/1\x00" + hashlib.sha256(mixed).digest())
    assert refused(center, sealed).startswith("bundle.")


# -- T45 what an enrolled but hostile laptop may pack ----------------------------------------------------------------


def hello(**changes: object) -> bytes:
    """A HELLO with something wrong."""
    sound = {"program": "0", "base": {"n": 0, "h": "0" * 64}, "top": {"n": 0, "h": "0" * 64}, "have": [], "wall": 1}
    return encode(sound | changes)


PAYLOADS: tuple[tuple[str, bytes], ...] = (
    ("no frames", b""),
    ("no end", write_frames([(FrameType.HELLO, hello())])[:-90]),
    ("no hello", write_frames([])),
    ("two hellos", write_frames([(FrameType.HELLO, hello()), (FrameType.HELLO, hello())])),
    ("unknown frame", write_frames([(FrameType.HELLO, hello()), (0x2A, b"")])),
    ("a frame of four gigabytes", b"\x01\0\0\0\xff\xff\xff\xff"),
    ("duplicate keys", write_frames([(FrameType.HELLO, b'{"base":1,"base":1}')])),
    ("not a number", write_frames([(FrameType.HELLO, b'{"wall":NaN}')])),
    ("a number of 5,000 digits", write_frames([(FrameType.HELLO, b'{"wall":' + b"9" * 5000 + b"}")])),
    ("ten thousand levels", write_frames([(FrameType.HELLO, b"[" * 10_000 + b"]" * 10_000)])),
    ("no text", write_frames([(FrameType.HELLO, b'{"wall":"\xff"}')])),
    ("a lone surrogate", write_frames([(FrameType.HELLO, b'{"wall":"\\ud800"}')])),
    ("cursors without end", write_frames([(FrameType.HELLO, hello(have=[["c", 1]]))])),
    ("a segment cut short", write_frames([(FrameType.HELLO, hello()), (FrameType.SEGMENT, b"SEG1" + b"\xff" * 68)])),
    ("a top it does not hold", write_frames([(FrameType.HELLO, hello(top={"n": 9, "h": "0" * 64}))])),
)


@pytest.mark.threat("T45")
@pytest.mark.parametrize(("_name", "payload"), PAYLOADS, ids=[name for name, _ in PAYLOADS])
def test_a_hostile_payload_is_refused_by_name(center: Center, laptop: Laptop, _name: str, payload: bytes) -> None:
    code = refused(center, pack(laptop.address(center.card), payload, laptop.sealer))
    assert code.partition(".")[0] in {"bundle", "entry"}


def hostile(laptop: Laptop, card: CenterCard, inner: bytes, *, plain: int) -> bytes:
    """A bundle in good form, truly signed and sealed, whose compressed inside is not what its header says."""
    sealer, to = laptop.sealer, bytes.fromhex(card.seal)
    header = BundleHeader(
        bundle="d" * 32, center=card.center, county=card.county, dir="up", desk=laptop.id,
        key=key_id(sealer.sign_public), to=(key_id(to),), no=1, prev="0" * 64, plain=plain, made=1,
    )  # fmt: skip
    head = encode(asdict(header))
    total = PREFIX + len(head) + 1 + STANZA + len(inner) + 16 * max(-(-len(inner) // 65_536), 1) + SIGNATURE
    start = MAGIC + b"\0\1\1\1" + len(head).to_bytes(4, "big") + total.to_bytes(8, "big") + head
    wrapped = sealer.wrap(to, LABEL + hashlib.sha256(start).digest(), b"k" * 32)
    before = start + b"\1" + bytes.fromhex(key_id(to)) + WRAPPED.to_bytes(2, "big") + wrapped
    sealed = before + sealer.seal_payload(b"k" * 32, hashlib.sha256(before).digest(), inner)
    return sealed + sealer.sign(LABEL + hashlib.sha256(sealed).digest())


BOMB: Final = 200 << 20


@pytest.mark.threat("T45")
@pytest.mark.parametrize("plain", [BOMB, 4096, 0])
def test_a_bomb_is_refused_before_it_unfolds(center: Center, laptop: Laptop, plain: int) -> None:
    packed = zstandard.ZstdCompressor(level=1).compress(bytes(BOMB))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert refused(center, hostile(laptop, center.card, packed, plain=plain)) == "bundle.compression"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 << 10


def test_the_hostile_packer_can_also_pack_what_is_sound(center: Center, laptop: Laptop) -> None:
    payload = payload_of(laptop)
    data = hostile(laptop, center.card, deflate(payload), plain=len(payload))
    assert answer(center, data).taken.new == 4


# -- T46 database ----------------------------------------------------------------------------------------------------

SPELLS = ("'; DROP TABLE entry; --", '" OR 1=1 --', "%' UNION SELECT 1 --", "\\'; DELETE FROM desk;", "{0}${x}:a?")


@pytest.mark.threat("T46")
def test_what_people_write_is_never_a_statement(server: str) -> None:
    center = real_center(fresh_database(server))
    laptop = joined(center, "desk-sql")
    for number, spell in enumerate(SPELLS):
        case = StreamId(f"{number:032x}")
        laptop.writer.write(case, "case.opened", {"fields": {"title": spell, "kind": "people_mediation"}})
        party: dict[str, object] = {"name": spell, "side": "applicant", "kind": "organization"}
        laptop.writer.write(case, "party.added", {"id": "1" * 32, "fields": party})
    assert answer(center, laptop.bundle(center.card)).taken.new == 2 * len(SPELLS)
    fold_dirty(center)
    for spell in SPELLS:
        found = look_for(center, Query(text=spell), parts=True)
        assert (found.total, [line.title for line in found.lines]) == (1, [spell])
        assert reading.cases(center, Query(township=spell, status=spell))[1] == 0
        with pytest.raises(Unacceptable, match=r"case\.unknown"):
            reading.show(center, spell, who="x")
    assert check(center).findings == ()
    center.database.close()


# Where tables are shaped, from names of our own tables; and where a transaction says whose rows it may see, which takes
# letters and digits alone.
SHAPING = {"walls.py", "upgrading.py", "distributing.py", "database.py", "doomed.py"}


@pytest.mark.threat("T46")
def test_no_statement_of_the_county_is_put_together_from_text() -> None:
    makers = {"text", "exec_driver_sql", "literal_column", "DDL"}
    found = {
        f"{path.name}:{node.lineno}"
        for path in sorted((HERE / "sync" / "center").glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and called(node) in makers and not constant(node)
    }
    imported = {
        path.name
        for path in (HERE / "sync" / "center").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "sqlalchemy" and {a.name for a in node.names} & makers
    }
    assert imported <= SHAPING
    files = {each.partition(":")[0] for each in found}
    assert {each for each in files if not each.endswith("pages.py")} <= SHAPING, "in pages it is a form's field"


def called(node: ast.Call) -> str:
    """The last name of what is called."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def constant(node: ast.Call) -> bool:
    """True when every word that could reach the database stands in the source."""
    return all(
        isinstance(part, ast.Constant) or (isinstance(part, ast.IfExp) and constant_choice(part)) for part in node.args
    )


def constant_choice(node: ast.IfExp) -> bool:
    """One of two constants."""
    return isinstance(node.body, ast.Constant) and isinstance(node.orelse, ast.Constant)
