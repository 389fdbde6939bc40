"""Any loss, repeat and order of pieces comes to the same end, on both sides (row 56)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mediator.errors import WorldFailed
from mediator.journal.blobs import PIECE, BlobClass
from mediator.journal.port import Outgoing
from sync.center.county import Center
from sync.center.piece_files import PieceFiles
from sync.session.ports import Answer
from tests.sync.blobs import MemoryBlobs, noise, speak_of, travel
from tests.sync.center.test_exchange import Line
from tests.sync.center.test_piece_rules import whole_at
from tests.sync.fakes import a_center
from tests.sync.world import a_laptop


@dataclass
class Bad:
    """A network that loses, repeats, delays and bends answers, as a seed wants."""

    county: Center
    random: Random
    name: str = "network"
    old: list[bytes] = field(default_factory=list)
    quiet: bool = False

    def fetch(self) -> Answer:
        return Answer()

    def offer(self, outgoing: Outgoing) -> Answer:
        fate = 1.0 if self.quiet else self.random.random()
        if fate < 0.2:
            raise WorldFailed("network.unreachable")
        self.old.append(outgoing.data)
        answer = Line(self.county).offer(outgoing)
        if fate < 0.4:
            raise WorldFailed("network.cut")
        if fate < 0.6:
            again = self.random.choice(self.old)
            return Line(self.county).offer(replace(outgoing, data=again))
        return answer

    def absorbed(self, down: bytes, *, covered: int) -> None:
        return


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**32), st.lists(st.integers(0, 3 * PIECE), min_size=1, max_size=3))
def test_any_loss_repeat_and_order_of_pieces_comes_to_the_same_end(
    tmp_path_factory: pytest.TempPathFactory, seed: int, sizes: list[int]
) -> None:
    county = replace(a_center(Random(seed)), pieces=PieceFiles(tmp_path_factory.mktemp("pieces")))
    desk, blobs = a_laptop(Random(1), county, "one"), MemoryBlobs()
    road = Bad(county, Random(seed))
    sent = {speak_of(desk, blobs, noise(size, at), BlobClass(at % 3)): size for at, size in enumerate(sizes)}
    for _ in range(12):
        travel(desk, blobs, road, budget=2 * PIECE)
    road.quiet = True
    for _ in range(2 + sum(sizes) // PIECE):
        travel(desk, blobs, road)
    assert set(blobs.safe) == set(sent)
    assert {blob: len(whole_at(county, blob)) for blob in sent} == sent
    mate, own = a_laptop(Random(2), county, "mate"), MemoryBlobs(takes=True)
    own.asked = {blob: {} for blob in sent}
    back = Bad(county, Random(seed + 1))
    for _ in range(12):
        travel(mate, own, back, budget=PIECE)
    back.quiet = True
    travel(mate, own, back)
    travel(mate, own, back)
    assert {blob: own.whole[blob] for blob in sent} == {blob: blobs.whole[blob] for blob in sent}
    county.database.close()
