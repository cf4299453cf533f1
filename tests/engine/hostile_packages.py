"""Thirteen plugins that nobody should install, as an installer would leave them: a module and its metadata each.

`write` puts one into a folder; with the folder on the path Innervoice finds it. ``SOURCES`` holds their code by name.
"""

from pathlib import Path

HEAD = """
import numpy as np
from innervoice.plugin import (
    Analysis, ClipFeature, Importer, ModelSource, Panel, Bars, Axis, Result, hookimpl,
)

class Bad(Analysis):
    title = "Bad {name}"
    summary = "Does what it should not."
    id = "{name}"

    def run(self, context, parameters):
        {run}

@hookimpl
def innervoice_analyses():
    return [Bad()]
"""

RUNS = {
    "hangs": "while True: pass",
    "allocates": "held = []\n        while True: held.append(np.ones(4_000_000))",
    "exits": "import sys; sys.exit(0)",
    "prints": "print('noise ' * 200_000, flush=True)\n        return Result({'printed': True})",
    "mutates": (
        "context.clips.tokens[:] = 0; context.clip_ids[:] = 0\n        return Result({'clips': len(context.clips)})"
    ),
    "crashes": "import ctypes; print('about to crash'); ctypes.string_at(0)",
    "nan": "return Result({'mean': float('nan')})",
    "wrong-types": "return {'summary': 1}",
    "raises": "raise KeyError('nothing')",
    "good-one": "return Result({'clips': len(context.clips)})",
}
"""What the analysis of each does when it is run."""

RAISING = "\n".join(
    f"@hookimpl\ndef innervoice_{many}():\n    raise RuntimeError('{many} are out')\n"
    for many in ("models", "features", "importers", "panels")
)

STUCK = """
import os
import time
from pathlib import Path
from innervoice.plugin import ModelSource, hookimpl

class Stuck(ModelSource):
    id, kind, neurons, steps = "stuck", "musicvae", 4, 32
    summary = "Never opens."

    def open(self):
        Path(os.environ["INNERVOICE_HOME"], "stuck").touch()
        while True: time.sleep(0.01)

@hookimpl
def innervoice_models():
    return [Stuck()]
"""

SOURCES = {
    "stuck": STUCK,
    **{name: HEAD.format(name=name, run=run) for name, run in RUNS.items()},
    "no-import": "import a_library_that_is_not_there\n",
    "all-hooks": HEAD.format(name="all-hooks", run="return Result()") + RAISING,
    "wrong-answer": HEAD.format(name="wrong-answer", run="return Result()").replace("[Bad()]", "Bad"),
    "old-api": HEAD.format(name="old-api", run="return Result()").replace('id = "old', 'api = 0\n    id = "old'),
    "thief": HEAD.format(name="good-one", run="raise RuntimeError('the wrong one ran')"),
    "crashes-early": "import ctypes; ctypes.string_at(0)\n",
    "hangs-early": "import time\nwhile True: time.sleep(0.01)\n",
}


def write(folder: Path, name: str, version: str = "1.0") -> None:
    """Install one of them into a folder."""
    module, info = "hostile_" + name.replace("-", "_"), folder / f"hostile_{name.replace('-', '_')}-{version}.dist-info"
    (folder / f"{module}.py").write_text(SOURCES[name], encoding="utf-8")
    info.mkdir()
    package = f"hostile-{name}"
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: {version}\nAuthor: Mallory\n")
    (info / "entry_points.txt").write_text(f"[innervoice]\nof-{name} = {module}\n")
