"""The database stolen (T63): nothing that people wrote, no name, no code, no secret can be read in it."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from sqlalchemy import select

from sync.center.answering import exchange as answer
from sync.center.county import Center
from sync.center.enrollment import make_code
from sync.center.folding import fold_dirty
from sync.center.tables import METADATA
from sync.center.uploads import add_piece, open_upload
from sync.wire.bundle import PREFIX, read_cover
from tests.sync.center.conftest import fresh_database
from tests.sync.center.people import PASSWORD, add_person, cookie_for
from tests.sync.center.real import CASE, TOWNSHIP, joined, real_center

SAID, NAMED, TITLED = "白云山下的三分地", "司马青衫", "竹林界址之争"


def filled(url: str) -> tuple[Center, list[bytes]]:
    """A county with a case, an upload, an account, a code; what must not be found in its database."""
    center = real_center(url)
    add_person(center, "shen")
    token = cookie_for(center, "shen")
    code = make_code(center, TOWNSHIP).text
    laptop = joined(center, "desk-one")
    laptop.writer.write(CASE, "case.opened", {"fields": {"title": TITLED, "facts": SAID, "kind": "people_mediation"}})
    party: dict[str, object] = {"name": NAMED, "side": "applicant", "kind": "person"}
    laptop.writer.write(CASE, "party.added", {"id": "1" * 32, "fields": party})
    laptop.tell(2, text=SAID)
    answer(center, laptop.bundle(center.card))
    data = laptop.bundle(center.card, no=2)
    ticket = read_cover(data).header.bundle
    open_upload(center, ticket, length=len(data), start=data[:PREFIX])
    add_piece(center, ticket, 0, data[:-1])
    fold_dirty(center)
    return center, [each.encode() for each in (SAID, NAMED, TITLED, PASSWORD, token, code)]


def forms(secret: bytes) -> list[bytes]:
    """A secret as it might lie about."""
    text = secret.decode()
    return [secret, secret.hex().encode(), base64.b64encode(secret)[:-4], text.encode("utf-16-le"),
            text.encode("unicode_escape")]  # fmt: skip


@pytest.mark.threat("T63")
def test_no_word_lies_open_in_the_file(tmp_path: Path) -> None:
    center, secrets = filled(f"sqlite:///{tmp_path / 'center.db'}")
    stolen = b"".join(path.read_bytes() for path in sorted(tmp_path.glob("center.db*")))
    center.database.close()
    assert TOWNSHIP.encode() in stolen, "the search finds what is there"
    assert [form for secret in secrets for form in forms(secret) if form in stolen] == []


@pytest.mark.threat("T63")
def test_no_word_lies_open_in_a_dump(server: str) -> None:
    center, secrets = filled(fresh_database(server))
    with center.database.engine.connect() as connection:
        dump = b"\n".join(
            value if isinstance(value, bytes) else str(value).encode()
            for table in METADATA.sorted_tables
            for row in connection.execute(select(table))
            for value in row
        )
    center.database.close()
    assert TOWNSHIP.encode() in dump
    assert [form for secret in secrets for form in forms(secret) if form in dump] == []
