"""Innervoice in a notebook or script: open a study, encode, run an analysis, have arrays and tables.

``import innervoice`` is enough: what stands in ``__all__`` here is reached as ``innervoice.open_study`` and so on,
and is imported when it is first used.
"""

from innervoice.notebook.engine import close, known_analyses, known_models
from innervoice.notebook.results import Answer, Picture
from innervoice.notebook.studies import NotebookStudy, open_study

__all__ = ["Answer", "NotebookStudy", "Picture", "close", "known_analyses", "known_models", "open_study"]
