"""How much faster a sweep of 200 thresholds is than the vmo package, with the same answers, on 50 real songs.

Run by `make bench`. Both sides get the latent means of the same songs by the shipped model of bars, and for the best
threshold build oracle, information rate and motifs, which must be equal.
"""

from __future__ import annotations

import os
import time
import warnings
from pathlib import Path
from typing import Any

import numpy as np

from innervoice.engine.service import Engine
from innervoice.music.bar_words import WORDS, rolls_to_words
from innervoice.music.bars import cut_bars
from innervoice.music.reading import find_scores, read_score
from innervoice.statistics.frame_distances import cosine_distances
from innervoice.statistics.information_rate import ThresholdSweep, information_rate, sweep_thresholds
from innervoice.statistics.motifs import find_motifs

SONGS, SHORTEST, GOAL = 50, 8, 10.0
ROOT = Path(__file__).resolve().parents[2]
MODEL = "innervoice-bar"


def bench() -> dict[str, float]:
    """Processor seconds of both sides, the smallest and the median ratio, and how many songs are equal."""
    folder = Path(os.environ.get("INNERVOICE_SHARED", ROOT.parent / "shared")) / "corpora" / "pop-music"
    if not folder.is_dir():
        raise FileNotFoundError(f"{folder} is not here (INNERVOICE_SHARED names it)")
    ours, theirs, equal = [], [], 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import vmo

        for frames in _latents(folder):
            begin = time.process_time()
            sweep = sweep_thresholds(cosine_distances(frames))
            ours.append(time.process_time() - begin)
            begin = time.process_time()
            best, every = vmo.find_threshold(frames, r=(0, 2, 0.01), flag="a", dim=frames.shape[1])
            theirs.append(time.process_time() - begin)
            equal += _equal(sweep, frames, best, every)
    ratio = np.array(theirs) / np.array(ours)
    figures = {
        "songs": float(len(ours)),
        "songs with the same oracle, rates and motifs": float(equal),
        "vmo package processor seconds": sum(theirs),
        "innervoice processor seconds": sum(ours),
        "ratio, median": float(np.median(ratio)),
        "ratio, least": float(ratio.min()),
        "ratio of the sums": sum(theirs) / sum(ours),
    }
    for name, value in figures.items():
        print(f"oracle: {name} {value:.4g}" + (f" (goal {GOAL:g})" if name.startswith("ratio") else ""))
    return figures


def _latents(folder: Path) -> list[np.ndarray]:
    """Means of the bars of each song, as the noisy channel hears them."""
    engine = Engine()
    found: list[np.ndarray] = []
    try:
        for path in sorted(find_scores([folder])):
            words = rolls_to_words(cut_bars(read_score(path)).rolls)
            if len(found) == SONGS or len(words) < SHORTEST:
                continue
            head = {"model": MODEL, "count": len(words), "steps": WORDS}
            answer, body = engine.call("encode", head, words.astype("<i2").tobytes())
            mu = np.frombuffer(body, "<f4").reshape(2, len(words), answer["neurons"])[0]
            found.append(mu.astype(np.float64))
    finally:
        engine.close()
    return found


def _equal(sweep: ThresholdSweep, frames: np.ndarray, best: Any, every: Any) -> bool:
    import vmo
    from vmo import analysis

    package = vmo.build_oracle(frames, flag="a", threshold=best[1], dfunc="cosine", dim=frames.shape[1])
    motifs = [(sorted(map(int, ends)), int(length)) for ends, length in analysis.find_repeated_patterns(package, 1)]
    return bool(
        (sweep.total, sweep.threshold) == (float(best[0]), float(best[1]))
        and sweep.totals.tolist() == [float(total) for total, _ in every]
        and sweep.oracle.suffix[1:] == [int(state) for state in package.sfx[1:]]
        and sweep.oracle.repeat == [int(length) for length in package.lrs]
        and sweep.oracle.forward == [[int(state) for state in states] for states in package.trn]
        and (information_rate(sweep.oracle) == package.IR(ir_type="cum")[0]).all()
        and [(list(one.ends), one.length) for one in find_motifs(sweep.oracle, 1)] == motifs
    )
