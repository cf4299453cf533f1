"""Every sample in a folder of its own: the layout of the paper's code."""

from pathlib import Path

import numpy as np
import pytest

from innervoice.music.reading import read_score
from innervoice.plugin import Result
from innervoice.report.sample_folders import write_samples


def test_each_sample_has_point_attributes_and_music(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    tokens = np.zeros((2, 3, 32), np.int16)
    tokens[..., 0] = 41
    tokens[1, 2] = 0
    arrays = {
        "grid_points_coordinates": rng.normal(size=(2, 5)).astype(np.float32),
        "sample_coordinates": rng.normal(size=(2, 3, 5)).astype(np.float32),
        "sample_complexities": rng.normal(size=(2, 3, 4)),
        "sample_tokens": tokens,
    }
    told: list[tuple[int, int]] = []
    assert write_samples(Result(arrays=arrays), tmp_path, lambda done, total: told.append((done, total))) == 6
    assert told == [(0, 2), (1, 2), (2, 2)]
    room = tmp_path / "samples" / "grid_point_1"
    centre = np.load(room / "mean_pt_coord_1.npy", allow_pickle=False)
    np.testing.assert_array_equal(centre, arrays["grid_points_coordinates"][1])
    for name, key in (("coord", "sample_coordinates"), ("complexities", "sample_complexities")):
        found = np.load(room / "sample_2" / f"sample_{name}_2.npy", allow_pickle=False)
        np.testing.assert_array_equal(found, arrays[key][1, 2])
    assert read_score(room / "sample_0" / "sample_midi_out_0.mid").notes["pitch"].tolist() == [60]
    assert not (room / "sample_2" / "sample_midi_out_2.mid").exists(), "a clip without a note is no music"


def test_a_result_without_samples_says_so(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="holds no samples of a latent space"):
        write_samples(Result(arrays={"map": np.zeros(3)}), tmp_path, lambda done, total: None)
    assert not list(tmp_path.iterdir())
