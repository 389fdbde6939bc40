"""权利义务告知书: what people's mediation is, what parties may and must do (RTF 3, 4, 23, 24, 33)."""

from __future__ import annotations

from mediator.core.records import Case
from mediator.docs.facts import PaperFacts
from mediator.docs.forms.parts import BY_HAND, STAKE, parties_of, signers
from mediator.docs.model import Block, Clause, Document, Heading, Place, Run, Signatures, text

TITLE = "权利义务告知书"
NEEDS = ("parties",)
RIGHTS = (
    "选择或者接受人民调解员；",
    "接受调解、拒绝调解或者要求终止调解；",
    "要求调解公开进行或者不公开进行；",
    "自主表达意愿、自愿达成调解协议；",
    "认为调解员与纠纷有利害关系、可能影响公正的，申请其回避。",
)
DUTIES = (
    "如实陈述纠纷事实；",
    "遵守调解现场秩序，尊重人民调解员；",
    "尊重对方当事人行使权利；",
    "按照约定履行调解协议。",
)


def compose(case: Case, facts: PaperFacts) -> Document:
    """The notice with its receipt below."""
    blocks: list[Block] = [
        text(addressed(case), "：", indent=0),
        text(f"{facts.committee}受理你们之间的“", case.title or Run(blank=10), "”，现将有关事项告知如下："),
        text(
            "人民调解委员会是依法设立的调解民间纠纷的群众性组织。人民调解在当事人自愿、平等的基础上进行，"
            "不违背法律、法规和国家政策，尊重当事人依法通过仲裁、行政、司法等途径维护权利，不收取任何费用。"
        ),
        Heading("当事人在调解中的权利："),
        *(Clause(place, words, 1) for place, words in enumerate(RIGHTS, start=1)),
        Heading("当事人在调解中的义务："),
        *(Clause(place, words, 2) for place, words in enumerate(DUTIES, start=1)),
        Heading("调解协议的效力："),
        text(
            "经人民调解委员会调解达成的调解协议，具有法律约束力，当事人应当按照约定履行。各方认为有必要的，"
            "可以自调解协议生效之日起三十日内共同向人民法院申请司法确认；经确认有效，一方拒绝履行或者未全部履行的，"
            "对方可以向人民法院申请强制执行。调解不成的，可以依法通过仲裁、行政、司法等途径维护权利。"
        ),
        text("以上内容已告知，本人已知悉。"),
    ]
    places = signers(case, BY_HAND, STAKE) or (Place("当事人", manner=BY_HAND),)
    blocks.append(Signatures(places, seal=facts.committee))
    return Document("rights_notice", TITLE, facts.committee, facts.number, tuple(blocks), draft=facts.draft)


def addressed(case: Case) -> str | Run:
    """Everybody whose matter it is, or a gap."""
    return "、".join(party.name for party in parties_of(case, STAKE) if party.name) or Run(blank=14)
