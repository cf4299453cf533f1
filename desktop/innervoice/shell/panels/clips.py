"""The left panel: the study's tunes, and the clips of the one in view."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QListView, QMenu, QSplitter, QVBoxLayout, QWidget

from innervoice.shell.facts import ModelFacts
from innervoice.shell.panels.clip_list import ClipDelegate, ClipListModel
from innervoice.shell.panels.heading import Heading
from innervoice.shell.panels.placeholder import Placeholder
from innervoice.shell.panels.tune_list import SCORE_ROLE, TuneListModel
from innervoice.shell.session import Session
from innervoice.shell.study_desk import StudyDesk
from innervoice.shell.words import said


class ClipsPanel(QWidget):
    """Tunes above, clips below.

    Signals
    -------
    import_wanted
        The study holds no clips of the kind that the model reads; the user wants them made.
    """

    import_wanted = Signal()

    def __init__(self, session: Session, desk: StudyDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._desk = desk
        self._tunes = TuneListModel(self)
        self._clips = ClipListModel(self)
        self._build()
        session.scores_changed.connect(self._list_tunes)
        session.tune_changed.connect(self._list_clips)
        session.clip_changed.connect(self._mark_clip)
        session.model_changed.connect(self._say_empty)

    def _build(self) -> None:
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(said("Find a tune"))
        self.filter.setAccessibleName(said("Find a tune"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._find)
        self.tunes = _list_view(said("Tunes of this study"))
        self.tunes.setObjectName("tunes")
        self.tunes.setModel(self._tunes)
        self.tunes.setUniformItemSizes(True)
        self.tunes.setLayoutMode(QListView.LayoutMode.Batched)  # 50,000 tunes are laid out a few at a time
        self.tunes.selectionModel().currentChanged.connect(self._choose_tune)
        self.tunes.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tunes.customContextMenuRequested.connect(self._tune_menu)
        self.clips = _list_view(said("Clips of this tune"))
        self.clips.setModel(self._clips)
        self.clips.setItemDelegate(ClipDelegate(self.clips))
        self.clips.setUniformItemSizes(True)
        self.clips.selectionModel().currentChanged.connect(self._choose_clip)
        self.tunes_heading, self.clips_heading = Heading(said("Tunes")), Heading(said("Clips"))
        self.empty = Placeholder(self.clips)
        self.empty.button.clicked.connect(self.import_wanted)
        top, bottom = QWidget(), QWidget()
        for page, parts in (
            (top, (self.tunes_heading, self.filter, self.tunes)),
            (bottom, (self.clips_heading, self.empty)),
        ):
            column = QVBoxLayout(page)
            column.setContentsMargins(4, 0, 4, 0)
            column.setSpacing(4)
            for part in parts:
                column.addWidget(part)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(top)
        splitter.addWidget(bottom)
        splitter.setSizes([216, 564])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 4)
        whole.addWidget(splitter)

    def _list_tunes(self) -> None:
        self._tunes.set_scores(self._session.scores)
        count = len(self._session.scores)
        self.tunes_heading.remark.setText(f"{count:,}" if count else "")
        self._mark_tune()
        self._say_empty()

    def _find(self, words: str) -> None:
        self._tunes.set_words(words)
        self._mark_tune()

    def _list_clips(self) -> None:
        tune = self._session.tune
        self._clips.set_tune(tune)
        self.clips_heading.remark.setText(
            said("{count:,} of {name}").format(count=len(tune.clips), name=tune.name) if tune is not None else ""
        )
        self._mark_tune()
        self._say_empty()

    def _say_empty(self) -> None:
        model = self._session.model
        if model is not None and model.other_music:
            self.empty.say(_of_other_music(model))
        elif self._session.tune is not None and self._session.tune.clips:
            self.empty.say("")
        elif self._session.scores:
            self.empty.say(said("Choose a tune."))
        elif self._session.study is None:
            self.empty.say(said("Opening the study …"))
        else:
            kind = self._desk.kind
            self.empty.say(
                said("This study has no {kind} clips. Open a tune, or drop one here.").format(kind=kind),
                said("Take {kind} clips").format(kind=kind),
            )

    def _mark_tune(self) -> None:
        tune = self._session.tune
        index = self._tunes.index_of(tune.score) if tune is not None else QModelIndex()
        if index.isValid():
            _select(self.tunes, index)

    def _mark_clip(self) -> None:
        _select(self.clips, self._clips.index(self._session.row, 0))

    def _choose_tune(self, index: QModelIndex) -> None:
        score = index.data(SCORE_ROLE)
        tune = self._session.tune
        if score is not None and (tune is None or tune.score != score):
            self._desk.show_score(int(score))

    def _choose_clip(self, index: QModelIndex) -> None:
        if index.isValid() and index.row() != self._session.row:
            self._session.select_clip(index.row())

    def _tune_menu(self, place: QPoint) -> None:
        index = self.tunes.indexAt(place)
        if not index.isValid():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        score = int(index.data(SCORE_ROLE))
        menu.addAction(said("Remove from the study")).triggered.connect(lambda: self._desk.remove_score(score))
        menu.popup(self.tunes.viewport().mapToGlobal(place))


def _of_other_music(model: ModelFacts) -> str:
    """Say what a person does with a model whose clips no study holds."""
    turn = said("{name} describes {music}: turn its neurons to see and hear them.").format(
        name=model.name, music=model.music
    )
    read = said("File > Open begins from a file ({kinds}).").format(kinds=", ".join(model.suffixes))
    return f"{turn} {read}" if model.suffixes and model.can_encode else turn


def _list_view(name: str) -> QListView:
    view = QListView()
    view.setAccessibleName(name)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return view


def _select(view: QListView, index: QModelIndex) -> None:
    if index.isValid():
        view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        view.scrollTo(index)
    else:
        view.selectionModel().clear()
