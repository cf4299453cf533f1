"""Which framework trains; to be chosen before anything imports Keras."""

from __future__ import annotations

import os
from importlib.util import find_spec

from innervoice.models.backend import choose_backend


def choose_training_backend() -> str:
    """Take what ``INNERVOICE_BACKEND`` says, else JAX where it is installed: faster on a CPU."""
    return choose_backend(os.environ.get("INNERVOICE_BACKEND") or ("jax" if find_spec("jax") else None))
