"""SM3 (GB/T 32905-2016): the digest that archives ask for beside SHA-256."""

from __future__ import annotations

from collections.abc import Iterable

from cryptography.hazmat.primitives.hashes import SM3, Hash


def sm3(pieces: Iterable[bytes]) -> str:
    """64 hex characters over all pieces one after the other, so that a long file need not stand in memory."""
    state = Hash(SM3())
    for piece in pieces:
        state.update(piece)
    return state.finalize().hex()
