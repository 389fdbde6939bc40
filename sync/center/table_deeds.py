"""`mediator-center publish` and `tables`: the same as the page 规则, for scripts and for a county without a browser."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Final

from mediator.core.dates import chinese_date
from mediator.errors import Unacceptable
from sync.center import publishing
from sync.center.county import Center, moment_of
from sync.center.deeds import WHO, Result
from sync.center.folding import fold_dirty
from sync.center.published import tables_of
from sync.center.publishing import MAX_TABLE, Look, TableName
from sync.center.rule_pages import content_of

SHIPPED: Final = ("calendar", "deadlines")


def take_file(publishing: ArgumentParser) -> None:
    """What `publish` takes."""
    publishing.add_argument("file", metavar="文件", help="JSON 文件")
    publishing.add_argument("--kind", required=True, metavar="种类", help="calendar 或者 deadlines")
    publishing.add_argument("--edition", metavar="版本", help="例如 2027-1，默认为今天")
    publishing.add_argument("--valid-from", metavar="日期", help="起始日，默认为今天")
    publishing.add_argument("--preview", action="store_true", help="只看会改动什么，不下发")


def publish(center: Center, options: Namespace) -> Result:
    """Look at a file and publish it; with `--preview` look alone."""
    today = center.today().isoformat()
    draft = publishing.read_draft(
        file_in(Path(options.file)), name=options.kind, version=options.edition or today,
        valid_from=options.valid_from or today,
    )  # fmt: skip
    look = publishing.look(center, draft)
    if not options.preview:
        publishing.publish(center, look.draft, seen=look.seen, who=WHO)
        fold_dirty(center)
    document: dict[str, object] = {
        "name": draft.name.value, "version": draft.version, "valid_from": draft.valid_from.isoformat(),
        "changes": [{"about": each.about, "now": each.now, "then": each.then} for each in look.changes],
        "published": not options.preview,
    }  # fmt: skip
    return document, told(look, preview=options.preview), 0


def told(look: Look, *, preview: bool) -> tuple[str, ...]:
    """Every change, and whether it was published."""
    lines = (f"{each.about}\t{each.now or '没有'}\t→ {each.then or '不再计算'}" for each in look.changes)
    end = "没有下发，去掉 --preview 就下发。" if preview else "已下发，各室下次同步时收到。"
    return (*lines, f"会改动{len(look.changes)}处。{end}" if preview else f"改动{len(look.changes)}处。{end}")


def file_in(path: Path) -> bytes:
    """A file, never more of it than a table may have; raises Unacceptable `publish.size`, OSError."""
    with path.open("rb") as file:
        data = file.read(MAX_TABLE + 1)
    if len(data) > MAX_TABLE:
        raise Unacceptable("publish.size", limit=MAX_TABLE >> 10)
    return data


def tables(center: Center, options: Namespace) -> Result:
    """What was published and what counts; with `--out` the tables as files."""
    held, counts = publishing.history(center), tables_of(center)
    refused = {each.table.order: publishing.place_in_words(each.where) for each in counts.refused}
    rows = [
        {"table": each.table.order, "name": each.table.name, "version": each.table.version, "who": each.who,
         "valid_from": each.table.valid_from.isoformat(), "refused": refused.get(each.table.order, "")}
        for each in held
    ]  # fmt: skip
    files = written(center, Path(options.out), [str(each.table.order) for each in held]) if options.out else []
    document: dict[str, object] = {
        "tables": rows, "years": [{"year": year, "from": origin} for year, origin in counts.years],
        "rules": [{"valid_from": each.valid_from.isoformat(), "from": each.origin} for each in counts.rules],
        "files": files,
    }  # fmt: skip
    names = {each.value: each.term for each in TableName}
    lines = (
        f"{each.table.order}\t{names.get(each.table.name, each.table.name)}\t{each.table.version}"
        f"\t{chinese_date(each.table.valid_from)}起\t{each.who} {moment_of(each.at):%Y-%m-%d %H:%M}"
        for each in held
    )
    return document, (*lines, f"共{len(rows)}份。", *files), 0


def written(center: Center, folder: Path, published: list[str]) -> list[str]:
    """One file a table; raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for name in (*SHIPPED, *published):
        path = folder / f"table-{name}.json"
        path.write_text(json.dumps(content_of(center, name), ensure_ascii=False, indent=1), encoding="utf-8")
        found.append(str(path))
    return found
