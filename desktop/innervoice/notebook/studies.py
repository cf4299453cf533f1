"""A study in a notebook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from innervoice.engine.importing import ImportReport, import_paths
from innervoice.music.melody import MelodyRules
from innervoice.notebook.engine import engine
from innervoice.notebook.results import Answer, structured
from innervoice.plugin.packing import unpack
from innervoice.statistics.posterior import Posterior
from innervoice.study.document import Study

CLIP_COLUMNS = [
    ("clip", "<i8"),
    ("file", "U"),
    ("track", "<i4"),
    ("first_step", "<i4"),
    ("qpm", "<f4"),
    ("steps", "<i4"),
]


def open_study(path: str | Path, create: bool = True) -> NotebookStudy:
    """Open a study, or begin one.

    Parameters
    ----------
    path : str or Path
        Such as ``tunes.innervoice``; the window opens the same file, also at the same time.
    create : bool
        Whether one that is not there is made.

    Raises
    ------
    StudyError
        When it is no study, or is not there and must not be made.
    """
    Study(path, create=create).close()
    return NotebookStudy(Path(path))


class NotebookStudy:
    """A study's clips, posteriors and runs as arrays; every call reads the file as it is now."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def add(self, *paths: str | Path, clip: str = "2bar", seed: int = 0) -> ImportReport:
        """Take music files or folders in; broken ones are listed in the report, the others taken."""
        with Study(self.path) as study:
            return import_paths(study, paths, MelodyRules(clip=clip, seed=seed))

    def clips(self, kind: str | None = None) -> NDArray[Any]:
        """Return where the clips come from: clip, file, track, first_step, qpm, steps; of one kind if wanted."""
        with Study(self.path, create=False) as study:
            rows = study.clip_rows(kind)
        return structured([(r.id, r.source, r.track, r.first_step, r.qpm, r.steps) for r in rows], CLIP_COLUMNS)

    def tokens(self, clips: ArrayLike) -> NDArray[np.int16]:
        """Return clips of one length by their numbers, int16 [n, steps]."""
        with Study(self.path, create=False) as study:
            return study.tokens(np.asarray(clips, np.int64))

    def features(self, names: Sequence[str] | None = None) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Return clip numbers, and their features [clips, names]; computed where the study lacks them."""
        with Study(self.path) as study:
            return study.features(None, names)

    def encode(self, model: str) -> tuple[NDArray[np.int64], Posterior]:
        """Encode what the study lacks with a model (name or path); return clip numbers and their posterior."""
        engine().call("encode_study", {"study": str(self.path), "model": model})
        sha256 = engine().call("open_model", {"model": model})[0]["sha256"]
        with Study(self.path, create=False) as study:
            return study.posteriors(sha256)

    def decode(self, z: ArrayLike, model: str, temperature: float = 0.0, seed: int = 0) -> NDArray[np.int16]:
        """Decode latent vectors, [n, neurons], into tokens int16 [n, steps]."""
        points = np.ascontiguousarray(z, "<f4")
        head = {"model": model, "count": len(points), "temperature": temperature, "seed": seed}
        answer, body = engine().call("decode", head, points.tobytes())
        return np.frombuffer(body, "<i2").astype(np.int16).reshape(len(points), int(answer["steps"]))

    def run(self, analysis: str, model: str, seed: int = 0, **parameters: Any) -> Answer:
        """Run an analysis over all clips; the study keeps the run, as the window's.

        Raises
        ------
        EngineError
            With one sentence, when it cannot be run or fails.
        """
        head = {"study": str(self.path), "analysis": analysis, "model": model, "seed": seed, "parameters": parameters}
        return self.answer(int(engine().call("run", head)[0]["run"]))

    def answer(self, run: int) -> Answer:
        """Return the result of an earlier run by its number."""
        with Study(self.path, create=False) as study:
            row = next((row for row in study.runs() if row.id == run), None)
            if row is None:
                raise ValueError(f"{self.path.name} has no run {run}; runs() lists them.")
            return Answer(run, unpack(*study.result(run)), {**row.provenance, "finished": row.finished})

    def runs(self) -> NDArray[Any]:
        """Return the runs: run, analysis, state, started."""
        with Study(self.path, create=False) as study:
            rows = [(row.id, row.analysis, row.state, row.started) for row in study.runs()]
        return structured(rows, [("run", "<i8"), ("analysis", "U"), ("state", "U"), ("started", "U")])

    def export(self, folder: str | Path, midi: bool = True) -> list[str]:
        """Write all of it as NPZ, CSV and MIDI files; return their names."""
        from innervoice.report.study_files import write_study

        with Study(self.path) as study:
            return write_study(study, Path(folder), lambda done, total, text: None, midi)

    def __repr__(self) -> str:
        with Study(self.path, create=False) as study:
            held = study.summary()
        clips = ", ".join(f"{count} × {kind}" for kind, count in held.clips.items()) or "no clips"
        return f"<study {self.path.name}: {clips}, {sum(held.runs.values())} runs>"
