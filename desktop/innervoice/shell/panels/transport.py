"""The transport: play, pause, stop, loop, metronome, position, tempo, instrument and volume, in one bar."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QLabel, QSizePolicy, QSlider, QToolBar, QWidget

from innervoice.music.tokens import STEPS_PER_BAR
from innervoice.shell.clip_cue import BEATS_PER_BAR, FASTEST_QPM, SLOWEST_QPM
from innervoice.shell.commands import Commands
from innervoice.shell.later import Later
from innervoice.shell.panels.heading import action_button
from innervoice.shell.panels.instrument_box import InstrumentBox
from innervoice.shell.panels.seek_slider import SeekSlider
from innervoice.shell.playback import Playback
from innervoice.shell.session import Session
from innervoice.shell.sound import FULL_VOLUME, VOLUME_STEP, Sound
from innervoice.shell.words import said

VOLUME_WIDTH = 80


class TransportBar(QToolBar):
    """Shows how the music stands and takes what a person wants of it."""

    def __init__(self, session: Session, playback: Playback, sound: Sound, commands: Commands) -> None:
        super().__init__(said("Transport"))
        self.setObjectName("toolbar.transport")
        self.setMovable(False)
        self._session, self._playback, self._sound = session, playback, sound
        self.place = QLabel()
        self.seek = SeekSlider()
        self.tempo = _tempo_box()
        self.factor = QLabel()
        self.instrument = InstrumentBox()
        self.volume = _volume_slider()
        for name in ("play.toggle", "play.stop", "play.loop", "play.metronome"):
            self.addWidget(action_button(commands.action(name)))
        self._set_labels()
        for widget in (self.place, self.seek):
            self.addWidget(widget)
        self.addSeparator()
        self.addWidget(
            _labelled(said("Tempo"), self.tempo, self.factor, action_button(commands.action("play.as_written")))
        )
        self.addSeparator()
        self.addWidget(self.instrument)
        self.addSeparator()
        self.addWidget(_labelled(said("Volume"), self.volume))
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Show everything as it is."""
        playback, written = self._playback, self._session.qpm
        self.seek.set_length(playback.seconds, 60.0 / written, BEATS_PER_BAR)
        self.seek.setEnabled(playback.seconds > 0)
        for box, value in ((self.tempo, playback.qpm), (self.volume, self._sound.volume)):
            box.blockSignals(True)
            box.setValue(value)  # type: ignore[arg-type]  # a number of the box's kind
            box.blockSignals(False)
        self.factor.setText(f"×{playback.qpm / written:.2f}")
        self.instrument.show_program(playback.program)
        self._move(None if playback.aside else playback.position())

    def choose_instrument(self) -> None:
        """Open the list of instruments."""
        self.instrument.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.instrument.showPopup()

    def _connect(self) -> None:
        later = Later(self.refresh, self)
        for signal in (self._session.clip_changed, self._session.decoded_changed, self._sound.changed):
            signal.connect(later.ask)
        self._playback.moved.connect(self._move)
        self.seek.sought.connect(self._playback.seek)
        self.tempo.valueChanged.connect(lambda qpm: self._playback.set_speed(qpm / self._session.qpm))
        self.instrument.program_chosen.connect(self._sound.set_program)
        self.volume.valueChanged.connect(self._sound.set_volume)

    def _set_labels(self) -> None:
        self.place.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.place.setToolTip(said("Bar and beat in the tune, and seconds from the clip's begin"))
        self.place.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.place.setMinimumWidth(self.place.fontMetrics().horizontalAdvance("88:8 888.88 s") + 8)
        self.factor.setToolTip(said("Of the tempo in the score"))
        self.factor.setMinimumWidth(self.factor.fontMetrics().horizontalAdvance("×20.00"))

    def _move(self, seconds: object) -> None:
        """Show where the music stands, in seconds of the clip; where it will begin when it stands nowhere."""
        now = seconds if isinstance(seconds, float) else self._playback.cursor
        self.seek.show_position(now)
        beat = int(now * self._session.qpm / 60.0 + 1e-6)
        clip = self._session.clip
        first = clip.first_step // STEPS_PER_BAR if clip is not None else 0
        self.place.setText(f"{first + beat // BEATS_PER_BAR + 1}:{beat % BEATS_PER_BAR + 1} {now:6.2f} s")


def _labelled(text: str, *widgets: QWidget) -> QWidget:
    group = QWidget()
    group.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)  # the rest is the seek line's
    row = QHBoxLayout(group)
    row.setContentsMargins(4, 0, 4, 0)
    row.setSpacing(5)
    label = QLabel(text)
    label.setBuddy(widgets[0])
    for widget in (label, *widgets):
        row.addWidget(widget)
    return group


def _tempo_box() -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.setRange(SLOWEST_QPM, FASTEST_QPM)
    box.setDecimals(0)
    box.setSingleStep(5.0)
    box.setKeyboardTracking(False)
    box.setAccessibleName(said("Tempo in quarters a minute"))
    box.setToolTip(said("Quarters a minute, 20 to 400"))
    return box


def _volume_slider() -> QSlider:
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setRange(0, FULL_VOLUME)
    slider.setSingleStep(2)
    slider.setPageStep(VOLUME_STEP)
    slider.setFixedWidth(VOLUME_WIDTH)
    slider.setAccessibleName(said("Volume in percent"))
    slider.setToolTip(said("Volume; at 80 % as loud as in a written file"))
    return slider
