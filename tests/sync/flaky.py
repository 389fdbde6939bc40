"""A bad line: a relay on loopback that cuts connections after so many bytes, until it has no mind to any more."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from random import Random

BLOCK = 4096


@dataclass
class BadLine:
    """Where it leads; `cuts` is how many more connections it breaks, each somewhere within its first `reach` bytes."""

    target: int
    random: Random
    cuts: int
    reach: int = 5000
    broken: int = 0
    port: int = 0
    _open: set[socket.socket] = field(default_factory=set)

    def serve(self, door: socket.socket) -> None:
        """Take connections until the door is shut."""
        while True:
            try:
                near, _ = door.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self.target))
            left = [self.random.randrange(self.reach) if self.broken < self.cuts else -1]
            self._open |= {near, far}
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self.carry, args=(one, other, left), daemon=True).start()

    def carry(self, one: socket.socket, other: socket.socket, left: list[int]) -> None:
        """Bytes one way; both ends go dead when the allowance of the connection is used up."""
        with suppress(OSError):
            while data := one.recv(BLOCK):
                if left[0] >= 0:
                    if len(data) >= left[0]:
                        other.sendall(data[: left[0]])
                        self.broken += 1
                        break
                    left[0] -= len(data)
                other.sendall(data)
        for each in (one, other):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def hang_up(self) -> None:
        """Nothing stays open."""
        for each in self._open:
            each.close()


@contextmanager
def bad_line(target: int, random: Random, *, cuts: int) -> Iterator[BadLine]:
    """A relay in a thread; whoever asks its port reaches the target, mostly."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        line = BadLine(target, random, cuts, port=door.getsockname()[1])
        thread = threading.Thread(target=line.serve, args=(door,), daemon=True)
        thread.start()
        try:
            yield line
        finally:
            with suppress(OSError):
                door.shutdown(socket.SHUT_RDWR)
            thread.join(10)
            line.hang_up()
