"""Passwords, users, recovery: killed anywhere the old or the new word opens; damaged copies give way to their twins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from mediator.crypto.keyfile import KeyFile, to_bytes
from mediator.crypto.passwords import HOUSE, LIGHT_FOR_TESTS
from mediator.errors import MediatorError, NoAccess, RefusedByRule, Unacceptable
from mediator.store import keydeeds
from mediator.store.checking import check
from mediator.store.keyfiles import MAIN, SPARE, read_keys, write_keys
from mediator.store.locking import VaultLock
from tests.store.killing import killed_at, points_of
from tests.store.vaults import NEW, OTHER, PASSWORD, closed, copied, fingerprint, founded, opened

STEPS = [f"{name}.{step}" for name in (SPARE, MAIN) for step in ("written", "synced", "renamed")]
POLICY = LIGHT_FOR_TESTS
change = partial(keydeeds.change_password, login=None, old=PASSWORD, new=OTHER, policy=POLICY)


def opens(folder: Path, password: str, login: str | None = None) -> bool:
    """True when the password opens the vault, which is then whole."""
    try:
        vault = opened(folder, password, login)
    except NoAccess:
        return False
    assert check(vault, full=True).ok
    vault.close()
    return True


@pytest.mark.threat("T24")
@pytest.mark.parametrize("step", STEPS)
def test_a_password_change_killed_anywhere_leaves_the_old_or_the_new_one(step: str, tmp_path: Path) -> None:
    folder = closed(tmp_path / "vault")
    assert killed_at(step, partial(change, folder))
    works = {password: opens(folder, password) for password in (PASSWORD, OTHER)}
    assert sorted(works.values()) == [False, True], works
    assert works[OTHER] == (STEPS.index(step) >= STEPS.index(f"{SPARE}.renamed"))
    now = next(password for password, good in works.items() if good)
    keydeeds.change_password(folder, login=None, old=now, new="又一个新密码 2028", policy=POLICY)
    assert opens(folder, "又一个新密码 2028")


def test_a_password_change_passes_just_these_points(tmp_path: Path) -> None:
    folder = closed(tmp_path / "vault")
    assert points_of(partial(change, folder)) == STEPS
    assert (folder / MAIN).read_bytes() == (folder / SPARE).read_bytes()
    assert not opens(folder, PASSWORD)
    assert opens(folder, OTHER)


@pytest.mark.threat("T24")
@pytest.mark.threat("T07")
@pytest.mark.parametrize("step", STEPS)
def test_a_recovery_killed_anywhere_leaves_the_old_code_or_the_new_password(step: str, tmp_path: Path) -> None:
    made = founded(tmp_path / "vault")
    made.vault.close()
    deed = partial(
        keydeeds.recover, tmp_path / "vault", made.recovery_code, login=None, new_password=OTHER, policy=POLICY
    )
    assert killed_at(step, deed)
    if not opens(tmp_path / "vault", OTHER):
        deed()
    assert opens(tmp_path / "vault", OTHER)
    assert not opens(tmp_path / "vault", PASSWORD)
    with pytest.raises(NoAccess, match=r"recovery\.wrong"):
        deed()


def test_a_recovery_waits_for_nobody_who_has_the_vault_open(tmp_path: Path) -> None:
    made = founded(tmp_path)
    with pytest.raises(NoAccess, match=r"vault\.locked_by_other"):
        keydeeds.recover(tmp_path, made.recovery_code, login=None, new_password=OTHER, policy=POLICY)
    made.vault.close()
    before = fingerprint(tmp_path)
    for code, told in (("1" * 47 + "2", "recovery.group"), ("12", "recovery.length"), ("0" * 48, "recovery.wrong")):
        with pytest.raises(NoAccess) as caught:
            keydeeds.recover(tmp_path, code, login=None, new_password=OTHER, policy=POLICY)
        assert caught.value.code == told
    assert fingerprint(tmp_path) == before
    VaultLock(tmp_path).release()
    assert keydeeds.recover(tmp_path, made.recovery_code, login=None, new_password=OTHER, policy=POLICY)


def rotten(folder: Path, name: str) -> None:
    """A flipped letter inside a wrapped key: the file still reads well."""
    data = bytearray((folder / name).read_bytes())
    place = data.index(b'"ct":"') + 10
    data[place] = data[place] ^ 1 if chr(data[place] ^ 1).isalnum() else ord("A") + (data[place] == ord("A"))
    (folder / name).write_bytes(bytes(data))


def without_a_slot(folder: Path, name: str) -> None:
    """Somebody took the recovery slot away."""
    file = read_keys(folder, policy=POLICY)
    (folder / name).write_bytes(to_bytes(replace(file, slots=file.slots[:1], seq=file.seq + 9)))


def gone(folder: Path, name: str) -> None:
    (folder / name).unlink()


def half(folder: Path, name: str) -> None:
    (folder / name).write_bytes((folder / name).read_bytes()[:200])


@pytest.mark.threat("T24")
@pytest.mark.parametrize("name", [MAIN, SPARE])
@pytest.mark.parametrize("spoil", [rotten, without_a_slot, gone, half])
def test_one_spoiled_copy_of_the_key_file_gives_way_to_its_twin_and_is_mended(
    spoil: Callable[[Path, str], None], name: str, tmp_path: Path
) -> None:
    folder = closed(tmp_path / "vault")
    good = (folder / MAIN).read_bytes()
    spoil(folder, name)
    opened(folder).close()
    assert [(folder / each).read_bytes() for each in (MAIN, SPARE)] == [good, good]


@pytest.mark.parametrize(("spoil", "code"), [(rotten, "vault.wrong_password"), (half, "vault.keys")])
def test_two_spoiled_copies_open_nothing_and_stay(
    spoil: Callable[[Path, str], None], code: str, tmp_path: Path
) -> None:
    folder = closed(tmp_path / "vault")
    spoil(folder, MAIN)
    (folder / SPARE).write_bytes((folder / MAIN).read_bytes())
    before = fingerprint(folder)
    with pytest.raises(MediatorError) as caught:
        opened(folder)
    assert caught.value.code == code
    assert fingerprint(folder) == before


@pytest.mark.threat("T06")
@pytest.mark.parametrize("name", [MAIN, SPARE])
def test_an_old_copy_of_the_key_file_never_brings_an_old_password_back(name: str, tmp_path: Path) -> None:
    folder = closed(tmp_path / "vault")
    old = (folder / MAIN).read_bytes()
    change(folder)
    (folder / name).write_bytes(old)
    assert not opens(folder, PASSWORD)
    assert (folder / name).read_bytes() == old
    assert opens(folder, OTHER)
    assert (folder / name).read_bytes() != old


@pytest.mark.threat("T08")
def test_what_lies_on_disk_asks_for_at_least_the_floor(tmp_path: Path) -> None:
    from mediator.crypto import slots
    from mediator.crypto.keyfile import parse

    write_keys(tmp_path, slots.make("li", PASSWORD, policy=HOUSE).file)
    for name in (MAIN, SPARE):
        file: KeyFile = parse((tmp_path / name).read_bytes(), policy=HOUSE)
        assert all(slot.m >= 64 * 1024 and slot.t >= 3 and slot.p >= 4 for slot in file.slots)
    light = closed(tmp_path / "light")
    with pytest.raises(Unacceptable, match=r"vault\.kdf"):
        keydeeds.logins(light)


@pytest.mark.threat("T06")
def test_people_come_and_go_and_the_last_one_stays(tmp_path: Path) -> None:
    folder = closed(tmp_path / "vault")
    keydeeds.add_user(folder, opener=(None, PASSWORD), login="wang", password=OTHER, policy=POLICY)
    assert set(keydeeds.logins(folder, policy=POLICY)) == {"li", "wang"}
    assert opens(folder, OTHER, "wang")
    with pytest.raises(RefusedByRule, match=r"vault\.user_exists"):
        keydeeds.add_user(folder, opener=("li", PASSWORD), login="wang", password=OTHER, policy=POLICY)
    vault = opened(folder, PASSWORD, "li")
    assert (vault.user.login, vault.user.name) == ("li", NEW.name)
    keydeeds.remove_user(vault, "wang", policy=POLICY)
    with pytest.raises(RefusedByRule, match=r"vault\.last_user"):
        keydeeds.remove_user(vault, "li", policy=POLICY)
    vault.close()
    assert not opens(folder, OTHER, "wang")
    assert opens(folder, PASSWORD)


@pytest.mark.threat("T08")
def test_a_weak_word_or_a_wrong_one_changes_no_byte(tmp_path: Path) -> None:
    folder = closed(tmp_path / "vault")
    before = fingerprint(folder)
    for attempt in (
        partial(change, folder, new="短"),
        partial(change, folder, new="liliangshu-2026", login="li", old=PASSWORD),
        partial(change, folder, old=OTHER),
        partial(keydeeds.add_user, folder, opener=(None, PASSWORD), login="w2", password="w2", policy=POLICY),
    ):
        with pytest.raises(MediatorError):
            attempt()
    assert fingerprint(folder) == before


def test_a_vault_whose_copies_cannot_be_mended_now_still_opens(tmp_path: Path) -> None:
    folder = closed(tmp_path / "vault")
    gone(folder, SPARE)
    (folder / f"{SPARE}.part").mkdir()
    assert opens(folder, PASSWORD)
    (folder / f"{SPARE}.part").rmdir()
    assert opens(copied(folder, tmp_path / "copy"), PASSWORD)
    assert not (folder / SPARE).exists()
