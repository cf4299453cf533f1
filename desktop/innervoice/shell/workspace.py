"""Everything behind the window, put together: session, worker threads, engine, desks. No widgets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from innervoice.shell.background import Background
from innervoice.shell.bookmark_desk import BookmarkDesk
from innervoice.shell.card_desk import CardDesk
from innervoice.shell.channel_desk import ChannelDesk
from innervoice.shell.channel_playing import ChannelPlayer
from innervoice.shell.clip_editing import ClipEditor
from innervoice.shell.collecting import leave_out, take_in
from innervoice.shell.comparison_desk import ComparisonDesk
from innervoice.shell.decoding import Decoder
from innervoice.shell.dynamics_desk import DynamicsDesk
from innervoice.shell.engine_bridge import EngineBridge
from innervoice.shell.exporting import Exporter
from innervoice.shell.going_desk import GoingDesk
from innervoice.shell.growing_attention import GrowingAttention
from innervoice.shell.hearing import Hearing
from innervoice.shell.history import History
from innervoice.shell.importing import Importer
from innervoice.shell.jobs import Jobs
from innervoice.shell.measuring import MeasuringDesk
from innervoice.shell.model_desk import ModelDesk
from innervoice.shell.neuron_desk import NeuronDesk
from innervoice.shell.notifications import Notifications
from innervoice.shell.opening import Opened, sort_out
from innervoice.shell.other_music import OtherMusic
from innervoice.shell.path_desk import PathDesk
from innervoice.shell.path_playing import PathPlayer
from innervoice.shell.performer import Performer
from innervoice.shell.piece_looking import PieceLooking
from innervoice.shell.piece_player import PiecePlayer
from innervoice.shell.places import scratch_study
from innervoice.shell.playback import Playback
from innervoice.shell.plugin_desk import PluginDesk
from innervoice.shell.preferences import Preferences
from innervoice.shell.preloading import import_pages
from innervoice.shell.runs_desk import RunsDesk
from innervoice.shell.session import Session
from innervoice.shell.settings import Settings
from innervoice.shell.side_decoding import SideDecoder
from innervoice.shell.sound import Sound
from innervoice.shell.square_desk import SquareDesk
from innervoice.shell.study_desk import StudyDesk
from innervoice.shell.sweeping import Sweep
from innervoice.shell.training_desk import TrainingDesk
from innervoice.shell.words import said

FIRST_TUNES = ("twinkle", "ode_to_joy", "frere_jacques", "bach_bourree", "saints", "auld_lang_syne")
"""The bundled tunes that the scratch study begins with; the first is shown."""
LAST_STUDY = "study"


class Workspace(QObject):
    """Owns the parts and joins them; `stop` takes them apart in order.

    Parameters
    ----------
    settings : Settings
    make_client, make_player : callable
        See `EngineBridge` and `Playback`.
    """

    def __init__(
        self,
        settings: Settings,
        make_client: Callable[[Callable[[Any], None]], Any],
        make_player: Callable[[Callable[[], None]], Any],
    ) -> None:
        super().__init__()
        self.settings = settings
        self.preferences = Preferences(settings, self)
        self.notifications = Notifications(self)
        self.session = Session(self)
        self.jobs = Jobs(self)
        self.reader = Background("study", self)
        self.writer = Background("files", self)
        self.bridge = EngineBridge(make_client, self)
        self.decoder = Decoder(self.session, self.bridge, self.notifications)
        self.study_desk = StudyDesk(self.session, self.reader, self.notifications)
        self.dynamics = DynamicsDesk(self.session, self.writer, self.notifications)
        self.models = ModelDesk(
            self.session, self.bridge, self.decoder, self.study_desk, self.jobs, self.notifications, settings
        )
        self.importer = Importer(self.session, self.writer, self.bridge, self.jobs, self.notifications)
        self.runs = RunsDesk(self.session, self.bridge, self.models, self.reader, self.jobs, self.notifications)
        self.plugins = PluginDesk(self.session, self.bridge, self.models, self.notifications)
        self.neurons = NeuronDesk(self.session, self.reader, self.runs, self.notifications)
        self.training = TrainingDesk(self.bridge, self.models, self.jobs, self.notifications, settings)
        self.measuring = MeasuringDesk(self.bridge, self.models, self.jobs, self.notifications)
        self.cards = CardDesk(self.session, self.bridge, self.models, self.reader, self.notifications)
        self._make_sound(make_player)
        self.side_decoder = SideDecoder(self.session, self.bridge, self.models, self.notifications)
        self.editor = ClipEditor(self.session, self.bridge, self.models, self.notifications)
        self.other_music = OtherMusic(self.session, self.bridge, self.models, self.notifications)
        self.history = History(self.session)
        self._make_ways()
        self._engine_lost = self._pages_imported = False
        self._connect()

    def _make_ways(self) -> None:
        """Make what leads from place to place, and what stands beside."""
        self.paths = PathDesk(self.session, self.models, self.side_decoder, self.reader, self.notifications)
        self.square = SquareDesk(self.session, self.models, self.side_decoder, self.paths)
        self.path_player = PathPlayer(self.session, self.paths, self.playback)
        self.going = GoingDesk(
            self.session, self.side_decoder, self.runs, self.reader, self.hearing, self.notifications
        )
        self.channel = ChannelDesk(self.session, self.models, self.side_decoder)
        self.channel_player = ChannelPlayer(self.channel, self.playback)
        self.performer = Performer(self.session, self.bridge, self.models, self.writer, self.notifications)
        self.piece_player = PiecePlayer(self.performer, self.playback)
        self.second_performer = Performer(self.session, self.bridge, self.models, self.writer, self.notifications)
        self.second_player = PiecePlayer(self.second_performer, self.playback, at_once=False)
        self.piece_looking = PieceLooking(self.performer, self.bridge)
        self.attention = GrowingAttention(self.performer, self.bridge)
        self.comparison = ComparisonDesk(self.session, self.bridge, self.models, self.notifications)
        self.bookmarks = BookmarkDesk(
            self.session, self.study_desk, self.models, self.reader, self.history, self.notifications
        )

    def _make_sound(self, make_player: Callable[[Callable[[], None]], Any]) -> None:
        self.playback = Playback(self.session, make_player)
        self.sweep = Sweep(self.session, self.decoder, self.playback)
        self.sound = Sound(self.playback, self.settings, self.writer, self.notifications)
        self.hearing = Hearing(self.session, self.study_desk, self.playback)
        self.exporter = Exporter(self.session, self.playback, self.sound, self.writer, self.jobs, self.notifications)

    def _connect(self) -> None:
        self.session.study_changed.connect(self._on_study)
        self.preferences.engine_changed.connect(self._configure_engine)
        self.importer.imported.connect(self._on_imported)
        self.bridge.state_changed.connect(self._on_engine)

    def start(self, study: Path | None, files: Sequence[Path] = ()) -> None:
        """Start the engine and open a study: the one named, or the last one, or the scratch study; then other files.

        A scratch study that is not there yet begins with a few bundled tunes.
        """

        def take_files() -> None:
            if files:
                self.open_paths(files)

        def begin_anew() -> None:
            self._take_first_tunes()
            take_files()

        self._configure_engine()
        self.bridge.start()
        if study is not None:
            self.study_desk.open(study, take_files)
            return
        last, scratch = self.settings.text(LAST_STUDY) if self.preferences.reopen else "", scratch_study()

        def choose(_desk: Any) -> tuple[Path, bool]:
            chosen = Path(last) if last and Path(last).is_file() else scratch
            return chosen, not chosen.exists()

        def begin(chosen: tuple[Path, bool]) -> None:
            path, new = chosen
            self.study_desk.open(path, begin_anew if new else take_files)

        self.reader.ask(choose, begin, self.notifications.error)

    def restart_engine(self) -> None:
        """End the engine and start another, as the preferences want it."""
        self._configure_engine()
        self.bridge.replace()

    def _configure_engine(self) -> None:
        self.bridge.configure(self.preferences.memory_gib << 30, self.preferences.backend)

    def stop(self) -> bool:
        """Keep the settings, end sound, threads and engine; return whether all ended in time."""
        self.settings.sync()
        for job in list(self.jobs.running):
            job.cancel()
        self.playback.close()
        ended = [self.reader.stop(), self.writer.stop()]
        self.training.end()
        self.bridge.stop()
        take_in()  # what was left out may have died since
        return all(ended)

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Open whatever a path is: scores and folders, a study, a checkpoint, a soundfont."""
        self.reader.ask(
            lambda _desk: sort_out(paths),
            self._open,
            self.notifications.error,
        )

    def _open(self, opened: Opened) -> None:
        foreign = [path for path, _reason in opened.strangers if self.plugins.reads(path)]
        if foreign:
            opened = replace(opened, strangers=tuple(one for one in opened.strangers if one[0] not in foreign))
            self.plugins.convert(foreign, lambda midi: self.importer.take(midi, self.study_desk.kind))
        self._refuse(opened.strangers)
        for path in opened.scores[:1]:  # studies and models are remembered once they are open
            self.settings.add_recent(str(path))
        if opened.studies:
            self.study_desk.open(opened.studies[0])
        if opened.models:
            self.models.use(str(opened.models[0]))
        if opened.soundfonts:
            self.sound.use_soundfont(opened.soundfonts[0])
        if opened.scores and self.other_music.in_use:
            self.other_music.open(opened.scores[0])
        elif opened.scores:
            self.importer.take(opened.scores, self.study_desk.kind)

    def _refuse(self, strangers: Sequence[tuple[Path, str]]) -> None:
        """Say of files that cannot be opened what they are not."""
        if len(strangers) == 1:
            path, reason = strangers[0]
            self.notifications.error(reason, str(path))
        elif strangers:
            sentence = said("{count} of these files are no score, study, model or soundfont; Details names them.")
            names = "\n".join(f"{path}: {reason}" for path, reason in strangers)
            self.notifications.error(sentence.format(count=len(strangers)), names)

    def take_again(self) -> None:
        """Take the study's scores in again, as clips of the kind that the model reads."""
        path = self.session.study
        if path is None:
            return

        def known(desk: Any) -> list[Path]:
            return sorted({Path(row.path) for row in desk.study(path).scores()})

        def take(paths: list[Path]) -> None:
            if paths:
                self.importer.take(paths, self.study_desk.kind)
            else:
                self._take_first_tunes()

        self.reader.ask(known, take, self.notifications.error)

    def _take_first_tunes(self) -> None:
        from innervoice.resources import ResourceError, resource

        try:
            tunes = [resource("tunes", f"{name}.mid") for name in FIRST_TUNES]
        except ResourceError as error:
            self.notifications.error(str(error))
            return
        self.importer.take(tunes, self.study_desk.kind, quiet=True)

    def _on_study(self) -> None:
        study = self.session.study
        if study is not None:
            self.settings.put(LAST_STUDY, str(study))
            self.settings.add_recent(str(study))
        self.study_desk.refresh_posteriors()
        self.models.encode_study()

    def _on_imported(self, first: object) -> None:
        self.study_desk.reload(first if isinstance(first, int) else None)
        self.models.encode_study()

    def _on_engine(self, state: Any) -> None:
        if state.phase == "ready" and not self._pages_imported:
            self._pages_imported = True  # now, for the start is over and nothing else is read
            self.reader.ask(lambda _desk: import_pages(), lambda _done: leave_out(), self.notifications.error)
        if state.phase == "restarting":
            # The new engine says "restarting" again with every step of its start; its end is said once.
            if self._engine_lost:
                return
            self._engine_lost = True
            self.notifications.warning(
                said("The engine ended and is started anew; nothing in the study is lost."), state.detail
            )
        elif state.phase == "stopped":
            self.notifications.error(
                said("The engine ended too often and is off; start it again with Analyses > Restart Engine."),
                state.detail,
            )
        elif state.phase == "ready" and self._engine_lost:
            self._engine_lost = False
            self.notifications.info(said("The engine is back."))
