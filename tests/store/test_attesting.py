"""A text under the desk's name is known again, and nothing else is."""

from __future__ import annotations

import pytest

from mediator.casework.desk import Desk
from mediator.errors import Unacceptable
from mediator.store.attesting import attest, confirm


def test_what_the_desk_signed_is_known_and_anything_else_is_refused(desk: Desk) -> None:
    vault = desk.vault
    key, signature = attest(vault, "dossier", b"text")
    assert key == vault.desk_keys.sign_public.hex()
    confirm(key, signature, "dossier", text=b"text")
    wrong = [
        (key, signature, "dossier", b"texts"), (key, signature, "paper", b"text"), (key, "", "dossier", b"text"),
        (key, "烂", "dossier", b"text"), ("zz", signature, "dossier", b"text"),
        ("00" * 32, signature, "dossier", b"text"),
        (key, signature[:-4] + "AAAA", "dossier", b"text"),
    ]  # fmt: skip
    for a, b, purpose, text in wrong:
        with pytest.raises(Unacceptable, match=r"signature\.bad"):
            confirm(a, b, purpose, text=text)
