"""The service as a process: its address, its log, its end; SIGTERM lets running requests finish."""

from __future__ import annotations

import logging
import signal
import socket
import sys
from collections.abc import Mapping
from typing import Final

import uvicorn
from starlette.types import ASGIApp

from mediator.errors import WorldFailed
from sync.center.metrics import JsonLines

HERE: Final = "127.0.0.1"
WAITING: Final = 256
LAST_SECONDS: Final = 20


def run(served: ASGIApp, host: str, port: int, *, line: Mapping[str, str]) -> None:
    """Serve until somebody ends it; `line` names the files of an encrypted line, empty for none.

    Raises WorldFailed `center.port`.
    """
    keep_log()
    config = uvicorn.Config(
        served, log_config=None, access_log=False, server_header=False,
        date_header=False, proxy_headers=True, forwarded_allow_ips=HERE, lifespan="off",
        h11_max_incomplete_event_size=16 << 10, timeout_graceful_shutdown=LAST_SECONDS,
        **line,  # type: ignore[arg-type]  # names of files
    )  # fmt: skip
    with listening(host, port) as listener:
        server = uvicorn.Server(config)
        signal.signal(signal.SIGTERM, server.handle_exit)  # also before it listens, and when it raises it once more
        tell_where(host, listener.getsockname()[1], secured=bool(line))
        server.run(sockets=[listener])


def tell_where(host: str, port: int, *, secured: bool) -> None:
    """The address for the person who started it."""
    said = f"县中心在 http{'s' if secured else ''}://{host}:{port}，按 Ctrl+C 停止。"
    print(said, file=sys.stderr, flush=True)


def keep_log() -> None:
    """What is worth a look as JSON lines on standard error."""
    told = logging.StreamHandler(sys.stderr)
    told.setFormatter(JsonLines())
    logging.basicConfig(level=logging.WARNING, handlers=[told])
    logging.getLogger("uvicorn.error").addFilter(without_traces)


def listening(host: str, port: int) -> socket.socket:
    """The address, taken; raises WorldFailed `center.port` when somebody else has it or it is none of ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=WAITING)
    except OSError:
        raise WorldFailed("center.port", where=f"{host}:{port}") from None


def without_traces(record: logging.LogRecord) -> bool:
    """A trace may hold what people wrote; the kind of error alone is logged."""
    if record.exc_info and record.exc_info[0]:
        record.msg, record.args, record.exc_info = "request failed: %s", (record.exc_info[0].__name__,), None
    return True
