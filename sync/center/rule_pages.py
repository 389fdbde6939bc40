"""规则: calendars and rules of deadlines that the county sends down; published after a second look."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from mediator.core.deadlines import set_of
from mediator.core.lint_table import shipped_lint
from mediator.core.rules import RuleSet
from mediator.core.tables import Table, shipped
from mediator.errors import MediatorError, Unacceptable
from sync.center import publishing
from sync.center.accounts import Session
from sync.center.county import Center, moment_of
from sync.center.folding import fold_dirty
from sync.center.pages import Pages, form_of, text
from sync.center.problems import sentence_of, status_of
from sync.center.published import tables_of
from sync.center.publishing import MAX_TABLE, Draft, TableName
from sync.center.roles import Right

SHOWN: Final = 300


@dataclass(frozen=True, slots=True)
class RulePages:
    """Behind the same door as the other pages."""

    pages: Pages

    def routes(self) -> list[Route]:
        """The list, the second look, and each table as a file."""
        inside = self.pages.inside
        look = inside(self.draft, Right.PUBLISH, posted=True, most=MAX_TABLE * 2, files=1)
        send = inside(self.publish, Right.PUBLISH, posted=True, most=MAX_TABLE * 6)
        return [
            Route("/rules", inside(self.rules, Right.RULES), methods=["GET"]),
            Route("/rules", look, methods=["POST"]),
            Route("/rules/publish", send, methods=["POST"]),
            Route("/rules/{table}", inside(self.file, Right.RULES), methods=["GET"]),
        ]

    async def rules(self, _request: Request, session: Session) -> Response:
        """What counts, what was published, and the form for another table."""
        return await self._rules(session, None)

    async def _rules(self, session: Session, error: MediatorError | None) -> Response:
        facts = await run_in_threadpool(lambda: shown(self.pages.center))
        sentence = sentence_of(error.code) if error else ""
        where = error.where if error else ""
        status = status_of(error) if error else 200
        return self.pages.html("rules", session, status, **facts, sentence=sentence, where=where)

    async def draft(self, request: Request, session: Session) -> Response:
        """A file that was handed in: what it would change, or why it will not do, with its place."""
        form, center = await form_of(request, most=MAX_TABLE * 2, files=1), self.pages.center
        try:
            data = await file_in(form)
            draft = draft_in(form, data)
            look = await run_in_threadpool(lambda: publishing.look(center, draft))
        except MediatorError as error:
            return await self._rules(session, error)
        facts: dict[str, Any] = {"look": look, "draft": draft, "shown": SHOWN, "today": center.today()}
        return self.pages.html("publish", session, **facts, content=json.dumps(draft.content, ensure_ascii=False))

    async def publish(self, request: Request, session: Session) -> Response:
        """The same table once more, confirmed: checked again, written, and every case counted by it."""
        form, center = await form_of(request, most=MAX_TABLE * 6), self.pages.center
        seen = text(form, "seen")
        try:
            draft = draft_in(form, text(form, "content").encode())
            number = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 7 else -1
            await run_in_threadpool(lambda: publishing.publish(center, draft, seen=number, who=session.login))
        except MediatorError as error:
            return await self._rules(session, error)
        return RedirectResponse("/rules", 303, background=BackgroundTask(fold_dirty, center))

    async def file(self, request: Request, _session: Session) -> Response:
        """A table as it was published, or as the program brings it, to start another one from."""
        name = request.path_params["table"]
        content = await run_in_threadpool(lambda: content_of(self.pages.center, name))
        data = json.dumps(content, ensure_ascii=False, indent=1)
        head = {"Content-Disposition": f'attachment; filename="table-{name}.json"'}
        return Response(data, media_type="application/json", headers=head)


def shown(center: Center) -> dict[str, Any]:
    """What the page tells."""
    tables, today = tables_of(center), center.today()
    terms = {each.value: each.term for each in TableName}
    lines = [(e, terms.get(e.table.name, e.table.name), moment_of(e.at)) for e in publishing.history(center)]
    return {
        "tables": tables, "history": lines, "today": today, "names": terms,
        "rules": labels_of(set_of(tables.rules, today)),
        "refused": {each.table.order: publishing.place_in_words(each.where) for each in tables.refused},
        "known": tables.calendar.covers(today.year + 1), "most": MAX_TABLE >> 10,
    }  # fmt: skip


def labels_of(rules: RuleSet) -> list[tuple[str, str]]:
    """Each deadline with what its parts are called."""
    found: dict[str, list[str]] = {}
    for each in rules.rules:
        found.setdefault(each.id, []).append(each.label)
    return [(key, "、".join(dict.fromkeys(labels))) for key, labels in sorted(found.items())]


def content_of(center: Center, name: str) -> object:
    """What a link to a table names; raises Unacceptable `publish.unknown`."""
    if name == TableName.CALENDAR.value:
        return shipped("holidays.json")
    if name == TableName.DEADLINES.value:
        return [each.content for each in Table(shipped("deadlines.json")).rows("versions")][-1]
    if name in (TableName.PETITIONS.value, TableName.INDICES.value):
        return shipped(f"{name}.json")
    if name == TableName.LINT.value:
        return {"severities": [[each.id, each.severity.value] for each in shipped_lint().values()]}
    if not (name.isascii() and name.isdigit() and len(name) < 10):
        raise Unacceptable("publish.unknown")
    return publishing.one(center, int(name)).content


def draft_in(form: FormData, data: bytes) -> Draft:
    """The draft that a form holds."""
    name, version, day = (text(form, each) for each in ("name", "version", "valid_from"))
    return publishing.read_draft(data, name=name, version=version, valid_from=day)


async def file_in(form: FormData) -> bytes:
    """The file that was chosen; raises Unacceptable `publish.none`, `publish.size`."""
    chosen = form.get("file")
    if not isinstance(chosen, UploadFile) or not chosen.filename:
        raise Unacceptable("publish.none")
    data = await chosen.read(MAX_TABLE + 1)
    if len(data) > MAX_TABLE:
        raise Unacceptable("publish.size", limit=MAX_TABLE >> 10)
    return data
