"""The engine as the window meets it: until the sliders live, how fast they answer, clips encoded a second.

With the shipped model, or, where there is none, one of its size with random weights.
"""

import os
import statistics
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np

from innervoice.engine.client import EngineClient
from innervoice.engine.errors import EngineError
from innervoice.engine.states import EngineState
from innervoice.models.catalogue import ModelInfo, known_models
from innervoice.models.checkpoints.native import write_native
from innervoice.models.specs import MusicVAESpec
from innervoice.music.clips import Clips
from innervoice.study.document import Study

CLIPS = 10_000
SLIDER_SECONDS = 0.05
"""Between two movements of the slider."""


def bench() -> dict[str, float]:
    """Measure; seconds and milliseconds are wall time on this machine, beside whatever else runs on it."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = folder
        os.environ["XDG_DATA_HOME"] = folder
        model = _model(Path(folder))
        study = Path(folder) / "bench.study"
        _fill(study, model.steps)
        window = _Window()
        try:
            return _measure(window, model, study)
        finally:
            window.client.stop()


def _measure(window: "_Window", model: ModelInfo, study: Path) -> dict[str, float]:
    begin = time.perf_counter()
    window.client.start()
    window.ask("hello", {})
    heard = time.perf_counter() - begin
    window.ready.wait()
    alive = time.perf_counter() - begin
    idle = [window.slide(model) for _ in range(200)]
    window.ask("encode", {"model": model.name, "count": 1, "steps": model.steps}, bytes(2 * model.steps))
    job = threading.Event()
    begin = time.perf_counter()
    window.client.request(
        "encode_study", {"study": str(study), "model": model.name}, done=lambda *_: job.set(), failed=_fail
    )
    busy = []
    while not job.wait(SLIDER_SECONDS):
        busy.append(window.slide(model))
    seconds = time.perf_counter() - begin
    return {
        "start until the engine answers, s": heard,
        "start until sliders live, s": alive,
        **_spread("slider, idle", idle),
        **_spread(f"slider, while {CLIPS} clips are encoded", busy),
        "encode_study, clips a second": CLIPS / seconds,
        "load average of the machine": os.getloadavg()[0],
    }


def _spread(name: str, seconds: list[float]) -> dict[str, float]:
    milliseconds = sorted(1000 * value for value in seconds)
    return {
        f"{name}, median ms": statistics.median(milliseconds),
        f"{name}, 95 % ms": milliseconds[int(0.95 * (len(milliseconds) - 1))],
        f"{name}, worst ms": milliseconds[-1],
    }


class _Window:
    """A client that waits for its answers."""

    def __init__(self) -> None:
        self.ready = threading.Event()
        self.client = EngineClient(self._note)
        self._rng = np.random.default_rng(0)

    def ask(self, verb: str, head: dict[str, Any], body: bytes = b"") -> None:
        answered = threading.Event()
        self.client.request(verb, head, body, done=lambda *_: answered.set(), failed=_fail)
        answered.wait()

    def slide(self, model: ModelInfo) -> float:
        """One movement of a slider; the seconds until the tokens are here."""
        z = self._rng.normal(size=model.neurons).astype("<f4").tobytes()
        begin = time.perf_counter()
        self.ask("decode", {"model": model.name, "count": 1, "stream": "slider"}, z)
        return time.perf_counter() - begin

    def _note(self, state: EngineState) -> None:
        if state.phase == "ready":
            self.ready.set()


def _fail(error: EngineError) -> None:
    raise error


def _model(folder: Path) -> ModelInfo:
    if not any(info.can_encode and info.can_decode for info in known_models()):
        spec = MusicVAESpec(steps=32, classes=90, neurons=512, encoder=(256,), decoder=(256, 256))
        rng = np.random.default_rng(0)
        weights = {name: rng.normal(scale=0.05, size=shape).astype("f4") for name, shape in spec.shapes().items()}
        write_native(folder / "innervoice" / "models" / "random-2bar", weights, spec)
    return next(info for info in known_models() if info.can_encode and info.can_decode)


def _fill(path: Path, steps: int) -> None:
    tokens = np.random.default_rng(1).integers(0, 90, (CLIPS, steps)).astype(np.int16)
    places = np.zeros(CLIPS, np.int32)
    clips = Clips(tokens, ("random",) * CLIPS, places, places, np.full(CLIPS, 120, np.float32))
    with Study(path) as study:
        study.add_score("random", "", "random", clips, "2bar")
