"""`mediator dossier` and `document due` for people: a refusal with every gap, reasons kept, scans, one go."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.casework.desks import a_document, a_hearing, an_agreement
from tests.commands.shell import Shell
from tests.docs.foreign import camera_photo


@pytest.fixture
def number(shell: Shell) -> str:
    document = a_document(hearings=[a_hearing()], agreement=an_agreement(), outcome="agreed", accepted_on="2026-03-01")
    return shell.number_of(document)


def test_a_dossier_is_refused_with_everything_it_lacks_and_reasons_given_are_kept(
    shell: Shell, number: str, tmp_path: Path
) -> None:
    out = str(tmp_path / "out")
    refused = shell(
        "dossier", number, "--out", out, "--excuse", "application=口头申请", "--excuse", "受理登记表 = 当日调成"
    )
    assert (refused.code, refused.error["code"]) == (4, "dossier.place")
    refused = shell("dossier", number, "--out", out)
    assert (refused.code, refused.error["code"]) == (1, "dossier.incomplete")
    places = [row["place"] for row in refused.document["findings"] if row["severity"] == "block"]
    assert places == ["acceptance_register", "rights_notice", "mediation_record", "mediation_agreement"]
    assert not Path(out).exists()
    said = shell.in_words("dossier", number, "--out", out)
    assert "卷宗缺少《权利义务告知书》" in said.err
    assert said.out == ""


def test_what_is_due_is_issued_and_then_bound(shell: Shell, number: str, tmp_path: Path) -> None:
    out, photo = str(tmp_path / "out"), tmp_path / "a.jpg"
    photo.write_bytes(camera_photo())
    assert shell("dossier", "attach", number, str(photo), "--as", "证据", "--title", "现场照片").code == 0
    done = shell("document", "due", number, "--out", out)
    assert (done.code, len(done.document["documents"])) == (0, 5)
    assert shell.in_words("document", "due", number, "--out", out).out.startswith("没有应当出具")
    bound = shell("dossier", number, "--out", out)
    assert bound.code == 0
    assert [row["title"] for row in bound.document["items"]][2:] == [
        "人民调解申请书", "人民调解受理登记表", "权利义务告知书", "现场照片", "人民调解记录", "人民调解协议书"
    ]  # fmt: skip
    assert Path(bound.document["file"]).read_bytes().startswith(b"%PDF")
    assert Path(bound.document["manifest"]).is_file()
    told = shell.in_words("dossier", number, "--out", out)
    assert f"共{bound.document['pages']}页" in told.out


def test_what_waits_for_a_person_is_code_5(shell: Shell, tmp_path: Path) -> None:
    plain = shell.number_of(a_document(outcome="not_agreed", accepted_on="2026-03-01"))
    done = shell("document", "due", plain, "--format", "pdf", "--out", str(tmp_path / "out"))
    assert done.code == 5
    assert [row["kind"] for row in done.document["documents"]] == ["application", "acceptance_register"]
    assert {row["severity"] for row in done.document["findings"]} >= {"block"}


@pytest.mark.parametrize("words", [["--excuse", "application"], ["--excuse", "=理由"], ["--excuse", "application="]])
def test_a_reason_without_an_item_or_an_item_without_a_reason_is_wrong_use(
    shell: Shell, number: str, words: list[str]
) -> None:
    assert shell("dossier", number, "--out", "x", *words).code == 2
