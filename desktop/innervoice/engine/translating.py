"""Any exception of a request as the one that the window shows."""

import errno
import traceback

from innervoice.engine.errors import EngineError
from innervoice.host.running import AnalysisError
from innervoice.models.errors import ModelError
from innervoice.music.errors import MusicError
from innervoice.plugin.context import Cancelled
from innervoice.plugin.errors import ParameterError
from innervoice.study.errors import StudyError

_SENTENCES = (StudyError, ModelError, MusicError, ParameterError)
"""Exceptions whose message is written for the user."""


def in_words(error: BaseException, verb: str) -> EngineError:
    """The error of a request, as one sentence and a traceback.

    Parameters
    ----------
    error : BaseException
        What was raised.
    verb : str
        What was being done.
    """
    if isinstance(error, EngineError):
        return error
    if isinstance(error, Cancelled):
        return EngineError(f"Cancelled ({verb}).", cancelled=True)
    if isinstance(error, AnalysisError):
        return _of_analysis(error, verb)
    return EngineError(_sentence(error, verb), "".join(traceback.format_exception(error)))


def _of_analysis(error: AnalysisError, verb: str) -> EngineError:
    # A full disk under an analysis is not its author's fault.
    if isinstance(error.__cause__, (*_SENTENCES, EngineError)):
        return in_words(error.__cause__, verb)
    return EngineError(error.sentence, error.traceback)


def _sentence(error: BaseException, verb: str) -> str:
    if isinstance(error, _SENTENCES):
        return str(error)
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return f"{error.filename or 'A file'} could not be written: the disk is full; make room and try again."
    if isinstance(error, OSError):
        return f"{error.filename or 'A file'} could not be read or written ({error.strerror or error}); check it."
    if isinstance(error, MemoryError):
        return f"There is not enough memory for this ({verb}); try with fewer clips."
    said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return f"The engine failed ({verb}: {said}); please report it with the details."
