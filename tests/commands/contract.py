"""The tests' own copy of the command line's contract: each command with what it prints, refuses and calls wrong use.

Words in braces are filled in by the test: {number} a signed case, {plain} a case without agreement, {out} a new folder,
{file} a case file, {bad} a broken one, {paper} an issued paper, {backup} a backup, {secret} a new password's file,
{paper_number} its number,
{code} the recovery code's file, {values} what is typed for a notice, {slots} for a clause,
{taken} a file in the place of a folder, {photo} a picture,
{late} a case that is overdue and {order} the order about it,
{volume} a dossier and {listing} the list beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

FIGURES = frozenset({"sent", "received", "receipts", "conflicts", "pending", "bytes"})
SAID = frozenset({"code", "message", "where", "safe"})


@dataclass(frozen=True)
class Row:
    """One command: what it prints at least as JSON, a refusal with its exit code and word, and a wrong use."""

    words: str
    works: str
    members: frozenset[str]
    refused: str
    code: int
    word: str
    misused: str
    rows: dict[str, frozenset[str]] = field(default_factory=dict)


def of(*names: str) -> frozenset[str]:
    """A set of members."""
    return frozenset(names)


ROWS = (
    Row("vault create", "--organization 某镇调委会 --division 331122101 --user li --name 李 --vault {new}",
        of("vault_id", "recovery_code"),
        "--organization 某镇调委会 --division 331122101 --user li --name 李", 1, "vault.exists",
        "--organization 某镇调委会 --division 331122101 --user li"),
    Row("vault check", "--full", of("ok", "entries", "findings"), "--user niemand", 3, "vault.unknown_user", "--voll"),
    Row("vault passwd", "--new-password-file {secret}", of(), "--new-password-file {weak}", 1, "password.short",
        "--new-password-file"),
    Row("vault user add", "wang --new-password-file {secret}", of("users"), "li --new-password-file {secret}", 1,
        "vault.user_exists", "--new-password-file {secret}", {"users": of("login", "name")}),
    Row("vault user remove", "wang", of("users"), "li", 1, "vault.last_user", ""),
    Row("vault user list", "", of("users"), "--user niemand", 3, "vault.unknown_user", "zuviel"),
    Row("vault backup", "--out {out}", of("backup", "entries", "verified"), "--out {taken}", 6, "backup.failed", ""),
    Row("vault restore", "--from {backup} --vault {new}", of("backup", "entries", "verified"),
        "--from {taken} --vault {new}", 4, "backup.none", "--vault {new}"),
    Row("vault recover", "--code-file {code} --new-password-file {secret}", of("recovery_code", "entries", "verified"),
        "--code-file {secret} --new-password-file {secret}", 3, "recovery.length", "--new-password-file {secret}"),
    Row("case import", "{file}", of("cases", "findings"), "{bad}", 4, "case.schema", "",
        {"cases": of("id", "number")}),
    Row("case list", "--status signed --limit 5", of("cases"), "--user niemand", 3, "vault.unknown_user",
        "--status quatsch", {"cases": of("id", "number", "status")}),
    Row("case show", "{number}",
        of("format", "version", "kind", "title", "dispute_type", "parties", "facts", "id", "number", "status",
           "history"),
        "不在的案号", 4, "case.unknown", ""),
    Row("case search", "四月一日", of("hits", "total"), "四月 --user niemand", 3, "vault.unknown_user",
        "四月 --limit 0",
        {"hits": of("case", "field", "excerpt")}),
    Row("case checks", "{number}", of("findings", "deadlines"), "不在的案号", 4, "case.unknown", "",
        {"findings": of("rule", "severity", "message", "source"), "deadlines": of("rule", "due", "explanation")}),
    Row("case orders", "{late}", of("orders", "raised"), "不在的案号", 4, "case.unknown", "{number} zuviel",
        {"orders": of("id", "case", "number", "sort", "rule", "text", "state", "stands", "answer_by", "received_on")}),
    Row("case answer", "{late} {order} --text 已约双方", of("id", "sort", "state", "answer", "answered_on"),
        "{number} ffff0000 --text 已办", 4, "order.unknown", "{number} ffff0000"),
    Row("case similar", "{number}", of("hits"), "不在的案号", 4, "case.unknown", "",
        {"hits": of("case", "score", "reasons", "outcome", "clauses")}),
    Row("case duplicates", "{number} --same {plain}", of("hits"), "不在的案号", 4, "case.unknown", "",
        {"hits": of("case", "score", "reasons", "likeness")}),
    Row("import ledger", "{ledger}", of("added", "cases", "known", "refused", "mapping", "unmapped", "duplicates"),
        "{bad}", 4, "ledger.head", "{ledger} --mapping 日期", {"cases": of("id", "number", "row")}),
    Row("import hotline", "{orders} --receipt {out}.csv", of("added", "cases", "known", "refused", "receipt_file"),
        "{bad}", 4, "ledger.head", "", {"cases": of("id", "number", "row")}),
    Row("hearing record", "{plain}", of("hearing", "turns"), "{plain} --held-at 昨天", 4, "hearing.time", ""),
    Row("agreement clauses", "{plain}", of("templates"), "不在的案号", 4, "case.unknown", "",
        {"templates": of("id", "title", "about", "text", "fits", "slots")}),
    Row("agreement add", "{plain} lump_sum --slots {slots}", of("clause", "text", "obligations"),
        "{plain} lump_sum --slots {values}", 4, "clause.slot", "{plain} lump_sum",
        {"obligations": of("id", "clause", "payer", "payee", "amount", "due", "method")}),
    Row("agreement show", "{number}", of("clauses", "obligations", "dues"), "不在的案号", 4, "case.unknown", "",
        {"clauses": of("id", "text", "template", "slots"), "obligations": of("id", "payer", "payee", "amount", "due"),
         "dues": of("obligation", "due", "last", "explanation")}),
    Row("document kinds", "", of("kinds"), "", 0, "", "zuviel",
        {"kinds": of("id", "title", "formats", "group")}),
    Row("document fields", "hearing_notice", of("kind", "fields"), "", 0, "", "nichts",
        {"fields": of("name", "label", "shape", "needed", "choices", "columns")}),
    Row("document fill", "{plain} hearing_notice --values {values}", of("form", "kind"),
        "{plain} hearing_notice --values {file}", 4, "field.value", "{plain} nichts --values {values}"),
    Row("document blank", "receipt ledger --format pdf --out {out}", of("documents"), "receipt --out {taken}", 6,
        "file.write", "nichts --out {out}", {"documents": of("kind", "number", "files", "pages")}),
    Row("document make", "{plain} application --format pdf --out {out}", of("documents"),
        "{plain} mediation_agreement --out {out}", 1, "document.findings", "{plain} nichts --out {out}",
        {"documents": of("kind", "number", "files", "pages")}),
    Row("document due", "{number} --format pdf --out {out}", of("documents", "findings"), "不在的案号 --out {out}", 4,
        "case.unknown", "{number}", {"documents": of("kind", "number", "files", "pages")}),
    Row("dossier", "{number} --out {out} " + " ".join(f"--excuse {kind}=无" for kind in (
            "application", "acceptance_register", "rights_notice", "mediation_record", "mediation_agreement")),
        of("file", "pages", "items", "manifest", "findings", "documents"),
        "{number} --out {out}", 1, "dossier.incomplete", "{number} --out {out} --excuse application",
        {"items": of("kind", "title", "number", "date", "first", "pages", "sha256", "sm3", "entry")}),
    Row("dossier attach", "{number} {photo} --as 证据 --title 照片",
        of("id", "title", "place", "pages", "sha256", "size"),
        "{number} {file} --as 证据 --title 照片", 4, "scan.kind", "{number} {photo} --title 照片"),
    Row("dossier verify", "{volume} {listing}", of("state", "number", "pages", "items", "key"), "{file} {file}", 4,
        "dossier.manifest", "{file}"),
    Row("document picture", "{plain} 𠀣 {photo}", of("char", "code"), "{plain} 𠀣 {file}", 4, "glyph.kind",
        "{plain} 𠀣"),
    Row("document verify", "{paper} {file}", of("results"), "{new}", 4, "file.missing", "",
        {"results": of("file", "state", "document", "note")}),
    Row("document check", "{paper}", of("results"), "{file}", 4, "document.unreadable", "",
        {"results": of("file", "findings")}),
    Row("document page", "--out {out}.html", of("file", "keys", "superseded"), "--out {taken}/x.html", 6, "file.write",
        ""),
    Row("document reprint", "{plain} {paper_number} --copy --out {out}", of("number", "files"),
        "{plain} 没有的文号 --out {out}", 1, "document.unknown", "{plain} --out {out}",
        {"files": of("path", "sha256")}),
    Row("template fields", "receipt", of("kind", "fields", "needed"), "", 0, "", "nichts",
        {"fields": of("name", "label", "sort", "columns")}),
    Row("template start", "receipt --out {out}", of("file"), "receipt --out {taken}", 6, "file.write",
        "nichts --out {out}"),
    Row("template add", "{docx} --kind receipt --version 1", of("template", "findings"),
        "{file} --kind receipt --version 1", 4, "template.package", "{docx} --kind nichts --version 1"),
    Row("template list", "", of("templates"), "--user niemand", 3, "vault.unknown_user", "zuviel",
        {"templates": of("id", "kind", "version", "valid_from", "sha256", "proposed_by", "approved_by", "state")}),
    Row("template try", "{template} --out {out}", of("results"), "nichts --out {out}", 4, "template.unknown", "",
        {"results": of("sample", "files", "pages", "code", "checks")}),
    Row("template approve", "{template} --user wang", of("template", "approved"),
        "nichts", 4, "template.unknown", ""),
    Row("sync usb", "{out}", FIGURES, "{away}", 6, "stick.gone", ""),
    Row("sync network", "", FIGURES, "http://center.example", 4, "sync.url", "a b"),
    Row("sync status", "", FIGURES, "--user niemand", 3, "vault.unknown_user", "zuviel"),
    Row("enroll network", "https://center.example --code ABCD-1234", of("device", "center", "state"),
        "https://center.example --code ABCD-0000", 3, "enroll.code", "https://center.example"),
    Row("enroll usb", "{out}", of("device", "center", "state"), "{away}", 6, "stick.gone", ""),
    Row("report", "ledger --from 2026-01-01 --to 2026-03-31 --out {out}", of("kind", "from", "to", "as_of", "files"),
        "ledger --from 2026-03-05 --to 2026-03-01 --out {out}", 1, "report.span", "ledger --from gestern --out {out}",
        {"files": of("path", "pages")}),
)  # fmt: skip
PROMISED = frozenset({*(row.words for row in ROWS), "app", "demo", "screenshots"})
