"""Where the panels stand: docks around the clip, remembered between starts."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar, QWidget

from innervoice.shell.settings import LAYOUT_VERSION, Settings
from innervoice.shell.words import said

LEFT, RIGHT, BOTTOM = (
    Qt.DockWidgetArea.LeftDockWidgetArea,
    Qt.DockWidgetArea.RightDockWidgetArea,
    Qt.DockWidgetArea.BottomDockWidgetArea,
)
LEFT_WIDTH, RIGHT_WIDTH = 250, 350
LONGEST_TITLE = 14
"""Letters of a name in a tab's title: two tabs fit into the left area."""


class Docks:
    """The docks of the main window.

    Parameters
    ----------
    window : QMainWindow
        The window; panels are added with `add`, then `arrange` puts them in place.
    """

    def __init__(self, window: QMainWindow) -> None:
        self._window = window
        self._docks: dict[str, QDockWidget] = {}
        self._default = QByteArray()
        self._placing = False
        window.setDockOptions(
            QMainWindow.DockOption.AllowNestedDocks
            | QMainWindow.DockOption.AllowTabbedDocks
            | QMainWindow.DockOption.GroupedDragging
        )
        window.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, window.tabPosition(RIGHT).North)
        window.setCorner(Qt.Corner.BottomLeftCorner, LEFT)
        window.setCorner(Qt.Corner.BottomRightCorner, RIGHT)

    def add(
        self, name: str, title: str, panel: QWidget, area: Qt.DockWidgetArea, *, beside: bool = False
    ) -> QDockWidget:
        """Put a panel into a dock; docks of one area stand as tabs on one another, or `beside` them."""
        dock = QDockWidget(said(title), self._window)
        dock.setObjectName(f"dock.{name}")
        dock.setWidget(panel)
        same = [other for other in self._docks.values() if self._window.dockWidgetArea(other) == area]
        if beside:
            self._window.addDockWidget(area, dock, Qt.Orientation.Horizontal)
        else:
            self._window.addDockWidget(area, dock)
        if same and not beside:
            self._window.tabifyDockWidget(same[-1], dock)
        self._docks[name] = dock
        dock.dockLocationChanged.connect(self._show_titles)
        dock.topLevelChanged.connect(self._show_titles)
        return dock

    def _show_titles(self, *_: object) -> None:
        """Hide the title of a dock that stands as a tab: the tab says it already, and can be dragged.

        Tabs show their titles whole; where there is no room for all of them, they scroll.
        """
        if self._placing:
            return
        for bar in self._window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
            bar.setAccessibleName(said("Panels"))
            bar.setElideMode(Qt.TextElideMode.ElideNone)
            bar.setUsesScrollButtons(True)
        for dock in self._docks.values():
            tabbed = not dock.isFloating() and bool(self._window.tabifiedDockWidgets(dock))
            if tabbed != (dock.titleBarWidget() is not None):
                old = dock.titleBarWidget()
                dock.setTitleBarWidget(QWidget() if tabbed else None)  # type: ignore[arg-type]  # None is right
                if old is not None:
                    old.deleteLater()

    def dock(self, name: str) -> QDockWidget:
        """Return a dock by its name."""
        return self._docks[name]

    def names(self) -> list[str]:
        """Return the names of all docks, in the order in which they were added."""
        return list(self._docks)

    def show(self, name: str) -> None:
        """Bring a panel to the front."""
        dock = self._docks[name]
        dock.show()
        dock.raise_()

    def arrange(self) -> None:
        """Put every dock in its first place."""
        if self._default.isEmpty():
            for area, width in ((LEFT, LEFT_WIDTH), (RIGHT, RIGHT_WIDTH)):
                docks = [dock for dock in self._docks.values() if self._window.dockWidgetArea(dock) == area]
                self._window.resizeDocks(docks[:1], [width], Qt.Orientation.Horizontal)
            self._default = self._window.saveState(LAYOUT_VERSION)
        else:
            self._place(self._default)
        self._show_titles()

    def restore(self, settings: Settings) -> None:
        """Stand as at the end of the last session; a layout that cannot be read is no layout."""
        self._window.restoreGeometry(settings.blob("geometry"))
        layout = settings.blob("layout")
        if not layout.isEmpty() and not self._place(layout):
            self.arrange()
        self._show_titles()

    def _place(self, layout: QByteArray) -> bool:
        """Put all docks in place; their titles are seen to once, not with every dock that moves."""
        self._placing = True
        try:
            return self._window.restoreState(layout, LAYOUT_VERSION)
        finally:
            self._placing = False

    def save(self, settings: Settings) -> None:
        """Remember how the docks stand."""
        settings.put("geometry", self._window.saveGeometry())
        settings.put("layout", self._window.saveState(LAYOUT_VERSION))


def short_title(name: str) -> str:
    """Return a name as the title of a dock shows it."""
    return name if len(name) <= LONGEST_TITLE else f"{name[: LONGEST_TITLE - 1]}…"
