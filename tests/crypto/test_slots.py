"""Deeds on the key file: unlock, change a password, add and remove people, the recovery code."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mediator.crypto import slots
from mediator.crypto.keyfile import KeyFile, checked, is_whole, sealed_by, to_bytes
from mediator.crypto.passwords import LIGHT_FOR_TESTS
from mediator.crypto.tree import VaultKeys
from mediator.errors import NoAccess, RefusedByRule, Unacceptable
from tests.crypto.builders import PASSWORD, made

NEW = "另一个长口令 2027"


def opens(file: KeyFile, login: str | None, password: str) -> bytes:
    """The database key that a password opens."""
    return bytes(slots.unlock(file, login, password).db)


def test_a_new_vault_opens_by_its_password_with_the_keys_it_was_made_with() -> None:
    new = made()
    assert opens(new.file, "li", PASSWORD) == opens(new.file, None, PASSWORD) == bytes(new.keys.db)


def test_two_vaults_with_one_password_share_nothing() -> None:
    first, second = made(), made()
    assert first.keys.db != second.keys.db
    assert first.file.vault_id != second.file.vault_id
    assert first.recovery_code != second.recovery_code


def test_a_wrong_password_and_a_wrong_user_are_told() -> None:
    file = made().file
    with pytest.raises(NoAccess, match=r"vault\.wrong_password"):
        slots.unlock(file, "li", "not it at all")
    with pytest.raises(NoAccess, match=r"vault\.unknown_user"):
        slots.unlock(file, "wang", PASSWORD)


def test_a_deleted_slot_or_a_lowered_number_is_found_at_unlocking() -> None:
    file = made().file
    for changed in (replace(file, slots=file.slots[:1]), replace(file, seq=9), replace(file, epoch=7)):
        with pytest.raises(Unacceptable, match=r"vault\.keys"):
            slots.unlock(changed, "li", PASSWORD)


def test_a_slot_of_another_vault_or_user_does_not_fit() -> None:
    file, other = made().file, made().file
    for changed in (
        replace(file, slots=other.slots),
        replace(file, slots=(replace(file.slots[0], login="wang"), file.slots[1])),
    ):
        with pytest.raises(NoAccess, match=r"vault\.wrong_password"):
            slots.unlock(changed, None, PASSWORD)


@pytest.mark.threat("T06")
def test_after_a_change_the_new_password_opens_the_same_vault_and_the_old_one_does_not() -> None:
    new = made()
    changed = slots.put_password(
        new.file, opener=("li", PASSWORD), login="li", new_password=NEW, policy=LIGHT_FOR_TESTS
    )
    assert changed.seq == new.file.seq + 1
    assert opens(changed, "li", NEW) == bytes(new.keys.db)
    with pytest.raises(NoAccess, match=r"vault\.wrong_password"):
        slots.unlock(changed, "li", PASSWORD)
    assert opens(new.file, "li", PASSWORD) == bytes(new.keys.db)  # an old copy with the old password: LUKS says so too


def test_changing_a_password_needs_one_that_opens() -> None:
    with pytest.raises(NoAccess, match=r"vault\.wrong_password"):
        slots.put_password(made().file, opener=("li", NEW), login="li", new_password=NEW, policy=LIGHT_FOR_TESTS)


@pytest.mark.threat("T06")
def test_a_second_person_gets_a_slot_and_loses_it_again() -> None:
    new = made()
    two = slots.put_password(new.file, opener=("li", PASSWORD), login="wang", new_password=NEW, policy=LIGHT_FOR_TESTS)
    assert set(two.logins) == {"li", "wang"}
    assert opens(two, "wang", NEW) == opens(two, "li", PASSWORD) == bytes(new.keys.db)
    one = slots.remove_user(two, new.keys, "wang")
    assert one.seq == two.seq + 1
    with pytest.raises(NoAccess, match=r"vault\.unknown_user"):
        slots.unlock(one, "wang", NEW)
    assert opens(one, None, PASSWORD) == bytes(new.keys.db)


def test_the_last_person_cannot_be_removed() -> None:
    new = made()
    with pytest.raises(RefusedByRule, match=r"vault\.last_user"):
        slots.remove_user(new.file, new.keys, "li")
    with pytest.raises(NoAccess, match=r"vault\.unknown_user"):
        slots.remove_user(new.file, new.keys, "wang")


@pytest.mark.threat("T07")
def test_the_recovery_code_gives_a_new_password_once_and_is_replaced() -> None:
    new = made()
    again = slots.recover(new.file, new.recovery_code, login=None, new_password=NEW, policy=LIGHT_FOR_TESTS)
    assert opens(again.file, "li", NEW) == bytes(again.keys.db) == bytes(new.keys.db)
    with pytest.raises(NoAccess, match=r"vault\.wrong_password"):
        slots.unlock(again.file, "li", PASSWORD)
    with pytest.raises(NoAccess, match=r"vault\.wrong_password"):
        slots.recover(again.file, new.recovery_code, login="li", new_password=NEW, policy=LIGHT_FOR_TESTS)
    last = slots.recover(again.file, again.recovery_code, login="li", new_password=PASSWORD, policy=LIGHT_FOR_TESTS)
    assert opens(last.file, "li", PASSWORD) == bytes(new.keys.db)


def test_recovery_says_what_is_wrong_with_the_code_or_the_file() -> None:
    new = made()
    with pytest.raises(NoAccess, match=r"recovery\.length"):
        slots.recover(new.file, "12", login="li", new_password=NEW, policy=LIGHT_FOR_TESTS)
    bare = replace(new.file, slots=new.file.slots[:1])
    with pytest.raises(NoAccess, match=r"recovery\.none"):
        slots.recover(bare, new.recovery_code, login="li", new_password=NEW, policy=LIGHT_FOR_TESTS)
    renumbered = replace(new.file, seq=5)
    with pytest.raises(Unacceptable, match=r"vault\.keys"):
        slots.recover(renumbered, new.recovery_code, login="li", new_password=NEW, policy=LIGHT_FOR_TESTS)


def test_the_key_file_holds_neither_password_nor_code_nor_master_key() -> None:
    new = made()
    data = to_bytes(new.file)
    for secret in (PASSWORD, new.recovery_code, new.recovery_code.replace("-", ""), new.keys.db.hex()):
        assert secret.encode() not in data


@pytest.mark.threat("T15")
def test_what_was_made_does_not_show_the_recovery_code() -> None:
    new = made()
    assert new.recovery_code not in repr(new)


@pytest.mark.threat("T06")
def test_the_newest_whole_copy_counts_whatever_order_and_damage_the_others_have() -> None:
    new = made()
    changed = slots.put_password(
        new.file, opener=("li", PASSWORD), login="li", new_password=NEW, policy=LIGHT_FOR_TESTS
    )
    file, keys = slots.unlock_newest([changed, new.file], None, NEW)
    assert (file, keys.db) == (changed, new.keys.db)
    with pytest.raises(NoAccess, match=r"vault\.wrong_password"):
        slots.unlock_newest([changed, new.file], None, PASSWORD)
    torn = replace(changed, mac="00" * 32)
    assert slots.unlock_newest([torn, new.file], None, PASSWORD)[0] == new.file
    assert slots.unlock_newest([torn, changed], None, NEW)[0] == changed
    for copies in ([torn], [torn, new.file]):
        with pytest.raises(Unacceptable, match=r"vault\.keys"):
            slots.unlock_newest(copies, None, NEW)
    with pytest.raises(Unacceptable, match=r"vault\.keys"):
        slots.unlock_newest([], None, NEW)


@pytest.mark.threat("T06")
def test_a_person_who_was_removed_does_not_come_back_by_an_older_copy() -> None:
    new = made()
    two = slots.put_password(new.file, opener=("li", PASSWORD), login="wang", new_password=NEW, policy=LIGHT_FOR_TESTS)
    one = slots.remove_user(two, new.keys, "wang")
    with pytest.raises(NoAccess, match=r"vault\.unknown_user"):
        slots.unlock_newest([one, two], "wang", NEW)
    assert slots.unlock_newest([one, two], "li", PASSWORD)[0] == one


def test_the_keys_that_made_a_file_are_told_from_those_of_another() -> None:
    new, master = made(), bytearray(range(32))
    assert not is_whole(new.file, master)
    mine = sealed_by(new.file, VaultKeys(master, vault_id=new.file.vault_id))
    assert is_whole(mine, master)
    assert checked(mine, master).db == VaultKeys(master, vault_id=new.file.vault_id).db
    with pytest.raises(Unacceptable, match=r"vault\.keys"):
        checked(new.file, master)
    assert master == bytearray(range(32))
