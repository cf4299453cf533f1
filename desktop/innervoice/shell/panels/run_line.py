"""What the list of runs says of one run."""

from __future__ import annotations

from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidgetItem

from innervoice.shell.run_words import STATES, fits
from innervoice.shell.words import said

RUN_ROLE = int(Qt.ItemDataRole.UserRole)
BAD = ("failed", "interrupted")


class RunLine(NamedTuple):
    """Two lines are equal when they say the same.

    Attributes
    ----------
    run : RunRow
        The run itself.
    name, title : str
        What it is called, and its analysis.
    short : str
        What was set.
    when : str
        When it began, for people.
    """

    run: Any
    name: str
    title: str
    short: str
    when: str

    @property
    def model(self) -> str:
        """Return the name of the model that it was made with."""
        model = self.run.provenance.get("model")
        return str(model.get("name", "")) if isinstance(model, dict) else ""

    @property
    def state(self) -> str:
        """Return how it ended, for people."""
        return STATES.get(self.run.state, str(self.run.state))

    def fits(self, words: str) -> bool:
        """Say whether all words are found in it."""
        run = self.run
        return fits(words, self.name, self.title, run.analysis, self.short, self.model, self.state, run.message)

    def item(self) -> QTreeWidgetItem:
        """Make its row: name and what was set, when, how it ended; the run itself under `RUN_ROLE`."""
        second = self.run.message if self.run.state in BAD else self.short
        item = QTreeWidgetItem([f"{self.name}\n{second}", self.when, self.state])
        item.setData(0, RUN_ROLE, self.run)
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{self.name}, {self.state}, {second}")
        made = said("{title}, run {id} with {model}").format(title=self.title, id=self.run.id, model=self.model)
        tip = "\n".join(part for part in (made, self.run.started, self.short, self.run.message) if part)
        for column in range(3):
            item.setToolTip(column, tip)
            item.setTextAlignment(column, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        return item
