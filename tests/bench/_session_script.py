"""What a person does before some commands of the session can be given: each step makes the next one possible."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from session import Session  # the bench beside this file

ANALYSES = ("sigma-ranking", "sigma-ranking", "feature-correlation")
"""Run once at the start: two of one kind to compare, and one that finds directions."""
ROOT = Path(__file__).resolve().parents[2]
SMALL = {"steps": 2000, "neurons": 16, "encoder": 32, "decoder": 32}
"""A model that is made only to be stopped."""
SETTLE_SECONDS = 0.1
WAIT_SECONDS = 5.0
"""What has not become possible by then is left for the next round."""


def install_plugin(folder: Path) -> None:
    """Put the panel of docs/plugins.md into a folder as an installer would, so that there is one to show."""
    place = importlib.util.spec_from_file_location("document_pictures", ROOT / "packaging" / "document_pictures.py")
    assert place is not None
    assert place.loader is not None
    samples: Any = importlib.util.module_from_spec(place)
    place.loader.exec_module(samples)
    (folder / "sample_panel.py").write_text(samples.hook_sources()["panels"], encoding="utf-8")
    about = folder / "sample_panel-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: sample-panel\nVersion: 1.0\n", encoding="utf-8")
    (about / "entry_points.txt").write_text("[innervoice]\nsample-panel = sample_panel\n", encoding="utf-8")


def open_results(session: Session) -> None:
    """Run the analyses whose results the commands are about, and let them be shown."""
    desk, window = session.work.runs, session.window
    session.until(lambda: bool(desk.analyses))
    for analysis in ANALYSES:
        session.until(lambda: not session.work.jobs.running)
        before = len(window.pages.results())
        window.run_analysis(analysis)
        session.until(lambda before=before: len(window.pages.results()) > before)


def tidy(session: Session) -> None:
    """Put windows back and close all but the first results, as a person does who has tried a command."""
    session.doing = "tidying"
    pages = session.window.pages
    for window in list(pages.detached.values()):
        window.close()
        session.live(SETTLE_SECONDS)
    first = sorted(page.run for page in pages.results())[: len(ANALYSES)]
    for page in pages.results():
        if page.run not in first:
            pages.close_page(pages.indexOf(page))
            session.live(SETTLE_SECONDS)


def prepare(session: Session, name: str) -> None:
    """Do what a command needs, if it is greyed now."""
    action = session.window.commands.action(name)
    step = STEPS.get(name) or next((step for start, step in STARTS.items() if name.startswith(start)), None)
    if step is None or action.isEnabled():
        return
    session.doing = f"before {name}"
    step(session)
    session.wait(action.isEnabled, WAIT_SECONDS)


def _result(session: Session) -> None:
    """Bring the first ranking to the front: there is another one to compare it with."""
    pages = session.window.pages
    page = next((one for one in pages.results() if one.row.analysis == ANALYSES[0]), None)
    if page is not None:
        pages.setCurrentWidget(page)


def _job(session: Session) -> None:
    session.window.run_analysis(ANALYSES[0])


def _notes(session: Session) -> None:
    """Take the pencil and choose the first note."""
    session.give("view.tune")
    if not session.window.panels.roll.view.editing:
        session.give("notes.edit")
    session.give("notes.next")


def _edit(session: Session) -> None:
    _notes(session)
    session.give("notes.up")


def _undone(session: Session) -> None:
    session.give("neurons.randomise")
    session.give("edit.undo")


def _cursor(session: Session) -> None:
    session.work.playback.seek(session.work.playback.seconds / 2)


def _loop(session: Session) -> None:
    session.work.playback.set_loop_range(0.0, session.work.playback.seconds / 2)


def _soundfont(session: Session) -> None:
    from innervoice.audio.soundfont import default_soundfont

    session.work.sound.use_soundfont(default_soundfont())


def _path(session: Session) -> None:
    """Stand at two places, and wait for the way between them."""
    session.give("view.tune")
    session.give("explore.take_a")
    session.give("play.next")
    session.give("explore.take_b")
    session.give("explore.path")


def _piece(session: Session) -> None:
    """Let a performance model play a little."""
    session.give("explore.performance")
    page = session.window.pages.currentWidget()
    button = getattr(page, "generate", None)
    if button is not None and button.isEnabled():
        button.click()


def _training(session: Session) -> None:
    """Begin to train, once: it loads the framework beside the window."""
    desk = session.work.training
    if desk.order is not None:
        return
    session.give("models.train")
    page: Any = session.window.pages.currentWidget()
    if not session.wait(lambda: page.form.settings is not None, WAIT_SECONDS):
        return
    page.form.add_music(ROOT / "resources" / "tunes")
    page.form.settings.set_values(SMALL)
    if session.wait(page.start.isEnabled, WAIT_SECONDS):
        page.start.click()


def _forgotten(session: Session) -> None:
    """Keep a place and forget it."""
    bookmarks = session.work.bookmarks
    session.give("explore.bookmark")
    session.wait(lambda: bool(bookmarks.bookmarks), WAIT_SECONDS)
    if bookmarks.bookmarks:
        bookmarks.remove(bookmarks.bookmarks[0])


Step = Callable[["Session"], object]
STEPS: dict[str, Step] = {
    "edit.undo": lambda session: session.give("neurons.randomise"),
    "edit.redo": _undone,
    "edit.revert": _edit,
    "play.stop": lambda session: session.give("play.toggle"),
    "play.cursor": _cursor,
    "play.loop_all": _loop,
    "play.as_written": lambda session: session.give("play.faster"),
    "play.louder": lambda session: session.give("play.softer"),
    "play.soundfont_default": _soundfont,
    "play.next": lambda session: session.give("play.previous"),
    "play.previous": lambda session: session.give("play.next"),
    "neurons.stop": lambda session: session.give("neurons.sweep"),
    "neurons.unlock": lambda session: session.give("neurons.lock"),
    "explore.play": _path,
    "explore.export": _path,
    "explore.save_piece": _piece,
    "explore.bring_back": _forgotten,
    "analyses.cancel": _job,
    "models.stop": _training,
}
"""What comes before a command."""
STARTS: dict[str, Step] = {
    "notes.": _notes,
    "analyses.": _result,
    "neurons.": lambda session: session.give("neurons.next"),
}
"""What comes before all other commands of a kind."""
