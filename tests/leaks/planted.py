"""Thirty secrets that nobody else may read, and the case file and hearing that hold them. All are made up."""

from __future__ import annotations

from typing import Any

NAMES = ("欧阳采薇", "诸葛守拙", "司徒问渠")
NUMBERS = ("331122197503094815", "331122198112200320", "33112219900615357X")
PHONES = ("13957800211", "13957800322", "13957800433")
ADDRESSES = ("湖川村溪头自然村石板巷七号", "湖川村溪尾自然村晒谷场西侧三号", "云岭新村二十幢西单元五零二室")
NOTES = ("左耳失聪须当面大声说", "曾在邻县借住三年后返乡")
FACTS = ("去年腊月初三夜里两人在晒谷场争执推搡", "采石款四万一千七百元拖欠至今未付清")
IMPORTED = ("那天夜里我亲眼看见他搬走了三车青石", "欠条被我媳妇误当废纸烧掉了", "我愿意先付一半剩下的年底结清")
SPOKEN = ("孩子的病还没好家里实在拿不出现钱", "他母亲的药费是我垫的没有收据", "只要当面赔个不是利息我就不要了")
CLAUSE = "余款由诸葛守拙卖掉两头黄牛后补足"
POINTS = ("青石究竟搬走三车还是五车各执一词", "搬石一方承担主要的赔偿责任")
TITLE = "青石被人连夜搬走一事"
METHOD = "由村会计胡阿福当面点清转交"
PASSWORDS = ("灶台后面的第九块青砖", "水车转过三十六圈才停")

CONTENT = (
    *NAMES, *NUMBERS, *PHONES, *ADDRESSES, *NOTES, *FACTS, *IMPORTED, CLAUSE, *POINTS, TITLE, METHOD, *SPOKEN,
)  # fmt: skip
COUNT = len(CONTENT) + len(PASSWORDS) + 1  # and the recovery code, made on the day
SIDES = ("applicant", "respondent", "third_party")


def case_file() -> dict[str, Any]:
    """A case with all of it but what is typed on the day."""
    notes = (*NOTES, "")
    parties = [
        {"ref": f"p{place}", "side": SIDES[place], "kind": "person", "name": NAMES[place], "id_type": "resident_id",
         "id_number": NUMBERS[place], "phone": PHONES[place], "address": ADDRESSES[place], "note": notes[place]}
        for place in range(3)
    ]  # fmt: skip
    turns = [{"speaker": f"p{place}", "text": text} for place, text in enumerate(IMPORTED)]
    payment = {"payer": "p1", "payee": "p0", "amount": "41700.00", "due": "2026-12-20", "method": METHOD}
    return {
        "format": "mediator-case", "version": 1, "kind": "people_mediation", "title": TITLE,
        "dispute_type": "contract", "accepted_on": "2026-03-01", "facts": f"{FACTS[0]}。{FACTS[1]}。",
        "requests": "请求调解。", "parties": parties, "outcome": "agreed",
        "hearings": [{"held_at": "2026-03-05T09:30:00+08:00", "place": "镇调解室", "mediators": ["李调解"],
                      "recorder": "何记录", "turns": turns}],
        "agreement": {
            "form": "written", "signed_on": "2026-03-05", "place": "镇调解室", "copies": 3,
            "disputed_points": f"{POINTS[0]}。", "responsibility": f"{POINTS[1]}。", "payments": [payment],
            "clauses": [{"text": "诸葛守拙于2026年12月20日前付给欧阳采薇人民币41,700.00元（大写：肆万壹仟柒佰元整）。"},
                        {"text": f"{CLAUSE}。"}],
        },
    }  # fmt: skip


def typed() -> bytes:
    """The hearing of the day, as it is typed."""
    return "".join(f"p{place}\t{text}\n" for place, text in enumerate(SPOKEN)).encode()
