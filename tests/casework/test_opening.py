"""The vault's door: first run, unlocking, users, backups and the ways back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mediator.casework import opening, reading, workbench
from mediator.casework.complaints import complain
from mediator.casework.desk import Desk
from mediator.casework.reading import RowQuery
from mediator.errors import MediatorError, NoAccess, RefusedByRule, Unacceptable, WorldFailed
from mediator.journal.streams import desk_stream
from tests.casework.desks import PASSWORD, ROOM, StillClock, a_document, a_workshop, at_room, taken_in

NEW = "石桥下的流水 77 声"


def kinds(desk: Desk) -> list[str]:
    """What the desk's own stream tells, oldest first."""
    return [entry.kind for entry in sorted(desk.vault.stream(desk_stream(desk.vault.desk)), key=lambda each: each.n)]


def test_the_first_run_gives_a_vault_and_a_code_that_must_be_typed_back(tmp_path: Path) -> None:
    made = opening.create(a_workshop(), tmp_path / "v", ROOM, PASSWORD)
    assert len(made.recovery_code.replace("-", "").replace(" ", "")) == 48
    assert not opening.recovery_confirmed(made.desk)
    assert not opening.confirm_recovery_code(made.desk, "0" * 48)
    assert opening.confirm_recovery_code(made.desk, made.recovery_code.replace("-", "  "))
    assert opening.recovery_confirmed(made.desk)
    assert kinds(made.desk) == ["desk.opened", "access.login"]
    opening.lock(made.desk)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"organization": " "}, "room.organization"),
        ({"organization": "长" * 201}, "room.organization"),
        ({"division": "33112"}, "room.division"),
        ({"division": "３３１１２２"}, "room.division"),
        ({"login": "li ming"}, "room.login"),
        ({"login": ""}, "room.login"),
        ({"name": "\u0007"}, "room.name"),
    ],
)
def test_a_form_that_says_too_little_makes_no_vault(tmp_path: Path, changes: dict[str, str], code: str) -> None:
    with pytest.raises(Unacceptable) as caught:
        opening.create(a_workshop(), tmp_path / "v", at_room(ROOM, **changes), PASSWORD)
    assert caught.value.code == code
    assert not opening.vault_exists(tmp_path / "v")


@pytest.mark.parametrize("password", ["short", "12345678901", "password123", "李调解的密码一二三四"])
def test_a_weak_password_makes_no_vault(tmp_path: Path, password: str) -> None:
    with pytest.raises(RefusedByRule, match=r"password\."):
        opening.create(a_workshop(), tmp_path / "v", ROOM, password)


def test_a_vault_is_never_made_over_another(desk: Desk) -> None:
    with pytest.raises(RefusedByRule, match=r"vault\.exists"):
        opening.create(a_workshop(), desk.vault.folder, ROOM, PASSWORD)


def test_a_locked_vault_opens_again_with_what_it_held(desk: Desk) -> None:
    case_id = taken_in(desk, a_document())
    opening.lock(desk)
    again = opening.unlock(desk.workshop, desk.vault.folder, None, PASSWORD)
    assert reading.show(again, case_id).case.title == "借款"
    assert kinds(again)[-2:] == ["access.login", "access.case_opened"]
    opening.lock(again)


def test_who_can_unlock_is_known_before_any_password(desk: Desk) -> None:
    assert opening.vault_exists(desk.vault.folder)
    assert opening.logins(desk.workshop, desk.vault.folder) == ("li",)


@pytest.mark.threat("T08")
def test_a_wrong_password_opens_nothing_and_changes_nothing(desk: Desk) -> None:
    entries = desk.vault.entry_count()
    opening.lock(desk)
    with pytest.raises(NoAccess, match=r"vault\.wrong_password"):
        opening.unlock(desk.workshop, desk.vault.folder, "li", "石桥下的流水 78 声")
    again = opening.unlock(desk.workshop, desk.vault.folder, "li", PASSWORD)
    assert again.vault.entry_count() == entries + 1
    opening.lock(again)


def test_an_empty_folder_has_no_vault(tmp_path: Path) -> None:
    with pytest.raises(NoAccess, match=r"vault\.none"):
        opening.unlock(a_workshop(), tmp_path, None, PASSWORD)


def test_a_changed_password_replaces_the_old_one(desk: Desk) -> None:
    opening.change_password(desk, PASSWORD, NEW)
    opening.lock(desk)
    with pytest.raises(NoAccess):
        opening.unlock(desk.workshop, desk.vault.folder, None, PASSWORD)
    opening.lock(opening.unlock(desk.workshop, desk.vault.folder, None, NEW))


def test_a_second_user_has_a_slot_of_his_own(desk: Desk) -> None:
    opening.add_user(desk, login="wang", name="王调解", password=NEW, own_password=PASSWORD)
    assert {user.name for user in opening.users(desk)} == {"李调解", "王调解"}
    opening.lock(desk)
    second = opening.unlock(desk.workshop, desk.vault.folder, "wang", NEW)
    assert second.vault.user.name == "王调解"
    assert second.vault.user.id != desk.vault.user.id
    opening.remove_user(second, "li")
    with pytest.raises(RefusedByRule, match=r"vault\.last_user"):
        opening.remove_user(second, "wang")
    with pytest.raises(Unacceptable, match=r"vault\.no_user"):
        opening.remove_user(second, "nobody")
    assert [user.login for user in opening.users(second)] == ["wang"]
    opening.lock(second)


def test_a_backup_is_verified_and_comes_back_as_a_new_desk(desk: Desk, tmp_path: Path) -> None:
    number = reading.show(desk, taken_in(desk, a_document())).case.number
    report = opening.backup(desk, tmp_path / "out")
    assert report.verified
    assert workbench.bench(desk).last_backup == desk.workshop.clock.now()
    back = opening.restore(desk.workshop, report.folder, tmp_path / "new", login=None, password=PASSWORD)
    assert back.vault.desk != desk.vault.desk
    assert reading.show(back, number).case.title == "借款"
    assert opening.check(back, full=True).ok
    opening.lock(back)


def test_a_folder_without_backup_restores_nothing(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Unacceptable, match=r"backup\.none"):
        opening.restore(desk.workshop, tmp_path / "none", tmp_path / "new", login=None, password=PASSWORD)


def test_two_backups_of_one_day_lie_beside_each_other(desk: Desk, tmp_path: Path) -> None:
    clock = desk.workshop.clock
    assert isinstance(clock, StillClock)
    first = opening.backup(desk, tmp_path)
    clock.move(seconds=1)
    assert opening.backup(desk, tmp_path).folder != first.folder


def test_the_recovery_code_gives_a_new_password_and_a_new_code(tmp_path: Path) -> None:
    made = opening.create(a_workshop(), tmp_path / "v", ROOM, PASSWORD)
    opening.lock(made.desk)
    fresh = opening.recover(made.desk.workshop, tmp_path / "v", made.recovery_code, NEW)
    assert fresh != made.recovery_code
    opening.lock(opening.unlock(made.desk.workshop, tmp_path / "v", None, NEW))
    with pytest.raises(MediatorError):
        opening.recover(made.desk.workshop, tmp_path / "v", made.recovery_code, PASSWORD)


def test_a_check_counts_every_entry(desk: Desk) -> None:
    taken_in(desk, a_document())
    entries = desk.vault.entry_count()
    quick, full = opening.check(desk, full=False), opening.check(desk, full=True)
    assert quick.ok
    assert full.ok
    assert (quick.entries, full.entries) == (entries, entries + 1)
    assert reading.count(desk, RowQuery()) == 1


def full(_drafts: object) -> None:
    """A vault whose disk has no room for a trace."""
    raise WorldFailed("vault.disk_full")


@pytest.mark.parametrize("deed", ["password", "add", "remove"])
def test_a_deed_on_the_keys_that_leaves_no_trace_says_that_it_is_done(
    desk: Desk, deed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening.add_user(desk, login="wang", name="王调解", password=NEW, own_password=PASSWORD)
    deeds: dict[str, Callable[[], object]] = {
        "password": lambda: opening.change_password(desk, PASSWORD, NEW),
        "add": lambda: opening.add_user(desk, login="zhao", name="赵", password=NEW, own_password=PASSWORD),
        "remove": lambda: opening.remove_user(desk, "wang"),
    }
    with monkeypatch.context() as patched:
        patched.setattr(type(desk.vault), "append", lambda _vault, drafts: full(drafts))
        with pytest.raises(WorldFailed, match=r"vault\.untraced"):
            deeds[deed]()
    names = {user.login for user in opening.users(desk)}
    assert names == {"password": {"li", "wang"}, "add": {"li", "wang", "zhao"}, "remove": {"li"}}[deed]
    opening.lock(desk)
    opening.lock(opening.unlock(desk.workshop, desk.vault.folder, "li", NEW if deed == "password" else PASSWORD))


def test_a_place_without_vault_or_backup_is_named(tmp_path: Path) -> None:
    shop, nowhere = a_workshop(), tmp_path / "nichts"
    for deed in (
        lambda: opening.unlock(shop, nowhere, None, PASSWORD),
        lambda: opening.recover(shop, nowhere, "1", NEW),
        lambda: opening.restore(shop, nowhere, tmp_path / "new", login=None, password=PASSWORD),
    ):
        with pytest.raises(MediatorError, match=r"(vault|backup)\.none") as caught:
            deed()
        assert caught.value.where == str(nowhere)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.threat("T19")
def test_a_second_window_is_told_who_has_the_vault_and_since_when(desk: Desk) -> None:
    with pytest.raises(NoAccess) as told:
        opening.unlock(desk.workshop, desk.vault.folder, None, PASSWORD)
    sentence = complain(told.value).message
    assert sentence == "保险库正在被li使用，从2026年3月9日9时30分开始。"


@pytest.mark.threat("T24")
def test_a_change_of_the_keys_whose_trace_a_kill_took_away_gets_it_at_the_next_opening(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(opening, "told_after", killed)
    with pytest.raises(KeyboardInterrupt):
        opening.change_password(desk, PASSWORD, NEW)
    monkeypatch.undo()
    assert "audit.password_changed" not in kinds(desk)
    opening.lock(desk)
    again = opening.unlock(desk.workshop, desk.vault.folder, None, NEW)
    assert kinds(again)[-2:] == ["audit.keys_changed", "access.login"]
    opening.change_password(again, NEW, PASSWORD)
    opening.lock(again)
    once = opening.unlock(desk.workshop, desk.vault.folder, None, PASSWORD)
    assert kinds(once).count("audit.keys_changed") == 1, "what has its trace gets no second"
    opening.lock(once)


def test_the_use_of_the_recovery_code_leaves_its_trace_at_the_next_opening(tmp_path: Path) -> None:
    made = opening.create(a_workshop(), tmp_path / "v", ROOM, PASSWORD)
    opening.lock(made.desk)
    opening.recover(a_workshop(), tmp_path / "v", made.recovery_code, NEW)
    again = opening.unlock(a_workshop(), tmp_path / "v", None, NEW)
    assert "audit.keys_changed" in kinds(again)
    opening.lock(again)
