"""Requests of laptops that want to join, with and without the proof of a code."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread
from typing import TypeVar

from mediator.errors import MediatorError
from sync.center.county import Center
from sync.center.enrollment import join
from sync.session.joining import JoinRequest, proof_of
from tests.sync.fakes import FakeSealer
from tests.sync.world import TOWNSHIP, SealedWriter

T = TypeVar("T")


def request_of(name: str, *, code: str = "", division: str = TOWNSHIP, keys: str = "") -> JoinRequest:
    """What a laptop asks; `keys` are another laptop's."""
    sealer, desk = FakeSealer(keys or name), SealedWriter(name).desk
    sign, seal = sealer.sign_public, sealer.seal_public
    proof = proof_of(code, desk=desk, sign=sign, seal=seal) if code else ""
    return JoinRequest(desk, sign.hex(), seal.hex(), "壶镇镇人民调解委员会", division, name, proof)


def outcome(center: Center, request: JoinRequest) -> str:
    """`answered`, `enroll.waiting`, or why not."""
    try:
        return str(join(center, request).outcome)
    except MediatorError as error:
        return error.code


def at_once(deeds: list[Callable[[], T]]) -> list[T]:
    """What deeds come to that are begun at the same moment in threads of their own."""
    start, done = Barrier(len(deeds)), list[T]()

    def run(deed: Callable[[], T]) -> None:
        start.wait()
        done.append(deed())

    threads = [Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done
