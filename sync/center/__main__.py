"""The program `mediator-center`: founding, serving, joining, sticks, and what the county holds.

Start-up of the county's side: the only file under `sync` that knows ciphers. Keys lie in the data folder, readable by
their owner alone; the database may lie elsewhere.
"""

from __future__ import annotations

import argparse
import json
import secrets
import socket
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from starlette.types import ASGIApp

from mediator.casework.complaints import complain
from mediator.commands.wording import UsageProblem
from mediator.core.calendar import shipped_calendar
from mediator.core.divisions import division_names
from mediator.core.lint import Severity
from mediator.core.tabled import Report
from mediator.crypto import certificates
from mediator.crypto.columns import Columns
from mediator.crypto.passwords import HOUSE, hash_login, weaknesses
from mediator.crypto.sealing import Sealer
from mediator.crypto.signing import DeskKeys
from mediator.errors import Bug, MediatorError, RefusedByRule, Unacceptable, WorldFailed
from sync.center import backup_deeds, commands, deeds, factor, line_deeds, lines, rotating, running, taking_over
from sync.center.accounts import ADMIN, add_account
from sync.center.application import application
from sync.center.cautions import cautions, workers_of
from sync.center.county import Center, Places
from sync.center.database import Database, Scope, open_engine
from sync.center.deeds import Result
from sync.center.folding import fold_dirty
from sync.center.hands import Fault, Hands, Looked
from sync.center.keyring import Keys
from sync.center.lines import Lines, Notary
from sync.center.lives import claim_epoch
from sync.center.opening import Ground, found, open_center
from sync.center.piece_files import PieceFiles


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


class DeskLayouts:
    """Templates of papers by the desks' own checks; one file at a time, for a foreign one may unpack to a lot."""

    def __init__(self) -> None:
        """Nothing is read before it is asked for."""
        self.one_at_a_time = threading.Lock()

    def kinds(self) -> Mapping[str, str]:
        """Every kind of paper and its title."""
        from mediator.docs import catalogue

        return {each.id: each.title for each in catalogue.kinds()}

    def starters(self) -> tuple[str, ...]:
        """The kinds of which the program brings one to begin with."""
        from mediator.casework import templates

        return tuple(kind for kind in self.kinds() if (templates.SHIPPED / f"{kind}.docx").is_file())

    def look(self, kind: str, data: bytes) -> Looked:
        """A foreign file through every check of a desk, its faults in the desks' words."""
        from mediator.casework import templates

        try:
            with self.one_at_a_time:
                file, found = templates.checked(kind, data)
        except templates.Faulty as error:
            return Looked(faults=tuple(Fault(each.message, each.severity is Severity.BLOCK) for each in error.findings))
        except Unacceptable as error:
            told = complain(error)
            return Looked(faults=(Fault(f"{told.message}{told.next}"),))
        return Looked(file, tuple(templates.portions(file)), tuple(Fault(each.message, stops=False) for each in found))

    def starter(self, kind: str) -> bytes:
        """The program's own."""
        from mediator.casework import templates

        return templates.shipped_file(kind)


def hands() -> Hands:
    """What the pages use of other rooms."""
    return Hands(picture, lambda password, login: weaknesses(password, about=(login,)), DeskLayouts())


def notary() -> Notary:
    """Who makes keys and certificates of the county's line."""

    def certify(key: bytes, shown: bytes, service: bytes, hosts: Sequence[str]) -> certificates.Issued:
        return certificates.certify(certificates.Issued(key, shown), service, hosts, now=datetime.now(UTC))

    def authority(name: str) -> certificates.Issued:
        return certificates.new_authority(name, now=datetime.now(UTC))

    def told(certificate: bytes) -> tuple[tuple[str, ...], int]:
        return certificates.hosts_of(certificate), certificates.days_left(certificate, now=datetime.now(UTC))

    return Notary(authority, certificates.fresh_key, certify, certificates.pin_of, told)


def pieces_in(options: argparse.Namespace, county: str) -> PieceFiles:
    """Where recordings and scans rest: beside the keys, a folder for each county."""
    return PieceFiles(Path(options.data) / "pieces" / county)


def ground_of(keys: Keys, line: Lines | None, *, pieces: PieceFiles | None = None) -> Ground:
    """Ciphers, clock, places, days off and the line of a center."""
    sealer = Sealer(DeskKeys.from_secret(keys.desk))
    cabinet = Columns(keys.column, owner=keys.center)
    known = (line.authority, line.pins) if line else ("", "")
    own = Places(division_names(keys.county))
    former = tuple(Sealer(DeskKeys.from_secret(key)) for key, _ in keys.former)
    return Ground(
        sealer, cabinet, now, secrets.token_bytes, own, shipped_calendar(), *known, pieces=pieces, former=former
    )  # fmt: skip


def url_of(options: argparse.Namespace) -> str:
    """The database: SQLite in the data folder, or what was named."""
    return options.database or f"sqlite:///{Path(options.data).absolute() / 'center.db'}"


@contextmanager
def opened(options: argparse.Namespace) -> Iterator[Center]:
    """The center of a data folder; its connections are closed at the end."""
    public = lambda secret: DeskKeys.from_secret(secret).sign_public  # noqa: E731  what `settled` is handed
    rotating.settled(Path(options.data), url_of(options), now(), sign_of=public)
    center = connected(options)
    try:
        yield center
    finally:
        center.database.close()


def connected(options: argparse.Namespace) -> Center:
    """The same, left open."""
    keys = Keys.read(Path(options.data))
    line = lines.read(Path(options.data), notary())
    return open_center(url_of(options), keys.county, ground_of(keys, line, pieces=pieces_in(options, keys.county)))


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


def restore(options: argparse.Namespace) -> Result:
    """A county out of its backup, into a data folder or database without one; its keys may come from elsewhere."""
    data = Path(options.data)
    backup_deeds.bring_keys(data, options.keys)
    keys = Keys.read(data)
    pieces = pieces_in(options, keys.county)
    database = Database(open_engine(url_of(options)), keys.county)
    try:
        ground = ground_of(keys, lines.read(data, notary()), pieces=pieces)
        return backup_deeds.restore(database, ground, pieces, options)
    finally:
        database.close()


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


def serve(options: argparse.Namespace) -> Result:
    """Both doors on one address. Raises WorldFailed `center.port`, RefusedByRule `center.no_line`."""
    with opened(options) as center:
        fold_dirty(center)
        warnings = cautions(center, workers=options.workers)
        count = workers_of(center, options.workers)
    address = running.Address(options.host, options.port, line_deeds.secured(options, notary()))
    made = running.ByName("sync.center.__main__", worker.__name__, (options.data, options.database))
    running.run(made, address, workers=count, warnings=warnings)
    return {}, (), 0


def worker(data: str, database: str | None) -> ASGIApp:
    """The application of one process, over a center of its own that is open as long as the process lives."""
    running.keep_log()
    running.return_memory()
    center = connected(argparse.Namespace(data=data, database=database))
    return application(center, stretch, spreadsheet, hands=hands())


def take_over(options: argparse.Namespace) -> Result:
    """A county whose database is lost, from its keys and an empty data folder or database."""
    password, folder = strong_secret(options.password_file, login=options.admin), Path(options.data)
    backup_deeds.bring_keys(folder, options.keys)
    keys = Keys.read(folder)
    line = lines.read(folder, notary()) or lines.make(folder, notary(), name=options.name, hosts=[socket.gethostname()])
    database = Database(open_engine(url_of(options)), keys.county)
    try:
        epoch = claim_epoch(folder, above=1, now=now())
        ground = ground_of(keys, line, pieces=pieces_in(options, keys.county))
        center = taking_over.take_over(
            database, ground, center=keys.center, name=options.name, epoch=epoch, who=deeds.WHO, chain=keys.chain
        )
        database.write(lambda scope: add_account(center, scope, options.admin, password, role=ADMIN, stretch=stretch))
    finally:
        database.close()
    words = (
        f"已接管：{options.name}，指纹：{center.card.fingerprint}",
        "各室照常同步，全部记录、案号和座号会自己回来；mediator-center status 列出还没有回来的电脑。",
    )
    return {"center_id": keys.center, "fingerprint": center.card.fingerprint, "epoch": epoch}, words, 0


def rotate(options: argparse.Namespace) -> Result:
    """Fresh keys for the county; a kill at any step leaves the old ones or the new ones in use, never neither."""
    folder = Path(options.data)
    with opened(options) as center:
        keys = Keys.read(folder)
        keys = replace(keys, coming=keys.coming or DeskKeys.fresh().to_secret()).rewrite(folder)
        anew = rotating.rotate(center, Sealer(DeskKeys.from_secret(keys.coming)), who=deeds.WHO)
        replace(keys.turned(now()), chain=anew.chain).rewrite(folder)
    document: dict[str, object] = {"fingerprint": anew.card.fingerprint, "before": center.card.fingerprint}
    words = (
        f"已换用新的密钥，指纹：{anew.card.fingerprint}（请重印发给各室的卡片）。",
        "重新启动 serve 以后生效。各室下次同步自动认得新的密钥；路上的 U 盘四百天内照常读入，过后旧密钥销毁。",
        "请再执行一次 mediator-center backup --keys，把新的密钥另外抄一份。",
    )
    return document, words, 0


def at_center(deed: Callable[[Center, argparse.Namespace], Result]) -> Callable[[argparse.Namespace], Result]:
    """A command that needs the center open."""

    def run_it(options: argparse.Namespace) -> Result:
        with opened(options) as center:
            return deed(center, options)

    return run_it


def parser() -> argparse.ArgumentParser:
    """Every command."""
    certificate = at_center(partial(line_deeds.certificate, notary()))
    own = {
        "init": init,
        "restore": restore,
        "passwd": at_center(passwd),
        "serve": serve,
        "certificate": certificate,
        "rotate": rotate,
        "takeover": take_over,
    }
    return commands.parser(at_center, own)


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
