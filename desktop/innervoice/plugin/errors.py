"""What can be wrong with an analysis, its parameters or its result: one sentence each, for people."""


class ParameterError(ValueError):
    """A parameter is unknown, of the wrong type or outside its range."""


class FeatureError(ValueError):
    """A feature that a plugin defines could not be computed; the sentence names it and its plugin."""


class ResultError(ValueError):
    """A figure, a table or a result is not well formed."""
