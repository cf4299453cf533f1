"""Plots end in order: no crash at the interpreter's exit, nothing left alive."""

import gc
import subprocess
import sys
import weakref
from typing import Any

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from innervoice.plugin.figures import Axis, Scatter
from innervoice.shell.plots.figures import figure_view
from innervoice.shell.plots.heat_map import LatentHeatMap
from innervoice.shell.plots.panel import close_plots
from innervoice.shell.plots.piano_roll import PianoRollView
from innervoice.shell.plots.strips import StripsView
from innervoice.shell.theme import Theme

PROGRAM = """
from PySide6.QtWidgets import QApplication, QMainWindow, QTabWidget
from innervoice.shell.plots.heat_map import LatentHeatMap
from innervoice.shell.plots.panel import close_plots
from innervoice.shell.plots.piano_roll import PianoRollView
from innervoice.shell.plots.strips import StripsView
app = QApplication([])
window = QMainWindow()
tabs = QTabWidget()
window.setCentralWidget(tabs)
for view in (PianoRollView(), StripsView(), LatentHeatMap()):
    tabs.addTab(view, view.accessibleName())
window.show()
app.processEvents()
close_plots(window)
window.close()
app.processEvents()
"""


def test_the_program_exits_with_status_zero() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr


def test_closed_views_are_let_go(qtbot: QtBot) -> None:
    kept = []
    for kind in (PianoRollView, StripsView, LatentHeatMap):
        view: Any = kind()
        kept.append(weakref.ref(view))
        view.close()
        view.close_plot()  # a second time does no harm
        view.deleteLater()
    del view
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert [reference() for reference in kept] == [None] * 3


def test_figures_come_and_go_without_growth(qtbot: QtBot) -> None:
    def draw(times: int) -> int:
        figure = Scatter("Dots", x=Axis("x"), y=Axis("y"), points=np.random.default_rng(0).normal(size=(500, 2)))
        for _ in range(times):
            view = figure_view(figure, Theme())
            view.close_plot()
            view.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        del view
        gc.collect()
        return len(gc.get_objects())

    first = draw(3)
    assert draw(20) - first < 400  # a single view left behind would hold more than a thousand objects


def test_closing_a_window_closes_its_plots(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    roll, strips = PianoRollView(), StripsView()
    for view in (roll, strips):
        layout.addWidget(view)
    close_plots(window)
    assert roll._closed
    assert strips._closed
    roll.set_theme(Theme(dark=True))
