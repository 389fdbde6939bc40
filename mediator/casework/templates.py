"""Templates of a county or an office: proposed, approved by somebody else, kept with every version (T39).

Both deeds are signed entries that travel like all others. A template that came with a bundle counts for nothing here
until a person of this vault approves it (T75), the county's too, which two persons there looked at before it was sent.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Final

from mediator.casework.desk import Desk
from mediator.casework.drafting import NONE_SEEN, Pen
from mediator.casework.files_in import bounded
from mediator.casework.files_out import staged
from mediator.casework.texts import cleaned_text
from mediator.core.dates import parse_iso_day
from mediator.core.lint import Finding, Severity
from mediator.docs import catalogue
from mediator.docs.kinds import KindInfo
from mediator.docs.templates import check as template_check
from mediator.docs.templates import fields as template_fields
from mediator.docs.templates import parts as template_parts
from mediator.docs.templates.fields import Slot, Sort
from mediator.docs.templates.package import MAX_FILE
from mediator.docs.templates.papers import Template
from mediator.errors import RefusedByRule, Unacceptable
from mediator.journal.entry import DeskId, Entry
from mediator.journal.streams import TEMPLATES

TemplateField = Slot
SHIPPED: Final = Path(__file__).parents[2] / "templates" / "documents"
PORTION: Final = 384 * 1024  # 512 KiB of base64
MAX_KEPT: Final = 4 << 20
MAX_VERSION: Final = 40
DEFAULT: Final = "default"
SOURCE: Final = "模板规则"


class Faulty(Unacceptable):
    """A template with findings; they are for the screen and never part of the error."""

    def __init__(self, found: Sequence[Finding]) -> None:
        """Refuse with code `template.findings`."""
        super().__init__("template.findings", count=sum(each.severity is Severity.BLOCK for each in found))
        self.findings = tuple(found)


@dataclass(frozen=True)
class KeptTemplate:
    """One version of a template. `approved_by` is empty until somebody of this vault other than the proposer agreed.

    `withdrawn` holds why nobody may use it any more, empty while it may; `sent_by` who sent it down at the county,
    empty for a room's own.
    """

    id: str
    kind: str
    version: str
    valid_from: date
    sha256: str
    proposed_by: str
    approved_by: str
    data: tuple[str, ...]
    withdrawn: str = ""
    sent_by: str = ""

    @property
    def approved(self) -> bool:
        """True when papers may be issued from it."""
        return bool(self.approved_by) and not self.withdrawn

    @property
    def state(self) -> str:
        """proposed, approved or withdrawn."""
        return "withdrawn" if self.withdrawn else "approved" if self.approved_by else "proposed"

    @cached_property
    def file(self) -> bytes:
        """The DOCX; raises Unacceptable `template.damaged` when it is not the one that the entry names."""
        try:
            found = base64.b64decode("".join(self.data), validate=True)
        except ValueError:
            found = b""
        if hashlib.sha256(found).hexdigest() != self.sha256:
            raise Unacceptable("template.damaged")
        return found


def fields(kind: str) -> tuple[Slot, ...]:
    """Every name that a template of the kind may use, flags left out; raises RefusedByRule `document.kind`."""
    return tuple(each for each in template_fields.slots_of(catalogue.kind_of(kind)) if each.sort is not Sort.FLAG)


def needed(kind: str) -> tuple[str, ...]:
    """What a template of the kind must print; `|` stands between two that say the same."""
    return template_fields.needed_by(catalogue.kind_of(kind))


def findings(kind: str, data: bytes) -> tuple[Finding, ...]:
    """Everything that is wrong with a file as a template; raises Unacceptable `template.package` for one not let in."""
    return tuple(map(told, template_check.check(catalogue.kind_of(kind), template_parts.admitted(data))))


def told(each: template_check.TemplateFinding) -> Finding:
    """A finding as lists show it, its place before it."""
    words = f"{each.place}：{each.message}" if each.place else each.message
    severity = Severity.BLOCK if each.blocks else Severity.WARN
    return Finding(f"template.{each.code}", severity, words, SOURCE, each.place)


def propose(
    desk: Desk, path: Path, *, kind: str, version: str, valid_from: str = ""
) -> tuple[str, tuple[Finding, ...]]:
    """Keep a checked template; its id and what was told beside. Without `valid_from` it counts from today.

    Raises Faulty, Unacceptable `template.package`, `template.version`, `template.size`, `date.form`.
    """
    info = refuse_wrong_head(kind, version)
    day = parse_iso_day(valid_from) if valid_from else desk.today()
    file, found = checked(info.id, bounded(path, MAX_FILE))
    template = desk.fresh_id()
    draft = pen(desk).write(
        "template.proposed", id=template, kind=info.id, version=version, valid_from=day.isoformat(),
        sha256=hashlib.sha256(file).hexdigest(), login=desk.vault.user.login, data=portions(file),
    )  # fmt: skip
    desk.vault.append([draft])
    return template, found


def checked(kind: str, data: bytes) -> tuple[bytes, tuple[Finding, ...]]:
    """The file as it is kept, and what was told beside; raises Faulty, Unacceptable `template.package`,
    `template.size`.
    """
    found = findings(kind, data)
    if any(each.severity is Severity.BLOCK for each in found):
        raise Faulty(found)
    file = template_parts.cleaned(data)
    if len(file) > MAX_KEPT:
        raise Unacceptable("template.size")
    return file, found


def portions(file: bytes) -> list[str]:
    """A file as its entry holds it: base64 in strings, each within the limit of an entry's text."""
    return [base64.b64encode(file[place : place + PORTION]).decode() for place in range(0, len(file), PORTION)]


def refuse_wrong_head(kind: str, version: str) -> KindInfo:
    """The kind; raises for one that is none and for a version that says nothing."""
    info = catalogue.kind_of(kind)
    if not version.strip() or len(version) > MAX_VERSION or not version.isprintable():
        raise Unacceptable("template.version")
    return info


def pen(desk: Desk) -> Pen:
    """A pen for the stream of templates."""
    return Pen(TEMPLATES, NONE_SEEN, desk.now_ms(), desk.vault.user.id or None)


def approve(desk: Desk, template: str) -> None:
    """Let papers be issued from a template; checked once more, as it may have come from elsewhere.

    Raises RefusedByRule `template.second_person` for its proposer, `template.withdrawn`, Unacceptable
    `template.unknown`, Faulty. An account of the county is nobody of this vault, whatever its name.
    """
    found = still_here(desk, template)
    if found.approved:
        return
    if found.proposed_by == desk.vault.user.login and not found.sent_by:
        raise RefusedByRule("template.second_person")
    wrong = findings(found.kind, found.file)
    if any(each.severity is Severity.BLOCK for each in wrong):
        raise Faulty(wrong)
    desk.vault.append(
        [pen(desk).write("template.approved", id=template, sha256=found.sha256, login=desk.vault.user.login)]
    )


def withdraw(desk: Desk, template: str, reason: str) -> None:
    """Let no paper be made from a template any more; papers that were issued from it stay as they are.

    Raises Unacceptable `template.unknown`, RefusedByRule `template.withdrawn` for the second time, `template.reason`.
    """
    found, why = still_here(desk, template), cleaned_text(desk, reason, "reason").strip()
    if not why:
        raise RefusedByRule("template.reason")
    desk.vault.append(
        [pen(desk).write("template.withdrawn", id=found.id, login=desk.vault.user.login, reason=why)]
    )  # fmt: skip


def still_here(desk: Desk, template: str) -> KeptTemplate:
    """A template that nobody withdrew; raises Unacceptable `template.unknown`, RefusedByRule `template.withdrawn`."""
    found = known(desk, template)
    if found.withdrawn:
        raise RefusedByRule("template.withdrawn")
    return found


def kept(desk: Desk) -> tuple[KeptTemplate, ...]:
    """Every template of this vault, oldest first."""
    entries = desk.vault.stream(TEMPLATES)
    proposals = {str(each.content()["id"]): each for each in reversed(entries) if is_proposal(each)}
    return tuple(as_kept(desk.vault.desk, each, entries) for each in reversed(proposals.values()))


def is_proposal(entry: Entry) -> bool:
    """True for a proposal whose body is there."""
    return entry.kind == "template.proposed" and not entry.erased


def as_kept(desk: DeskId, proposal: Entry, entries: Sequence[Entry]) -> KeptTemplate:
    """A proposal with the approval that counts for it at this desk."""
    body, sent_by = proposal.content(), sender(proposal, entries)
    data = body["data"]
    approval = next(approvals(desk, proposal, entries, foreign=bool(sent_by)), None)
    return KeptTemplate(
        str(body["id"]), str(body["kind"]), str(body["version"]), date.fromisoformat(str(body["valid_from"])),
        str(body["sha256"]), f"{body['login']}", str(approval.content()["login"]) if approval else "",
        tuple(map(str, data)) if isinstance(data, list) else (),
        withdrawal(desk, proposal, entries, county=bool(sent_by)), sent_by,
    )  # fmt: skip


def sender(proposal: Entry, entries: Sequence[Entry]) -> str:
    """Who sent it down at the county, empty for nobody: told by an entry that only a center may write, of the desk that
    the proposal is of, so that no county can make a room's own template its own.
    """
    asked = proposal.content()
    for entry in entries:
        if entry.kind == "template.issued" and entry.desk == proposal.desk and not entry.erased:
            sent = entry.content()
            if (sent["id"], sent["sha256"]) == (asked["id"], asked["sha256"]):
                return str(sent["login"])
    return ""


def withdrawal(desk: DeskId, proposal: Entry, entries: Sequence[Entry], *, county: bool) -> str:
    """Why it was withdrawn here or where it comes from, empty for not at all; another desk cannot take it away."""
    template, own = proposal.content()["id"], {desk, proposal.desk}
    kinds = {"template.withdrawn", *(["template.recalled"] if county else [])}
    told = (
        entry.content() for entry in entries
        if entry.kind in kinds and not entry.erased and (entry.kind == "template.recalled" or entry.desk in own)
    )  # fmt: skip
    return next((str(each["reason"]) for each in told if each["id"] == template), "")


def approvals(desk: DeskId, proposal: Entry, entries: Sequence[Entry], *, foreign: bool) -> Iterator[Entry]:
    """Approvals that count: written here, for this very file, by another person than its proposer.

    `foreign` is a proposal of the county's, whose accounts are not those of this vault.
    """
    asked = proposal.content()
    for entry in entries:
        if entry.kind != "template.approved" or entry.desk != desk or entry.erased:
            continue
        given = entry.content()
        same_file = (given["id"], given["sha256"]) == (asked["id"], asked["sha256"])
        own = given["login"] == asked["login"] or (proposal.desk == desk and entry.user == proposal.user)
        if same_file and (foreign or not own):
            yield entry


def known(desk: Desk, template: str) -> KeptTemplate:
    """One template; raises Unacceptable `template.unknown`."""
    found = next((each for each in kept(desk) if each.id == template), None)
    if found is None:
        raise Unacceptable("template.unknown", where=template)
    return found


def chosen(desk: Desk, kind: str, template: str) -> Template:
    """The template for a paper of this kind: by id, or with DEFAULT the one in force, else the program's own.

    Raises Unacceptable `template.unknown`, RefusedByRule `template.kind` for one of another kind, `template.none`,
    `template.withdrawn`.
    """
    info = catalogue.kind_of(kind)
    found = in_force(desk, kind) if template == DEFAULT else still_here(desk, template)
    if found is None:
        return shipped(info)
    if found.kind != kind:
        raise RefusedByRule("template.kind", where=kind)
    return Template(info, template_parts.admitted(found.file), found.sha256, found.version, found.approved)


def in_force(desk: Desk, kind: str) -> KeptTemplate | None:
    """The approved template of a kind that counts today: the newest by its first day, then by its entry."""
    today = desk.today()
    every = [each for each in kept(desk) if each.kind == kind and each.approved and each.valid_from <= today]
    return max(reversed(every), key=lambda each: each.valid_from, default=None)


def shipped_file(kind: str) -> bytes:
    """The template that comes with the program; raises RefusedByRule `template.none` for a kind without one."""
    try:
        return (SHIPPED / f"{catalogue.kind_of(kind).id}.docx").read_bytes()
    except FileNotFoundError:
        raise RefusedByRule("template.none", where=kind) from None


def write_shipped(kind: str, path: Path) -> None:
    """Write the program's own template to begin with; raises as `shipped_file` and WorldFailed `file.write`."""
    with staged({path: shipped_file(kind)}):
        pass


def shipped(info: KindInfo) -> Template:
    """The program's own template of a kind."""
    data = shipped_file(info.id)
    version = json.loads((SHIPPED / f"{info.id}.json").read_text(encoding="utf-8"))["version"]
    return Template(info, template_parts.admitted(data), hashlib.sha256(data).hexdigest(), version, approved=True)


def as_sample(template: Template) -> Template:
    """The same as nobody had approved it: for trials."""
    return replace(template, approved=False)
