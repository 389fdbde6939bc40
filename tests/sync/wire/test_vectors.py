"""Frozen bytes of the road, read by the product and by an independent reader; never made again to make a test pass."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from mediator.crypto.sealing import Sealer
from mediator.crypto.signing import DeskKeys
from mediator.journal.canonical import decode_object, encode
from mediator.journal.framing import erased_twin, read_entry
from sync.wire.bundle import open_bundle
from sync.wire.cards import Membership, card_bytes, card_of, certificate_of, checked, read_membership, signed
from sync.wire.frames import FrameType, Withheld, read_frames, read_parts, read_segment, write_segment, write_withheld
from sync.wire.receipt import read_receipt, receipt_bytes
from sync.wire.slip import bytes_of, read_slip, slip_bytes, slip_text, typed_groups
from tests.sync.wire import independent

FROZEN: dict[str, Any] = json.loads((Path(__file__).parent / "vectors" / "road.json").read_text())
KEYS = {name: DeskKeys.from_secret(bytes.fromhex(secret)) for name, secret in FROZEN["keys"].items()}
COUNTY = Sealer(KEYS["county"])
COLUMNS: dict[str, str] = json.loads((Path(__file__).parent / "vectors" / "columns.json").read_text())["segments"]
SLIPS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "vectors" / "slip.json").read_text())["slips"]
BUNDLES: list[dict[str, Any]] = FROZEN["bundles"]


@pytest.mark.parametrize("frozen", BUNDLES, ids=[row["name"] for row in BUNDLES])
def test_a_frozen_bundle_is_opened_by_each_of_its_recipients_and_by_another_reader(frozen: dict[str, Any]) -> None:
    data, signer = bytes.fromhex(frozen["bundle"]), KEYS["desk"].sign_public
    digest = frozen.get("payload_sha256") or hashlib.sha256(bytes.fromhex(frozen["payload"])).hexdigest()
    for name in frozen["to"]:
        cover, payload = open_bundle(data, sender=lambda _header: signer, sealer=Sealer(KEYS[name]))
        other = independent.open_bundle(data, bytes.fromhex(FROZEN["keys"][name])[32:], signer)
        assert hashlib.sha256(payload).hexdigest() == digest
        assert other.payload == payload
        assert other.compression == cover.compression == (1 if "zstd" in frozen["name"] else 0)
        assert other.header["no"] == cover.header.no


def test_the_frames_of_a_frozen_bundle_are_the_same_to_both_readers() -> None:
    payload = bytes.fromhex(BUNDLES[0]["payload"])
    hello, segment, withheld, later = independent.frames(payload)
    assert later == (0x9A, b"of a later version")
    assert read_frames(payload) == [hello, segment, withheld]
    run, kept = read_parts(read_frames(payload))
    assert not isinstance(run, Withheld)
    assert [entry.raw.hex() for entry in run.entries] == FROZEN["entries"]
    assert [raw.hex() for raw in independent.entries(segment[1])] == FROZEN["entries"]
    assert isinstance(kept, Withheld)
    assert (kept.first, kept.last) == (4, 4)
    assert (FrameType.WITHHELD, write_withheld(kept)) == withheld
    assert run.entries[2].content()["text"] == "𠮷先生的墙原来就在那里。"


@pytest.mark.parametrize("name", list(COLUMNS))
def test_a_frozen_segment_of_columns_gives_both_readers_the_entries_of_the_older_form(name: str) -> None:
    data, whole = bytes.fromhex(COLUMNS[name]), [bytes.fromhex(raw) for raw in FROZEN["entries"]]
    twin = erased_twin(read_entry(whole[1])).raw
    meant = {"whole": whole, "erased": [whole[0], twin, whole[2]], "hole": [whole[0], whole[2]]}[name]
    read = read_segment(data)
    assert [entry.raw for entry in read.entries] == meant == independent.entries(data)
    assert write_segment(read.entries, before=read.before) == data


def test_a_frozen_receipt_is_read_and_given_again_byte_for_byte() -> None:
    data, says = bytes.fromhex(FROZEN["receipt"]["bytes"]), FROZEN["receipt"]["says"]
    receipt = read_receipt(data, COUNTY.sign_public, COUNTY)
    assert receipt_bytes(receipt, COUNTY) == data
    assert independent.receipt(data, COUNTY.sign_public) == says
    assert (receipt.n, receipt.ce, receipt.set_aside) == (4, 2, ((3, "entry.owner"),))


@pytest.mark.parametrize("frozen", SLIPS, ids=["usual", "at its limits"])
def test_a_frozen_slip_says_the_same_to_both_readers_in_both_forms(frozen: dict[str, Any]) -> None:
    data, says = bytes.fromhex(frozen["bytes"]), frozen["says"]
    receipt = read_slip(data, COUNTY.sign_public, COUNTY)
    assert {name: getattr(receipt, name) for name in says} == says
    assert slip_bytes(receipt, COUNTY) == data
    assert slip_text(data) == frozen["text"]
    assert list(typed_groups(data)) == frozen["groups"]
    known = {"center": says["center"], "desk": says["desk"]}
    for form in (frozen["text"], " ".join(frozen["groups"])):
        assert bytes_of(form, **known, hash_at=lambda n: says["h"] if n == says["n"] else "") == data
    assert independent.slip(frozen["text"], COUNTY.sign_public) == says
    assert independent.typed_slip(frozen["groups"], COUNTY.sign_public, **known, digest=says["h"]) == says


@pytest.mark.parametrize("name", ["card", "certificate"])
def test_a_frozen_card_is_read_and_signed_again_byte_for_byte(name: str) -> None:
    data, says = bytes.fromhex(FROZEN[name]["bytes"]), FROZEN[name]["says"]
    body = checked(decode_object(data), COUNTY.sign_public, COUNTY)
    assert body == says
    assert encode(signed(says, COUNTY)) == data


def test_a_frozen_membership_is_read_and_kept_again_byte_for_byte() -> None:
    data = bytes.fromhex(FROZEN["membership"]["bytes"])
    card, certificate = card_of(FROZEN["card"]["says"]), certificate_of(FROZEN["certificate"]["says"])
    assert read_membership(data) == Membership(card, certificate, FROZEN["membership"]["url"])
    assert card_bytes(read_membership(data)) == data
    assert card.fingerprint == FROZEN["card"]["fingerprint"]
