"""副本 across a copy, in the middle of whatever sheet the paper is printed on."""

from __future__ import annotations

import pypdfium2
import pytest

from mediator.docs.copying import copy_of
from tests.docs.papers import a_paper, fonts


@pytest.mark.parametrize("kind", ["receipt", "ledger", "case_cover"])
def test_a_copy_says_so_across_the_middle_of_each_page(kind: str) -> None:
    data = copy_of(a_paper(kind).files["pdf"], "pdf", fonts())
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            text = page.get_textpage()
            start, count = text.search("副本").get_next()
            boxes = [text.get_charbox(place) for place in range(start, start + count)]
            width, height = page.get_size()
            middle = (min(box[0] for box in boxes) + max(box[2] for box in boxes)) / 2
            level = (min(box[1] for box in boxes) + max(box[3] for box in boxes)) / 2
            assert (middle, level) == pytest.approx((width / 2, height / 2), abs=20)
