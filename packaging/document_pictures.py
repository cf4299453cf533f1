"""Make the pictures of docs/plugins.md and docs/figures.md from the samples beside them (``make pictures``).

The tests take the samples from here, too.
"""

from __future__ import annotations

import importlib.util
import re
import tempfile
from pathlib import Path
from types import ModuleType

import numpy as np

from innervoice.plugin import Axis, Bin, Figure, Histogram, NoteLayer, PianoRoll, Selection, tokens_to_notes
from innervoice.plugin.testing import TinyModel, melodies, small_study
from innervoice.report.drawing import svg

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
BLOCK = re.compile(r"```python\n(.*?)```", re.DOTALL)
HOOKS = ("analyses", "features", "importers", "models", "panels")
PITCHES = b"60 62 64 65 67 - 67 - 69 71 72 - 67 64 60 -"


def hook_sources() -> dict[str, str]:
    """Return the sample of every hook, by the last word of its name, as it stands in docs/plugins.md."""
    blocks = BLOCK.findall((DOCS / "plugins.md").read_text("utf-8"))
    return {hook: block for hook in HOOKS for block in blocks if f"def innervoice_{hook}()" in block}


def figure_sources() -> dict[str, str]:
    """Return the sample of every kind of figure, by its name, as it stands in docs/figures.md."""
    sections = re.split(r"^## ", (DOCS / "figures.md").read_text("utf-8"), flags=re.MULTILINE)[1:]
    return {section.split("\n", 1)[0].strip(): BLOCK.findall(section)[0] for section in sections}


def as_module(source: str, name: str, folder: Path) -> ModuleType:
    """Write a source into a folder and import it."""
    path = folder / f"{name}.py"
    path.write_text(source, encoding="utf-8")
    specification = importlib.util.spec_from_file_location(name, path)
    if specification is None or specification.loader is None:
        raise ImportError(f"{path} cannot be imported.")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def figure_module(kind: str, folder: Path) -> ModuleType:
    """Return the sample of a kind of figure as a module, whose `figure` it is."""
    head = "import numpy as np\nfrom innervoice.plugin import *  # noqa: F403\n\n"
    return as_module(head + figure_sources()[kind], f"figure_{kind.lower()}", folder)


def hook_module(hook: str, folder: Path) -> ModuleType:
    """Return the sample of a hook as a module that can be registered as a plugin."""
    return as_module(hook_sources()[hook], f"hook_{hook}", folder)


def main() -> None:
    """Write them all."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for kind in figure_sources():
            _write("figures", kind, figure_module(kind, folder).figure)
        for hook in HOOKS:
            _write("hooks", hook, PICTURES[hook](hook_module(hook, folder)))


def _write(group: str, name: str, figure: Figure) -> None:
    target = DOCS / "pictures" / group / f"{name}.svg"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(svg(figure))


def _analysis(sample: ModuleType) -> Figure:
    (analysis,) = sample.innervoice_analyses()
    figure: Figure = analysis.run(small_study(), analysis.Parameters()).figures[0]
    return figure


def _feature(sample: ModuleType) -> Figure:
    (feature,) = sample.innervoice_features()
    clips = melodies()
    leaps = feature.compute(clips.tokens, clips.qpm)
    counts, edges = np.histogram(leaps[np.isfinite(leaps)], bins=12)
    x, y = Axis(feature.name.lower(), feature.unit), Axis("clips")
    return Histogram("Largest leap of sixty melodies", x=x, y=y, edges=edges, series=(Bin("clips", counts),))


def _importer(sample: ModuleType) -> Figure:
    (importer,) = sample.innervoice_importers()
    return PianoRoll("A pitch list", notes=(NoteLayer("read", importer.read(PITCHES, "scale.pitches")),))


def _model(sample: ModuleType) -> Figure:
    (source,) = sample.innervoice_models()
    tokens = source.open().decode(np.array([[1.5], [-1.0]], np.float32))
    layers = tuple(NoteLayer(f"z = {z}", tokens_to_notes(row)) for z, row in zip((1.5, -1.0), tokens, strict=True))
    return PianoRoll("Two stairs", notes=layers)


def _panel(sample: ModuleType) -> Figure:
    (panel,) = sample.innervoice_panels()
    figure: Figure = panel.draw(Selection(TinyModel(), np.zeros(16, np.float32), 2))
    return figure


PICTURES = {"analyses": _analysis, "features": _feature, "importers": _importer, "models": _model, "panels": _panel}

if __name__ == "__main__":
    main()
