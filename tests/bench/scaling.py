"""How much faster multidimensional scaling is than scikit-learn's, at no more stress, and what 6,400 points take.

Run by `make bench`. Both sides get the same distances of 1,000 points, samples around a Latin hypercube in 256
dimensions, in one process; each begins as it does unasked (ours from the classical scaling, whose time is counted,
theirs at random, once) and ends by its own rule. Seconds are the processor's, so that other programs do not count.
"""

from __future__ import annotations

import resource
import time

import numpy as np

from innervoice.statistics.sampling import in_box, latin_hypercube, samples_around
from innervoice.statistics.scaling import pairwise_distances, smacof

NEURONS, POINTS, MANY = 256, 1000, 6400
GOAL, WORSE = 20.0, 1.01
MEGABYTE = 1024.0


def bench() -> dict[str, float]:
    """Seconds of both sides, their ratio, both stresses, and seconds and memory of 6,400 points."""
    from sklearn.manifold import smacof as theirs

    distances = pairwise_distances(_samples(POINTS))
    smacof(distances[:100, :100])  # what is imported at the first call
    begin = time.process_time()
    ours = smacof(distances)
    seconds = time.process_time() - begin
    begin = time.process_time()
    _points, stress = theirs(distances.astype(float), n_init=1, random_state=1, normalized_stress=False)
    their_seconds = time.process_time() - begin
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begin = time.process_time()
    many = smacof(pairwise_distances(_samples(MANY)))
    figures = {
        "scikit-learn seconds, 1,000 points": their_seconds,
        "innervoice seconds, 1,000 points": seconds,
        "ratio": their_seconds / seconds,
        "stress by scikit-learn's": ours.stress / float(stress),
        "innervoice seconds, 6,400 points": time.process_time() - begin,
        "innervoice steps, 6,400 points": float(many.steps),
        "innervoice megabytes more, 6,400 points": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
        / MEGABYTE,
    }
    goals = {"ratio": GOAL, "stress by scikit-learn's": WORSE}
    for name, value in figures.items():
        print(f"scaling: {name} {value:.4g}" + (f" (goal {goals[name]:g})" if name in goals else ""))
    return figures


def _samples(count: int) -> np.ndarray:
    rng = np.random.default_rng(99)
    centres = in_box(latin_hypercube(count // 10, NEURONS, rng), -3, 3)
    return samples_around(centres, 10, 1.0, rng).reshape(-1, NEURONS)
