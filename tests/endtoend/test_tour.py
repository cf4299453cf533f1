"""The guided tour: the main job from a tune to the sound, without a display."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from innervoice.resources import ResourceError, resource

TOY = Path(__file__).parents[1] / "gui" / "toy_engine.py"


def tour(folder: Path, engine: str) -> subprocess.CompletedProcess[str]:
    """Take the tour in a process of its own."""
    code = f"import sys; from innervoice.shell.tour import main; sys.exit(main(sys.argv[1], engine={engine}))"
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        [sys.executable, "-c", code, str(folder)], capture_output=True, text=True, env=environment, check=False
    )


def check_page(folder: Path) -> None:
    """Look whether every picture of the page is there."""
    page = (folder / "index.html").read_text()
    pictures = re.findall(r'src="([^"]+\.png)"', page)
    assert len(pictures) == 6
    for name in pictures:
        assert (folder / name).read_bytes().startswith(b"\x89PNG")


def test_the_tour_leaves_a_page_with_every_step(tmp_path: Path) -> None:
    done = tour(tmp_path, repr([sys.executable, str(TOY)]))
    assert done.returncode == 0, done.stderr
    check_page(tmp_path)
    assert "propagateSizeHints" not in done.stderr
    assert [line[:15] for line in done.stdout.splitlines()[:6]] == [f"innervoice: {step}. " for step in range(1, 7)]


def test_the_tour_with_the_shipped_model(tmp_path: Path) -> None:
    try:
        resource("models", "innervoice-2bar.safetensors")
    except ResourceError:
        pytest.skip("the shipped model is not in resources/models")
    done = tour(tmp_path, "None")
    assert done.returncode == 0, done.stderr
    check_page(tmp_path)
