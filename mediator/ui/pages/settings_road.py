"""The road to the county: by itself or by hand, and the office's proxy."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit

from mediator.casework import proxies, retrying
from mediator.casework.complaints import sentence
from mediator.errors import MediatorError
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.fields import labelled
from mediator.ui.pieces.labels import Note, label, spoken
from mediator.ui.seat import Seat
from mediator.ui.words import say


class RoadCard(Card):
    """Both are kept in the vault, for the desks of one office go out through one door."""

    def __init__(self, seat: Seat) -> None:
        """Shown once it is asked for."""
        super().__init__(say("settings.road"), padded=True)
        self.seat = seat
        self.by_itself = QCheckBox(say("settings.by_itself"))
        self.by_itself.clicked.connect(self.take_by_itself)
        self.put(self.by_itself)
        self.proxy = QLineEdit()
        self.proxy.setPlaceholderText(say("settings.proxy_example"))
        self.proxy.returnPressed.connect(self.keep)
        words, _ = labelled(say("settings.proxy"), self.proxy)
        self.proxy.setAccessibleName(spoken(words.text()))
        row = QHBoxLayout()
        row.addWidget(words)
        row.addWidget(self.proxy, 1)
        row.addWidget(button(say("settings.proxy_keep"), self.keep))
        self.body.addLayout(row)
        self.put(label(say("settings.proxy_about"), "small", wrap=True))
        self.told = Note("")
        self.told.hide()
        self.put(self.told)

    def ask(self) -> None:
        """What the vault has."""
        vault = self.seat.desk.vault
        self.seat.deed(lambda: (retrying.is_by_itself(vault), proxies.shown(proxies.proxy_of(vault))), self.show_kept)

    def show_kept(self, kept: tuple[bool, str]) -> None:
        """The password of a proxy is never shown again."""
        self.by_itself.setChecked(kept[0])
        if not self.proxy.isModified():
            self.proxy.setText(kept[1])

    def take_by_itself(self, wanted: bool) -> None:
        """From now on."""
        self.seat.deed(partial(retrying.go_by_itself, self.seat.desk.vault, wanted), self.taken)

    def taken(self, _done: None) -> None:
        """The page of the exchange and the lower bar count on it."""
        self.seat.road_changed.emit()

    def keep(self) -> None:
        """Keep the proxy, or none."""
        self.told.tell("")
        if self.proxy.isModified():
            self.seat.deed(partial(proxies.keep_proxy, self.seat.desk.vault, self.proxy.text()), self.kept, self.failed)

    def kept(self, proxy: str) -> None:
        """Say which way requests go now."""
        self.proxy.setModified(False)
        self.proxy.setText(proxies.shown(proxy))
        where = say("settings.proxy_kept", proxy=proxies.shown(proxy)) if proxy else say("settings.proxy_none")
        self.told.tell(where)

    def failed(self, error: MediatorError) -> None:
        """Beside the field; what was typed stays."""
        self.told.tell(sentence(error), "late")
