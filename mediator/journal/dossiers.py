"""What a case's dossier holds beside its papers: scans, reasons for what is missing, and how it was bound."""

from __future__ import annotations

from mediator.core.records import Evidence, EvidenceId, Excuse, Filing
from mediator.journal.reading import Reader, moment
from mediator.journal.state import State, is_present


def evidence_of(state: State) -> tuple[Evidence, ...]:
    """Every scan that was attached and not taken out again, in order of attaching."""
    rows = []
    for key, item in state.of_kind("evidence"):
        reader, written = Reader.of(item), item.fields.get("sha256", ())
        if not is_present(item):
            continue
        rows.append(
            Evidence(
                id=EvidenceId(key),
                title=reader.text("title"),
                place=reader.text("place"),
                sha256=reader.text("sha256"),
                pages=reader.count("pages") or 0,
                size=reader.count("size") or 0,
                attached_at=moment(written[0].wall) if written else None,
            )
        )
    return tuple(rows)


def excuses_of(state: State) -> tuple[Excuse, ...]:
    """The newest reason for each missing item."""
    newest = {str(write.value): (write, body) for write, body in state.excuses}
    return tuple(Excuse(item, Reader(body).text("reason"), write.user) for item, (write, body) in newest.items())


def filings_of(state: State) -> tuple[Filing, ...]:
    """Every time the dossier was bound."""
    return tuple(
        Filing(
            id=reader.text("id"),
            sha256=reader.text("sha256"),
            manifest=reader.text("manifest"),
            pages=reader.count("pages") or 0,
            items=reader.count("items") or 0,
            filed_at=moment(write.wall),
        )
        for write, reader in ((write, Reader(body)) for write, body in state.filings)
    )
