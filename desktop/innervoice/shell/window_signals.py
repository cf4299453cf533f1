"""What the window listens to: which signal leads where."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import SignalInstance

from innervoice.shell.escape_key import EscapeKey
from innervoice.shell.roll_signals import connect_roll

if TYPE_CHECKING:
    from innervoice.shell.window import Window


def connect_all(window: Window, later: Callable[..., None]) -> None:
    """Join workspace, panels and pages; `later` asks for a refresh of the commands."""
    work, panels = window.workspace, window.panels
    work.notifications.posted.connect(window.notices.show_notice)
    for part in (window.notices, panels.log):
        part.details_wanted.connect(lambda notice: window.show_details(notice.text, notice.details))
    window.notices.list_wanted.connect(lambda: window.docks.show("log"))
    window.docks.dock("log").visibilityChanged.connect(lambda shown: window.notices.read_all() if shown else None)
    for name in window.docks.names():
        dock = window.docks.dock(name)
        dock.topLevelChanged.connect(lambda _floats, dock=dock: window.drops.watch(dock))
    window.shortcuts.changed.connect(window.guidance.panel.refresh)
    work.preferences.look_changed.connect(window.apply_look)
    work.notifications.posted.connect(panels.log.add)
    work.bridge.state_changed.connect(window.status.show_engine)
    for signal in _changes(window):
        signal.connect(later)
    EscapeKey(window, work.sweep)
    connect_roll(window, later)
    work.models.opening_changed.connect(panels.analyses.refresh)
    work.models.models_changed.connect(later)
    for signal in (work.models.opening_changed, work.bridge.state_changed):
        signal.connect(panels.going.refresh)
    work.cards.card_ready.connect(window.show_card)
    for panel in (panels.latent, panels.heat):
        panel.neuron_clicked.connect(window.choose_neuron)
        panel.files.failed.connect(work.notifications.error)
    panels.heat.clip_chosen.connect(work.hearing.clip)
    panels.card.failed.connect(work.notifications.error)
    panels.clips.import_wanted.connect(work.take_again)
    window.chooser.open_wanted.connect(window.files.open_model)
    window.pages.opened.connect(window.linked.join)
    window.results.connect(later)
    window.pages.link_activated.connect(window.follow)
    window.pages.failed.connect(work.notifications.error)
    window.pages.card_wanted.connect(work.cards.show)
    window.pages.use_wanted.connect(work.models.use)
    window.pages.save_card_wanted.connect(window.files.export_card)


def _changes(window: Window) -> list[SignalInstance]:
    """Return what changes which commands can be given."""
    work, session = window.workspace, window.workspace.session
    changes = [session.study_changed, session.model_changed, session.clip_changed, session.decoded_changed]
    changes += [work.models.opening_changed, work.jobs.changed, work.sound.changed, work.runs.analyses_changed]
    changes += [session.edited_changed, work.history.indexChanged]
    changes += [session.neuron_changed, session.locks_changed, work.sweep.changed]
    changes += [work.paths.path_changed, work.paths.decoded_changed, work.bookmarks.bookmarks_changed]
    changes += [work.performer.changed, work.training.changed]
    changes += [work.going.directions_changed]
    return [*changes, work.plugins.changed, work.bridge.state_changed]
