"""The few rules that Fusion and a palette cannot say: docks, toolbars, tips and tabs without heavy frames."""

from __future__ import annotations

from collections.abc import Mapping
from string import Template

_RULES = Template("""
QToolTip { background: $raised; color: $text; border: 1px solid $border; padding: 3px 6px; }
QDockWidget { titlebar-close-icon: none; titlebar-normal-icon: none; }
QDockWidget::title { background: $window; padding: 6px 8px; text-align: left; }
QToolBar { background: $window; border: 0; border-bottom: 1px solid $border; spacing: 4px; padding: 3px; }
QStatusBar { background: $window; border-top: 1px solid $border; }
QStatusBar::item { border: 0; }
QHeaderView::section { background: $raised; color: $muted; border: 0; border-bottom: 1px solid $border;
    padding: 4px 11px; }
QTableView::item { padding: 0 8px; }
QTableView, QListView, QTreeView { border: 1px solid $border; gridline-color: $grid; }
QToolButton { border: 1px solid transparent; border-radius: 3px; padding: 3px 5px; }
QToolButton:hover { background: $grid; }
QToolButton:focus, QToolButton:checked { border: 1px solid $accent; }
QToolButton:checked { background: $grid; }
QTabBar QToolButton { background: $raised; border: 1px solid $border; border-radius: 0; padding: 0; }
QTabBar QToolButton:hover { background: $grid; }
QFrame#coachMark { background: $raised; border: 2px solid $accent; border-radius: 6px; }
QListView#tunes::item { padding: 3px 4px; }
QTreeView::item { padding: 3px 2px; }
QSpinBox, QDoubleSpinBox { min-height: 20px; }
QWidget#cardPage { background: $surface; }
QFrame#cardTable { border: 1px solid $border; border-radius: 6px; }
QFrame#cardLine { background: $grid; border: 0; }
QLabel#figureTitle { font-weight: 600; }
QLabel#figureCaption { color: $muted; }
""")


def stylesheet(colours: Mapping[str, object]) -> str:
    """The style sheet in a theme's colours, by their names in `Colours`."""
    return _RULES.substitute({name: str(colour) for name, colour in colours.items()})
