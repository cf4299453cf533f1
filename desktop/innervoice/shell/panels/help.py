"""The help: a page of text for the panel a person is in, a field to search all of them, and the way back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QTextBrowser, QToolButton, QVBoxLayout, QWidget

from innervoice.shell.help_pages import START, HelpPages
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
        self.text = _Text()
        self.text.anchorClicked.connect(self._follow)
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

    def set_theme(self, _theme: Theme) -> None:
        """Write the page again: a text keeps the colours of its links as they were when it was written."""
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
    """Text that follows links by itself nowhere, and loads nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.setAccessibleName(said("Help"))

    def loadResource(self, kind: int, name: QUrl | str) -> None:
        """Load nothing: every text is there already."""


def _button(text: str, tip: str, clicked: Callable[[], None]) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setToolTip(tip)
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(lambda _checked: clicked())
    return button
