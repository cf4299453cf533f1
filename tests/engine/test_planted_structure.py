"""What was planted is found from end to end: files in, a study, the real plugins, figures and names out.

The truth is made here: of the latents of this model, one neuron is the number of notes and one the mean pitch, each
exactly; one knows the clip but nothing that has a name, and the others are noise.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from innervoice.engine.loading import Framework
from innervoice.engine.service import Engine
from innervoice.music.features.computing import features
from innervoice.music.random_melodies import random_melodies
from innervoice.music.tokens import tokens_to_notes
from innervoice.music.writing import write_midi
from innervoice.plugin.packing import unpack
from innervoice.statistics.posterior import Posterior
from innervoice.study.document import Study

NEURONS, DENSE, HIGH, NAMELESS = 24, 17, 5, 9
SIGMAS = {DENSE: 0.05, HIGH: 0.1, NAMELESS: 0.3}
FILES, BARS = 20, 6
QPM = 120.0


@dataclass
class Planted:
    """A model whose neurons are known, and which decodes a clip it has seen from its latent alone."""

    name: str = "planted"
    sha256: str = "planted"
    kind: str = "musicvae"
    clip: str = "2bar"
    reason: str = ""
    why_not_melodies: str = ""
    neurons: int = NEURONS
    steps: int = 32
    can_encode: bool = True
    can_decode: bool = True

    def __post_init__(self) -> None:
        self.info = self
        self._seen: list[tuple[np.ndarray, np.ndarray]] = []

    def to_json(self) -> dict[str, Any]:
        return {"name": self.name, "neurons": self.neurons, "clip": self.clip, "can_encode": True, "can_decode": True}

    def encode(self, tokens: np.ndarray) -> Posterior:
        # A short batch is filled up with clips without notes, which have no mean pitch.
        known = np.nan_to_num(features(tokens, np.full(len(tokens), QPM), ["R15", "P16"]))
        words = (tokens.astype(np.int64) * 2654435761 + np.arange(32) * 40503) % 2**32
        # Another number for every clip, that no feature tells: the clip's own hash.
        mixed = np.bitwise_xor.reduce(words * 2246822519 % 2**32, axis=1)
        mu = np.zeros((len(tokens), NEURONS), np.float32)
        mu[:, DENSE], mu[:, HIGH] = (known[:, 0] - 4) / 2, -(known[:, 1] - 65) / 12
        mu[:, NAMELESS] = mixed / 2**32 * 2 - 1
        sigma = np.full((len(tokens), NEURONS), 0.999, np.float32)
        for neuron, level in SIGMAS.items():
            sigma[:, neuron] = level
        self._seen += [(line[[DENSE, HIGH, NAMELESS]], clip) for line, clip in zip(mu, tokens, strict=True)]
        return Posterior(mu, sigma)

    def decode(self, z: np.ndarray, temperature: float = 0.0, seed: int = 0, first: int = 0) -> np.ndarray:
        places = np.array([place for place, _ in self._seen])
        nearest = [int(np.abs(places - line[[DENSE, HIGH, NAMELESS]]).sum(axis=1).argmin()) for line in z]
        return np.array([self._seen[one][1] for one in nearest], np.int16)

    def logits(self, z: np.ndarray, tokens: np.ndarray) -> np.ndarray:
        raise NotImplementedError


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    model = Planted()
    made = Engine(framework=Framework(lambda wanted: "none", lambda: "CPU", lambda: [model], lambda name: model))
    yield made
    made.close()


@pytest.fixture(scope="module")
def study(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study of files that hold random melodies, written and read again."""
    place = tmp_path_factory.mktemp("planted")
    folder = place / "tunes"
    folder.mkdir()
    for number, line in enumerate(random_melodies(FILES, 16 * BARS, np.random.default_rng(4)).tokens):
        write_midi(tokens_to_notes(line, QPM), folder / f"{number:02}.mid", QPM)
    answer = engine.call("import", {"study": str(place / "s.innervoice"), "paths": [str(folder)]})[0]
    assert answer["clips"] >= 4 * FILES, answer
    return place / "s.innervoice"


def run(engine: Engine, study: Path, analysis: str, **parameters: Any) -> tuple[Any, Any, int]:
    """Run an analysis as the command does: its summary, its result as the study keeps it, and its number."""
    head = {"study": str(study), "analysis": analysis, "model": "planted", "parameters": parameters, "seed": 1}
    number = engine.call("run", head)[0]["run"]
    with Study(study, create=False) as document:
        result = unpack(*document.result(number))
    return result.summary, result, number


def test_the_planted_neurons_are_ranked_first(engine: Engine, study: Path) -> None:
    summary, result, _ = run(engine, study, "sigma-ranking", ablation=60, bootstrap=20)
    assert summary["order"][:3] == [DENSE, HIGH, NAMELESS]
    assert summary["music_neurons"] == 3
    assert summary["music_neurons_interval"] == [3, 3]
    assert summary["active_by_variance_of_mu"] == 3
    assert summary["ablation"]["music"] == summary["ablation"]["all"]
    assert summary["ablation"]["music"]["clips"] == 1.0
    assert summary["ablation"]["none"]["clips"] < 0.1
    assert summary["one_clip"]["steps_that_mu_gives_back"] == 32
    boxes = result.figures[0]
    assert (boxes.cut, boxes.links.ids[:3].tolist()) == (3.5, [DENSE, HIGH, NAMELESS])
    assert boxes.boxes[:3, 2] == pytest.approx([0.05, 0.1, 0.3])
    assert result.tables[0].rows[0][:4] == (1, DENSE, 0.05, 0.05)


def test_each_planted_neuron_is_found_drawn_and_named(engine: Engine, study: Path, tmp_path: Path) -> None:
    summary, result, number = run(engine, study, "feature-correlation", permutations=40)
    best = summary["best_feature"]
    assert {neuron: best[str(neuron)]["feature"] for neuron in (DENSE, HIGH)} == {DENSE: "R15", HIGH: "P16"}
    assert best[str(DENSE)]["phik"] > 0.99
    assert best[str(DENSE)]["pearson"] == pytest.approx(1.0)
    assert best[str(HIGH)]["pearson"] == pytest.approx(-1.0)
    assert (summary["rhythm_neurons"], summary["pitch_neurons"]) == ([DENSE], [HIGH])
    assert summary["first_kinds"] == {"1": "rhythm", "2": "pitch"}
    by_title = {figure.title: figure for figure in result.figures}
    phik = by_title["Features and neurons: phi_k"]
    row = phik.row_labels.index("R15")
    assert np.nanargmax(phik.values[row]) == 0
    assert np.nanargmax(phik.values[:, 0]) == row
    signed = by_title["Features and neurons: Pearson's r"]
    assert signed.values[signed.row_labels.index("P16"), 1] == pytest.approx(-1, abs=1e-6)
    scatter = next(figure for title, figure in by_title.items() if title.startswith(f"Neuron {DENSE} and R15"))
    assert scatter.points[:, 0] * 2 + 4 == pytest.approx(scatter.points[:, 1], abs=1e-5)
    assert scatter.fit[:, 0] * 2 + 4 == pytest.approx(scatter.fit[:, 1], abs=0.05)
    with Study(study, create=False) as document:
        names = document.neuron_names("planted")
        clip = int(scatter.links.ids[7])
        density = features(document.tokens([clip]), np.array([QPM]), ["R15"])[0, 0]
    assert scatter.points[7, 1] == pytest.approx(density), "a mark leads to its clip"
    assert names[DENSE].startswith("follows note density, 0.9") or names[DENSE] == "follows note density, 1.00"
    assert names[HIGH].startswith("follows ")
    assert NAMELESS not in names
    engine.call("export_run", {"study": str(study), "run": number, "folder": str(tmp_path)})
    assert len(list((tmp_path / "figures").glob("*.svg"))) == len(result.figures)
    assert json.loads((tmp_path / "result.json").read_text(encoding="utf-8"))["summary"] == summary


def test_random_notes_are_told_by_no_neuron_that_does_not_know_them(engine: Engine, study: Path) -> None:
    """The study itself holds random notes: there is nothing to tell, and that is the answer."""
    summary, *_ = run(engine, study, "random-notes", clips=80)
    assert summary["music_neurons"] == 3
    low, high = summary["told_apart"]["all neurons"]["low"], summary["told_apart"]["all neurons"]["high"]
    assert high < 0.8, (low, high)
    assert summary["study"]["median_noise"] == summary["random_notes"]["median_noise"] == 0
