"""What every part of the audio room raises."""


class AudioError(ValueError):
    """Playing or rendering is not possible; the text is one sentence that names the cause and the remedy."""
