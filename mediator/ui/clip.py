"""What was copied here does not lie about for the next person: wiped after half a minute and at every lock (T11)."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QMimeData, QObject, Qt, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

WIPED_AFTER_MS: Final = 30_000
# what managers of clipboards look for: Windows leaves marked contents out of history and cloud, KDE out of its list
MARKS: Final = {
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"\x01\x00\x00\x00",
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': b"\x00\x00\x00\x00",
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': b"\x00\x00\x00\x00",
    "x-kde-passwordManagerHint": b"secret",
}


class ClipWatch(QObject):
    """Marks what this program puts there, and takes it away again; what others put there is theirs."""

    def __init__(self) -> None:
        """Nothing of ours lies there yet."""
        super().__init__()
        self.clipboard: QClipboard = QGuiApplication.clipboard()
        self.ours = ""
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(WIPED_AFTER_MS)
        self.timer.timeout.connect(self.wipe)
        self.clipboard.dataChanged.connect(self.look)

    def look(self) -> None:
        """Somebody copied: if it was here, mark it and begin to count."""
        if not self.is_ours():
            self.ours = ""
            self.timer.stop()
            return
        text = self.clipboard.text()
        if text and text != self.ours:
            self.ours = text
            self.clipboard.setMimeData(marked(text))
            self.timer.start()

    def is_ours(self) -> bool:
        """Not every platform can say who owns it; whoever is at the keyboard of this window copied it here."""
        active = QGuiApplication.applicationState() == Qt.ApplicationState.ApplicationActive
        return self.clipboard.ownsClipboard() or active

    def wipe(self) -> None:
        """Take away what is still ours, in the clipboard and in the selection of the middle button."""
        self.timer.stop()
        if self.ours and self.clipboard.text() == self.ours:
            self.clipboard.clear()
        if self.clipboard.supportsSelection() and self.clipboard.ownsSelection():
            self.clipboard.clear(QClipboard.Mode.Selection)
        self.ours = ""


def marked(text: str) -> QMimeData:
    """Plain text that histories leave out; a picture or a layout is never copied along."""
    data = QMimeData()
    data.setText(text)
    for form, mark in MARKS.items():
        data.setData(form, mark)
    return data
