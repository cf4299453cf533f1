"""The small engine with the plugins that are installed: the real way from an entry point to a run."""

import sys
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from small_engine import small_framework  # the folder of this program is on the path by now

from innervoice.engine.service import Engine
from innervoice.engine.serving import serve
from innervoice.host.loading import load_plugins

if __name__ == "__main__":
    engine = Engine(framework=small_framework(), plugins=partial(load_plugins, patience=2.0))
    serve(int(sys.argv[sys.argv.index("--fd") + 1]), engine)
