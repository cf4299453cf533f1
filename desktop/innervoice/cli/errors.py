"""What ends a command early."""

FAILED = 1
WRONG_COMMAND_LINE = 2
INTERRUPTED = 130


class CommandError(Exception):
    """A command cannot be done; the text is one sentence that names the file or option and what to do.

    Parameters
    ----------
    sentence : str
    status : int
        Exit status: 1, or 2 for a wrong command line.
    """

    def __init__(self, sentence: str, status: int = FAILED) -> None:
        super().__init__(sentence)
        self.status = status


class UsageError(CommandError):
    """The command line itself is wrong."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, WRONG_COMMAND_LINE)
