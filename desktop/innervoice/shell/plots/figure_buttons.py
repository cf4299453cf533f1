"""The buttons of a plot: show everything, copy the picture, save; so that no menu must be known of."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from innervoice.shell import icons
from innervoice.shell.plots.figure_files import FigureFiles
from innervoice.shell.words import said

SIZE = 16


class FigureButtons(QWidget):
    """A row of three; it is left out of pictures without the plot moving.

    Parameters
    ----------
    files : FigureFiles
        What the buttons do.
    name : str
        The plot's, so that a screen reader tells one row of buttons from another.
    """

    def __init__(
        self, files: FigureFiles, show_all: Callable[[], None], name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("figureButtons")
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self.menu = QMenu(self)
        files.fill(self.menu)
        self._icons: dict[QToolButton, str] = {}
        self.fit = self._button("fit", said("Show everything"), said("Show everything of {name}").format(name=name))
        self.copy = self._button("copy", said("Copy picture"), said("Copy the picture of {name}").format(name=name))
        self.save = self._button("export", said("Save or copy …"), said("Save or copy {name}").format(name=name))
        self.fit.clicked.connect(lambda _checked: show_all())
        self.copy.clicked.connect(lambda _checked: files.copy_picture())
        self.save.setMenu(self.menu)
        self.save.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        for button in self._icons:
            row.addWidget(button)

    def refresh_icons(self) -> None:
        """Draw the icons again, in the colours of a new theme."""
        for button, icon in self._icons.items():
            button.setIcon(icons.icon(icon))

    def _button(self, icon: str, tip: str, name: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(icons.icon(icon))
        button.setIconSize(QSize(SIZE, SIZE))
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolTip(tip)
        button.setAccessibleName(name)
        self._icons[button] = icon
        return button
