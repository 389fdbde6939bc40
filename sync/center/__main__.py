"""The program `mediator-center`: founding, serving, joining, sticks, and what the county holds.

Start-up of the county's side: the only file under `sync` that knows ciphers. Keys lie in the data folder, readable by
their owner alone; the database may lie elsewhere.
"""

from __future__ import annotations

import argparse
import json
import logging
import secrets
import signal
import socket
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import Any, Final

import uvicorn

from mediator.casework.complaints import complain
from mediator.commands.wording import Parser, UsageProblem, option_group
from mediator.core.calendar import shipped_calendar
from mediator.core.divisions import division_names
from mediator.core.tabled import Report
from mediator.crypto import certificates
from mediator.crypto.columns import Columns
from mediator.crypto.passwords import HOUSE, hash_login, weaknesses
from mediator.crypto.sealing import Sealer
from mediator.crypto.signing import DeskKeys
from mediator.errors import Bug, MediatorError, RefusedByRule, Unacceptable, WorldFailed
from sync.center import deeds, factor, line_deeds, lines, table_deeds
from sync.center.accounts import ADMIN, add_account
from sync.center.application import application
from sync.center.county import Center, Places
from sync.center.database import Database, Scope, open_engine
from sync.center.deeds import Result
from sync.center.folding import fold_dirty
from sync.center.hands import Hands
from sync.center.keyring import Keys
from sync.center.lines import Lines, Notary
from sync.center.metrics import JsonLines
from sync.center.opening import Ground, found, open_center

PORT: Final = 8470
LAST_PORT: Final = 65_535
MOST: Final = 1_000_000
HERE: Final = "127.0.0.1"
EXAMPLE: Final = "mediator-center serve --data 县中心"
EXAMPLES: Final = {
    "init": " --name 某县矛盾纠纷调解中心 --division 331122 --admin shen --password-file 密码.txt",
    "serve": " --port 8470",
    "certificate": " --host center.example --renew",
    "enroll": " --township 331122101", "usb": " /media/usb", "supervise": " --issue",
    "show": " （2026）缙壶民调字第0001号", "revoke": " 07", "passwd": " --login shen --password-file 密码.txt",
    "publish": " 2027年节假日.json --kind calendar --edition 2027-1 --preview",
}  # fmt: skip


def now() -> int:
    """Wall clock in ms UTC."""
    return int(datetime.now(UTC).timestamp() * 1000)


def stretch(password: str, *, salt: bytes) -> bytes:
    """The slow hash of the county's accounts."""
    return hash_login(password, salt=salt, params=HOUSE.default)


def spreadsheet(report: Report, unit: str, at: datetime) -> bytes:
    """A report as XLSX, by the writer of the desks."""
    from mediator.docs.report_paper import report_document
    from mediator.docs.sheet import write_xlsx

    return write_xlsx(report_document(report, unit=unit, counted_at=at), figures=True)


def picture(text: str) -> str:
    """A text as a QR code: one SVG element without a style of its own."""
    import segno

    return str(segno.make(text, error="m").svg_inline(scale=4, border=4, dark="#000000", light="#FFFFFF"))


def hands() -> Hands:
    """What the pages use of other rooms."""
    return Hands(picture, lambda password, login: weaknesses(password, about=(login,)))


def notary() -> Notary:
    """Who makes keys and certificates of the county's line."""

    def certify(key: bytes, shown: bytes, service: bytes, hosts: Sequence[str]) -> certificates.Issued:
        return certificates.certify(certificates.Issued(key, shown), service, hosts, now=datetime.now(UTC))

    def authority(name: str) -> certificates.Issued:
        return certificates.new_authority(name, now=datetime.now(UTC))

    def told(certificate: bytes) -> tuple[tuple[str, ...], int]:
        return certificates.hosts_of(certificate), certificates.days_left(certificate, now=datetime.now(UTC))

    return Notary(authority, certificates.fresh_key, certify, certificates.pin_of, told)


def ground_of(keys: Keys, line: Lines | None) -> Ground:
    """Ciphers, clock, places, days off and the line of a center."""
    sealer = Sealer(DeskKeys.from_secret(keys.desk))
    cabinet = Columns(keys.column, owner=keys.center)
    known = (line.authority, line.pins) if line else ("", "")
    own = Places(division_names(keys.county))
    return Ground(sealer, cabinet, now, secrets.token_bytes, own, shipped_calendar(), *known)


def url_of(options: argparse.Namespace) -> str:
    """The database: SQLite in the data folder, or what was named."""
    return options.database or f"sqlite:///{Path(options.data).absolute() / 'center.db'}"


@contextmanager
def opened(options: argparse.Namespace) -> Iterator[Center]:
    """The center of a data folder; its connections are closed at the end."""
    keys = Keys.read(Path(options.data))
    line = lines.read(Path(options.data), notary())
    center = open_center(url_of(options), keys.county, ground_of(keys, line))
    try:
        yield center
    finally:
        center.database.close()


def init(options: argparse.Namespace) -> Result:
    """Found a center, or finish what a kill interrupted; nothing is left behind when the database refuses."""
    password = strong_secret(options.password_file, login=options.admin)
    keys = Keys(secrets.token_hex(16), options.division, DeskKeys.fresh().to_secret(), secrets.token_bytes(32))
    database = Database(open_engine(url_of(options)), options.division)
    try:
        written = keys.write(Path(options.data))
    except RefusedByRule:
        keys, written = unfinished(options), None
    try:
        line = lines.make(Path(options.data), notary(), name=options.name, hosts=[socket.gethostname()])
        center = found(database, ground_of(keys, line), center=keys.center, name=options.name)
        database.write(lambda scope: add_account(center, scope, options.admin, password, role=ADMIN, stretch=stretch))
    except MediatorError:
        if written:
            written.unlink()
        raise
    finally:
        database.close()
    document: dict[str, object] = {"center_id": keys.center, "fingerprint": center.card.fingerprint}
    return document, (f"县中心已建好：{options.name}", f"指纹：{center.card.fingerprint}（印在发给各室的卡片上）"), 0


def unfinished(options: argparse.Namespace) -> Keys:
    """The keys that a killed `init` left without a center; raises RefusedByRule `center.exists` when there is one."""
    keys = Keys.read(Path(options.data))
    try:
        open_center(url_of(options), keys.county, ground_of(keys, None)).database.close()
    except Unacceptable as error:
        if error.code == "center.none" and keys.county == options.division:
            return keys
    raise RefusedByRule("center.exists")


def secret_of(source: str) -> str:
    """A password from a file or, for `-`, from standard input; raises UsageProblem `usage.password_file`."""
    try:
        data = sys.stdin.buffer.readline() if source == "-" else Path(source).read_bytes()
        return data.decode().rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        raise UsageProblem("usage.password_file", where=Path(source).name) from None


def strong_secret(source: str, *, login: str) -> str:
    """A password that will do for this login; raises RefusedByRule `password.*` (T08)."""
    password = secret_of(source)
    weak = weaknesses(password, about=(login,))
    if weak:
        raise RefusedByRule(f"password.{weak[0]}")
    return password


def passwd(center: Center, options: argparse.Namespace) -> Result:
    """A new password for a login, or a new login; whoever was logged in under it is out."""
    password = strong_secret(options.password_file, login=options.login)

    def work(scope: Scope) -> None:
        add_account(center, scope, options.login, password, role=ADMIN, stretch=stretch)
        if options.new_code:
            factor.clear(scope, options.login)

    center.database.write(work)
    return {"login": options.login}, (f"已设好{options.login}的密码，用它登录的网页都已退出。",), 0


def serve(center: Center, options: argparse.Namespace) -> Result:
    """Both doors on one address; SIGTERM lets running requests end. Raises WorldFailed `center.port`."""
    fold_dirty(center)
    told = logging.StreamHandler(sys.stderr)
    told.setFormatter(JsonLines())
    logging.basicConfig(level=logging.WARNING, handlers=[told])
    logging.getLogger("uvicorn.error").addFilter(without_traces)
    line = line_deeds.secured(options, notary())
    served = application(center, stretch, spreadsheet, hands=hands())
    config = uvicorn.Config(
        served, log_config=None, access_log=False, server_header=False,
        date_header=False, proxy_headers=True, forwarded_allow_ips=HERE, lifespan="off",
        h11_max_incomplete_event_size=16 << 10, timeout_graceful_shutdown=20, **line,  # type: ignore[arg-type]  # files
    )  # fmt: skip
    with listening(options.host, options.port) as listener:
        server = uvicorn.Server(config)
        signal.signal(signal.SIGTERM, server.handle_exit)  # also before it listens, and when it raises it once more
        taken = listener.getsockname()[1]
        print(
            f"县中心在 http{'s' if line else ''}://{options.host}:{taken}，按 Ctrl+C 停止。",
            file=sys.stderr,
            flush=True,
        )
        server.run(sockets=[listener])
    return {}, (), 0


def listening(host: str, port: int) -> socket.socket:
    """The address, taken; raises WorldFailed `center.port` when somebody else has it or it is none of ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=256)
    except OSError:
        raise WorldFailed("center.port", where=f"{host}:{port}") from None


def without_traces(record: logging.LogRecord) -> bool:
    """A trace may hold what people wrote; the kind of error alone is logged."""
    if record.exc_info and record.exc_info[0]:
        record.msg, record.args, record.exc_info = "request failed: %s", (record.exc_info[0].__name__,), None
    return True


def at_center(deed: Callable[[Center, argparse.Namespace], Result]) -> Callable[[argparse.Namespace], Result]:
    """A command that needs the center open."""

    def run_it(options: argparse.Namespace) -> Result:
        with opened(options) as center:
            return deed(center, options)

    return run_it


def enroll(center: Center, options: argparse.Namespace) -> Result:
    """A code, or a person's word on a request that waits."""
    if options.confirm is not None or options.deny is not None:
        return deeds.decide(center, options)
    if not options.township:
        raise UsageProblem("usage", where="缺少 --township")
    return deeds.make_code(center, options)


def count(text: str) -> int:
    """A whole number from 1; anything else is a wrong command line."""
    return whole(text, least=1, most=MOST)


def port(text: str) -> int:
    """A port, 0 for any free one."""
    return whole(text, least=0, most=LAST_PORT)


def whole(text: str, *, least: int, most: int) -> int:
    """A number in digits within bounds; raises ValueError, which the parser tells as a wrong value."""
    if not (text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most):
        raise ValueError
    return int(text)


def version() -> str:
    """The installed version; a plain checkout has none."""
    try:
        return metadata.version("mediator")
    except metadata.PackageNotFoundError:
        return "0"


def place_options() -> argparse.ArgumentParser:
    """Where the center lies."""
    placed = argparse.ArgumentParser(add_help=False)
    placed.add_argument("--data", required=True, metavar="文件夹", help="县中心的密钥所在，默认数据库也在这里")
    placed.add_argument(
        "--database", metavar="网址", help="PostgreSQL：postgresql+psycopg://…，默认用文件夹里的 SQLite"
    )
    return placed


def must_say(command: Any, options: Mapping[str, str]) -> None:
    """Options that a command cannot do without, each with what it is."""
    for name, about in options.items():
        command.add_argument(name, required=True, metavar="值", help=about)


def case_words(add: Callable[..., Any], cases: Any) -> None:
    """The commands about cases."""
    listing = add(cases, "list", "列出案件", at_center(deeds.case_list))
    listing.add_argument("--township", metavar="代码", help="只列这个乡镇")
    listing.add_argument("--limit", default=100, type=count, metavar="数", help="最多列几件")
    showing = add(cases, "show", "看一个案件和它的依据", at_center(deeds.case_show))
    showing.add_argument("case", metavar="案件", help="案号或者内部编号")


def parser() -> argparse.ArgumentParser:
    """Every command with its example."""
    common = option_group(lambda made: made.add_argument("--json", action="store_true", help="结果写成一份 JSON"))
    placed = place_options()
    root = Parser(
        prog="mediator-center",
        description="县中心：接收各室的记录，给出收据，供人查看",
        example=EXAMPLE,
        parents=[common],
    )
    root.add_argument("--version", action="version", version=f"mediator-center {version()}", help="显示版本")
    root.set_defaults(deed=None)
    words = root.add_subparsers(title="命令", metavar="命令")

    def add(into: Any, word: str, about: str, deed: Callable[[argparse.Namespace], Result] | None) -> Any:
        parents = [common, placed] if deed else [common]
        path = f"mediator-center {word}" if into is words else f"mediator-center case {word}"
        example = f"{path} --data 县中心{EXAMPLES.get(word, '')}" if deed else f"{path} list --data 县中心"
        made = into.add_parser(word, prog=path, help=about, description=about, example=example, parents=parents)
        made.set_defaults(deed=deed)
        return made

    must_say(add(words, "init", "新建县中心", init), {
        "--name": "名称", "--division": "县级行政区划代码，六位", "--admin": "管理员登录名",
        "--password-file": "管理员密码所在的文件，- 表示标准输入",
    })  # fmt: skip
    serving = add(words, "serve", "提供同步和网页服务", at_center(serve))
    serving.add_argument("--port", default=PORT, type=port, metavar="端口", help=f"默认 {PORT}，0 为任意空闲端口")
    lined = partial(line_deeds.certificate, notary())
    line_deeds.take_options(serving, add(words, "certificate", "写明服务的地址，更换网络证书", at_center(lined)))
    joining = add(words, "enroll", "发登记码，或者核对六位数后同意加入", at_center(enroll))
    joining.add_argument("--township", metavar="代码", help="乡镇的行政区划代码")
    deciding = joining.add_mutually_exclusive_group()
    deciding.add_argument("--confirm", metavar="六位数", help="六位数一样，同意加入")
    deciding.add_argument("--deny", metavar="六位数", help="六位数不一样，拒绝")
    leaving = add(words, "revoke", "停用一台丢失或者不再使用的电脑", at_center(deeds.revoke))
    leaving.add_argument("desk", metavar="电脑", help="座号或者内部编号")
    carrying = add(words, "usb", "读取 U 盘，写入收据和下行内容", at_center(deeds.usb))
    carrying.add_argument("folder", metavar="文件夹", help="U 盘所在")
    case_words(add, add(words, "case", "查看案件", None).add_subparsers(title="命令", metavar="命令"))
    asiding = add(words, "aside", "单独存放的同步包：收下或者丢弃", at_center(deeds.aside))
    judging = asiding.add_mutually_exclusive_group()
    judging.add_argument("--adopt", metavar="编号", help="核实以后收下停用电脑送来的这一包")
    judging.add_argument("--drop", metavar="编号", help="丢弃这一包，只留下记录")
    urging = add(words, "supervise", "应当下发的催办、督办和工作建议；--issue 一并下发", at_center(deeds.supervise))
    urging.add_argument("--township", metavar="代码", help="只看这个乡镇")
    urging.add_argument("--issue", action="store_true", help="全部下发")
    table_deeds.take_file(add(words, "publish", "向全县下发期限规则或者节假日表", at_center(table_deeds.publish)))
    held = add(words, "tables", "下发过的表和正在使用的规则", at_center(table_deeds.tables))
    held.add_argument("--out", metavar="文件夹", help="把下发过的和随程序提供的表都写到这里")
    add(words, "status", "县中心的情况", at_center(deeds.status))
    add(words, "check", "逐条核对全部记录和签名", at_center(deeds.check))
    changing = add(words, "passwd", "设定或者更换网页登录的密码", at_center(passwd))
    must_say(changing, {"--login": "登录名，没有就新建", "--password-file": "新密码所在的文件，- 表示标准输入"})
    changing.add_argument("--new-code", action="store_true", help="手机丢了：动态口令也要重新绑定")
    add(words, "distribute", "把各表按县分放到几台机器上（PostgreSQL 加 Citus）", at_center(deeds.spread_out))
    add(words, "restored", "数据库从备份恢复以后执行一次，各室会补送备份以后的记录", at_center(deeds.restored))
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
