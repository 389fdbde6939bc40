"""What every journal promises, whatever it lies on: run it by inheriting and giving a `journal` fixture."""

from __future__ import annotations

import copy

import pytest

from mediator.errors import Unacceptable
from mediator.journal.entry import NO_HASH, Entry, StreamId
from mediator.journal.framing import read_entry
from mediator.journal.port import Journal
from tests.journal.list_journal import Writer

CASE = StreamId("ab" * 16)


def entries(name: str = "writer", count: int = 6) -> list[Entry]:
    """A chain of one desk."""
    writer = Writer(name)
    writer.write(CASE, "case.opened", {"fields": {"title": "纠纷", "kind": "people_mediation"}})
    for number in range(count - 1):
        writer.write(CASE, "case.set", {"fields": {"facts": f"第{number}次"}})
    return [writer.journal.held[writer.desk, n] for n in range(1, count + 1)]


class PortSuite:
    """One suite for every implementation."""

    def test_an_unknown_desk_is_at_the_beginning(self, journal: Journal) -> None:
        assert journal.top(Writer("nobody").desk) == (0, NO_HASH)

    def test_what_is_absorbed_is_held_byte_for_byte(self, journal: Journal) -> None:
        chain = entries()
        assert journal.absorb(chain).new == len(chain)
        held = journal.since(chain[0].desk, 0, 100)
        assert [entry.raw for entry in held] == [entry.raw for entry in chain]
        assert journal.top(chain[0].desk) == (len(chain), chain[-1].hash)

    def test_absorbing_again_is_known_and_changes_nothing(self, journal: Journal) -> None:
        chain = entries()
        journal.absorb(chain)
        again = journal.absorb(chain)
        assert (again.new, again.known) == (0, len(chain))

    def test_a_hole_keeps_the_top_below_it(self, journal: Journal) -> None:
        chain = entries()
        journal.absorb([chain[0], chain[1], chain[3]])
        assert journal.top(chain[0].desk)[0] == 2
        journal.absorb([chain[2]])
        assert journal.top(chain[0].desk)[0] == 4

    def test_a_window_is_bounded_and_ascending(self, journal: Journal) -> None:
        chain = entries()
        journal.absorb(list(reversed(chain)))
        assert [entry.n for entry in journal.since(chain[0].desk, 2, 3)] == [3, 4, 5]

    def test_a_stream_is_whole_whoever_wrote_it(self, journal: Journal) -> None:
        journal.absorb(entries("one"))
        journal.absorb(entries("two"))
        assert len(journal.stream(CASE)) == 12

    def test_two_entries_for_one_place_are_refused_and_nothing_of_them_is_taken(self, journal: Journal) -> None:
        chain = entries()
        journal.absorb(chain[:3])
        other = Writer("writer")
        for number in range(3):
            other.write(CASE, "case.set", {"fields": {"facts": f"另一种{number}"}})
        fork = [other.journal.held[other.desk, n] for n in (1, 2, 3)]
        with pytest.raises(Unacceptable, match=r"entry\.fork"):
            journal.absorb([*copy.copy(chain[3:]), fork[1]])
        assert journal.top(chain[0].desk)[0] == 3

    def test_fields_of_a_newer_program_are_kept_as_they_came(self, journal: Journal) -> None:
        writer = Writer("newer")
        fields: dict[str, object] = {"title": "纠纷", "kind": "people_mediation", "mood": "calm"}
        known = writer.write(CASE, "case.opened", {"fields": fields, "weather": "rain"})
        journal.absorb([read_entry(known.raw)])
        assert journal.since(known.desk, 0, 1)[0].raw == known.raw

    @pytest.mark.threat("T68")
    @pytest.mark.parametrize("together", [False, True])
    def test_what_comes_after_its_erasure_is_held_without_its_body(self, journal: Journal, together: bool) -> None:
        chain, head = entries(count=4), Writer("head")
        head.journal.absorb(chain)
        targets = [[chain[0].desk, [2, 3]]]
        body: dict[str, object] = {"targets": targets, "ground": "pipl47.3", "decided_by": ["li", "wang"]}
        decision = head.write(CASE, "entry.erased", body)
        for portion in [[*chain, decision]] if together else [[decision], chain, chain[1:3]]:
            journal.absorb(portion)
        held = journal.since(chain[0].desk, 0, 10)
        assert [entry.erased for entry in held] == [False, True, True, False]
        assert [entry.hash for entry in held] == [entry.hash for entry in chain]
        assert journal.top(chain[0].desk) == (4, chain[3].hash)
        assert not any(entry.erased for entry in journal.since(head.desk, 0, 10))
