"""The vault's files: encrypted, guarded, refused untouched when they are not ours to open."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from mediator.casework import hearing, importing, opening, reading
from mediator.casework.desk import Desk
from mediator.casework.hearing import HearingForm
from mediator.core.records import CaseId, HearingId
from mediator.errors import NoAccess, Unacceptable, WorldFailed
from tests.casework.desks import ROOT, a_desk, a_document, a_workshop, encoded, taken_in

SECRETS = ("张某某的秘密地址", "110101199003074477", "13800001111")


def fingerprint(folder: Path) -> dict[str, str]:
    """Every file of a folder by its hash; the lock file is nobody's content."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.is_file() and path.suffix != ".lock" and not path.name.endswith("lock")
    }


@pytest.mark.threat("T13")
def test_nothing_of_a_case_stands_readable_in_any_file(desk: Desk, tmp_path: Path) -> None:
    taken_in(desk, a_document(facts="、".join(SECRETS)))
    for path in (tmp_path / "vault").rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        for secret in SECRETS:
            for code in ("utf-8", "utf-16-le", "gb18030"):
                assert secret.encode(code) not in data, path.name


@pytest.mark.threat("T02")
def test_the_program_refuses_to_run_over_a_database_without_cipher(tmp_path: Path) -> None:
    code = f"""
import sys, sqlite3, sqlite3.dbapi2
sys.modules['sqlcipher3'] = sqlite3
sys.modules['sqlcipher3.dbapi2'] = sqlite3.dbapi2
from pathlib import Path
from tests.casework.desks import a_desk
a_desk(Path({str(tmp_path / "v")!r}))
print('opened')
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert "opened" not in done.stdout
    assert done.returncode != 0
    assert "store.no_cipher" in done.stderr
    assert sum(path.stat().st_size for path in tmp_path.rglob("*") if path.is_file()) == 0


def test_a_wrong_password_changes_no_byte(tmp_path: Path) -> None:
    desk = a_desk(tmp_path / "vault")
    opening.lock(desk)
    before = fingerprint(tmp_path / "vault")
    for _ in range(3):
        with pytest.raises(NoAccess):
            opening.unlock(a_workshop(), tmp_path / "vault", None, "不是这个密码 1234")
    assert fingerprint(tmp_path / "vault") == before


def test_a_full_disk_is_told_and_work_goes_on_once_there_is_room(desk: Desk) -> None:
    case = taken_in(desk, a_document())
    sitting = hearing.open_hearing(desk, case, HearingForm(place="室"))

    def limit(pages: int) -> None:
        desk.vault.on_thread(lambda ledger: ledger.connection.execute(f"PRAGMA max_page_count={pages}").fetchone())

    limit(1)
    with pytest.raises(WorldFailed, match=r"vault\.disk_full"):
        talk(desk, case, sitting)
    held = len(reading.reread(desk, case).case.hearings[0].turns)
    limit(1 << 30)
    hearing.record_turn(desk, case, sitting, speaker="张三", text="有地方了")
    turns = reading.reread(desk, case).case.hearings[0].turns
    assert len(turns) == held + 1
    assert opening.check(desk, full=True).ok


def talk(desk: Desk, case: CaseId, sitting: HearingId) -> None:
    """Many long turns."""
    for number in range(400):
        hearing.record_turn(desk, case, sitting, speaker="张三", text=f"{number}" * 400)


def test_a_failed_deed_leaves_no_half_of_it(desk: Desk) -> None:
    before = desk.vault.entry_count()
    with pytest.raises(Unacceptable):
        importing.import_file(desk, encoded([a_document(), {**a_document(), "kind": "nothing"}]))
    assert desk.vault.entry_count() == before


def test_a_thousand_entries_of_others_arrive_in_one_transaction(desk: Desk) -> None:
    from tests.journal.port_suite import entries

    chain = entries("other", 200)
    assert desk.vault.absorb(chain).new == 200
    assert len(desk.vault.stream(chain[0].stream)) == 200
    assert reading.reread(desk, CaseId(chain[0].stream)).case.title == "纠纷"
