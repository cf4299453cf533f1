"""Which clips an analysis runs over: the whole study, the tune in view, or tunes by their names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from innervoice.shell.panels.heading import QuietLabel
from innervoice.shell.run_words import fits
from innervoice.shell.session import Session
from innervoice.shell.words import said

STUDY, TUNE, MATCHING, GIVEN = "study", "tune", "matching", "given"


class ScopeChoice(QWidget):
    """A choice of clips; the line for names is there when it is needed.

    Signals
    -------
    changed
        Another choice, or what it means has changed.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._given: tuple[str, dict[str, Any]] | None = None
        self.choice = QComboBox()
        self.choice.setAccessibleName(said("Clips that the analysis runs over"))
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.words = QLineEdit()
        self.words.setPlaceholderText(said("Words in the tunes' names"))
        self.words.setAccessibleName(said("Words in the names of the tunes to take"))
        self.words.setClearButtonEnabled(True)
        self.found = QuietLabel()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self.choice, self.words, self.found):
            column.addWidget(widget)
        self.choice.currentIndexChanged.connect(self._show)
        self.words.textChanged.connect(self._show)
        session.scores_changed.connect(self.refresh)
        session.tune_changed.connect(self.refresh)
        session.study_changed.connect(self._forget)
        self.refresh()

    def value(self) -> dict[str, Any]:
        """Return the choice as the engine's verb ``run`` takes it."""
        kind, tune = self.choice.currentData(), self._session.tune
        if kind == TUNE and tune is not None:
            return {"score": tune.score}
        if kind == MATCHING:
            return {"matching": self.words.text().strip()}
        return dict(self._given[1]) if kind == GIVEN and self._given is not None else {}

    def why_not(self) -> str:
        """Return why these clips cannot be taken; empty when they can."""
        if self.choice.currentData() != MATCHING:
            return ""
        if not self.words.text().strip():
            return said("Type words that the tunes' names have, or choose the whole study.")
        return (
            ""
            if self._matching()
            else said("No tune's name has {words}; change the words.").format(words=self.words.text().strip())
        )

    def take(self, made: Mapping[str, Any], run: int) -> None:
        """Choose the clips of an earlier run, from its provenance."""
        given = made.get("clips")
        clips: Mapping[str, Any] = given if isinstance(given, Mapping) else {}
        scope = clips.get("scope")
        self._given = None
        if scope == MATCHING:
            self.words.setText(str(clips.get("matching", "")))
        elif scope == TUNE:
            self._given = (
                said("As in run {run}: {tune}").format(run=run, tune=clips.get("tune", "")),
                {"tune": str(clips.get("sha256", ""))},
            )
        self.refresh()
        wanted = {MATCHING: MATCHING, TUNE: GIVEN}.get(str(scope), STUDY)
        self.choice.setCurrentIndex(max(0, self.choice.findData(wanted)))

    def refresh(self) -> None:
        """Say what each choice means now; the choice stays."""
        kind, tune = self.choice.currentData(), self._session.tune
        entries = [(said("Whole study ({clips:,} clips)").format(clips=self._clips(None)), STUDY)]
        if tune is not None:
            entries.append((said("This tune: {name} ({count:,})").format(name=tune.name, count=len(tune.clips)), TUNE))
        entries.append((said("Tunes by name…"), MATCHING))
        if self._given is not None:
            entries.append((self._given[0], GIVEN))
        self.choice.blockSignals(True)
        self.choice.clear()
        for text, data in entries:
            self.choice.addItem(text, data)
        self.choice.setCurrentIndex(max(0, self.choice.findData(kind)))
        self.choice.blockSignals(False)
        self._show()

    def _forget(self) -> None:
        self._given = None
        self.refresh()

    def _matching(self) -> list[tuple[int, str, int]]:
        words = self.words.text()
        return [score for score in self._session.scores if words.strip() and fits(words, score[1])]

    def _clips(self, scores: list[tuple[int, str, int]] | None) -> int:
        return sum(clips for _id, _name, clips in (self._session.scores if scores is None else scores))

    def _show(self, *_: object) -> None:
        by_name = self.choice.currentData() == MATCHING
        self.words.setVisible(by_name)
        self.found.setVisible(by_name)
        if by_name:
            found = self._matching()
            tunes = said("{count:,} tune{value}").format(count=len(found), value="" if len(found) == 1 else "s")
            self.found.setText(
                said("{tunes}, {clips:,} clips").format(tunes=tunes, clips=self._clips(found))
                if found
                else said("No tune yet")
            )
        self.choice.setToolTip(self.choice.currentText())
        self.changed.emit()
