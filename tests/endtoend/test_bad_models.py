"""Checkpoints that are wrong, opened in a window with the real engine: a sentence each, and the model in use stays."""

import io
import json
import tarfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEventLoop

from innervoice.resources import ResourceError, resource
from innervoice.shell.application import make_application, make_workspace, tear_down
from innervoice.shell.places import settings_file
from innervoice.shell.settings import Settings
from innervoice.shell.window import Window

PATIENCE = 180.0
"""Seconds after which the test gives up waiting; a guard against hanging, not a measure."""


@pytest.fixture(scope="session")
def qapp() -> Any:
    """The application as the program makes it."""
    return make_application()


def until(condition: Callable[[], bool]) -> None:
    """Let the window live until something holds."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)


@pytest.fixture
def window(qapp: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    """A window whose shipped model is open."""
    try:
        resource("models", "innervoice-2bar.safetensors")
    except ResourceError:
        pytest.skip("the shipped model is not in resources/models")
    monkeypatch.setenv("INNERVOICE_HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    work = make_workspace(Settings(settings_file()))
    made = Window(work)
    made.show()
    work.start(None)
    until(lambda: work.session.decoded is not None and not work.jobs.running)
    yield made
    tear_down(made, work)


def climbing_tar(folder: Path) -> Path:
    """Return a tar whose member climbs out of its folder."""
    path = folder / "climbing.tar"
    with tarfile.open(path, "w") as archive:
        member = tarfile.TarInfo("../climbed.index")
        member.size = 4
        archive.addfile(member, io.BytesIO(b"oops"))
    return path


def missing_tensor(folder: Path) -> Path:
    """Return the shipped model without one of its tensors."""
    from safetensors.numpy import load_file, save_file

    weights = load_file(resource("models", "innervoice-2bar.safetensors"))
    weights.pop(sorted(weights)[0])
    card = json.loads(resource("models", "innervoice-2bar.json").read_text(encoding="utf-8"))
    (folder / "lacking.json").write_text(json.dumps(card | {"name": "lacking"}), encoding="utf-8")
    save_file({name: np.ascontiguousarray(tensor) for name, tensor in weights.items()}, folder / "lacking.safetensors")
    return folder / "lacking.safetensors"


def text_as_checkpoint(folder: Path) -> Path:
    """Return a letter that calls itself a checkpoint."""
    path = folder / "letter.tar"
    path.write_text("no archive at all", encoding="utf-8")
    return path


@pytest.mark.expects_log("climbing", "lacking", "letter")
def test_bad_checkpoints_are_sentences_and_the_model_stays(window: Window, tmp_path: Path) -> None:
    work = window.workspace
    for make in (climbing_tar, missing_tensor, text_as_checkpoint):
        path = make(tmp_path)
        said = len(work.notifications.kept)
        work.open_paths([path])
        until(lambda: len(work.notifications.kept) > said)  # noqa: B023  it is called before the next round
        sentence = work.notifications.kept[-1].text
        assert path.stem in sentence
        assert "\n" not in sentence
        assert work.session.model is not None
        assert work.session.model.name == "innervoice-2bar"
    assert not (tmp_path.parent / "climbed.index").exists()
    before = work.session.decoded
    assert before is not None
    work.session.randomise()
    until(lambda: work.decoder.settled)
    assert not np.array_equal(before, work.session.decoded)
