"""The help: a page of text for the panel a person is in, a field to search all of them, and the way back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QImage, QKeySequence, QResizeEvent, QShortcut, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QTextBrowser, QToolButton, QVBoxLayout, QWidget

from innervoice.shell.help_pages import START, HelpPages
from innervoice.shell.later import Later
from innervoice.shell.theme import Theme
from innervoice.shell.words import said

SUFFIX = ".md"


class HelpPanel(QWidget):
    """Shows pages of the help.

    Parameters
    ----------
    keys : callable
        Gives the keys of a command by its id.
    """

    def __init__(self, keys: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self._pages = HelpPages({})
        self._wanted = self._otherwise = START
        self._before: list[str] = []
        self.page = ""
        self.contents = _button(said("Contents"), said("The first page of the help"), lambda: self.show_page(START))
        self.back = _button(said("Back"), said("The page before"), self.go_back)
        self.search = QLineEdit()
        self.search.setPlaceholderText(said("Find in the help"))
        self.search.setAccessibleName(said("Find in the help"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._find)
        self.search.returnPressed.connect(self._open_first)
        self.text = _Text(self._picture)
        self.text.anchorClicked.connect(self._follow)
        self._later = Later(self._write_again, self)
        self.text.widened.connect(self._later.ask)
        line = QHBoxLayout()
        line.addWidget(self.contents)
        line.addWidget(self.back)
        line.addWidget(self.search, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.setSpacing(4)
        column.addLayout(line)
        column.addWidget(self.text)
        QShortcut(
            QKeySequence.StandardKey.Back, self, self.go_back, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
        )
        self.setMinimumWidth(260)

    @property
    def read(self) -> bool:
        """Whether the pages are there."""
        return bool(self._pages.texts)

    def set_pages(self, pages: HelpPages) -> None:
        """Take the texts, and show the page that was asked for."""
        self._pages = pages
        self.show_page(self._wanted, self._otherwise)

    def show_page(self, name: str, otherwise: str = START) -> None:
        """Show a page by its name; where it is not there the other one, and at last the first page."""
        self._wanted, self._otherwise = name, otherwise
        if not self.read:
            return
        name = next((one for one in (name, otherwise) if one in self._pages.texts), START)
        if self.page and self.page != name:
            self._before.append(self.page)
        self._show(name)

    def go_back(self) -> None:
        """Show the page before."""
        if self._before:
            self._show(self._before.pop())

    def refresh(self) -> None:
        """Show the page again: keys have changed, or the theme."""
        if self.page and not self.search.text():
            self._show(self.page)

    def _picture(self, place: str) -> QImage | None:
        return self._pages.pictures.get(place)

    def set_theme(self, _theme: Theme) -> None:
        """Write the page again: a text keeps the colours of its links as they were when it was written."""
        self._write_again()

    def _write_again(self) -> None:
        place = self.text.verticalScrollBar().value()
        self._find(self.search.text())
        self.text.verticalScrollBar().setValue(place)

    def _show(self, name: str) -> None:
        self.page = self._wanted = name
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self.text.setMarkdown(self._pages.text(name, self._keys))
        self.text.setAccessibleName(said("Help: {title}").format(title=self._pages.title(name)))
        self.back.setEnabled(bool(self._before))

    def _find(self, words: str) -> None:
        if not words.strip():
            self.refresh()
            return
        found = self._pages.find(words)
        lines = [f"- [{self._pages.title(name)}]({name}{SUFFIX})  \n  … {snippet} …" for name, snippet in found]
        nothing = said("No page of the help has these words.")
        self.text.setMarkdown("\n\n".join(lines) or nothing)

    def _open_first(self) -> None:
        found = self._pages.find(self.search.text())
        if found:
            self.show_page(found[0][0])
            self.text.setFocus()

    def _follow(self, link: QUrl) -> None:
        self.show_page(link.path().removesuffix(SUFFIX))


class _Text(QTextBrowser):
    """Text that follows links by itself nowhere, and loads nothing but pictures that were read before.

    Parameters
    ----------
    picture : callable
        Gives a picture by its place in the page; None where there is none.

    Signals
    -------
    widened
        There is more room, or less: a document keeps its pictures as they were when it was written.
    """

    widened = Signal()

    def __init__(self, picture: Callable[[str], QImage | None]) -> None:
        super().__init__()
        self._picture = picture
        self._fitted = 0.0  # the width that pictures were fitted into; 0 before the first
        self.setOpenLinks(False)
        self.setAccessibleName(said("Help"))

    def loadResource(self, kind: int, name: QUrl | str) -> QImage | None:
        """Give a picture as wide as the page, or as it is where there is more room; nothing else."""
        image = self._picture(name.toString() if isinstance(name, QUrl) else name)
        if image is None or kind != QTextDocument.ResourceType.ImageResource.value:
            return None
        self._fitted, ratio = self._room(), self.devicePixelRatioF()
        wide = max(1, int(min(self._fitted, image.width()) * ratio))
        image = image.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation)
        image.setDevicePixelRatio(ratio)
        return image

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell of another width."""
        super().resizeEvent(event)
        if self._fitted not in (0.0, self._room()):
            self.widened.emit()

    def _room(self) -> float:
        """How wide a picture may be, beside a scroll bar: that comes and goes while a page is laid out."""
        bar = self.verticalScrollBar().sizeHint().width()
        return self.width() - 2 * self.frameWidth() - bar - 2 * self.document().documentMargin()


def _button(text: str, tip: str, clicked: Callable[[], None]) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setToolTip(tip)
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(lambda _checked: clicked())
    return button
