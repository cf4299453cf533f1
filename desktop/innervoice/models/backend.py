"""Which framework computes: chosen once, before the first import of Keras."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec

from innervoice.models.errors import ModelError

BACKENDS = ("tensorflow", "jax")
"""What is known, most preferred first."""


def choose_backend(name: str | None = None) -> str:
    """Decide the backend and prepare the environment for it; call it before anything imports Keras.

    Parameters
    ----------
    name : str, optional
        ``tensorflow`` or ``jax``. Without it the environment's ``INNERVOICE_BACKEND`` decides, and without that the
        first of :data:`BACKENDS` that is installed.

    Returns
    -------
    str
        The backend that Keras runs on from now on. A process keeps its first one.

    Raises
    ------
    ModelError
        When the backend is unknown or not installed, or another one already runs in this process.
    """
    wanted = name or os.environ.get("INNERVOICE_BACKEND") or None
    if wanted is not None and wanted not in BACKENDS:
        raise ModelError(f"There is no backend {wanted!r}; choose one of {', '.join(BACKENDS)}.")
    running = _running()
    if running is not None:
        if name is not None and name != running:
            raise ModelError(f"This process already computes with {running}; restart it to compute with {name}.")
        return running
    chosen = wanted or next((each for each in BACKENDS if find_spec(each)), BACKENDS[0])
    if not find_spec(chosen):
        raise ModelError(f"The backend {chosen} is not installed; install it or set INNERVOICE_BACKEND to another one.")
    _prepare(chosen)
    return chosen


def device_name() -> str:
    """Name of the device that computes, such as ``CPU`` or the GPU's product name. Imports the framework."""
    if choose_backend() == "jax":
        import jax

        device = jax.devices()[0]
        return "CPU" if device.platform == "cpu" else str(device.device_kind)
    import tensorflow as tf

    graphics = tf.config.list_physical_devices("GPU")
    if not graphics:
        return "CPU"
    details = tf.config.experimental.get_device_details(graphics[0])
    return str(details.get("device_name", "GPU"))


def _running() -> str | None:
    keras = sys.modules.get("keras")
    return None if keras is None else str(keras.backend.backend())


def _prepare(backend: str) -> None:
    os.environ["KERAS_BACKEND"] = backend
    # Both frameworks would take the whole GPU at the first tensor, and leave nothing for other programs.
    os.environ.setdefault("TF_FORCE_GPU_ALLOW_GROWTH", "true")
    os.environ.setdefault("XLA_PYTHON_CLIENT_PREALLOCATE", "false")
    # Magenta's reader needs TensorFlow beside JAX; its notices about the CPU are no user's business.
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
