"""A county's backup: its rows as one SQLite file, its pieces as files, a manifest; verified before it has its name.

It holds no key: whoever finds it reads counts, codes and days and no word of a case (T63). The same file comes from
either database and goes back into either.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

from sqlalchemy import select

from mediator.errors import RefusedByRule, Unacceptable, WorldFailed
from sync.center.copying import Counted, columns_of, nowhere, read_all
from sync.center.county import Center, moment_of
from sync.center.database import Database, Scope, open_engine, translated
from sync.center.piece_files import PieceFiles, sync_folder, write_beside
from sync.center.tables import CENTER_META, METADATA, SCHEMA
from sync.center.upgrading import alone, complete
from sync.center.walls import raise_walls

T = TypeVar("T")
FORMAT: Final = "mediator-center-backup"
PREFIX: Final = "mediator-center-backup"
ROWS, MANIFEST, PIECES = "center.db", "manifest.json", "pieces"


@dataclass(frozen=True, slots=True)
class Backed:
    """A backup as its manifest tells it; `lost` counts pieces that the county had lost before."""

    folder: Path
    county: str
    schema: int
    made: int
    tables: Mapping[str, Counted]
    pieces: int
    lost: int = 0

    @property
    def entries(self) -> int:
        """Entries that it holds."""
        return self.tables["entry"].rows


def make(center: Center, out: Path) -> Backed:
    """A backup in a folder of its own below `out`, read back and compared.

    Raises RefusedByRule `center_backup.exists`, Unacceptable `center_backup.damaged`, WorldFailed `center.full`.
    """
    name = f"{PREFIX}-{center.county}-{moment_of(center.now()):%Y%m%d-%H%M%S}"
    part, whole = out / f".{name}.part", out / name
    if whole.exists():
        raise RefusedByRule("center_backup.exists")
    shutil.rmtree(part, ignore_errors=True)
    try:
        part.mkdir(parents=True, mode=0o700)
        tables = written(center, part / ROWS)
        pieces, lost = copied_pieces(center, PieceFiles(part / PIECES))
        made = Backed(whole, center.county, SCHEMA, center.now(), tables, pieces, lost)
        write_beside(part / MANIFEST, manifest_of(made))
        verify(replace_folder(made, part))
        sync_folder(part)
        part.replace(whole)
        sync_folder(out)
    except OSError:
        raise WorldFailed("center.full") from None
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return made


def replace_folder(backed: Backed, folder: Path) -> Backed:
    """The same backup while it lies elsewhere."""
    rows = {name: getattr(backed, name) for name in backed.__slots__}
    return Backed(**rows | {"folder": folder})


def written(center: Center, path: Path) -> dict[str, Counted]:
    """Every row of the county into a fresh file, within one moment's state."""
    copy = Database(open_engine(f"sqlite:///{path}"), center.county)
    try:
        with translated():
            METADATA.create_all(copy.engine)
        held = columns_of(center.database)

        def work(target: Scope) -> dict[str, Counted]:
            with center.database.reading() as scope:
                return read_all(scope, held, target.add)

        return copy.write(work)
    finally:
        copy.close()


def copied_pieces(center: Center, target: PieceFiles) -> tuple[int, int]:
    """How many pieces were copied, and how many are gone or no longer what they were."""
    count = lost = 0
    for name in center.pieces.names() if center.pieces else ():
        data = center.pieces.read(name) if center.pieces else None
        if data is None:
            lost += 1
            continue
        target.keep([data])
        count += 1
    return count, lost


def manifest_of(made: Backed) -> bytes:
    """What a backup says of itself."""
    tables = {name: asdict(each) for name, each in made.tables.items()}
    rows: dict[str, Any] = {
        "format": FORMAT, "version": 1, "county": made.county, "schema": made.schema, "made": made.made,
        "tables": tables, "pieces": made.pieces, "lost": made.lost,
    }  # fmt: skip
    return json.dumps(rows, ensure_ascii=False, indent=1).encode()


def read(folder: Path) -> Backed:
    """The manifest of a backup; raises Unacceptable `center_backup.none`, `center.newer`."""
    try:
        rows = json.loads((folder / MANIFEST).read_bytes())
        tables = {str(name): Counted(int(each["rows"]), str(each["digest"])) for name, each in rows["tables"].items()}
        numbers = [int(rows[name]) for name in ("schema", "made", "pieces", "lost")]
        known = rows["format"] == FORMAT and rows["version"] == 1 and "entry" in tables
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise Unacceptable("center_backup.none") from None
    if not known:
        raise Unacceptable("center_backup.none")
    if numbers[0] > SCHEMA:
        raise Unacceptable("center.newer", needs=str(numbers[0]))
    schema, made, pieces, lost = numbers
    return Backed(folder, str(rows["county"]), schema, made, tables, pieces, lost)


def verify(backed: Backed) -> None:
    """Read everything back; raises Unacceptable `center_backup.damaged`."""
    copy = Database(open_engine(f"sqlite:///{backed.folder / ROWS}"), backed.county)
    try:
        with copy.reading() as scope:
            found = read_all(scope, columns_of(copy), nowhere)
    except WorldFailed:
        raise Unacceptable("center_backup.damaged") from None
    finally:
        copy.close()
    held = PieceFiles(backed.folder / PIECES)
    whole = sum(held.read(name) is not None for name in held.names())
    if found != dict(backed.tables) or whole != backed.pieces:
        raise Unacceptable("center_backup.damaged")


def put_back(backed: Backed, database: Database, pieces: PieceFiles, then: Callable[[Scope], T]) -> T:
    """Every row and piece into an empty database and folder, all rows or none, and in the same transaction what has to
    follow: a county that goes on with its old life would be a second history.

    Raises RefusedByRule `center.exists` when a center is there, Unacceptable `center_backup.damaged`.
    """
    verify(backed)
    with translated(), alone(database.engine):
        complete(database.engine)
        raise_walls(database.engine)
    copy = Database(open_engine(f"sqlite:///{backed.folder / ROWS}"), backed.county)
    held = PieceFiles(backed.folder / PIECES)

    def work(scope: Scope) -> T:
        if scope.one(select(CENTER_META.c.value).limit(1)) is not None:
            raise RefusedByRule("center.exists")
        with copy.reading() as source:
            read_all(source, columns_of(copy), scope.add)
        return then(scope)

    try:
        for name in held.names():
            pieces.keep(filter(None, [held.read(name)]))
        return database.write(work)
    finally:
        copy.close()
