"""SM3 against the examples of the standard itself."""

from __future__ import annotations

import pytest

from mediator.crypto.digests import sm3

# GB/T 32905-2016, annex A.
STANDARD = [
    ([b"abc"], "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
    ([b"abcd" * 16], "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
]


@pytest.mark.parametrize(("pieces", "digest"), STANDARD)
def test_digests_are_those_of_the_standard_however_the_text_is_cut(pieces: list[bytes], digest: str) -> None:
    text = b"".join(pieces)
    assert sm3(pieces) == digest
    assert sm3(bytes([byte]) for byte in text) == digest
