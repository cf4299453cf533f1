"""What plugins bring, in the engine: the samples of the documents are used as people would use them."""

import importlib.util
import io
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from innervoice.engine.converting import convert_one
from innervoice.engine.errors import EngineError
from innervoice.engine.service import Engine
from innervoice.host.loading import Brought, Plugins, Registered, load_plugins
from innervoice.music.reading import read_score
from innervoice.plugin import Analysis, ClipFeature, Curve, Importer, Panel, Result
from innervoice.plugin.packing import unpack
from innervoice.plugin.testing import TinyModel, melodies
from innervoice.study.document import Study

ROOT = Path(__file__).parents[2]


class Leaps(Analysis):
    """Asks for a plugin's feature beside the study's own."""

    id = "leaps"
    title = "Leaps"
    summary = "Asks for features."

    def run(self, context: Any, parameters: Any) -> Result:
        context.progress(1, 1)
        values = context.features(("P12", "largest-leap"))
        return Result(arrays={"values": values})


@pytest.fixture(scope="module")
def plugins(tmp_path_factory: pytest.TempPathFactory) -> Plugins:
    """The samples' plugins, and an analysis."""
    spec = importlib.util.spec_from_file_location("pictures", ROOT / "packaging" / "document_pictures.py")
    assert spec is not None
    assert spec.loader is not None
    samples = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(samples)
    folder = tmp_path_factory.mktemp("samples")
    found = load_plugins([samples.hook_module(hook, folder) for hook in samples.HOOKS])
    found.analyses["leaps"] = Registered(Leaps(), "tests", "1")
    return found


@pytest.fixture(scope="module")
def engine(small: ModuleType, plugins: Plugins) -> Iterator[Engine]:
    made = Engine(framework=small.small_framework(), plugins=lambda: plugins)
    yield made
    made.close()


@pytest.fixture
def study(tmp_path: Path) -> Path:
    path = tmp_path / "a.study"
    with Study(path) as opened:
        opened.add_score("a.mid", "/a.mid", "aa", melodies(12), "2bar")
    return path


def test_a_plugins_model_is_listed_opened_encodes_and_runs(engine: Engine, study: Path) -> None:
    assert "staircase" not in [one["name"] for one in engine.call("models")[0]["models"]] or engine._found
    listed = {one["name"]: one for one in engine.call("models", {"plugins": True})[0]["models"]}
    assert (listed["staircase"]["neurons"], listed["staircase"]["why_not_melodies"]) == (1, "")
    opened = engine.call("open_model", {"model": "staircase"})[0]
    assert opened["sha256"] == "5" * 64
    tokens = np.frombuffer(engine.call("decode", {"model": "staircase", "count": 1}, np.float32(2).tobytes())[1], "<i2")
    assert tokens[::4].tolist() == [40, 42, 44, 46, 48, 50, 52, 54]
    assert engine.call("encode_study", {"study": str(study), "model": "staircase"})[0]["encoded"] == 12
    run = engine.call("run", {"study": str(study), "model": "staircase", "analysis": "busy-neurons"})[0]["run"]
    with Study(study) as opened_study:
        assert opened_study.result(run)[0]["summary"] == {"neurons": [0]}


def test_a_plugins_feature_is_beside_the_studys_own(engine: Engine, study: Path, plugins: Plugins) -> None:
    run = engine.call("run", {"study": str(study), "model": "small", "analysis": "leaps"})[0]["run"]
    clips = melodies(12)
    with Study(study) as opened:
        values = unpack(*opened.result(run)).arrays["values"]
        ids = [row.id for row in opened.clip_rows()]
        np.testing.assert_array_equal(values[:, 0], opened.features(ids, ("P12",))[1][:, 0])
    np.testing.assert_array_equal(values[:, 1], plugins.features["largest-leap"].thing.compute(clips.tokens, clips.qpm))


def test_a_plugins_file_becomes_midi(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "a.pitches").write_text("60 62 - 64")
    (tmp_path / "b.pitches").write_text("what")
    (tmp_path / "c.other").write_text("60")
    paths = [str(tmp_path / name) for name in ("a.pitches", "b.pitches", "c.other")]
    answer = engine.call("convert", {"paths": paths, "folder": str(tmp_path / "read")})[0]
    ((source, midi),) = answer["converted"]
    assert source == paths[0]
    notes = read_score(midi).notes
    assert notes["pitch"].tolist() == [60, 62, 64]
    np.testing.assert_allclose(notes["start_quarter"], [0, 0.5, 1.5])
    refused = dict(answer["rejected"])
    assert "b.pitches holds something else than pitches" in refused[paths[1]]
    assert "install a plugin that imports .other" in refused[paths[2]]


def ask(engine: Engine, neuron: int, panel: str = "around") -> Any:
    head = {"panel": panel, "model": "small", "neuron": neuron, "neurons": 8, "steps": 32}
    return engine.call("panel", head, np.zeros(8, "<f4").tobytes() + np.zeros(32, "<i2").tobytes())


def test_a_plugins_panel_is_a_figure(engine: Engine) -> None:
    head, body = ask(engine, 0)
    with np.load(io.BytesIO(body), allow_pickle=False) as arrays:
        figure = unpack(head["packed"], dict(arrays)).figures[0]
    assert isinstance(figure, Curve)
    assert figure.title == "Neuron 0"
    with pytest.raises(EngineError, match="Select a neuron"):
        ask(engine, -1)
    with pytest.raises(EngineError, match="no panel nothing"):
        ask(engine, 0, "nothing")


class Nan(ClipFeature):
    id, name = "nan", "Nan"

    def compute(self, tokens: Any, qpm: Any) -> Any:
        return np.full(3, np.inf)


class NoNotes(Importer):
    id, title, suffixes = "no-notes", "No notes", (".zero",)

    def read(self, data: bytes, name: str) -> Any:
        return [1, 2]


class NoFigure(Panel):
    id, title, summary = "no-figure", "No figure", "Draws nothing."

    def draw(self, selection: Any) -> Any:
        return "a picture"


class BadModel(TinyModel):
    def decode(self, z: Any, temperature: float = 0.0, seed: int = 0, first: int = 0) -> Any:
        return np.full((len(z), 32), 900)


@pytest.mark.parametrize("verb", ["feature", "importer", "panel", "model"])
def test_a_wrong_answer_names_the_plugin(
    verb: str, small: ModuleType, plugins: Plugins, study: Path, tmp_path: Path
) -> None:
    source = type("Source", (type(plugins.models["staircase"].thing),), {"neurons": 16, "open": lambda _: BadModel()})()
    bad = Plugins(
        plugins.analyses, (),
        {"staircase": Brought(source, "the-culprit", "1")},
        {"largest-leap": Brought(Nan(), "the-culprit", "1")},
        {"no-notes": Brought(NoNotes(), "the-culprit", "1")},
        {"around": Brought(NoFigure(), "the-culprit", "1")},
    )  # fmt: skip
    (tmp_path / "a.zero").write_text("x")
    engine = Engine(framework=small.small_framework(), plugins=lambda: bad)
    asked = {
        "feature": lambda: engine.call("run", {"study": str(study), "model": "small", "analysis": "leaps"}),
        "importer": lambda: convert_one(bad, tmp_path / "a.zero", tmp_path),
        "panel": lambda: ask(engine, 0),
        "model": lambda: engine.call("decode", {"model": "staircase", "count": 1}, np.zeros(16, "<f4").tobytes()),
    }
    with pytest.raises(EngineError, match="the-culprit"):
        asked[verb]()
    engine.close()
