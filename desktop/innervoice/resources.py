"""Where the files lie that are no code: shipped models, bundled tunes, icons, themes, help.

In a checkout they lie in ``resources/`` beside ``desktop/``, outside the package; a wheel carries the same tree as
``innervoice/resources``. Every room asks here, so that no room knows which of the two it runs from.
"""

from functools import cache
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_IN_WHEEL = _HERE / "resources"
_IN_CHECKOUT = _HERE.parents[1] / "resources"


class ResourceError(FileNotFoundError):
    """A file that belongs to Innervoice itself is missing; the sentence names it and says what to do."""


@cache
def resource_dir() -> Path:
    """Folder that holds Innervoice's own files.

    Returns
    -------
    Path
        ``innervoice/resources`` of an installed wheel, or ``resources/`` at the root of a checkout.

    Raises
    ------
    ResourceError
        When neither is there.
    """
    for folder in (_IN_WHEEL, _IN_CHECKOUT):
        if folder.is_dir():
            return folder
    raise ResourceError(
        f"Innervoice's own files are missing: no folder {_IN_WHEEL} or {_IN_CHECKOUT}; install it again."
    )


def resource(*parts: str) -> Path:
    """Path of one of Innervoice's own files or folders.

    Parameters
    ----------
    *parts
        Steps below the resource folder, for example ``"tunes", "twinkle.mid"``.

    Returns
    -------
    Path
        An absolute path that exists.

    Raises
    ------
    ResourceError
        When there is no such file.
    """
    path = resource_dir().joinpath(*parts)
    if not path.exists():
        raise ResourceError(
            f"Innervoice's own file {'/'.join(parts)} is missing from {resource_dir()}; install it again."
        )
    return path
