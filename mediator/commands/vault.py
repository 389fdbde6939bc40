"""`mediator vault`: create, check, passwords, users, backup and the ways back."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mediator.commands.desks import at_desk, close, held, place_of
from mediator.commands.program import Call, PartlyDone, Result
from mediator.commands.secrets_in import new_password, password, secret_from
from mediator.commands.wording import UsageProblem
from mediator.errors import MediatorError, Unacceptable

if TYPE_CHECKING:
    from mediator.casework.opening import VaultUser

DAMAGED: Final = 4


def create(call: Call) -> Result:
    """A new vault; the recovery code is shown this once."""
    from mediator.casework import opening

    options = call.options
    if not options.user:
        raise UsageProblem("usage", where="缺少 --user")
    form = opening.RoomForm(options.organization, options.division, options.user, options.name)
    made = opening.create(call.workshop, place_of(call), form, new_password(call, "password_file"))
    close(call, made.desk)
    lines = (
        f"保险库已建好：{place_of(call)}",
        f"恢复码（只显示这一次，请抄写或打印后锁好）：{made.recovery_code}",
    )
    return Result({"vault_id": made.vault_id, "recovery_code": made.recovery_code}, lines)


def practice(call: Call) -> Result:
    """The practice room beside the vault, made when there is none; `--again` makes it as on the first day."""
    from mediator.casework import practising, reading
    from mediator.casework.reading import RowQuery

    place = practising.place_of(place_of(call))
    open_room = practising.begin_again if call.options.again else practising.enter
    with held(call, open_room(call.workshop, place)) as desk:
        count = reading.count(desk, RowQuery())
    lines = (
        f"练习室：{place}，{count}件编出来的案件。",
        f"登录名 {practising.ROOM.login}，密码 {practising.PASSWORD}（不保密）。",
    )
    return Result({"vault": str(place), "cases": count, "login": practising.ROOM.login}, lines)


def check(call: Call) -> Result:
    """Every integrity check; code 4 when something is wrong."""
    from mediator.casework import opening

    with at_desk(call, unlisted=True) as desk:
        report = opening.check(desk, full=call.options.full)
    findings = [{**asdict(each), "message": said(each.code, each.where)} for each in report.findings]
    words = "保险库完好" if report.ok else "保险库有问题"
    lines = (f"{words}，共{report.entries}条记录。", *(str(each["message"]) for each in findings))
    document: dict[str, object] = {"ok": report.ok, "entries": report.entries, "findings": findings}
    return Result(document, lines, 0 if report.ok else DAMAGED)


def said(code: str, where: str) -> str:
    """The sentence of one thing that is wrong."""
    from mediator.casework.complaints import complain

    return complain(Unacceptable(code, where=where)).message


def passwd(call: Call) -> Result:
    """Change the user's password."""
    from mediator.casework import opening

    old = password(call, words="现在的密码：")
    with at_desk(call, secret=old) as desk:
        opening.change_password(desk, old, new_password(call, "new_password_file"))
    return Result({"changed": True}, ("密码已更改。",))


def user_add(call: Call) -> Result:
    """Let a further person in."""
    from mediator.casework import opening

    own = password(call, words="您自己的密码：")
    login, name = call.options.login, call.options.name or call.options.login
    with at_desk(call, secret=own) as desk:
        fresh = new_password(call, "new_password_file")
        opening.add_user(desk, login=login, name=name, password=fresh, own_password=own)
        return _users(opening.users(desk), f"已添加用户：{login}")


def user_remove(call: Call) -> Result:
    """Take a person's key slot away."""
    from mediator.casework import opening

    with at_desk(call) as desk:
        opening.remove_user(desk, call.options.login)
        return _users(opening.users(desk), f"已移除用户：{call.options.login}")


def user_list(call: Call) -> Result:
    """Who may open the vault."""
    from mediator.casework import opening

    with at_desk(call) as desk:
        return _users(opening.users(desk))


def _users(users: tuple[VaultUser, ...], *lines: str) -> Result:
    """The users as a document, and as lines below these."""
    rows = [{"login": user.login, "name": user.name} for user in users]
    return Result({"users": rows}, (*lines, *(f"{user.login}\t{user.name}" for user in users)))


def backup(call: Call) -> Result:
    """A verified backup."""
    from mediator.casework import opening

    with at_desk(call) as desk:
        report = opening.backup(desk, Path(call.options.out))
    document: dict[str, object] = {
        "backup": str(report.folder), "entries": report.entries, "verified": report.verified,
    }  # fmt: skip
    return Result(document, (f"备份已写好并核对无误：{report.folder}，共{report.entries}条记录。",))


def restore(call: Call) -> Result:
    """A new vault from a backup, fully checked."""
    from mediator.casework import opening

    source, secret = Path(call.options.source), password(call, words="备份时的密码：")
    restored = opening.restore(call.workshop, source, place_of(call), login=call.options.user, password=secret)
    with held(call, restored) as desk:
        report = opening.check(desk, full=True)
    document: dict[str, object] = {
        "backup": str(source), "entries": report.entries, "verified": report.ok, "vault_id": desk.vault.id,
        "device": desk.vault.desk,
    }  # fmt: skip
    line = f"已从备份恢复到 {place_of(call)}，共{report.entries}条记录；这是一台新的设备，同步前要重新登记。"
    return Result(document, (line,), 0 if report.ok else DAMAGED)


def recover(call: Call) -> Result:
    """A new password by the recovery code, which is replaced by a new one.

    The new code is shown whatever the check after it comes to: it is the only way in beside the password.
    """
    from mediator.casework import opening

    code = secret_from(call, call.options.code_file)
    fresh = new_password(call, "new_password_file")
    place, login = place_of(call), call.options.user
    new_code = opening.recover(call.workshop, place, code, fresh, login=login)
    lines = ("新密码已生效，旧的恢复码作废。", f"新的恢复码（只显示这一次）：{new_code}")
    document: dict[str, object] = {"recovery_code": new_code, "backup": None}
    try:
        with at_desk(call, secret=fresh) as desk:
            report = opening.check(desk, full=False)
    except MediatorError as error:
        raise PartlyDone(error, Result(document, lines)) from error
    document |= {"entries": report.entries, "verified": report.ok}
    return Result(document, lines, 0 if report.ok else DAMAGED)
