"""A chart on the screen: core's shapes where the mouse finds them, told one by one by the arrows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtTest import QTest

from mediator.core.charts import Bar, Chart, Series, lines, lying, standing
from mediator.ui.pieces.chart import ChartView, box_of
from mediator.ui.tokens import SIZES, THEMES, Look
from tests.ui.scenes import an_application

LABELS = ["1月", "2月", "3月"]
PAIR = [Series("受理", (3, 0, 9)), Series("成功", (1, 2, 4))]


def shown(view: ChartView, width: int = 600) -> ChartView:
    """On the screen at a width, painted."""
    view.resize(width, view.sizeHint().height())
    view.show()
    view.grab()
    return view


def heard(view: ChartView) -> list[str]:
    """What it tells from now on."""
    said: list[str] = []
    view.told.connect(said.append)
    return said


@pytest.fixture(autouse=True)
def _application() -> Iterator[None]:
    """A widget needs one; none is left on the screen."""
    application = an_application()
    yield
    for each in application.topLevelWidgets():
        if isinstance(each, ChartView):
            each.close()
            each.deleteLater()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def pair(width: float) -> Chart:
    """Two series over three months."""
    return standing("分月", LABELS, PAIR, (width, 200))


def test_the_arrows_tell_every_value_in_the_order_of_the_months_and_stop_at_the_ends() -> None:
    view = shown(ChartView(Look(), pair))
    said = heard(view)
    for key in (Qt.Key.Key_Home, *[Qt.Key.Key_Right] * 6, Qt.Key.Key_Left):
        QTest.keyClick(view, key)
    assert said == [
        "1月受理3", "1月成功1", "2月受理0", "2月成功2", "3月受理9", "3月成功4", "3月成功4", "3月受理9",
    ]  # fmt: skip
    assert view.accessibleName() == "分月"
    assert view.accessibleDescription() == "3月受理9。分月：1月受理3，成功1；2月受理0，成功2；3月受理9，成功4。"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("width", [300, 900])
def test_the_mouse_finds_each_shape_where_it_is_painted_at_any_size(size: str, width: int) -> None:
    view = shown(ChartView(Look(size=size), pair), width)
    for number, shape in enumerate(view.shapes):
        middle = box_of(shape).center()
        place = QPointF((middle.x() + view.left) * view.scale, (middle.y() + view.head) * view.scale)
        assert view.rect().contains(place.toPoint())
        assert view.under(place) == number
    assert view.under(QPointF(1, view.height() - 2)) == -1


def test_enter_opens_the_shape_that_is_looked_at_and_nothing_before_one_is() -> None:
    view = shown(ChartView(Look(), pair))
    opened: list[tuple[int, int]] = []
    view.opened.connect(lambda series, label: opened.append((series, label)))
    QTest.keyClick(view, Qt.Key.Key_Return)
    for _ in range(4):
        QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert opened == [(1, 1)]


def test_lying_bars_are_told_with_their_label_and_long_words_before_them_have_room() -> None:
    names = ("道路交通事故和其他很长的名称", "邻里")
    view = shown(ChartView(Look(), lambda width: lying("按类型", names, (8, 3), width=width), names))
    said = heard(view)
    QTest.keyClick(view, Qt.Key.Key_End)
    assert said == ["邻里 3"]
    longest = view.fontMetrics().horizontalAdvance(names[0])
    first = view.shapes[0]
    assert (view.left + first.x) * view.scale >= longest * 0.8
    assert isinstance(first, Bar)
    assert (view.left + first.x + first.width) * view.scale < view.width()


@pytest.mark.parametrize("theme", THEMES)
def test_two_series_never_look_alike_and_a_line_has_its_points(theme: str) -> None:
    view = shown(ChartView(Look(theme), pair))
    picture = view.grab().toImage()
    middles = [box_of(each).center() for each in view.shapes[4:6]]
    found = {
        picture.pixelColor(QPointF((each.x() + view.left) * view.scale, (each.y() + view.head) * view.scale).toPoint())
        .name()
        for each in middles
    }  # fmt: skip
    assert len(found) == 2
    line = shown(ChartView(Look(theme), lambda width: lines("金额", LABELS, PAIR[:1], (width, 200))))
    assert len(line.shapes) == 3
    assert line.head == 0
