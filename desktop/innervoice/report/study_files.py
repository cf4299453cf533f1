"""A study as files that everything else reads: arrays (.npz), tables (.csv) and music (.mid)."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.music.bar_words import clip_notes
from innervoice.music.files import atomic_write
from innervoice.music.writing import midi_bytes
from innervoice.plugin.figures import Table
from innervoice.plugin.packing import unpack
from innervoice.report.folder import csv_bytes, slug
from innervoice.study.clips import ClipRow
from innervoice.study.document import Study
from innervoice.study.features import MELODY

Tell = Callable[[int, int, str], None]
BLOCK = 500
"""Clips whose tokens are read at once for the MIDI files."""


def write_study(study: Study, folder: Path, tell: Tell, midi: bool = True) -> list[str]:
    """Write all that a study holds into a folder; files of the same names are replaced.

    ``clips.csv`` and, for each kind of clip, ``clips-KIND.npz`` (clip int64 [n], tokens int16 [n, width], qpm float32
    [n]); ``features.csv``; for each model ``posteriors-MODEL.npz`` (clip int64 [n], mu and sigma float32 [n, neurons])
    and ``neurons-MODEL.csv``; ``runs.csv`` and the tables of all results; ``bookmarks.csv``; ``midi/`` with every clip.

    Parameters
    ----------
    study : Study
    folder : Path
        Made if need be.
    tell : callable
        Told (done, total, text); what it raises ends the export, and what is written stays.
    midi : bool
        Whether to write the clips as MIDI.

    Returns
    -------
    list of str
        The files, relative to the folder.

    Raises
    ------
    OSError, StudyError
        When the folder cannot be written, or the study is damaged.
    """
    written: list[str] = []
    parts: list[Iterator[tuple[str, bytes]]] = [
        _clips(study),
        _features(study, tell),
        _posteriors(study),
        _runs(study),
        _bookmarks(study),
    ]
    if midi:
        parts.append(_music(study, tell))
    for part in parts:
        for name, data in part:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            atomic_write(folder / name, data)
            written.append(name)
    return written


def _clips(study: Study) -> Iterator[tuple[str, bytes]]:
    rows = study.clip_rows()
    columns = ("clip", "file", "track", "first step", "quarters per minute", "steps")
    yield "clips.csv", _csv(columns, [(r.id, r.source, r.track, r.first_step, r.qpm, r.steps) for r in rows])
    for kind in study.summary().clips:
        ours = study.clip_rows(kind)
        ids = np.array([row.id for row in ours], np.int64)
        qpm = np.array([row.qpm for row in ours], np.float32)
        yield f"clips-{slug(kind)}.npz", _npz(clip=ids, tokens=study.tokens(ids), qpm=qpm)


def _features(study: Study, tell: Tell) -> Iterator[tuple[str, bytes]]:
    melodies = [row.id for row in study.clip_rows() if row.width == row.steps]
    ids, values = study.features(melodies, None, lambda done, total: tell(done, total, "Computing features"))
    if len(ids):
        rows = [(clip, *map(_number, line)) for clip, line in zip(ids.tolist(), values.tolist(), strict=True)]
        yield "features.csv", _csv(("clip", *MELODY.ids), rows)


def _posteriors(study: Study) -> Iterator[tuple[str, bytes]]:
    names: set[str] = set()
    for share in study.summary().models:
        if not share.encoded:
            continue
        name = slug(share.name) if slug(share.name) not in names else f"{slug(share.name)}-{share.sha256[:8]}"
        names.add(name)
        ids, posterior = study.posteriors(share.sha256)
        yield f"posteriors-{name}.npz", _npz(clip=ids, mu=posterior.mu, sigma=posterior.sigma)
        called = study.neuron_names(share.sha256)
        numbers = (posterior.mu.mean(0), posterior.mu.std(0), np.median(posterior.sigma, 0))
        rows = [
            (neuron, *(float(column[neuron]) for column in numbers), called.get(neuron, ""))
            for neuron in range(posterior.neurons)
        ]
        yield f"neurons-{name}.csv", _csv(("neuron", "mean mu", "sd of mu", "median sigma", "name"), rows)


def _runs(study: Study) -> Iterator[tuple[str, bytes]]:
    rows = study.runs()
    columns = ("run", "analysis", "name", "state", "started", "finished", "model", "seed", "parameters")
    yield "runs.csv", _csv(columns, [_run_cells(row) for row in rows])
    for row in rows:
        if row.state == "done":
            for table in unpack(*study.result(row.id)).tables:
                yield f"tables/{row.id:03}-{slug(row.analysis)}-{table.name}.csv", csv_bytes(table)


def _run_cells(row: Any) -> tuple[Any, ...]:
    made = row.provenance
    parameters = json.dumps(made.get("parameters", {}), sort_keys=True)
    model = str(made.get("model", {}).get("name", ""))
    return row.id, row.analysis, row.title, row.state, row.started, row.finished, model, made.get("seed"), parameters


def _bookmarks(study: Study) -> Iterator[tuple[str, bytes]]:
    rows = [(one.id, one.kind, json.dumps(one.target), one.note, one.made) for one in study.bookmarks()]
    if rows:
        yield "bookmarks.csv", _csv(("bookmark", "kind", "target", "note", "made"), rows)


def _music(study: Study, tell: Tell) -> Iterator[tuple[str, bytes]]:
    rows = study.clip_rows()
    for start in range(0, len(rows), BLOCK):
        part = rows[start : start + BLOCK]
        for same in _of_one_width(part):
            for row, tokens in zip(same, study.tokens([one.id for one in same]), strict=True):
                name = f"midi/{row.id:06}-{slug(Path(row.source).stem)}.mid"
                yield name, midi_bytes(clip_notes(tokens, row.qpm), row.qpm)
        tell(min(start + BLOCK, len(rows)), len(rows), "Writing MIDI files")


def _of_one_width(rows: Sequence[ClipRow]) -> Iterator[list[ClipRow]]:
    for width in sorted({row.width for row in rows}):
        yield [row for row in rows if row.width == width]


def _number(value: float) -> float | None:
    return value if np.isfinite(value) else None


def _csv(columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> bytes:
    return csv_bytes(Table("rows", columns, tuple(rows)))


def _npz(**arrays: NDArray[Any]) -> bytes:
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)  # type: ignore[arg-type]  # the name of its own option is not among ours
    return buffer.getvalue()
