"""The line of the clip's time: a click goes there, the arrow keys go by beats, Page Up and Down by bars."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider, QWidget

from innervoice.shell.words import said

MILLISECONDS = 1000


class SeekSlider(QSlider):
    """Shows where the music stands, in milliseconds of the clip.

    Signals
    -------
    sought : float
        A person went to another place, in seconds of the clip.
    """

    sought = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setAccessibleName(said("Position in the clip"))
        self.setToolTip(said("Position in the clip; arrow keys go by beats, Page Up and Page Down by bars"))
        self.setMinimumWidth(100)
        self.sliderReleased.connect(self._tell)
        self.actionTriggered.connect(self._act)

    def set_length(self, seconds: float, beat: float, beats_per_bar: int) -> None:
        """Take the length of the clip and of a beat, in seconds."""
        self.setRange(0, round(seconds * MILLISECONDS))
        self.setSingleStep(max(1, round(beat * MILLISECONDS)))
        self.setPageStep(max(1, round(beat * beats_per_bar * MILLISECONDS)))

    def show_position(self, seconds: float) -> None:
        """Move the handle, unless a person holds it."""
        if not self.isSliderDown():
            self.setValue(round(seconds * MILLISECONDS))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Bring the handle under the mouse, then let it be dragged."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderPosition(self._value_at(event.position().x()))
        super().mousePressEvent(event)

    def _value_at(self, x: float) -> int:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        part = QStyle.SubControl
        style, complex_control = self.style(), QStyle.ComplexControl.CC_Slider
        groove = style.subControlRect(complex_control, option, part.SC_SliderGroove, self)
        handle = style.subControlRect(complex_control, option, part.SC_SliderHandle, self)
        room = groove.width() - handle.width()
        place = round(x) - groove.x() - handle.width() // 2
        return QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), place, room)

    def _act(self, action: int) -> None:
        if action != QSlider.SliderAction.SliderMove.value:
            self._tell()

    def _tell(self) -> None:
        self.sought.emit(self.sliderPosition() / MILLISECONDS)
