"""The program `mediator-center`: founding, serving, joining, sticks, and what the county holds.

Start-up of the county's side: the only file under `sync` that knows ciphers. Keys lie in the data folder, readable by
their owner alone; the database may lie elsewhere.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import secrets
import socket
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import uvicorn

from mediator.casework.complaints import complain
from mediator.commands.wording import Parser, UsageProblem, option_group
from mediator.core.calendar import shipped_calendar
from mediator.core.dates import chinese_moment
from mediator.core.divisions import division_names
from mediator.crypto.columns import Columns
from mediator.crypto.passwords import HOUSE, hash_login, weaknesses
from mediator.crypto.sealing import Sealer
from mediator.crypto.signing import DeskKeys
from mediator.errors import Bug, MediatorError, RefusedByRule, Unacceptable, WorldFailed
from sync.center import enrollment, reading, stick
from sync.center.accounts import ADMIN, add_account
from sync.center.application import application
from sync.center.county import Center, Places, moment_of
from sync.center.database import Database, open_engine
from sync.center.folding import fold_dirty
from sync.center.opening import Ground, found, open_center
from sync.center.reading import Query

KEYS: Final = "center.key"
PORT: Final = 8470
HERE: Final = "127.0.0.1"
EXAMPLE: Final = "mediator-center serve --data 县中心"
Result = tuple[dict[str, object], tuple[str, ...], int]


def now() -> int:
    """Wall clock in ms UTC."""
    return int(datetime.now(UTC).timestamp() * 1000)


def stretch(password: str, *, salt: bytes) -> bytes:
    """The slow hash of the county's accounts."""
    return hash_login(password, salt=salt, params=HOUSE.default)


@dataclass(frozen=True, slots=True)
class Keys:
    """What lies in `center.key`: identity, signing and sealing keys, the key of sealed columns."""

    center: str
    county: str
    desk: bytes
    column: bytes

    def write(self, path: Path) -> None:
        """Durably, for the owner alone; raises RefusedByRule `center.exists` when there is one, WorldFailed."""
        rows = {"center": self.center, "county": self.county, "desk": self.desk.hex(), "column": self.column.hex()}
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            raise RefusedByRule("center.exists") from None
        with os.fdopen(handle, "wb") as file:
            file.write(json.dumps(rows).encode())
            file.flush()
            os.fsync(file.fileno())

    @staticmethod
    def read(path: Path) -> Keys:
        """Raises Unacceptable `center.none`, `center.keys`."""
        try:
            rows = json.loads(path.read_bytes())
            return Keys(rows["center"], rows["county"], bytes.fromhex(rows["desk"]), bytes.fromhex(rows["column"]))
        except FileNotFoundError:
            raise Unacceptable("center.none") from None
        except (ValueError, KeyError, TypeError):
            raise Unacceptable("center.keys") from None

    def ground(self) -> Ground:
        """Ciphers, clock, places and days off for a center."""
        sealer = Sealer(DeskKeys.from_secret(self.desk))
        cabinet = Columns(self.column, owner=self.center)
        places = Places(division_names(self.county))
        return Ground(sealer, cabinet, now, secrets.token_bytes, places, shipped_calendar())


def url_of(options: argparse.Namespace) -> str:
    """The database: SQLite in the data folder, or what was named."""
    return options.database or f"sqlite:///{Path(options.data).absolute() / 'center.db'}"


def opened(options: argparse.Namespace) -> Center:
    """The center of a data folder."""
    keys = Keys.read(Path(options.data) / KEYS)
    return open_center(url_of(options), keys.county, keys.ground())


def init(options: argparse.Namespace) -> Result:
    """Found a center; nothing is left behind when the database refuses."""
    password = secret_of(options.password_file)
    weak = weaknesses(password, about=(options.admin,))
    if weak:
        raise RefusedByRule(f"password.{weak[0]}")
    keys = Keys(secrets.token_hex(16), options.division, DeskKeys.fresh().to_secret(), secrets.token_bytes(32))
    path = Path(options.data) / KEYS
    keys.write(path)
    try:
        database = Database(open_engine(url_of(options)), options.division)
        center = found(database, keys.ground(), center=keys.center, name=options.name)
        database.write(lambda scope: add_account(center, scope, options.admin, password, role=ADMIN, stretch=stretch))
    except MediatorError:
        path.unlink()
        raise
    document: dict[str, object] = {"center_id": keys.center, "fingerprint": center.card.fingerprint}
    return document, (f"县中心已建好：{options.name}", f"指纹：{center.card.fingerprint}（印在发给各室的卡片上）"), 0


def secret_of(source: str) -> str:
    """A password from a file or, for `-`, from standard input; raises UsageProblem `usage.password_file`."""
    try:
        data = sys.stdin.buffer.readline() if source == "-" else Path(source).read_bytes()
        return data.decode().rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        raise UsageProblem("usage.password_file", where=Path(source).name) from None


def serve(options: argparse.Namespace) -> Result:
    """Both doors on one address; SIGTERM lets running requests end. Raises WorldFailed `center.port`."""
    center = opened(options)
    fold_dirty(center)
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("uvicorn.error").addFilter(without_traces)
    config = uvicorn.Config(
        application(center, stretch), log_config=None, access_log=False, server_header=False, date_header=False,
        proxy_headers=True, forwarded_allow_ips=HERE, lifespan="off", h11_max_incomplete_event_size=16 << 10,
        timeout_graceful_shutdown=20,
    )  # fmt: skip
    with listening(options.host, options.port) as listener:
        port = listener.getsockname()[1]
        print(f"县中心在 http://{options.host}:{port}，按 Ctrl+C 停止。", file=sys.stderr, flush=True)
        uvicorn.Server(config).run(sockets=[listener])
    return {}, (), 0


def listening(host: str, port: int) -> socket.socket:
    """The address, taken; raises WorldFailed `center.port` when somebody else has it or it is none of ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=256)
    except (OSError, OverflowError):
        raise WorldFailed("center.port", where=f"{host}:{port}") from None


def without_traces(record: logging.LogRecord) -> bool:
    """A trace may hold what people wrote; the kind of error alone is logged."""
    if record.exc_info and record.exc_info[0]:
        record.msg, record.args, record.exc_info = "request failed: %s", (record.exc_info[0].__name__,), None
    return True


def enroll(options: argparse.Namespace) -> Result:
    """A code, or a person's word on a request that waits."""
    center = opened(options)
    if options.confirm or options.deny:
        desk = enrollment.decide(
            center, options.confirm or options.deny, township=options.township or "", good=not options.deny
        )
        return {"desk": desk, "confirmed": not options.deny}, ("已记下，对方再同步一次就能收到。",), 0
    if not options.township:
        raise UsageProblem("usage", where="缺少 --township")
    code = enrollment.make_code(center, options.township)
    expires = moment_of(code.expires)
    document: dict[str, object] = {"code": code.text, "expires": expires.isoformat(), "township": code.township}
    return document, (f"登记码：{code.text}", f"有效到{chinese_moment(expires)}，只能用一次。"), 0


def usb(options: argparse.Namespace) -> Result:
    """One stick."""
    done = stick.handle(opened(options), Path(options.folder))
    rejected = [{"file": each.file, "code": each.code} for each in done.rejected]
    document: dict[str, object] = {
        "absorbed": done.absorbed, "written": done.written, "rejected": rejected, "asking": list(done.asking),
    }  # fmt: skip
    lines = [f"收到{done.absorbed}条，写出{done.written}个文件。"]
    lines += [f"没有接收：{each.file}（{each.code}）" for each in done.rejected]
    lines += [
        f"有电脑申请加入，六位数：{digits}。核对后执行 mediator-center enroll --confirm {digits}"
        for digits in done.asking
    ]
    return document, tuple(lines), 4 if done.rejected else 5 if done.asking else 0


def case_list(options: argparse.Namespace) -> Result:
    """Cases with names of persons masked."""
    center = opened(options)
    fold_dirty(center)
    found_lines, total = reading.cases(center, Query(township=options.township or "", limit=options.limit))
    rows = [
        {"id": line.id, "number": line.number, "title": line.title, "township": line.township,
         "status": line.status.value if line.status else "", "due": line.due, "conflicts": line.conflicts}
        for line in found_lines
    ]  # fmt: skip
    lines = (f"{line.number}\t{line.status.term if line.status else ''}\t{line.title}" for line in found_lines)
    return {"cases": rows, "total": total}, (*lines, f"共{total}件。"), 0


def case_show(options: argparse.Namespace) -> Result:
    """One case with its evidence."""
    center = opened(options)
    fold_dirty(center)
    shown = reading.show(center, reading.find(center, options.case), who="mediator-center")
    case = shown.case
    history = [
        {
            "at": moment_of(each.entry.wall).isoformat(),
            "kind": each.entry.kind,
            "author": each.author,
            "signature": each.sound,
        }
        for each in shown.told
    ]
    row: dict[str, object] = {
        "id": case.id, "number": case.number, "title": case.title, "status": case.status.value, "facts": case.facts,
        "township": shown.township, "parties": [party.name for party in case.parties],
        "hearings": [[{"speaker": turn.speaker, "text": turn.text} for turn in each.turns] for each in case.hearings],
        "documents": [{"number": paper.number, "title": paper.title} for paper in case.papers], "history": history,
        "damaged": shown.damaged,
    }  # fmt: skip
    lines = (f"{case.number}　{case.title}　{case.status.term}", case.facts,
             f"共{len(shown.told)}条记录，签名无误{shown.sound}条，读不出来{shown.damaged}条。")  # fmt: skip
    return {"cases": [row]}, lines, 0 if shown.sound == len(shown.told) and not shown.damaged else 5


def status(options: argparse.Namespace) -> Result:
    """What the county holds and what waits for a person."""
    center = opened(options)
    rows = reading.townships(center)
    entries, aside = reading.entry_count(center), reading.waiting_for_people(center)
    asked = len(enrollment.requests(center))
    document: dict[str, object] = {
        "entries": entries, "cases": sum(row.accepted for row in rows), "desks": len(reading.devices(center)),
        "requests": asked, "put_aside": aside, "name": center.card.name, "fingerprint": center.card.fingerprint,
    }  # fmt: skip
    words = (f"{center.card.name}：{document['desks']}台电脑，{document['cases']}个案件，{entries}条记录。",
             f"等候核对{asked}台，暂存待查{aside}个。")  # fmt: skip
    return document, words, 5 if asked or aside else 0


def check(options: argparse.Namespace) -> Result:
    """Read everything again."""
    center = opened(options)
    fold_dirty(center)
    done = reading.check(center)
    document: dict[str, object] = {
        "ok": not done.findings, "entries": done.entries, "cases": done.cases, "findings": list(done.findings)
    }  # fmt: skip
    words = (
        f"完好，共{done.entries}条记录，{done.cases}个案件。"
        if not done.findings
        else f"有{len(done.findings)}处不对。"
    )
    return document, (words, *done.findings), 4 if done.findings else 0


def parser() -> argparse.ArgumentParser:
    """Every command with its example."""
    common = option_group(lambda made: made.add_argument("--json", action="store_true", help="结果写成一份 JSON"))
    placed = argparse.ArgumentParser(add_help=False)
    placed.add_argument("--data", required=True, metavar="文件夹", help="县中心的密钥所在，默认数据库也在这里")
    placed.add_argument(
        "--database", metavar="网址", help="PostgreSQL：postgresql+psycopg://…，默认用文件夹里的 SQLite"
    )
    root = Parser(
        prog="mediator-center",
        description="县中心：接收各室的记录，给出收据，供人查看",
        example=EXAMPLE,
        parents=[common],
    )
    root.set_defaults(deed=None)
    words = root.add_subparsers(title="命令", metavar="命令")

    def add(into: Any, word: str, about: str, deed: Callable[[argparse.Namespace], Result] | None) -> Any:
        parents = [common, placed] if deed else [common]
        path = f"mediator-center {word}" if into is words else f"mediator-center case {word}"
        made = into.add_parser(
            word, prog=path, help=about, description=about, example=f"{path} --data 县中心", parents=parents
        )
        made.set_defaults(deed=deed)
        return made

    founding = add(words, "init", "新建县中心", init)
    for name, about in (("--name", "名称"), ("--division", "县级行政区划代码，六位"), ("--admin", "管理员登录名"),
                        ("--password-file", "管理员密码所在的文件，- 表示标准输入")):  # fmt: skip
        founding.add_argument(name, required=True, metavar="值", help=about)
    serving = add(words, "serve", "提供同步和网页服务", serve)
    serving.add_argument("--host", default=HERE, metavar="地址", help="默认只在本机")
    serving.add_argument("--port", default=PORT, type=int, metavar="端口", help=f"默认 {PORT}，0 为任意空闲端口")
    joining = add(words, "enroll", "发登记码，或者核对六位数后同意加入", enroll)
    joining.add_argument("--township", metavar="代码", help="乡镇的行政区划代码")
    joining.add_argument("--confirm", metavar="六位数", help="六位数一样，同意加入")
    joining.add_argument("--deny", metavar="六位数", help="六位数不一样，拒绝")
    carrying = add(words, "usb", "读取 U 盘，写入收据和下行内容", usb)
    carrying.add_argument("folder", metavar="文件夹", help="U 盘所在")
    cases = add(words, "case", "查看案件", None).add_subparsers(title="命令", metavar="命令")
    listing = add(cases, "list", "列出案件", case_list)
    listing.add_argument("--township", metavar="代码", help="只列这个乡镇")
    listing.add_argument("--limit", default=100, type=int, metavar="数", help="最多列几件")
    add(cases, "show", "看一个案件和它的依据", case_show).add_argument("case", metavar="案件", help="案号或者内部编号")
    add(words, "status", "县中心的情况", status)
    add(words, "check", "逐条核对全部记录和签名", check)
    return root


def run(argv: Sequence[str]) -> int:
    """One command line to its exit code; every failure becomes a sentence (one of the four doors)."""
    as_json = "--json" in argv
    try:
        options = parser().parse_args(argv)
        if options.deed is None:
            raise UsageProblem("usage", where="还要写一个命令")
        deed: Callable[[argparse.Namespace], Result] = options.deed
        document, lines, code = deed(options)
    except KeyboardInterrupt:
        return 130
    except MediatorError as error:
        return failed(error, as_json=as_json)
    except OSError as error:
        return failed(WorldFailed("world.os", where=Path(str(error.filename or "")).name), as_json=as_json)
    except Exception as error:  # noqa: BLE001  the door: whatever it is, a person gets a sentence
        return failed(Bug("bug.unexpected", where=type(error).__name__), as_json=as_json)
    for line in [json.dumps(document, ensure_ascii=False)] if as_json else lines:
        print(line)
    return code


def failed(error: MediatorError, *, as_json: bool) -> int:
    """Say what happened and give the code of the error's family."""
    told = complain(error)
    if as_json:
        row = {"code": told.code, "message": told.message, "where": told.where, "safe": told.safe, "next": told.next}
        print(json.dumps({"error": row}, ensure_ascii=False))
    else:
        print(told.message, f"{told.safe}{told.next}", sep="\n", file=sys.stderr)
    return error.exit_code


def main() -> int:
    """Run the command line of this process."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]  # real files here
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
