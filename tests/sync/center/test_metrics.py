"""Figures and log lines of the service: counts and codes for this machine alone, never a value."""

from __future__ import annotations

import json
import logging
import re
import sys
from random import Random

import pytest

from sync.center.application import application
from sync.center.county import Center
from sync.center.folding import fold_dirty
from sync.center.metrics import JsonLines
from tests.sync.center.people import add_person, log_in, quick
from tests.sync.center.serving import SeenFrom, client_of
from tests.sync.center.test_exchange import CASE, by_network, tell
from tests.sync.world import a_laptop

LINE = re.compile(r'mediator_[a-z_]+(\{([a-z]+="[a-z0-9.+I]+n?f?",?)+\})? [0-9.]+')


def test_the_service_tells_its_figures_to_this_machine_in_the_form_that_is_read(center: Center) -> None:
    add_person(center)
    desk = a_laptop(Random(1), center, "desk-metrics")
    tell(desk, 3)
    by_network(center, desk)
    fold_dirty(center)
    with client_of(application(center, quick)) as http:
        log_in(http)
        http.get("/sync/v1/center")
        http.get(f"/cases/{CASE}")
        http.get("/cases/nothing")
        told = http.get("/metrics").text
    plain = [line for line in told.splitlines() if not line.startswith("#")]
    assert [line for line in plain if not LINE.fullmatch(line)] == []
    figures = dict(line.rsplit(" ", 1) for line in plain)
    assert (figures["mediator_desks"], figures["mediator_cases"], figures["mediator_dirty"]) == ("1", "1", "0")
    assert figures["mediator_entries"] == str(desk.journal.top(desk.id)[0])
    assert figures['mediator_answers_total{door="sync",status="200"}'] == "1"
    assert figures['mediator_answers_total{door="pages",status="404"}'] == "1"
    assert figures['mediator_answer_seconds_bucket{door="sync",le="+Inf"}'] == "1"
    assert CASE not in told
    assert "331122" not in told


def test_nobody_else_is_told_them(center: Center) -> None:
    with client_of(SeenFrom(application(center, quick), host="10.0.0.9")) as far:
        assert far.get("/metrics").status_code == 404


def test_a_line_of_the_log_names_an_error_by_its_kind_alone() -> None:
    try:
        raise ValueError("王某的电话")
    except ValueError:
        record = logging.LogRecord("mediator.center", logging.ERROR, "", 1, "fold failed", (), sys.exc_info())
    line = json.loads(JsonLines().format(record))
    assert (line["level"], line["where"], line["event"], line["error"]) == (
        "error", "mediator.center", "fold failed", "ValueError",
    )  # fmt: skip
    assert "王某" not in JsonLines().format(record)


@pytest.mark.threat("T61")
def test_figures_stay_as_many_whatever_is_asked(center: Center) -> None:
    with client_of(application(center, quick)) as http:
        for number in range(20):
            http.get(f"/x{number}")
        first = len(http.get("/metrics").text.splitlines())
        for number in range(20, 60):
            http.get(f"/x{number}")
        assert len(http.get("/metrics").text.splitlines()) <= first + 1
