"""文书模板: the county's layouts of papers, handed in by one, released by another, taken back with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from mediator.errors import MediatorError, Unacceptable
from sync.center import paper_templates
from sync.center.accounts import Session
from sync.center.county import moment_of
from sync.center.hands import Fault, Layouts
from sync.center.pages import MAX_FORM, Pages, form_of, text
from sync.center.paper_templates import MAX_TEMPLATE, Typed
from sync.center.problems import sentence_of, status_of
from sync.center.roles import Right

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LIST: Final = "/rules/papers"
KEPT: Final = f"{LIST}?kept=1"
BLANK: Final = Typed("", "", "")


@dataclass(frozen=True, slots=True)
class PaperPages:
    """Behind the same door; without `layouts` nothing is taken in and nothing released."""

    pages: Pages
    layouts: Layouts | None = None

    def routes(self) -> list[Route]:
        """The list with its form, the two words on a template, and files."""
        inside = self.pages.inside
        taken = inside(self.propose, Right.PUBLISH, posted=True, most=MAX_TEMPLATE + MAX_FORM, files=1)
        return [
            Route(LIST, inside(self.list, Right.RULES), methods=["GET"]),
            Route(LIST, taken, methods=["POST"]),
            Route(f"{LIST}/issue", inside(self.issue, Right.PUBLISH, posted=True), methods=["POST"]),
            Route(f"{LIST}/recall", inside(self.recall, Right.PUBLISH, posted=True), methods=["POST"]),
            Route(f"{LIST}/start", inside(self.start, Right.RULES), methods=["GET"]),
            Route(f"{LIST}/{{template}}", inside(self.file, Right.RULES), methods=["GET"]),
        ]

    async def list(self, request: Request, session: Session) -> Response:
        """Every template with how it stands."""
        return await self._list(session, kept=request.query_params.get("kept") == "1")

    async def _list(
        self, session: Session, error: MediatorError | None = None, *, typed: Typed = BLANK,
        faults: tuple[Fault, ...] = (), kept: bool = False,
    ) -> Response:  # fmt: skip
        found = await run_in_threadpool(paper_templates.every, self.pages.center)
        kinds, starters = (self.layouts.kinds(), self.layouts.starters()) if self.layouts else ({}, ())
        facts: dict[str, Any] = {
            "found": found, "kinds": kinds, "starters": starters, "typed": typed, "faults": faults, "kept": kept,
            "sentence": sentence_of(error.code) if error else "", "most": MAX_TEMPLATE >> 20,
            "today": self.pages.center.today(), "taken": self.layouts is not None, "moment_of": moment_of,
        }  # fmt: skip
        status = status_of(error) if error else 422 if any(each.stops for each in faults) else 200
        return self.pages.html("papers", session, status, **facts)

    async def propose(self, request: Request, session: Session) -> Response:
        """A file: kept, with what was told beside; or every fault by its place, and what was typed stays."""
        form, center = await form_of(request, most=MAX_TEMPLATE + MAX_FORM, files=1), self.pages.center
        typed = Typed(*(text(form, each) for each in ("kind", "version", "valid_from")))
        layouts = self.checks()
        try:
            data = await file_in(form)
            deed = paper_templates.propose
            looked = await run_in_threadpool(lambda: deed(center, layouts, typed, data, who=session.login))
        except MediatorError as error:
            return await self._list(session, error, typed=typed)
        if looked.faults:
            return await self._list(
                session, typed=BLANK if looked.will_do else typed, faults=looked.faults, kept=looked.will_do
            )
        return RedirectResponse(KEPT, 303)

    async def issue(self, request: Request, session: Session) -> Response:
        """The second person's word: down to every room."""
        template, layouts = text(await form_of(request), "template"), self.checks()
        center, deed = self.pages.center, paper_templates.issue
        return await self._said(session, lambda: deed(center, layouts, template, who=session.login))

    async def recall(self, request: Request, session: Session) -> Response:
        """Taken back, with the reason."""
        form, center = await form_of(request), self.pages.center
        template, reason = text(form, "template"), text(form, "reason")
        return await self._said(
            session, lambda: paper_templates.recall(center, template, reason, who=session.login)
        )  # fmt: skip

    async def _said(self, session: Session, deed: Any) -> Response:
        try:
            await run_in_threadpool(deed)
        except MediatorError as error:
            return await self._list(session, error)
        return RedirectResponse(LIST, 303)

    async def start(self, request: Request, _session: Session) -> Response:
        """The program's own template of a kind, to begin with."""
        kind, layouts = request.query_params.get("kind", ""), self.checks()
        title = layouts.kinds().get(kind)
        if title is None:
            raise Unacceptable("template.kind")
        return attachment(await run_in_threadpool(layouts.starter, kind), f"{title}.docx")

    async def file(self, request: Request, _session: Session) -> Response:
        """A template as it was kept."""
        template = request.path_params["template"]
        found = await run_in_threadpool(paper_templates.one, self.pages.center, template)
        title = (self.layouts.kinds() if self.layouts else {}).get(found.kind, found.kind)
        return attachment(await run_in_threadpool(lambda: found.file), f"{title}_{found.version}.docx")

    def checks(self) -> Layouts:
        """What looks at files; raises Unacceptable `page.unknown` where nothing does."""
        if self.layouts is None:
            raise Unacceptable("page.unknown")
        return self.layouts


def attachment(data: bytes, name: str) -> Response:
    """A file for the reader's folder, never shown in the browser."""
    return Response(
        data, media_type=DOCX, headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
    )


async def file_in(form: FormData) -> bytes:
    """The file that was chosen; raises Unacceptable `publish.none`, `template.size`."""
    chosen = form.get("file")
    if not isinstance(chosen, UploadFile) or not chosen.filename:
        raise Unacceptable("publish.none")
    data = await chosen.read(MAX_TEMPLATE + 1)
    if len(data) > MAX_TEMPLATE:
        raise Unacceptable("template.size")
    return data
