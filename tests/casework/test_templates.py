"""A template's life in a vault: proposed by one, approved by another, named by every paper; nothing else counts."""

from __future__ import annotations

import base64
import hashlib
import io
from datetime import date
from pathlib import Path

import pypdf
import pytest

from mediator.casework import opening, printing, template_trial, templates
from mediator.casework.desk import Desk
from mediator.core.records import CaseId
from mediator.errors import MediatorError
from mediator.journal.entry import Entry
from mediator.journal.streams import TEMPLATES
from tests.casework.desks import PASSWORD, a_desk, a_signed_case, a_workshop
from tests.docs.foreign_words import a_word
from tests.docs.papers import fonts

KIND = "mediation_agreement"
OTHER = "山谷里的一盏小灯 73 下"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The program's own template, as a clerk would begin with it."""
    path = tmp_path / "模板" / "协议.docx"
    templates.write_shipped(KIND, path)
    return path


def second(desk: Desk) -> Desk:
    """The same vault with another person before it."""
    if all(each.login != "wang" for each in opening.users(desk)):
        opening.add_user(desk, login="wang", name="王调解", password=OTHER, own_password=PASSWORD)
    folder = desk.vault.folder
    opening.lock(desk)
    return opening.unlock(desk.workshop, folder, "wang", OTHER)


def proposed(desk: Desk, file: Path, *, version: str = "1", valid_from: str = "") -> str:
    """The id of a kept template."""
    return templates.propose(desk, file, kind=KIND, version=version, valid_from=valid_from)[0]


def issue(desk: Desk, case: CaseId, out: Path, template: str, *, draft: bool = False) -> tuple[printing.Made, ...]:
    """An agreement from a template."""
    about = printing.About(template=template)
    return printing.make(desk, case, (KIND,), formats=("docx",), out=out, draft=draft, about=about)


def code_of(deed: object, *args: object, **settings: object) -> str:
    """Why a deed is refused."""
    with pytest.raises(MediatorError) as caught:
        deed(*args, **settings)  # type: ignore[operator]
    return caught.value.code


def issued(desk: Desk, case: CaseId) -> Entry:
    """The newest issued paper's entry."""
    return [each for each in desk.vault.case(case).entries if each.kind == "document.issued"][-1]


@pytest.mark.threat("T39")
def test_a_template_is_approved_by_a_second_person_and_named_by_the_paper(
    desk: Desk, tmp_path: Path, file: Path
) -> None:
    case, template = a_signed_case(desk), proposed(desk, file)
    assert code_of(templates.approve, desk, template) == "template.second_person"
    assert code_of(issue, desk, case, tmp_path / "out", template) == "template.unapproved"
    other = second(desk)
    templates.approve(other, template)
    templates.approve(other, template)
    (kept,) = templates.kept(other)
    assert (kept.proposed_by, kept.approved_by, kept.approved) == ("li", "wang", True)
    (made,) = issue(other, case, tmp_path / "out", template)
    assert made.number
    assert issued(other, case).content()["template"] == [kept.sha256, "1"]
    assert hashlib.sha256(kept.file).hexdigest() == kept.sha256
    opening.lock(other)


@pytest.mark.threat("T39")
def test_an_edit_after_approval_is_another_template_that_nobody_approved(
    desk: Desk, tmp_path: Path, file: Path
) -> None:
    first = proposed(desk, file)
    other = second(desk)
    templates.approve(other, first)
    file.write_bytes(file.read_bytes()[:-22] + file.read_bytes()[-22:])
    again = proposed(other, file, version="2")
    assert [(each.version, each.approved) for each in templates.kept(other)] == [("1", True), ("2", False)]
    assert again != first
    found = templates.in_force(other, KIND)
    assert found
    assert found.version == "1"
    opening.lock(other)


def approval(desk: Desk, template: str, **changes: str) -> None:
    """An approval written past the deed."""
    body = {"id": template, "sha256": templates.known(desk, template).sha256, "login": "wang", **changes}
    desk.vault.append([templates.pen(desk).write("template.approved", **body)])


@pytest.mark.threat("T39")
@pytest.mark.parametrize("forged", [{"login": "li"}, {"sha256": "0" * 64}, {"login": "wang"}])
def test_a_forged_approval_counts_for_nothing(desk: Desk, file: Path, forged: dict[str, str]) -> None:
    template = proposed(desk, file)
    approval(desk, template, **forged)
    assert not templates.known(desk, template).approved


@pytest.mark.threat("T75")
def test_what_came_with_a_bundle_is_not_active_without_somebody_here(desk: Desk, tmp_path: Path, file: Path) -> None:
    far = a_desk(tmp_path / "far", workshop=a_workshop(seed=11))
    template = proposed(far, file)
    far = second(far)
    templates.approve(far, template)
    desk.vault.absorb(far.vault.stream(TEMPLATES))
    assert not templates.known(desk, template).approved
    assert templates.in_force(desk, KIND) is None
    assert code_of(templates.approve, desk, template) == "template.second_person"  # one name may be one person
    here = second(desk)
    templates.approve(here, template)
    assert templates.known(here, template).approved_by == "wang"
    opening.lock(far)
    opening.lock(here)


@pytest.mark.threat("T75")
@pytest.mark.parametrize("data", [["AAAA"], ["?"], []])
def test_a_foreign_proposal_whose_file_is_another_is_never_opened(desk: Desk, data: list[str]) -> None:
    body = {"id": "a1" * 16, "kind": KIND, "version": "1", "valid_from": "2026-03-01", "sha256": "0" * 64, "login": "x"}
    desk.vault.append([templates.pen(desk).write("template.proposed", **body, data=data)])
    assert code_of(templates.approve, desk, "a1" * 16) == "template.damaged"


@pytest.mark.threat("T75")
def test_a_foreign_proposal_is_checked_again_before_it_is_approved(desk: Desk) -> None:
    bad = a_word("{{ ''.__class__ }}")
    body = {"id": "a1" * 16, "kind": KIND, "version": "1", "valid_from": "2026-03-01", "login": "x",
            "sha256": hashlib.sha256(bad).hexdigest(), "data": [base64.b64encode(bad).decode()]}  # fmt: skip
    desk.vault.append([templates.pen(desk).write("template.proposed", **body)])
    assert code_of(templates.approve, desk, "a1" * 16) == "template.findings"


def test_a_template_with_faults_is_not_kept_and_all_are_told(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(a_word("{{ 名字 }}", "{{"))
    with pytest.raises(templates.Faulty) as caught:
        templates.propose(desk, path, kind=KIND, version="1")
    assert {"template.unknown", "template.unclosed", "template.missing"} <= {
        each.rule for each in caught.value.findings
    }
    assert caught.value.findings[0].message == "正文第2段“{{ 名字 }}”：没有“名字”这个字段"
    assert templates.kept(desk) == ()


@pytest.mark.parametrize(
    ("version", "valid_from", "code"),
    [("", "", "template.version"), ("1" * 41, "", "template.version"), ("1", "2026-02-30", "date.form")],
)
def test_a_version_and_a_day_say_something(desk: Desk, file: Path, version: str, valid_from: str, code: str) -> None:
    assert code_of(proposed, desk, file, version=version, valid_from=valid_from) == code


def test_the_newest_that_is_approved_and_already_counts_is_in_force(desk: Desk, file: Path) -> None:
    days = ("2026-01-01", "2026-03-01", "2026-03-01", "2026-12-01")
    ids = [proposed(desk, file, version=str(n), valid_from=day) for n, day in enumerate(days)]
    other = second(desk)
    assert templates.in_force(other, KIND) is None
    assert templates.chosen(other, KIND, templates.DEFAULT).approved
    for each in ids:
        templates.approve(other, each)
    found = templates.in_force(other, KIND)
    assert found
    assert (found.version, found.valid_from) == ("2", date(2026, 3, 1))
    opening.lock(other)


def test_a_template_is_of_one_kind_and_known_by_its_id(desk: Desk, file: Path) -> None:
    template = proposed(desk, file)
    assert code_of(templates.chosen, desk, "receipt", template) == "template.kind"
    assert code_of(templates.chosen, desk, KIND, "0" * 32) == "template.unknown"
    assert code_of(templates.shipped_file, "ledger") == "template.none"


def test_a_trial_prints_every_sample_with_its_word_across(desk: Desk, tmp_path: Path, file: Path) -> None:
    rows = template_trial.trial(desk, proposed(desk, file), tmp_path / "out", fonts=fonts())
    assert [(each.code, each.checks) for each in rows] == [("", ())] * 6
    assert all(path.is_file() and path.name.startswith("样稿") for each in rows for path in each.files)
    assert {path.suffix for each in rows for path in each.files} == {".docx", ".pdf"}


def test_a_withdrawn_template_makes_no_paper_and_the_one_before_is_in_force_again(
    desk: Desk, tmp_path: Path, file: Path
) -> None:
    case = a_signed_case(desk)
    first, second_one = (proposed(desk, file, version=version) for version in "12")
    other = second(desk)
    for each in (first, second_one):
        templates.approve(other, each)
    assert code_of(templates.withdraw, other, second_one, " ") == "template.reason"
    templates.withdraw(other, second_one, "落款有误")
    assert templates.known(other, second_one).state == "withdrawn"
    found = templates.in_force(other, KIND)
    assert found
    assert found.id == first
    for deed in (templates.approve, lambda desk, each: templates.withdraw(desk, each, "再撤")):
        assert code_of(deed, other, second_one) == "template.withdrawn"
    assert code_of(issue, other, case, tmp_path / "out", second_one, draft=True) == "template.withdrawn"
    opening.lock(other)


@pytest.mark.threat("T75")
def test_a_withdrawal_counts_from_the_desk_of_the_proposal_and_from_no_third(
    desk: Desk, tmp_path: Path, file: Path
) -> None:
    far, third = (a_desk(tmp_path / name, workshop=a_workshop(seed=seed)) for name, seed in (("far", 99), ("b", 98)))
    template = proposed(far, file)
    desk.vault.absorb(far.vault.stream(TEMPLATES))
    third.vault.absorb(far.vault.stream(TEMPLATES))
    templates.withdraw(third, template, "不用了")
    desk.vault.absorb([each for each in third.vault.stream(TEMPLATES) if each.kind == "template.withdrawn"])
    assert templates.known(desk, template).state == "proposed"
    templates.withdraw(far, template, "落款有误")
    desk.vault.absorb([each for each in far.vault.stream(TEMPLATES) if each.kind == "template.withdrawn"])
    assert templates.known(desk, template).withdrawn == "落款有误"
    for each in (far, third):
        opening.lock(each)


def test_the_preview_shows_the_template_it_will_be_issued_from(desk: Desk, file: Path) -> None:
    case, template = a_signed_case(desk), proposed(desk, file)
    across = pypdf.PdfReader(io.BytesIO(printing.preview(desk, case, KIND, about=printing.About(template=template))))
    assert "样稿" in across.pages[0].extract_text()
