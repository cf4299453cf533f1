"""How many clips make a batch of about 40 ms: short enough for a slider to slip in between two batches."""

TARGET = 0.040
SIZES = (16, 64, 256)
"""Of the batch sizes that models are compiled for, those that give the same bits for the same clip (measured on
TensorFlow's CPU kernels; a batch of 1 takes another kernel). So a job's numbers do not depend on the pace."""


class Pace:
    """Learns the batch size from the time that batches take.

    The largest size that stays near the target is taken; the next larger one is tried when there is much room. The
    first batch of a size is not counted, since it includes compiling.
    """

    def __init__(self) -> None:
        self._seconds: dict[int, float] = {}
        self._compiled: set[int] = set()

    @property
    def size(self) -> int:
        """Clips in the next batch."""
        best = SIZES[0]
        for size in SIZES:
            seconds = self._seconds.get(size)
            if seconds is not None and seconds <= 1.5 * TARGET:
                best = size
            elif seconds is None and 0 < self._seconds.get(best, 0) <= TARGET / 2 and size > best:
                return size
        return best

    def took(self, size: int, seconds: float) -> None:
        """Note how long a batch took; incomplete batches say nothing."""
        if size not in SIZES:
            return
        if size not in self._compiled:
            self._compiled.add(size)
            return
        known = self._seconds.get(size, seconds)
        self._seconds[size] = 0.7 * known + 0.3 * seconds
        for other in self._seconds:
            if other != size:
                # What was slow once (another program had the machine) is tried again some day.
                self._seconds[other] *= 0.995
