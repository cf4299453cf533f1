"""From panel to panel with one key: the parts of the page in front, then every dock that is open, and round."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QSplitter, QTabWidget, QToolBar, QWidget

from innervoice.shell.docks import Docks


class PanelCycle:
    """Moves the keyboard's focus between the panels of a window.

    Parameters
    ----------
    window : QMainWindow
        Its central widget is a QTabWidget; a page that is a QSplitter counts as the panels in it.
    """

    def __init__(self, window: QMainWindow, docks: Docks) -> None:
        self._window = window
        self._docks = docks  # its order is lasting; that of a window's children changes with what is raised

    def next(self) -> None:
        """Go to the next panel."""
        self._go(1)

    def previous(self) -> None:
        """Go to the panel before."""
        self._go(-1)

    def panels(self) -> list[QWidget]:
        """Return what the key goes through, in its order."""
        pages = self._window.centralWidget()
        assert isinstance(pages, QTabWidget)
        page = pages.currentWidget()
        parts = [page.widget(place) for place in range(page.count())] if isinstance(page, QSplitter) else [page]
        docks = [dock for name in self._docks.names() if not (dock := self._docks.dock(name)).isHidden()]
        bars = self._window.findChildren(QToolBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return [part for part in (*parts, *docks, *bars) if part is not None]

    def _go(self, step: int) -> None:
        panels = self.panels()
        focused = QApplication.focusWidget()
        here = next((n for n, panel in enumerate(panels) if focused is not None and panel.isAncestorOf(focused)), None)
        if here is None:
            here = -1 if step > 0 else 0
        for far in range(1, len(panels) + 1):
            panel = panels[(here + far * step) % len(panels)]
            if isinstance(panel, QDockWidget):
                panel.raise_()  # it may stand as a tab behind another
            target = next(_takes_focus(panel), None)
            if target is not None:
                target.window().activateWindow()
                target.setFocus(Qt.FocusReason.TabFocusReason)
                return


def _takes_focus(panel: QWidget) -> Iterator[QWidget]:
    """Yield the widgets of a panel that Tab goes to, in its order."""
    widget = panel.nextInFocusChain()
    while widget is not None and widget is not panel:
        tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if tab and panel.isAncestorOf(widget) and widget.isEnabled() and widget.isVisibleTo(panel):
            yield widget
        widget = widget.nextInFocusChain()
