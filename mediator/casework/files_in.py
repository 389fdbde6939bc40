"""Files from the clerk, read no further than a limit."""

from __future__ import annotations

from pathlib import Path

from mediator.errors import Unacceptable, WorldFailed


def bounded(path: Path, limit: int) -> bytes:
    """At most one byte more than `limit`, for callers to refuse; Unacceptable `file.missing`, WorldFailed `file.read`.

    A folder, a broken link and an empty name count as a file that is not there.
    """
    try:
        with path.open("rb") as file:
            return file.read(limit + 1)
    except (FileNotFoundError, IsADirectoryError):
        raise Unacceptable("file.missing", where=path.name) from None
    except OSError:
        raise WorldFailed("file.read", where=path.name) from None
