"""A template's author reads everything that is wrong with it at once, in plain words, each with its place."""

from __future__ import annotations

import pytest

from mediator.docs.catalogue import kind_of, kinds
from mediator.docs.kinds import KindInfo
from mediator.docs.templates.check import TemplateFinding, check
from mediator.docs.templates.fields import Sort, needed_by, slots_of
from mediator.docs.templates.parts import admitted
from tests.docs.foreign_words import a_word, with_text_part

RECEIPT = kind_of("receipt")
SHIPPED = ("mediation_agreement", "settlement_agreement", "hearing_notice", "receipt")


def found(*lines: str, info: KindInfo = RECEIPT) -> list[TemplateFinding]:
    """All findings of a template of these lines."""
    return list(check(info, admitted(a_word(*lines))))


def told(*lines: str) -> list[tuple[str, str, str]]:
    """Code, name and place of what is wrong, missing fields left out."""
    return [(each.code, each.name, each.place) for each in found(*lines) if each.code != "missing"]


def loops_for(info: KindInfo, leaving: str = "") -> list[str]:
    """Lines that print every name a template of the kind may use, but one."""
    lines = []
    for slot in slots_of(info):
        if slot.sort is Sort.TEXT and slot.name != leaving:
            lines.append(f"{{{{ {slot.name} }}}}")
        if slot.sort is Sort.ROWS:
            columns = [
                each for each in slot.columns if each.sort is Sort.TEXT and f"{slot.name}.{each.name}" != leaving
            ]
            inner = "".join(f"{{{{ item.{each.name} }}}}" for each in columns)
            lines += [f"{{%p for item in {slot.name} %}}", inner, "{%p endfor %}"]
    return lines


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("{{ 付钱人 }}",), [("unknown", "付钱人", "正文第2段“{{ 付钱人 }}”")]),
        (("好", "{{ parties[0].wealth }}"), [("unknown", "Getitem.wealth", "正文第3段“{{ parties[0].wealth }}”")]),
        (("{{ payer",), [("unclosed", "", "正文第2段“{{ payer”")]),
        (("元}}",), [("unclosed", "", "正文第2段“元}}”")]),
        (("{%p for p in parties %}", "{{ p.name }}"), [("unclosed", "", "正文第2段“{%p for p in parties %}”")]),
        (("{%p endif %}",), [("unclosed", "", "正文第2段“{%p endif %}”")]),
        (("{%p if has_payer %}", "{% endif %}"), [("pairing", "", "正文第3段“{% endif %}”")]),
        (("甲{%p if has_payer %}", "{%p endif %}"), [("alone", "", "正文第2段“{%p if has_payer %}”")]),
        (("{{ parties }}",), [("not_text", "parties", "正文第2段“{{ parties }}”")]),
        (("{{ has_payer }}",), [("not_text", "has_payer", "正文第2段“{{ has_payer }}”")]),
        (("{% if payer %}甲{% endif %}",), [("not_flag", "payer", "正文第2段“{% if payer %}”")]),
        (("{% for p in payer %}{% endfor %}",), [("not_list", "payer", "正文第2段“{% for p in payer %}”")]),
        (("{% for payee in parties %}{% endfor %}",), [("name", "payee", "正文第2段“{% for payee in parties %}”")]),
        (("{% set x = 1 %}",), [("forbidden", "set", "正文第2段“{% set x = 1 %}”")]),
        (("{% if has_payer %}甲{% elif has_payee %}乙{% else %}丙{% endif %}",), []),
        (("{% if not has_payer and (has_payee or has_total) %}甲{% endif %}",), []),
        (("{{ 付款人 }}{{ facts_lines|join(“、”) }}{{ 当事人列表|length }}{{ 当事人列表[0].姓名 }}",), []),
        (("{% for p in 当事人列表 %}{{ p.姓名 }}{% if loop.last %}。{% else %}、{% endif %}{% endfor %}",), []),
    ],
)  # fmt: skip
def test_each_fault_is_told_by_its_place(lines: tuple[str, ...], expected: list[tuple[str, str, str]]) -> None:
    assert told(*lines) == expected


def test_everything_is_told_at_once() -> None:
    codes = [each.code for each in found("{{ a }}", "{{ b }}", "{{", "{% set c %}")]
    assert codes[:4] == ["unknown", "unknown", "unclosed", "forbidden"]
    assert codes[4:] == ["missing"] * (len(codes) - 4)


def test_an_unknown_list_is_told_once_and_not_for_each_of_its_columns() -> None:
    assert [each[0] for each in told("{%p for x in 名单 %}", "{{ x.a }}{{ x.b }}", "{%p endfor %}")] == ["unknown"]


@pytest.mark.parametrize(
    ("part", "word"), [("hdr", "页眉"), ("ftr", "页脚"), ("footnotes", "脚注"), ("endnotes", "尾注")]
)
def test_the_part_is_called_as_a_clerk_calls_it(part: str, word: str) -> None:
    data = with_text_part(a_word("甲"), part, "<w:p><w:r><w:t>{{ x }}</w:t></w:r></w:p>")
    assert f"{word}第1段“{{{{ x }}}}”" in [each.place for each in check(RECEIPT, admitted(data))]


@pytest.mark.threat("T34")
@pytest.mark.parametrize("kind", SHIPPED)
def test_each_missing_obligatory_field_is_refused_by_name(kind: str) -> None:
    info = kind_of(kind)
    assert [each for each in found(*loops_for(info), info=info) if each.blocks] == []
    for need in needed_by(info):
        if "|" not in need:
            missing = [each for each in found(*loops_for(info, leaving=need), info=info) if each.code == "missing"]
            assert len(missing) == 1, need
            assert missing[0].blocks
            assert missing[0].name in missing[0].message


def test_either_of_two_that_say_the_same_is_enough() -> None:
    info = kind_of("rights_notice")
    lines = ["{{ number }}{{ matter }}{{ committee }}"]
    assert [each.code for each in found(*lines, info=info)] == ["missing"]
    assert found(*lines, "{{ people }}", info=info) == []
    assert found(*lines, "{%p for p in parties %}", "{{ p.name }}", "{%p endfor %}", info=info) == []


def test_a_field_of_the_form_that_is_not_printed_is_told_and_stops_nothing() -> None:
    info = kind_of("hearing_notice")
    unused = [each for each in found(*loops_for(info, leaving="bring"), info=info) if each.code == "unused"]
    assert [each.message for each in unused] == ["没有用到字段“携带材料”，填写了这一项就不能出具"]
    assert not unused[0].blocks


@pytest.mark.parametrize("info", kinds(), ids=lambda info: info.id)
def test_what_a_kind_needs_is_among_its_fields_and_every_name_is_a_name(info: KindInfo) -> None:
    slots = slots_of(info)
    names = [name for slot in slots for name in slot.names]
    columns = [f"{slot.name}.{each.name}" for slot in slots for each in slot.columns]
    assert len(names) == len(set(names))
    assert all(name.isidentifier() for name in names)
    assert {part for need in needed_by(info) for part in need.split("|")} <= {*names, *columns}
