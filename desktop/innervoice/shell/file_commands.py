"""The commands of the File menu: they ask for a path and hand it on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from innervoice.resources import resource
from innervoice.shell.dialogs.export import ExportDialog
from innervoice.shell.exporting import Part
from innervoice.shell.opening import SCORE_SUFFIXES
from innervoice.shell.places import STUDY_SUFFIX
from innervoice.shell.words import said
from innervoice.shell.workspace import Workspace

MODEL_FILTER = "Checkpoints (*.tar *.tgz *.tar.gz *.safetensors *.json *.ckpt *.index);;All files (*)"
DIALOG = "file_dialog"
"""How the dialog was left: sizes, columns, places beside."""


class FileCommands:
    """Asks where, then opens or writes; dialogs open without holding the window's loop up.

    Parameters
    ----------
    window : QWidget
        The dialogs' parent.
    """

    def __init__(self, window: QWidget, workspace: Workspace) -> None:
        self._window = window
        self._workspace = workspace
        self.dialog: QFileDialog | None = None

    def open(self) -> None:
        """Ask for scores, a study, a checkpoint or a soundfont."""
        known = " ".join(f"*{suffix}" for suffix in (*SCORE_SUFFIXES, STUDY_SUFFIX))
        dialog = self._dialog(said("Open"), QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters(
            [
                said("Scores and studies ({known})").format(known=known),
                MODEL_FILTER.split(";;", maxsplit=1)[0],
                _soundfonts(),
                said("All files (*)"),
            ]
        )
        self._ask(dialog, self._workspace.open_paths)

    def open_folder(self) -> None:
        """Ask for a folder of scores."""
        self._ask(self._dialog(said("Open folder"), QFileDialog.FileMode.Directory), self._workspace.open_paths)

    def open_model(self) -> None:
        """Ask for a checkpoint file."""
        dialog = self._dialog(said("Open model"), QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(MODEL_FILTER.split(";;"))
        self._ask(dialog, lambda paths: self._workspace.models.use(str(paths[0])))

    def choose_model(self, then: Callable[[Path], None]) -> None:
        """Ask for a checkpoint file that is not to be the model in use."""
        dialog = self._dialog(said("Choose a model"), QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(MODEL_FILTER.split(";;"))
        self._ask(dialog, lambda paths: then(paths[0]))

    def choose_folder(self, title: str, then: Callable[[Path], None]) -> None:
        """Ask for a folder."""
        self._ask(self._dialog(title, QFileDialog.FileMode.Directory), lambda paths: then(paths[0]))

    def open_model_folder(self) -> None:
        """Ask for a checkpoint folder."""
        dialog = self._dialog(said("Open model folder"), QFileDialog.FileMode.Directory)
        self._ask(dialog, lambda paths: self._workspace.models.use(str(paths[0])))

    def open_soundfont(self) -> None:
        """Ask for a soundfont."""
        dialog = self._dialog(said("Choose soundfont"), QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([_soundfonts(), said("All files (*)")])
        self._ask(dialog, lambda paths: self._workspace.sound.use_soundfont(paths[0]))

    def new_study(self) -> None:
        """Ask where to begin a study; an existing one is opened."""
        dialog = self._save_dialog(said("New study"), "study", STUDY_SUFFIX, "Studies")
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        self._ask(dialog, lambda paths: self._workspace.study_desk.open(paths[0]))

    def export_midi(self) -> None:
        """Ask what is written as MIDI, and where it goes."""
        self._export("MIDI", ".mid", self._workspace.exporter.midi)

    def export_wav(self) -> None:
        """Ask what is rendered, and where it goes."""
        self._export("WAV", ".wav", self._workspace.exporter.wav)

    def export_report(self, runs: Sequence[int] | None = None, sound: bool = True) -> None:
        """Ask where the study's page goes, with these runs or with all."""
        study = self._workspace.session.study
        dialog = self._save_dialog(said("Export report"), study.stem if study else "report", ".html", "HTML")
        self._ask(dialog, lambda paths: self._workspace.runs.report(paths[0], runs, sound))

    def export_run(self, run: int) -> None:
        """Ask into which folder a run's result goes."""
        dialog = self._dialog(said("Export the result into a folder"), QFileDialog.FileMode.Directory)
        self._ask(dialog, lambda paths: self._workspace.runs.export(run, paths[0] / f"run-{run}"))

    def export_card(self, model: str) -> None:
        """Ask where the page with a model's card goes."""
        dialog = self._save_dialog(said("Save card as page"), f"{Path(model).stem}-card", ".html", "HTML")
        self._ask(dialog, lambda paths: self._workspace.cards.save(model, paths[0]))

    def save(self, title: str, stem: str, suffix: str, kind: str, then: Callable[[Path], None]) -> None:
        """Ask where something goes that other parts of the window write."""
        self._ask(self._save_dialog(title, stem, suffix, kind), lambda paths: then(paths[0]))

    def fill_recent(self, menu: QMenu) -> None:
        """List the recent files; those that are gone are greyed once a worker has looked for them."""
        menu.clear()
        recent = self._workspace.settings.recent()
        for name in recent:
            action = menu.addAction(Path(name).name)
            action.setToolTip(name)
            action.triggered.connect(lambda _checked, path=name: self._workspace.open_paths([Path(path)]))
        if recent:
            menu.addSeparator()
            menu.addAction(said("Clear This List")).triggered.connect(
                lambda _checked: self._workspace.settings.clear_recent()
            )
        else:
            menu.addAction(said("None yet")).setEnabled(False)

        def grey(gone: list[str]) -> None:
            for action in menu.actions():
                action.setEnabled(action.isEnabled() and action.toolTip() not in gone)

        if recent:
            self._workspace.reader.ask(lambda _desk: [name for name in recent if not Path(name).exists()], grey)

    def fill_bundled(self, menu: QMenu) -> None:
        """List the tunes that come with Innervoice."""
        menu.clear()
        for path in sorted(resource("tunes").glob("*.mid")):
            action = menu.addAction(path.stem.replace("_", " ").capitalize())
            action.triggered.connect(lambda _checked, tune=path: self._workspace.open_paths([tune]))

    def _export(self, kind: str, suffix: str, write: Callable[[Path, Part], None]) -> None:
        work = self._workspace

        def choose(part: Part) -> None:
            dialog = self._save_dialog(
                said("Export {kind}").format(kind=kind), work.exporter.suggestion(part), suffix, kind
            )
            self._ask(dialog, lambda paths: write(paths[0], part))

        ExportDialog(kind, work.exporter, work.sound, choose, self._window).open()

    def _dialog(self, title: str, mode: QFileDialog.FileMode) -> QFileDialog:
        dialog = QFileDialog(self._window, title)
        dialog.restoreState(self._workspace.settings.blob(DIALOG))  # and its own folder: ours comes after it
        dialog.setDirectory(self._workspace.settings.text("folder"))
        dialog.setFileMode(mode)
        return dialog

    def _save_dialog(self, title: str, stem: str, suffix: str, kind: str) -> QFileDialog:
        dialog = self._dialog(title, QFileDialog.FileMode.AnyFile)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix.lstrip("."))
        dialog.setNameFilter(f"{kind} (*{suffix})")
        dialog.selectFile(f"{stem}{suffix}")
        return dialog

    def _ask(self, dialog: QFileDialog, then: Callable[[list[Path]], None]) -> None:
        def accepted() -> None:
            paths = [Path(name) for name in dialog.selectedFiles()]
            self._workspace.settings.put("folder", dialog.directory().absolutePath())
            then(paths)

        dialog.accepted.connect(accepted)
        dialog.finished.connect(lambda _result: self._workspace.settings.put(DIALOG, dialog.saveState()))
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()


def _soundfonts() -> str:
    return said("Soundfonts (*.sf2 *.sf3 *.SF2 *.SF3)")
