"""The program itself, with the framework, on a tiny model with random weights."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from innervoice.models.checkpoints.native import write_native
from innervoice.models.specs import MusicVAESpec
from innervoice.study.document import Study

PATIENCE = 280  # seconds, on a machine that is busy with other things
# Several commands in one process: importing the framework takes ten seconds, and is done once here.
PROGRAM = """
import json, sys
from innervoice.cli.main import main
for words in json.loads(sys.argv[1]):
    status = main(words)
    if status:
        sys.exit(status)
"""

# Ctrl-C comes from outside the program's own logic, and yet always at the same place.
PRESS_CTRL_C = """
import os, signal, sys
from innervoice.cli import main, progress
real = progress.ProgressLine.__call__
def watch(self, done, total, text=""):
    if done == 100:
        os.kill(os.getpid(), signal.SIGINT)
    real(self, done, total, text)
progress.ProgressLine.__call__ = watch
sys.exit(main.main(sys.argv[1:]))
"""


def run(*commands: tuple[object, ...]) -> subprocess.CompletedProcess[str]:
    words = json.dumps([[str(word) for word in command] for command in commands])
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TF_")}
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, words],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
        env=environment,
    )


@pytest.fixture
def tiny_model(tmp_path: Path) -> Path:
    """Return a 2-bar model of six neurons with random weights, in our own form."""
    spec = MusicVAESpec(steps=32, classes=90, neurons=6, encoder=(8,), decoder=(8, 8))
    random = np.random.default_rng(5)
    weights = {name: random.normal(0, 0.3, shape).astype(np.float32) for name, shape in spec.shapes().items()}
    return write_native(tmp_path / "tiny", weights, spec)


def test_encode_decode_and_run_with_the_framework(folder: Path, tiny_model: Path, tmp_path: Path) -> None:
    posterior, latents = tmp_path / "p.npz", tmp_path / "z.npy"
    np.save(latents, np.random.default_rng(0).normal(size=(3, 6)).astype(np.float32))
    ranking = ("run", "sigma-ranking", folder, "--model", tiny_model, "--seed", 3, "--quiet")
    done = run(
        ("encode", folder, "--model", tiny_model, "--out", posterior, "--quiet"),
        ("decode", latents, "--model", tiny_model, "--out", tmp_path / "decoded", "--quiet"),
        (*ranking, "--out", tmp_path / "one"),
        (*ranking, "--out", tmp_path / "two"),
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "clips encoded with tiny" in done.stdout
    with np.load(posterior, allow_pickle=False) as data:
        assert data["mu"].shape == data["sigma"].shape == (len(data["tokens"]), 6)
        assert (data["sigma"] > 0).all()
    assert np.load(tmp_path / "decoded" / "tokens.npy").shape == (3, 32)
    assert len(list((tmp_path / "decoded").glob("*.mid"))) == 3
    result = json.loads((tmp_path / "one" / "result.json").read_text())
    assert sorted(result["summary"]["order"]) == list(range(6))
    files = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.is_file())
    assert [path.suffix for path in files].count(".svg") >= 2
    for path in files:
        assert (tmp_path / "one" / path).read_bytes() == (tmp_path / "two" / path).read_bytes(), path


def test_ctrl_c_in_an_import_ends_with_130_and_a_good_study(tmp_path: Path, make_midi: Callable[..., bytes]) -> None:
    folder, study = tmp_path / "music", tmp_path / "s.innervoice"
    folder.mkdir()
    random = np.random.default_rng(1)
    for number in range(200):
        (folder / f"{number:04d}.mid").write_bytes(make_midi(random.integers(50, 80, 16).tolist()))
    words = [sys.executable, "-c", PRESS_CTRL_C, "import", str(folder), "--study", str(study)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert done.returncode == 130
    assert "Traceback" not in done.stderr
    with Study(study, create=False) as document:
        assert document.check() == []
        assert 100 <= len(document.scores()) < 200
