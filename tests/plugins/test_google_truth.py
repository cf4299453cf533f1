"""The analyses on Google's own weights: what is known of them is found, and what a decoder alone cannot do is said.

The means are those that Google's own encoder gave 539 real clips; the sigmas and the random notes come from the encoder
that was fitted to Google's decoder (see the README of the weights).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import innervoice_plugins.feature_correlation
import innervoice_plugins.random_notes
import innervoice_plugins.sigma_ranking
from innervoice.engine.errors import EngineError
from innervoice.engine.service import Engine
from innervoice.host.loading import Registered, load_plugins
from innervoice.host.running import run_analysis
from innervoice.models.catalogue import load_model
from innervoice.plugin import Clips, Posterior
from innervoice.plugin.testing import ArrayContext
from innervoice.study.document import Study

ANALYSES = ("sigma-ranking", "random-notes", "feature-correlation")


class GoogleContext(ArrayContext):
    """539 real clips with Google's own means, and a model that decodes as Google's does."""

    def __init__(self, tokens: np.ndarray, answers: Posterior, model: Any) -> None:
        super().__init__(answers, model=model)
        self._tokens = tokens

    @property
    def clips(self) -> Clips:
        count = len(self._tokens)
        nowhere = np.zeros(count, np.int32)
        names = tuple(f"{clip}.mid" for clip in range(count))
        return Clips(self._tokens, names, nowhere, nowhere, np.full(count, 120.0, np.float32))

    def features(self, ids: Any = None) -> Any:
        from innervoice.plugin import features

        return features(self._tokens, self.clips.qpm, ids)


@pytest.fixture(scope="module")
def google(shared: Path) -> GoogleContext:
    with np.load(shared / "weights" / "mel_2bar_small_reference.npz", allow_pickle=False) as file:
        tokens, mu = file["events"].astype(np.int16), file["mu"].astype(np.float32)
    rebuilt = load_model(str(shared / "weights" / "mel_2bar_small_rebuilt"))
    return GoogleContext(tokens, Posterior(mu, rebuilt.encode(tokens).sigma), rebuilt)


@pytest.fixture(scope="module")
def analyses() -> dict[str, Registered]:
    modules = [
        innervoice_plugins.sigma_ranking,
        innervoice_plugins.random_notes,
        innervoice_plugins.feature_correlation,
    ]
    return dict(load_plugins(modules).analyses)


def test_true_means_give_the_clips_back_and_the_noise_can_go(analyses: dict[str, Registered], google: Any) -> None:
    summary: Any = run_analysis(analyses["sigma-ranking"], google, {"ablation": 539, "bootstrap": 0}).summary
    assert summary["ablation"]["all"]["clips"] == pytest.approx(0.9796, abs=0.0005)
    assert summary["ablation"]["all"]["steps"] == pytest.approx(0.9986, abs=0.0005)
    assert summary["ablation"]["music"]["steps"] == pytest.approx(summary["ablation"]["all"]["steps"], abs=0.01)
    assert summary["ablation"]["noise"]["clips"] < 0.05
    varying = set(np.flatnonzero(google.answers.mu.std(axis=0) > 0.3).tolist())
    assert len(varying) == 85
    assert 60 <= summary["music_neurons"] <= 90
    assert set(summary["order"][: summary["music_neurons"]]) <= varying


def test_one_neuron_follows_note_density_and_no_other_comes_near(analyses: dict[str, Registered], google: Any) -> None:
    result = run_analysis(
        analyses["feature-correlation"], google, {"features": "attributes", "permutations": 20, "neurons": 256}
    )
    by_title: Any = {figure.title: figure for figure in result.figures}
    signed = by_title["Features and neurons: Pearson's r"]
    size = np.abs(np.nan_to_num(signed.values[signed.row_labels.index("note-density")]))
    first, second = np.sort(size)[::-1][:2]
    assert first > 0.85
    assert second < 0.5 * first
    neuron = int(signed.column_links.ids[size.argmax()])
    assert "density" in result.names[neuron]


def test_random_notes_are_told_from_music(analyses: dict[str, Registered], google: Any) -> None:
    summary: Any = run_analysis(analyses["random-notes"], google, {"clips": 539}).summary
    assert summary["told_apart"]["all neurons"]["auc"] > 0.95


def test_a_decoder_alone_is_refused_in_words(shared: Path, tmp_path: Path) -> None:
    study = tmp_path / "s.innervoice"
    with Study(study) as document:
        nowhere = np.zeros(3, np.int32)
        clips = Clips(np.full((3, 32), 40, np.int16), ("a",) * 3, nowhere, nowhere, np.full(3, 120, np.float32))
        document.add_score("a", "", "0" * 64, clips, "2bar")
    engine = Engine()
    try:
        for name in ANALYSES:
            head = {"study": str(study), "analysis": name, "model": str(shared / "weights" / "mel_2bar_small")}
            with pytest.raises(EngineError, match=r"it needs an encoder, and the model .* can only decode; choose"):
                engine.call("run", head)
    finally:
        engine.close()
    with Study(study) as document:
        assert {run.state for run in document.runs()} == {"failed"}
        assert all("can only decode" in run.message for run in document.runs())
