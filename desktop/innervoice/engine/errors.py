"""How a request to the engine can end other than well."""


class EngineError(Exception):
    """A request failed; the message is one sentence for the user.

    Parameters
    ----------
    sentence : str
        What happened to what, and what to do.
    detail : str
        A traceback or the end of the engine's log, for a report; may be empty.
    cancelled : bool
        True where the user asked for it.
    """

    def __init__(self, sentence: str, detail: str = "", cancelled: bool = False) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.detail = detail
        self.cancelled = cancelled


class ProtocolError(Exception):
    """The other side of the connection does not speak our protocol."""
