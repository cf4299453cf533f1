"""The neurons that an edit of the notes moved most, in units of their sigma."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from innervoice.shell.words import said

LISTED = 12
LEAST = 0.005  # sigma; less is shown as 0.00
WIDTH = 216


def most_moved(
    before: NDArray[np.float32], after: NDArray[np.float32], sigma: NDArray[np.float32]
) -> list[tuple[int, float]]:
    """Return the neurons that moved most and by how many sigma, the furthest first.

    Parameters
    ----------
    before, after, sigma : ndarray float32 [neurons]
        mu before and after, and the sigma to measure by.
    """
    moves = (after.astype(np.float64) - before) / np.maximum(sigma, 1e-6)
    order = np.argsort(-np.abs(moves), kind="stable")[:LISTED]
    return [(int(neuron), float(moves[neuron])) for neuron in order if abs(moves[neuron]) >= LEAST]


class MovedList(QWidget):
    """A list beside the strips; a row leads to its neuron.

    Signals
    -------
    neuron_clicked : int
    """

    neuron_clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = QLabel(said("Moved most by the edit"))
        self.list = QListWidget()
        self.list.setAccessibleName(said("Neurons that the edit moved most"))
        self.list.setToolTip(said("How far μ went from the clip of the score, in units of that clip's σ"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(self._tell)
        self.list.itemClicked.connect(self._tell)
        self.list.setSpacing(1)
        self.setFixedWidth(WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 2, 8, 4)
        column.setSpacing(2)
        column.addWidget(self.title)
        column.addWidget(self.list, 1)

    def show_moves(self, moves: list[tuple[int, float]], ranks: dict[int, int], names: dict[int, str]) -> None:
        """List neurons with their moves in sigma; `ranks` count from 0."""
        rows = [
            said("{rank}neuron {neuron}   {move:+.2f} σ")
            .format(rank=f"{ranks[neuron] + 1} · " if neuron in ranks else "", neuron=neuron, move=move)
            .replace("-", "−")
            for neuron, move in moves
        ] or [said("No neuron moved.")]
        while self.list.count() > len(rows):
            self.list.takeItem(self.list.count() - 1)
        while self.list.count() < len(rows):
            self.list.addItem(QListWidgetItem())
        for row, text in enumerate(rows):
            item = self.list.item(row)
            item.setText(text)
            neuron = moves[row][0] if moves else -1
            item.setData(Qt.ItemDataRole.UserRole, neuron)
            item.setToolTip(names.get(neuron, ""))

    def select_neuron(self, neuron: int) -> None:
        """Mark the row of a neuron; none where it is not listed."""
        data = [int(self.list.item(row).data(Qt.ItemDataRole.UserRole)) for row in range(self.list.count())]
        self.list.setCurrentRow(data.index(neuron) if neuron >= 0 and neuron in data else -1)

    def _tell(self, item: QListWidgetItem) -> None:
        neuron = int(item.data(Qt.ItemDataRole.UserRole))
        if neuron >= 0:
            self.neuron_clicked.emit(neuron)
