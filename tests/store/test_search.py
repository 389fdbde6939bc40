"""Search is exact: what stands there is found, what does not is not, from one character on."""

from __future__ import annotations

from random import Random

from mediator.casework import reading
from mediator.casework.desk import Desk
from mediator.store.searching import folded
from tests.casework.desks import a_document, taken_in

ALPHABET = "张三李四付款，。（）《》、：“”'\"*^-+ 12Ab㛃𬱖ＡＢ．％_\\OR"


def test_a_hundred_texts_are_found_exactly_where_a_plain_reader_finds_them(desk: Desk) -> None:
    random = Random(11)
    texts = {}
    for _ in range(60):
        text = "".join(random.choice(ALPHABET) for _ in range(random.randrange(3, 60))).strip() or "空"
        texts[taken_in(desk, a_document(facts=text, title="甲"))] = text
    stored = {case: reading.reread(desk, case).case.facts for case in texts}
    for _ in range(300):
        if random.random() < 0.7:
            source = random.choice(list(stored.values()))
            start = random.randrange(len(source))
            wanted = source[start : start + random.randrange(1, 13)]
        else:
            wanted = "".join(random.choice(ALPHABET) for _ in range(random.randrange(1, 5)))
        if not folded(wanted):
            continue
        plain = {case for case, text in stored.items() if folded(wanted) in folded(text)}
        hits = reading.search(desk, wanted, 1000, traced=False)
        assert {hit.case for hit in hits.hits if hit.field == "case.facts"} == plain, wanted


def test_a_changed_text_is_found_by_its_new_words_and_no_more_by_its_old(desk: Desk) -> None:
    from mediator.casework import intake

    case = taken_in(desk, a_document(facts="旧的说法甲乙丙"))
    intake.save_case(desk, case, reading.reread(desk, case).seen, {"facts": "新的说法丁戊己"})
    assert reading.search(desk, "甲乙丙", traced=False).total == 0
    assert reading.search(desk, "丁戊己", traced=False).total == 1
