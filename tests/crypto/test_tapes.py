"""The public half of a recording's key seals and opens nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.crypto.tapes import SEAL_OVERHEAD, fresh_tape_key, open_chunk, public_half, seal_chunk
from mediator.errors import Unacceptable
from tests.crypto import plain_hpke

PRIVATE, PLACE, PCM = bytes(range(32)), b"place of the chunk", bytes(640)


def test_a_sealed_chunk_is_hpke_as_an_independent_reader_reads_it() -> None:
    sealed = seal_chunk(public_half(PRIVATE), PLACE, PCM)
    assert len(sealed) == len(PCM) + SEAL_OVERHEAD
    assert plain_hpke.unseal(PRIVATE, PLACE, sealed, aead=plain_hpke.AES_256) == PCM
    theirs = plain_hpke.seal(bytes(31) + b"\x01", public_half(PRIVATE), PLACE, PCM, aead=plain_hpke.AES_256, aad=b"")
    assert open_chunk(PRIVATE, PLACE, theirs) == PCM


def test_every_recording_has_its_own_key() -> None:
    assert len({fresh_tape_key() for _ in range(20)}) == 20


@pytest.mark.threat("T04")
def test_who_holds_the_public_half_reads_nothing_not_even_what_he_sealed() -> None:
    public = public_half(PRIVATE)
    with pytest.raises(Unacceptable, match=r"recording\.damaged"):
        open_chunk(public, PLACE, seal_chunk(public, PLACE, PCM))


@pytest.mark.threat("T41")
@given(st.data())
def test_no_flipped_bit_and_no_other_place_passes(data: st.DataObject) -> None:
    sealed = bytearray(seal_chunk(public_half(PRIVATE), PLACE, PCM[:60]))
    bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
    with pytest.raises(Unacceptable, match=r"recording\.damaged"):
        open_chunk(PRIVATE, PLACE + b"\x00", bytes(sealed))
    sealed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(Unacceptable, match=r"recording\.damaged"):
        open_chunk(PRIVATE, PLACE, bytes(sealed))


@pytest.mark.parametrize("size", [0, 31, 33])
def test_something_that_is_no_key_is_refused(size: int) -> None:
    with pytest.raises(Unacceptable, match=r"key\.length"):
        public_half(bytes(size))
    with pytest.raises(Unacceptable, match=r"key\.length"):
        seal_chunk(bytes(size), PLACE, PCM)
    with pytest.raises(Unacceptable, match=r"recording\.damaged"):
        open_chunk(bytes(size), PLACE, bytes(99))
