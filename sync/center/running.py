"""The service as one process or several: its address, its log, its end; SIGTERM lets running requests finish.

Several share one address and nothing else: what they must agree on stands in the database. Limits of requests hold for
each by itself.
"""

from __future__ import annotations

import ctypes
import logging
import signal
import socket
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import Final

import uvicorn
from starlette.types import ASGIApp
from uvicorn.supervisors import Multiprocess

from mediator.errors import WorldFailed
from sync.center.metrics import JsonLines

HERE: Final = "127.0.0.1"
WAITING: Final = 256
LAST_SECONDS: Final = 20
MMAP_THRESHOLD: Final = -3  # M_MMAP_THRESHOLD of malloc.h
LARGE_BLOCK: Final = 128 << 10
SILENT_SECONDS: Final = 20


@dataclass(frozen=True, slots=True)
class Address:
    """Where it listens; `line` names the files of an encrypted line, empty for none."""

    host: str
    port: int
    line: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ByName:
    """A function with its arguments that another process finds by its name: a start-up file is known there by another
    name than here, so that its functions cannot be handed over themselves.
    """

    module: str
    name: str
    arguments: tuple[object, ...]

    def __call__(self) -> ASGIApp:
        """What the function makes."""
        made: ASGIApp = getattr(import_module(self.module), self.name)(*self.arguments)
        return made


def run(made: Callable[[], ASGIApp], address: Address, *, workers: int, warnings: Sequence[str]) -> None:
    """Serve until somebody ends it; `made` makes the application in each worker and can be pickled when these are
    several. A worker that dies, or is silent for long, is replaced. Raises WorldFailed `center.port`.
    """
    config = uvicorn.Config(
        made, factory=True, workers=workers, log_config=None, access_log=False, server_header=False,
        date_header=False, proxy_headers=True, forwarded_allow_ips=HERE, lifespan="off",
        h11_max_incomplete_event_size=16 << 10, timeout_graceful_shutdown=LAST_SECONDS,
        timeout_worker_healthcheck=SILENT_SECONDS, **address.line,  # type: ignore[arg-type]  # names of files
    )  # fmt: skip
    with listening(address.host, address.port) as listener:
        serve = Multiprocess(config, sockets=[listener]).run if workers > 1 else alone(config, listener)
        tell_where(address, listener.getsockname()[1], warnings)  # who is told may end it at once
        serve()


def alone(config: uvicorn.Config, listener: socket.socket) -> Callable[[], None]:
    """One process; it hears SIGTERM before it listens, and when it raises it once more."""
    server = uvicorn.Server(config)
    signal.signal(signal.SIGTERM, server.handle_exit)
    return partial(server.run, sockets=[listener])


def tell_where(address: Address, port: int, warnings: Sequence[str]) -> None:
    """The address for the person who started it, and what that person should mend."""
    said = f"县中心在 http{'s' if address.line else ''}://{address.host}:{port}，按 Ctrl+C 停止。"
    print(said, *(f"提醒：{each}" for each in warnings), sep="\n", file=sys.stderr, flush=True)


def keep_log() -> None:
    """What is worth a look as JSON lines on standard error."""
    told = logging.StreamHandler(sys.stderr)
    told.setFormatter(JsonLines())
    logging.basicConfig(level=logging.WARNING, handlers=[told])
    logging.getLogger("uvicorn.error").addFilter(without_traces)


def return_memory() -> None:
    """Have large blocks given back to the system as soon as they are free, as glibc does until it has seen one freed:
    otherwise every thread that once took in a large bundle keeps room for another.
    """
    if sys.platform != "linux":
        return
    with suppress(OSError, AttributeError):  # another C library has no such knob and no such habit
        ctypes.CDLL(None).mallopt(MMAP_THRESHOLD, LARGE_BLOCK)


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
