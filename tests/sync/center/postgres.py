"""A throw-away PostgreSQL: a cluster in a temporary folder, on loopback, ended by its process id.

The server refuses to run as root, so root starts it as an unprivileged user. Its packages are installed by
`scripts/setup.sh test`.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

HOMES = Path("/usr/lib/postgresql")
SETTINGS = {"fsync": "off", "full_page_writes": "off", "max_connections": "60", "shared_buffers": "32MB"}


def binaries() -> Path | None:
    """The newest installed server, None when there is none."""
    found = sorted(HOMES.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


def as_user(command: Sequence[str]) -> list[str]:
    """The command as it must be started here: by an unprivileged user when we are root."""
    if os.getuid() != 0:
        return list(command)
    name = "postgres" if "postgres" in {user.pw_name for user in pwd.getpwall()} else "nobody"
    return ["setpriv", f"--reuid={name}", f"--regid={pwd.getpwnam(name).pw_gid}", "--clear-groups", *command]


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def cluster(*, durable: bool = False) -> Iterator[str]:
    """A running server; its URL. `durable` keeps fsync on, for tests that kill."""
    home = binaries()
    assert home is not None, "PostgreSQL 未安装：scripts/setup.sh test"
    folder = Path(tempfile.mkdtemp(prefix="med-pg-"))
    try:
        folder.chmod(0o755)
        data = folder / "data"
        data.mkdir()
        if os.getuid() == 0:
            shutil.chown(data, as_user(["true"])[1].removeprefix("--reuid="))
        make = [str(home / "initdb"), "-D", str(data), "-A", "trust", "-U", "center", "-E", "UTF8", "--locale=C.UTF-8"]
        subprocess.run(as_user([*make, "--no-sync"]), check=True, capture_output=True)
        port = free_port()
        options = [] if durable else [f"-c{name}={value}" for name, value in SETTINGS.items()]
        serve = [str(home / "postgres"), "-D", str(data), "-p", str(port), "-h", "127.0.0.1", "-k", "", *options]
        with subprocess.Popen(as_user(serve), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as server:
            try:
                wait_until_ready(server)
                yield f"postgresql+psycopg://center@127.0.0.1:{port}/postgres"
            finally:
                server.send_signal(signal.SIGINT if durable else signal.SIGQUIT)  # nothing of a throw-away is kept
                server.communicate(timeout=30)
    finally:
        with suppress(OSError):
            shutil.rmtree(folder)


def wait_until_ready(server: subprocess.Popen[bytes]) -> None:
    """Read the server's log until it says that it takes connections."""
    assert server.stderr is not None
    for line in server.stderr:
        if b"ready to accept connections" in line:
            return
    raise AssertionError("PostgreSQL did not start")
