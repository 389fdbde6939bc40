"""Frozen vectors: made once by another writer (RFC 8785 library, hashlib, Ed25519), never again. See vectors/README."""

from __future__ import annotations

import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from mediator.errors import Unacceptable
from mediator.journal.canonical import decode_strict, encode
from mediator.journal.framing import erased_twin, read_entry, verify_entry

FOLDER = Path(__file__).parent / "vectors"
VALUES: list[dict[str, str]] = json.loads((FOLDER / "canonical.json").read_text(encoding="utf-8"))
ENTRIES: dict[str, list[dict[str, Any]]] = json.loads((FOLDER / "entries.json").read_text(encoding="utf-8"))
FROZEN = {
    "canonical.json": "2786079a6f105ab6d9f4284729ab43eddee550cf82db6d24e088de68f03f10ac",
    "entries.json": "c1e83dd55240aca523259e65116991ff5a4a2666ae6dc275877eb1ac8eb384b6",
}


def named(vectors: list[dict[str, Any]]) -> list[Any]:
    """One parameter a vector."""
    return [pytest.param(vector, id=vector["name"]) for vector in vectors]


@pytest.mark.parametrize("name", FROZEN)
def test_the_vectors_are_the_ones_that_were_frozen(name: str) -> None:
    assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == FROZEN[name]


@pytest.mark.parametrize("vector", named([v for v in VALUES if "code" not in v]))
def test_a_canonical_value_is_read_and_written_with_the_same_bytes(vector: dict[str, str]) -> None:
    data = bytes.fromhex(vector["bytes"])
    assert encode(decode_strict(data)) == data
    assert decode_strict(data) == json.loads(data)


@pytest.mark.threat("T45")
@pytest.mark.parametrize("vector", named([v for v in VALUES if "code" in v]))
def test_other_bytes_are_refused_by_the_rule_they_break(vector: dict[str, str]) -> None:
    with pytest.raises(Unacceptable) as refused:
        decode_strict(bytes.fromhex(vector["bytes"]))
    assert (refused.value.code, refused.value.where) == (vector["code"], vector["where"])


@pytest.mark.parametrize("vector", named(ENTRIES["good"]))
def test_an_entry_is_read_whole_and_written_back_with_the_same_bytes(vector: dict[str, Any]) -> None:
    raw, key = bytes.fromhex(vector["entry"]), Ed25519PublicKey.from_public_bytes(bytes.fromhex(vector["key"]))
    entry = read_entry(raw)
    verify_entry(entry, lambda text, signature: key.verify(signature, text))
    assert (entry.desk, entry.n, entry.kind, entry.hash) == tuple(
        vector[each] for each in ("desk", "n", "kind", "hash")
    )
    assert (entry.body, entry.raw) == (bytes.fromhex(vector["body"]), raw)
    assert entry.salt is not None
    assert entry.head.cm == hmac.new(entry.salt, entry.body, "sha256").hexdigest()


@pytest.mark.threat("T68")
@pytest.mark.parametrize("vector", named(ENTRIES["good"]))
def test_an_erased_entry_keeps_its_place_its_hash_and_its_signature(vector: dict[str, Any]) -> None:
    twin, key = bytes.fromhex(vector["erased"]), Ed25519PublicKey.from_public_bytes(bytes.fromhex(vector["key"]))
    erased = read_entry(twin)
    verify_entry(erased, lambda text, signature: key.verify(signature, text))
    assert (erased.hash, erased.erased, erased.content()) == (vector["hash"], True, {})
    assert erased_twin(read_entry(bytes.fromhex(vector["entry"]))).raw == twin


@pytest.mark.threat("T41")
@pytest.mark.parametrize("vector", named(ENTRIES["broken"]))
def test_a_broken_entry_is_refused_by_name(vector: dict[str, Any]) -> None:
    with pytest.raises(Unacceptable) as refused:
        read_entry(bytes.fromhex(vector["entry"]))
    assert (refused.value.code, refused.value.where) == (vector["code"], vector["where"])
