"""What the person who runs a center should mend, though it works: told when it is started and by `status`."""

from __future__ import annotations

from typing import Final

from sync.center.county import Center
from sync.center.database import translated
from sync.center.walls import wall_holds

ONE_WRITER: Final = "SQLite 只能由一个进程写，已按一个进程启动；要几个进程，请用 PostgreSQL。"
NO_WALL: Final = "连接数据库的用户能越过行级隔离（超级用户），各县之间少一道墙；请换成普通用户。"


def workers_of(center: Center, asked: int) -> int:
    """How many processes may serve: SQLite takes one."""
    return 1 if center.database.one_writer else asked


def cautions(center: Center, *, workers: int = 1) -> tuple[str, ...]:
    """Sentences, none when all is well."""
    found = [ONE_WRITER] if workers_of(center, workers) < workers else []
    with translated():
        return (*found, *([] if wall_holds(center.database.engine) else [NO_WALL]))
