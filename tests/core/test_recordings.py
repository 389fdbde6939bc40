"""Who must agree before a sitting is recorded, and where a turn is heard."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mediator.core.recordings import (
    CHUNK_BYTES,
    Asked,
    Consent,
    ConsentWay,
    Position,
    Recording,
    clock_of,
    lacking,
    ms_of,
)

NOW = datetime(2026, 3, 9, 1, 30, tzinfo=UTC)
LI, ZHANG, DEPUTY = Asked("李四", "申请人", "a1" * 16), Asked("张三", "被申请人", "b1" * 16), Asked("王代表", "列席")


def yes(asked: Asked, *, withdrawn: bool = False) -> Consent:
    return Consent(asked.name, ConsentWay.ORAL, asked.party, NOW, NOW if withdrawn else None)


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        ((), (LI, ZHANG, DEPUTY)),
        ((yes(LI), yes(DEPUTY)), (ZHANG,)),
        ((yes(LI), yes(ZHANG), yes(DEPUTY)), ()),
        ((yes(LI), yes(ZHANG, withdrawn=True), yes(DEPUTY)), (ZHANG,)),
        ((yes(LI), yes(ZHANG, withdrawn=True), yes(ZHANG), yes(DEPUTY)), ()),
        # who bears the same name and is somebody else did not agree
        ((yes(Asked("张三", "列席")), yes(LI), yes(DEPUTY)), (ZHANG,)),
    ],
)
def test_one_who_did_not_agree_or_no_longer_agrees_is_missing(
    words: tuple[Consent, ...], missing: tuple[Asked, ...]
) -> None:
    assert lacking((LI, ZHANG, DEPUTY), words) == missing


def test_a_chunk_is_two_seconds_of_16_bit_mono_at_16_khz() -> None:
    assert CHUNK_BYTES == 2 * 16_000 * 2


@pytest.mark.parametrize(("ms", "sample"), [(0, 0), (1, 16), (1999, 31_984), (14_400_000, 230_400_000)])
def test_a_place_in_ms_is_a_sample_and_back(ms: int, sample: int) -> None:
    assert Position("a1" * 16, ms).sample == sample
    assert ms_of(sample) == ms


@pytest.mark.parametrize(("seconds", "shown"), [(0, "0:00"), (125, "2:05"), (3599, "59:59"), (3725, "1:02:05")])
def test_a_length_is_shown_as_on_a_tape_counter(seconds: int, shown: str) -> None:
    assert clock_of(seconds) == shown
    assert Recording("a1" * 16, samples=seconds * 16_000 + 15_999).seconds == seconds
