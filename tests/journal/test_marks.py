"""Marks M1-M5, each as a property over random histories of desks that lose, repeat and reorder what they send."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from mediator.journal.entry import DeskId, Entry, StreamId
from mediator.journal.fold import StreamLog
from mediator.journal.kinds import reach_of
from mediator.journal.marks import completed, covers
from mediator.journal.reach import WIDTH, Reach, may_leave, may_name
from tests.journal.list_journal import ListJournal, Writer

STREAMS = (StreamId("aa" * 16), StreamId("bb" * 16))
KINDS: tuple[tuple[str, dict[str, object]], ...] = (
    ("case.set", {"fields": {"facts": "x"}}), ("note.private", {"text": "x"}), ("audit.seen", {}),
)  # fmt: skip
SEEDS = st.integers(0, 2**32)


def history(seed: int, steps: int = 40) -> list[Writer]:
    """Three desks that write at random and now and then send all of one reach that may leave."""
    random = Random(seed)
    desks = [Writer(f"desk{seed}-{n}") for n in range(3)]
    for _ in range(steps):
        writer = random.choice(desks)
        kind, body = random.choice(KINDS)
        writer.write(random.choice(STREAMS), kind, dict(body))
        if random.random() < 0.4:
            send(writer, random.choice(desks), random)
    return desks


def send(sender: Writer, receiver: Writer, random: Random) -> None:
    """Everything that may leave, in any order, some of it lost."""
    leaving = [entry for entry in sender.journal.held.values() if may_leave(entry.reach)]
    receiver.journal.absorb(random.sample(leaving, random.randint(0, len(leaving))))


def all_of(desks: Sequence[Writer]) -> dict[tuple[DeskId, int], Entry]:
    """Every entry there is."""
    return {key: entry for writer in desks for key, entry in writer.journal.held.items()}


@given(SEEDS)
def test_m1_marks_name_only_entries_of_the_same_stream(seed: int) -> None:
    entries = all_of(history(seed))
    for entry in entries.values():
        assert all(entries[named].stream == entry.stream for named in entry.marks.items())


@given(SEEDS)
def test_m2_what_arrives_while_a_form_is_open_is_not_overwritten(seed: int) -> None:
    here, there = Writer(f"a{seed}"), Writer(f"b{seed}")
    case = STREAMS[0]
    opened = here.write(case, "case.set", {"fields": {"facts": "起初"}})
    there.journal.absorb([opened])
    shown = here.journal.log(case).seen(Reach.COUNTY)
    here.journal.absorb([there.write(case, "case.set", {"fields": {"facts": "彼处"}})])
    here.write(case, "case.set", {"fields": {"facts": "此处"}}, seen=shown)
    field = here.journal.log(case).state.items["case"].fields["facts"]
    assert sorted(str(write.value) for write in field) == ["彼处", "此处"]


@given(SEEDS)
def test_m3_each_entry_names_its_desks_previous_one_of_the_stream(seed: int) -> None:
    entries = all_of(history(seed))
    for entry in entries.values():
        wide = [
            other.n for other in entries.values()
            if other.desk == entry.desk and other.stream == entry.stream and other.n < entry.n
            and may_name(entry.reach, other.reach)
        ]  # fmt: skip
        assert entry.marks.get(entry.desk, 0) == max(wide, default=0)


@given(SEEDS)
def test_m4_nothing_narrower_is_named_so_that_it_is_no_hole_elsewhere(seed: int) -> None:
    desks = history(seed)
    entries = all_of(desks)
    for entry in entries.values():
        assert all(WIDTH[entries[named].reach] >= WIDTH[entry.reach] for named in entry.marks.items())
    reader = ListJournal()
    reader.absorb([entry for entry in entries.values() if may_leave(entry.reach)])
    assert all(reader.log(stream).waiting == 0 for stream in STREAMS)


@given(SEEDS, st.data())
def test_m5_what_lacks_a_predecessor_waits_and_is_not_folded(seed: int, data: st.DataObject) -> None:
    entries = [each for each in all_of(history(seed)).values() if each.stream == STREAMS[0] and may_leave(each.reach)]
    held = {each.id: each for each in entries if data.draw(st.booleans())}
    log = StreamLog()
    log.add(held.values())
    complete: set[tuple[DeskId, int]] = set()
    for _ in held:
        complete |= {key for key, each in held.items() if all(named in complete for named in each.marks.items())}
    assert {entry.id for entry in log.entries} == complete
    assert log.waiting == len(held) - len(complete)
    log.add(entries)
    assert (log.waiting, len(log)) == (0, len(entries))


@given(SEEDS)
def test_the_order_of_folding_respects_who_had_seen_whom(seed: int) -> None:
    """Of what may leave; all kinds that write fields today do."""
    desks = history(seed)
    for stream in STREAMS:
        folded = [each for each in desks[0].journal.log(stream).entries if may_leave(each.reach)]
        for place, entry in enumerate(folded):
            later = [(each.desk, each.n) for each in folded[place:]]
            assert not any(covers(entry.marks, *each) for each in later)


@given(st.dictionaries(st.sampled_from([DeskId(f"{n:032x}") for n in range(4)]), st.integers(-1, 5)), st.integers(0, 9))
def test_completed_marks_are_what_was_shown_and_the_desks_own_last(seen: dict[DeskId, int], last: int) -> None:
    own = DeskId(f"{0:032x}")
    marks = completed(seen, own, last)
    assert all(n > 0 for n in marks.values())
    assert {desk: n for desk, n in marks.items() if desk != own} == {
        d: n for d, n in seen.items() if d != own and n > 0
    }
    assert marks.get(own, 0) == (last or max(seen.get(own, 0), 0))


def test_reach_is_fixed_by_the_kind_and_only_the_countys_leaves() -> None:
    assert [may_leave(reach_of(kind)) for kind, _ in KINDS] == [True, False, False]
    assert [[may_name(a, b) for b in (Reach.COUNTY, Reach.ROOM, Reach.PRIVATE)] for a in (
        Reach.COUNTY, Reach.ROOM, Reach.PRIVATE
    )] == [[True, False, False], [True, True, False], [True, True, True]]  # fmt: skip
