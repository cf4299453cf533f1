"""How long each stage of `innervoice explore` takes, against a pipeline of note-seq, Magenta, music21 and phik.

Run by `make bench`. Both sides get the same files and, as Magenta saved it, the same checkpoint: `cat-mel_2bar_small`
with random weights and layers as wide as ours (encoder 256, decoder 256 + 256, z 512). Ours is the command itself, with
all that it keeps on the disk. The other side is put together from what a researcher would take: note-seq and Magenta's
converter for the clips, `TrainedModel` for the posteriors of clips and of random notes, music21's extractors for the
features, the phik package for features by neurons, scikit-learn to tell music from random notes. music21 and phik are
too slow for the whole sample; they do a part, told in a figure's name, and are scaled up clip by clip and pair by pair.
"""

from __future__ import annotations

import os

os.environ.setdefault("TF_USE_LEGACY_KERAS", "1")  # Magenta speaks Keras 2; must stand before TensorFlow is imported

import contextlib
import importlib.util
import io
import json
import random
import resource
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from innervoice.cli.main import main
from innervoice.music.features.computing import JSYMBOLIC
from innervoice.music.random_melodies import random_melodies
from innervoice.music.reading import MIDI_SUFFIXES, find_scores
from innervoice.statistics.contingency import equal_width_bins
from innervoice.study.document import Study

CONFIGURATION = "cat-mel_2bar_small"
SIZES = {"z_size": 512, "enc_rnn_size": [256], "dec_rnn_size": [256, 256]}
FILES_PER_FOLDER = 8
FOLDERS = ("cre-irish", "pop909-cl")
BATCH = 256
FEATURED, PAIRS, BINS = 20, 4, 10
RANDOM = 2000
"""Random melodies that the analysis encodes by default."""
ANALYSES = ("sigma-ranking", "random-notes", "feature-correlation")


def bench() -> dict[str, float]:
    """Seconds of every stage on both sides, their ratios, and our greatest memory in MB."""
    files, reference = _sample(), _module("models/magenta_reference.py")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        reference.save_random(reference.narrowed(CONFIGURATION, SIZES, 2), folder / "model" / "model.ckpt", seed=0)
        prefix = folder / "model" / "model.ckpt-7"
        ours = _explore(files, prefix, folder)
        tokens, values, mu = _clips(folder / "bench.innervoice")
        config = reference.narrowed(CONFIGURATION, SIZES, BATCH)
        magenta = reference.TrainedModel(config, BATCH, str(prefix))
        theirs = {
            "import": _seconds(lambda: _converted(files, config.data_converter)),
            "encode": _encoded(magenta, tokens),
            "features": _extracted(tokens) * len(tokens),
            "random-notes": _told_apart(magenta, mu),
            "feature-correlation": _related(values, mu) * values.shape[1] * mu.shape[1],
        }
    figures: dict[str, float] = {"clips": float(len(tokens))}
    for stage, seconds in ours.items():
        figures[f"{stage} innervoice seconds"] = seconds
        if stage in theirs:
            figures[f"{stage} theirs seconds"] = theirs[stage]
            figures[f"{stage} ratio"] = theirs[stage] / seconds
    figures[f"all, theirs scaled up from {FEATURED} clips and {PAIRS} pairs, ratio"] = sum(theirs.values()) / sum(
        ours.values()
    )
    figures["greatest memory of both MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    for name, value in figures.items():
        print(f"pipeline: {name} {value:.4g}")
    return figures


def _explore(files: list[Path], prefix: Path, folder: Path) -> dict[str, float]:
    """Run the command with the analyses' own defaults; seconds by stage."""
    words = ["explore", *map(str, files), "--model", str(prefix), "--out", str(folder / "bench.innervoice"), "--quick"]
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        status = main([*words, "--per-file", "all", "--analyses", ",".join(ANALYSES), "--json", "--quiet"])
    if status:
        raise AssertionError("the command failed; there is nothing to measure")
    return {stage["name"]: float(stage["seconds"]) for stage in json.loads(told.getvalue())["stages"]}


def _clips(study: Path) -> tuple[NDArray[np.int16], NDArray[np.float64], NDArray[np.float32]]:
    """Tokens, features and mu of the clips that the command took."""
    with Study(study, create=False) as document:
        ids, values = document.features(names=JSYMBOLIC)
        (model,) = document.summary().models
        return document.tokens(ids), values, document.posteriors(model.sha256, ids)[1].mu


def _converted(files: list[Path], converter: Any) -> None:
    import note_seq

    converter.max_tensors_per_notesequence = None
    for path in files:
        converter.to_tensors(note_seq.midi_file_to_note_sequence(str(path)))


def _encoded(magenta: Any, tokens: NDArray[np.int16]) -> float:
    """Seconds to encode as many clips, batch by batch, after one batch to warm up."""
    batches = [np.eye(90, dtype=np.float32)[tokens[first : first + BATCH]] for first in range(0, len(tokens), BATCH)]
    lengths = [tokens.shape[1]] * BATCH

    def encode(batch: NDArray[np.float32]) -> Any:
        return magenta.encode_tensors([*batch, *batch[:1].repeat(BATCH - len(batch), axis=0)], lengths)

    encode(batches[0])
    return _seconds(lambda: [encode(batch) for batch in batches])


def _extracted(tokens: NDArray[np.int16]) -> float:
    """Seconds a clip of music21's extractors."""
    theirs = _module("music/features/music21_values.py")
    chosen = tokens[np.random.default_rng(0).permutation(len(tokens))[:FEATURED]]
    theirs.values(theirs.built_score(chosen[0], 120.0), list(JSYMBOLIC))
    return _seconds(lambda: [theirs.values(theirs.built_score(clip, 120.0), list(JSYMBOLIC)) for clip in chosen]) / len(
        chosen
    )


def _told_apart(magenta: Any, music: NDArray[np.float32]) -> float:
    """Seconds to encode random melodies, and of scikit-learn to tell them from music by each neuron and by all."""
    from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
    from sklearn.metrics import roc_auc_score
    from sklearn.model_selection import cross_val_predict

    tokens = random_melodies(RANDOM, 32, np.random.default_rng(0)).tokens
    # What stands for their mu may be any numbers: both ways take the same time.
    both = np.concatenate([music, np.random.default_rng(1).normal(size=(RANDOM, music.shape[1])).astype(np.float32)])
    random_ones = np.arange(len(both)) >= len(music)

    def tell() -> None:
        for neuron in range(both.shape[1]):
            roc_auc_score(random_ones, both[:, neuron])
        cross_val_predict(LinearDiscriminantAnalysis(), both, random_ones, cv=5, method="decision_function")

    return _encoded(magenta, tokens) + _seconds(tell)


def _related(values: NDArray[np.float64], mu: NDArray[np.float32]) -> float:
    """Seconds of the phik package for one feature and one neuron, with its significance left out."""
    import pandas as pd
    from phik.phik import phik_from_rebinned_df

    varying = np.flatnonzero(np.nanstd(values, axis=0) > 0)[:PAIRS]
    features, neurons = (equal_width_bins(part, BINS) for part in (values[:, varying], mu[:, :PAIRS].astype(float)))

    def pair(place: int) -> Any:
        frame = pd.DataFrame({"feature": features[:, place], "neuron": neurons[:, place]})
        return phik_from_rebinned_df(frame, njobs=1)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pair(0)
        # The package also relates each variable with itself: a third of its work is the pair's.
        return _seconds(lambda: [pair(place) for place in range(len(varying))]) / len(varying) / 3


def _sample() -> list[Path]:
    shared = Path(os.environ.get("INNERVOICE_SHARED", Path(__file__).resolve().parents[3] / "shared"))
    chosen: list[Path] = []
    for name in FOLDERS:
        files = [path for path in find_scores([shared / "corpora" / name]) if path.suffix in MIDI_SUFFIXES]
        chosen += random.Random(0).sample(files, min(FILES_PER_FOLDER, len(files)))
    if not chosen:
        raise FileNotFoundError(f"No MIDI file under {shared / 'corpora'}; set INNERVOICE_SHARED.")
    return chosen


def _seconds(call: Callable[[], Any]) -> float:
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin


def _module(name: str) -> Any:
    """One of the tests' own ways to the other side."""
    path = Path(__file__).resolve().parents[1] / name
    specification = importlib.util.spec_from_file_location(path.stem, path)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        specification.loader.exec_module(module)
    return module


if __name__ == "__main__":
    bench()
