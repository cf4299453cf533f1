"""Which framework trains; to be chosen before anything imports Keras."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec

from innervoice.models.backend import choose_backend


def choose_training_backend() -> str:
    """Take what ``INNERVOICE_BACKEND`` says, else JAX where it is installed: faster on a CPU.

    A process that already computes keeps the backend it has.
    """
    if "keras" in sys.modules or os.environ.get("INNERVOICE_BACKEND") or not find_spec("jax"):
        return choose_backend()
    return choose_backend("jax")
