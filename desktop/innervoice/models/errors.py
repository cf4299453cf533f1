"""The one error that reading and running a model raises for causes a user can mend."""


class ModelError(ValueError):
    """One sentence that names the model, file or tensor and what to do."""
