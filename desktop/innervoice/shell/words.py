"""The words of the window on their way to a translation: one function, and one context for all of them.

`said` stands around a literal where a widget is made; a constant of a module stands in `to_say`, for no translation is
there yet when it is imported, and goes through `said` where it is shown. Titles of commands, menus and docks pass
through it where they are registered, so that their modules stay plain. ``packaging/collect_words.py`` finds all of
them and writes the template.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from innervoice.resources import resource_dir

CONTEXT = "Innervoice"


def said(text: str) -> str:
    """Return a text in the language of the window; untranslated it is the text itself.

    Parameters
    ----------
    text : str
        English, sentence case; a literal, so that it can be collected. Values go in afterwards, with ``format``.
    """
    return QCoreApplication.translate(CONTEXT, text) if text else text


def to_say(text: str) -> str:
    """Return a text as it is: a constant that is collected here, and goes through `said` where it is shown."""
    return text


def load_translation(app: QCoreApplication, locale: QLocale | None = None) -> QTranslator | None:
    """Install the translation for the user's language, if there is one; return it.

    Parameters
    ----------
    app : QCoreApplication
        Owns the translator.
    locale : QLocale, optional
        Another language than the system's.
    """
    translator = QTranslator(app)
    folder = resource_dir() / "translations"
    if not translator.load(locale or QLocale.system(), "innervoice", "_", str(folder)):
        translator.deleteLater()
        return None
    app.installTranslator(translator)
    return translator
