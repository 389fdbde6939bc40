"""`mediator-center backup` and `restore`: rows and pieces in one folder, keys in another (T63)."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Final

from mediator.errors import RefusedByRule, Unacceptable
from sync.center import backups, keyring, lines
from sync.center.county import Center
from sync.center.database import Database, Scope
from sync.center.deeds import WHO, Result
from sync.center.lives import claim_epoch
from sync.center.opening import Ground, center_of, meta_in
from sync.center.piece_files import PieceFiles, sync_folder, write_beside
from sync.center.restoring import begin_in

KEYS_HELP: Final = "密钥所在的文件夹，要同备份分开放"


def take_options(backing: ArgumentParser, restoring: ArgumentParser) -> None:
    """Where backups and keys lie."""
    backing.add_argument("--out", required=True, metavar="文件夹", help="备份写到这里，每次一个新文件夹")
    backing.add_argument("--keys", metavar="文件夹", help=f"同时抄一份密钥；{KEYS_HELP}")
    restoring.add_argument("--from", dest="backup", required=True, metavar="文件夹", help="一次备份的文件夹")
    restoring.add_argument("--keys", metavar="文件夹", help=f"数据文件夹里没有密钥时用；{KEYS_HELP}")


def backup(center: Center, options: Namespace) -> Result:
    """A verified backup; with `--keys` the secrets too, elsewhere. Raises RefusedByRule `center_backup.apart`."""
    out = Path(options.out)
    if options.keys:
        keep_apart(out.resolve(), Path(options.keys).resolve())
    made = backups.make(center, out)
    if options.keys:
        copy_keys(Path(options.data), Path(options.keys))
    document: dict[str, object] = {
        "backup": str(made.folder), "entries": made.entries, "cases": made.tables["case_row"].rows,
        "pieces": made.pieces, "lost": made.lost, "verified": True, "keys": options.keys or "",
    }  # fmt: skip
    words = [f"已备份{made.entries}条记录、{made.pieces}片录音和材料，读回核对无误：{made.folder}"]
    words += [f"有{made.lost}片早已丢失或者损坏，不在备份里。"] if made.lost else []
    words += ["密钥没有抄；没有密钥，备份读不出来。"] if not options.keys else [f"密钥抄在{options.keys}，请另外存放。"]
    return document, tuple(words), 5 if made.lost else 0


def keep_apart(out: Path, keys: Path) -> None:
    """Raise RefusedByRule `center_backup.apart` when who finds the one finds the other."""
    if out == keys or out in keys.parents or keys in out.parents:
        raise RefusedByRule("center_backup.apart")


def copy_keys(source: Path, target: Path) -> None:
    """The key file and the keys of the line, for their owner alone; raises OSError."""
    names = [keyring.NAME, *(f"{lines.FOLDER}/{each.name}" for each in sorted((source / lines.FOLDER).glob("*.*")))]
    for name in names:
        write_beside(target / name, (source / name).read_bytes())
        sync_folder((target / name).parent)


def bring_keys(data: Path, source: str | None) -> None:
    """Keys into a data folder that has none; raises Unacceptable `center_backup.keys`."""
    if (data / keyring.NAME).exists():
        return
    if source is None or not (Path(source) / keyring.NAME).exists():
        raise Unacceptable("center_backup.keys")
    copy_keys(Path(source), data)


def restore(database: Database, ground: Ground, pieces: PieceFiles, options: Namespace) -> Result:
    """A county out of its backup, in a new life; raises RefusedByRule `center.exists`, Unacceptable `center_backup.*`,
    `center.keys`.
    """
    backed = backups.read(Path(options.backup))
    if backed.county != database.county:
        raise Unacceptable("center.keys")

    def begin(scope: Scope) -> Center:
        held = center_of(database, ground, meta_in(scope))
        epoch = claim_epoch(Path(options.data), above=held.card.epoch, now=ground.now())
        return begin_in(held, scope, who=WHO, epoch=epoch)

    anew = backups.put_back(backed, database, pieces, begin)
    document: dict[str, object] = {
        "epoch": anew.card.epoch, "entries": backed.entries, "cases": backed.tables["case_row"].rows,
        "pieces": backed.pieces, "verified": True,
    }  # fmt: skip
    words = (
        f"已恢复{backed.entries}条记录、{backed.pieces}片录音和材料。",
        "各室下次同步时，会把备份以后的记录再送一遍。请再执行一次 mediator-center check。",
    )
    return document, words, 0


def restored(center: Center, options: Namespace) -> Result:
    """The database itself was put back by the means of who runs it: a new life, the same as after `restore`."""
    epoch = claim_epoch(Path(options.data), above=center.card.epoch, now=center.now())
    anew = center.database.write(lambda scope: begin_in(center, scope, who=WHO, epoch=epoch))
    document: dict[str, object] = {"epoch": anew.card.epoch}
    return document, ("已记下。各室下次同步时，会把备份以后的记录再送一遍。",), 0
