"""All of a county's database as one fingerprint, to show that nothing changed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pytest
from sqlalchemy import select

from mediator.errors import MediatorError
from sync.center.answering import exchange as answer
from sync.center.county import Center
from sync.center.tables import METADATA


def everything(center: Center, *, but: Sequence[str] = ()) -> bytes:
    """Every row of every table, as one fingerprint."""
    digest = hashlib.sha256()
    with center.database.reading() as scope:
        for table in METADATA.sorted_tables:
            if table.name not in but:
                rows = scope.rows(select(*table.c).order_by(*table.primary_key.columns))
                digest.update(repr((table.name, [tuple(row) for row in rows])).encode())
    return digest.digest()


def refused(center: Center, data: bytes) -> str:
    """The code with which a bundle is refused; nothing else happened."""
    before = everything(center)
    with pytest.raises(MediatorError) as caught:
        answer(center, data)
    assert everything(center) == before
    return caught.value.code
