"""Files that only a plugin can read, turned into MIDI files that everything else reads."""

import hashlib
import traceback
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.engine.errors import EngineError
from innervoice.engine.job import Answer, Job
from innervoice.host.loading import Brought, Plugins
from innervoice.music.errors import MusicError
from innervoice.music.limits import Limits, check_limits
from innervoice.music.reading import read_bytes
from innervoice.music.score import NOTE
from innervoice.music.writing import write_midi
from innervoice.plugin.importer import Importer

QPM = 120.0


def convert(plugins: Plugins, job: Job) -> Answer:
    """``convert {paths, folder}``: each file that a plugin reads becomes a MIDI file in the folder.

    Answers ``converted`` ([path, MIDI file]) and ``rejected`` ([path, sentence]).
    """
    folder = Path(job.text("folder"))
    folder.mkdir(parents=True, exist_ok=True)
    converted, rejected = [], []
    paths = job.texts("paths")
    for done, path in enumerate(map(Path, paths)):
        job.progress(done, len(paths), path.name)
        try:
            converted.append([str(path), str(convert_one(plugins, path, folder))])
        except (EngineError, MusicError) as error:
            rejected.append([str(path), str(error)])
    return {"converted": converted, "rejected": rejected}, b""


def convert_one(plugins: Plugins, path: Path, folder: Path) -> Path:
    """Turn one file into a MIDI file; the same bytes give the same file.

    Raises
    ------
    EngineError, MusicError
        With one sentence, when no plugin reads it, it is damaged, or the plugin is.
    """
    one = importer_of(plugins.importers.values(), path)
    if one is None:
        raise EngineError(f"{path.name} is of no kind that is read; install a plugin that imports {path.suffix}.")
    limits = Limits()
    data = read_bytes(path, limits)
    notes = _read(one, data, path.name)
    check_limits(notes, path.name, limits)
    out = folder / f"{path.stem}-{hashlib.sha256(data).hexdigest()[:8]}.mid"
    seconds, quarters = float(notes["end"].max()), float(notes["end_quarter"].max())
    write_midi(notes, out, quarters / seconds * 60 if seconds > 0 else QPM)
    return out


def importer_of(importers: Iterable[Brought[Importer]], path: Path) -> Brought[Importer] | None:
    """The first plugin's importer for a file, by its suffix."""
    return next((one for one in importers if path.suffix.lower() in one.thing.suffixes), None)


def _read(one: Brought[Importer], data: bytes, name: str) -> NDArray[Any]:
    try:
        notes: object = one.thing.read(data, name)
    except ValueError as error:
        said = str(error) if str(error).startswith(name) else f"{name}: {error}"
        raise EngineError(said, traceback.format_exc()) from error
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        sentence = f"{name} could not be read ({said}); the fault is in the plugin {one.plugin}."
        raise EngineError(sentence, traceback.format_exc()) from error
    if not isinstance(notes, np.ndarray) or notes.dtype != NOTE or notes.ndim != 1:
        raise EngineError(f"{name}: the plugin {one.plugin} did not answer with an array of NOTE.")
    if not len(notes):
        raise EngineError(f"{name} holds no notes.")
    times = [notes[field] for field in ("start", "end", "start_quarter", "end_quarter")]
    if not all(np.isfinite(column).all() and (column >= 0).all() for column in times):
        raise EngineError(f"{name}: the plugin {one.plugin} gave a note a time that is negative or no number.")
    if (notes["end_quarter"] <= notes["start_quarter"]).any():
        raise EngineError(f"{name}: the plugin {one.plugin} gave a note that ends before it begins.")
    return notes
