"""Bookmarks: places kept in the study, and the way back to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand

from innervoice.shell.background import Background, Desk
from innervoice.shell.history import History
from innervoice.shell.later import Later
from innervoice.shell.model_desk import ModelDesk
from innervoice.shell.notifications import Notifications
from innervoice.shell.session import Session
from innervoice.shell.spot import Spot
from innervoice.shell.study_desk import StudyDesk
from innervoice.shell.words import said

SHOWN = 2000
LONGEST_NOTE = 2000


class BookmarkDesk(QObject):
    """Reads and writes the study's bookmarks on the worker, and goes to them.

    Signals
    -------
    bookmarks_changed
        The list was read again.
    added : int
        A new bookmark, by its id: its note may be written.
    model_wanted : object, object
        A bookmark and its `Spot`, when it belongs to another model than the one in use.
    """

    bookmarks_changed = Signal()
    added = Signal(int)
    model_wanted = Signal(object, object)

    def __init__(
        self,
        session: Session,
        study_desk: StudyDesk,
        models: ModelDesk,
        background: Background,
        history: History,
        notifications: Notifications,
    ) -> None:
        super().__init__(session)
        self._session = session
        self._study_desk = study_desk
        self._models = models
        self._background = background
        self._history = history
        self._notifications = notifications
        self._opening: Spot | None = None
        self._wanted: Spot | None = None
        self._later = Later(self._arrive, self)
        self.bookmarks: tuple[Any, ...] = ()
        self.removed: list[tuple[Path, Any]] = []
        session.study_changed.connect(self._on_study)
        for signal in (session.clip_changed, session.posterior_changed, models.opening_changed):
            signal.connect(self._later.ask)

    def refresh(self, added: int | None = None) -> None:
        """Read the list again."""
        path = self._session.study
        if path is None:
            return

        def took(found: tuple[Any, ...]) -> None:
            if self._session.study == path:
                self.bookmarks = found
                self.bookmarks_changed.emit()
                if added is not None:
                    self.added.emit(added)

        self._background.ask(lambda desk: tuple(desk.study(path).bookmarks()[-SHOWN:]), took, self._failed)

    def add(self, note: str = "") -> None:
        """Keep the place where the session stands."""
        path, spot = self._session.study, Spot.here(self._session)
        if path is None or spot is None:
            self._notifications.warning(said("There is no place to keep yet; choose a clip and wait for the model."))
            return
        words = note or spot.name
        self._background.ask(
            lambda desk: desk.study(path).add_bookmark(spot.kind, spot.to_json(), words), self.refresh, self._failed
        )

    def rename(self, bookmark: int, note: str) -> None:
        """Write another note to a bookmark."""
        self._write(lambda study: study.note_bookmark(bookmark, note[:LONGEST_NOTE]))

    def remove(self, bookmark: Any) -> None:
        """Forget a bookmark; it can be undone."""
        if self._session.study is not None:
            self._history.push(_Removal(self, self._session.study, bookmark))

    def bring_back(self) -> None:
        """Put the bookmark back that was removed last, also when its undo is with another clip or forgotten."""
        path = self._session.study
        found = [one for one in self.removed if one[0] == path]
        if found:
            self.removed.remove(found[-1])
            self.write(found[-1][0], lambda study: study.restore_bookmark(found[-1][1]))

    @property
    def can_bring_back(self) -> bool:
        """Whether a bookmark of this study was removed since the start."""
        return any(path == self._session.study for path, _mark in self.removed)

    def write(self, path: Path, change: Callable[[Any], None]) -> None:
        """Change a study on the worker and read the list again."""
        self._background.ask(lambda desk: change(desk.study(path)), lambda _none: self.refresh(), self._failed)

    def spot(self, bookmark: Any) -> Spot | None:
        """Return a bookmark's place; None, and a notice, when it holds none."""
        try:
            return Spot.from_json(bookmark.target)
        except ValueError as error:
            self._notifications.error(
                said("“{note}” cannot be gone to: {error}").format(note=bookmark.note, error=error)
            )
            return None

    def go(self, bookmark: Any) -> None:
        """Go to a bookmark; where it needs another model, `model_wanted` asks first."""
        spot = self.spot(bookmark)
        if spot is None:
            return
        model = self._session.model
        if model is not None and model.sha256 == spot.model.sha256:
            self.go_to(spot)
        else:
            self.model_wanted.emit(bookmark, spot)

    def open_and_go(self, spot: Spot) -> None:
        """Open the model of a place, then go there."""
        known = next((facts for facts in self._models.known if facts.sha256 == spot.model.sha256), None)
        name = known.name if known is not None else spot.model.path or spot.model.name
        self._opening, self._wanted = spot, None
        self._models.use(name)

    def show_clip_only(self, spot: Spot) -> None:
        """Show a place's clip with the model in use."""
        self._opening = self._wanted = None
        if spot.clip is not None:
            self._study_desk.show_clip(spot.clip)

    def go_to(self, spot: Spot) -> None:
        """Go to a place of the model in use: its clip first, then its neurons, once the clip's own mu is there."""
        self._opening, self._wanted = None, spot
        path = self._session.study
        if spot.clip is None or path is None:
            self._later.ask()
            return
        clip = spot.clip

        def there(desk: Desk) -> bool:
            return any(row.id == clip for row in desk.study(path).clip_rows())

        def found(here: bool) -> None:
            if self._wanted is spot and self._session.study == path:
                if here:
                    self._study_desk.show_clip(clip)
                else:
                    self._notifications.warning(
                        said("The clip of this bookmark is no longer in the study; its neurons are.")
                    )
                    self._wanted = replace(spot, clip=None)
                self._later.ask()

        self._background.ask(there, found, self._failed)

    def _arrive(self) -> None:
        spot, session, model = self._wanted, self._session, self._session.model
        if self._opening is not None and not self._models.opening:
            # Where it could not be opened, the model desk has said why.
            opened, self._opening = self._opening, None
            if model is not None and model.sha256 == opened.model.sha256:
                self.go_to(opened)
            return
        if spot is None or model is None or model.sha256 != spot.model.sha256 or len(spot.z) != model.neurons:
            return
        if spot.clip is not None and (session.clip is None or session.clip.id != spot.clip):
            return
        # The clip's mu brings the neurons home when it comes: only then are they turned for good.
        reads = model.can_encode and session.tokens is not None and not model.why_not_read(session.tokens)
        if spot.clip is not None and reads and session.mu is None:
            return
        self._wanted = None
        # Locked neurons go too: a bookmark brings back the very place that was kept.
        session.stand_at(spot.z, spot.seed, spot.temperature)
        session.select_neuron(spot.neuron)

    def _write(self, change: Callable[[Any], None]) -> None:
        if self._session.study is not None:
            self.write(self._session.study, change)

    def _on_study(self) -> None:
        self._opening = self._wanted = None
        self.bookmarks = ()
        self.bookmarks_changed.emit()
        self.refresh()

    def _failed(self, sentence: str, trace: str) -> None:
        if sentence != "cancelled":
            self._notifications.error(sentence, trace)


class _Removal(QUndoCommand):
    """Forgets a bookmark, and puts it back."""

    def __init__(self, desk: BookmarkDesk, path: Path, bookmark: Any) -> None:
        super().__init__(said("remove the bookmark"))
        self._desk, self._path, self._bookmark = desk, path, bookmark

    def redo(self) -> None:
        """Forget it."""
        self._desk.removed.append((self._path, self._bookmark))
        number = self._bookmark.id
        self._desk.write(self._path, lambda study: study.remove_bookmark(number))

    def undo(self) -> None:
        """Put it back."""
        if (self._path, self._bookmark) in self._desk.removed:
            self._desk.removed.remove((self._path, self._bookmark))
        kept = self._bookmark
        self._desk.write(self._path, lambda study: study.restore_bookmark(kept))
