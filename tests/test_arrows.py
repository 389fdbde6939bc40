"""The rooms import each other only as the table in ARCHITECTURE.md allows."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HEAD = "| room | may import | never |"


def table() -> dict[str, set[str]]:
    """Room -> what it may import, read from ARCHITECTURE.md; names are dotted modules or top-level libraries."""
    lines = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").splitlines()
    start = lines.index(HEAD) + 2
    rows = {}
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        room, allowed, _never = (cell.strip() for cell in line.strip("|").split("|"))
        rows[room.strip("`")] = {name.strip(" `") for name in allowed.split(",") if name.strip()}
    return rows


TABLE = table()


def module_of(path: Path) -> str:
    """Dotted name of a source file."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module: str) -> str | None:
    """The longest row of the table that holds this module."""
    rows = [room for room in TABLE if module == room or module.startswith(room + ".")]
    return max(rows, key=len, default=None)


def imports(path: Path) -> Iterator[str]:
    """Every module a file imports, at import time, inside functions or for types alike."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide the arrows"
            yield node.module or ""
            if node.module in {"mediator", "sync"}:
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def allowed(room: str, target: str) -> bool:
    """True when the table lets the room import the target."""
    top = target.partition(".")[0]
    if top in sys.stdlib_module_names or target in {"mediator", "sync"}:
        return True
    names = TABLE[room] | {room, "mediator.errors"}
    return "*" in names or any(target == name or target.startswith(name + ".") for name in names)


def sources() -> list[Path]:
    """All source files of the product."""
    return sorted(p for top in ("mediator", "sync") for p in (ROOT / top).rglob("*.py"))


@pytest.mark.parametrize("path", sources(), ids=lambda p: str(p.relative_to(ROOT)))
def test_a_room_imports_only_what_its_row_allows(path: Path) -> None:
    module = module_of(path)
    room = room_of(module)
    if room is None:
        assert module in {"mediator", "sync", "mediator.errors"}, f"{module} stands in no room"
        return
    wrong = [target for target in imports(path) if not allowed(room, target)]
    assert not wrong, f"{module} ({room}) may not import {wrong}"


def test_nobody_imports_a_start_up_file() -> None:
    starts = {"mediator.wiring", "sync.center.__main__"}
    inside = {module_of(path) for path in (ROOT / "mediator" / "wiring").glob("*.py")}
    importers = {
        module_of(path) for path in sources() for target in imports(path) if any(target.startswith(s) for s in starts)
    }
    assert importers <= {"mediator.__main__", *inside}


def test_sqlite_is_opened_in_the_store_alone() -> None:
    drivers = ("sqlite3", "sqlcipher3", "sqlite_utils", "pysqlite3")
    outside = [
        module_of(path)
        for path in sources()
        if not module_of(path).startswith("mediator.store")
        and any(target.partition(".")[0] in drivers for target in imports(path))
    ]
    assert not outside


def test_the_table_would_notice_a_forbidden_import() -> None:
    assert not allowed("mediator.core", "mediator.store.vault")
    assert not allowed("mediator.casework", "PySide6.QtWidgets")
    assert allowed("mediator.ui", "PySide6.QtWidgets")
