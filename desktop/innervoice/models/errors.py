"""The one error that reading and running a model raises for causes a user can mend."""

_LONGEST = 500


class ModelError(ValueError):
    """One sentence that names the model, file or tensor and what to do.

    Names inside checkpoints are a stranger's text and frameworks answer in paragraphs, so the sentence is brought to
    one printable line of bounded length here, once, and not wherever it is shown.
    """

    def __init__(self, sentence: str) -> None:
        printable = "".join(letter if letter.isprintable() else " " for letter in sentence)
        line = " ".join(printable.split())
        super().__init__(line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…")
