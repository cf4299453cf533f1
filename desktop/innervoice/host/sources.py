"""Where plugins come from: the entry points of installed packages, looked at one package at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import Distribution, EntryPoint, distributions

from innervoice.plugin import hookspecs

OURS = "innervoice"
"""Our own distribution, whose plugins come first: a stranger cannot take over the id of a built-in analysis."""


@dataclass(frozen=True)
class Source:
    """A plugin before it is loaded: its name, the package that brings it, and where that lies.

    Attributes
    ----------
    name : str
        The entry point's, unique; of two with one name the second has its package behind it.
    version, package, author, summary : str
        As the package's metadata says; "" where it says nothing.
    where : str
        The folder it is installed in.
    load : callable
        Imports it.
    """

    name: str
    version: str
    load: Callable[[], object]
    package: str = ""
    author: str = ""
    summary: str = ""
    where: str = ""

    @property
    def ours(self) -> bool:
        """Whether it came with Innervoice."""
        return self.package == OURS


def installed_sources() -> list[Source]:
    """Return the plugins of all installed packages, ours first; a package whose metadata is broken is passed over."""
    found: list[Source] = []
    seen: set[str] = set()
    for package in distributions():
        try:
            if f"[{hookspecs.PROJECT}]" not in (package.read_text("entry_points.txt") or ""):
                continue
            name = package.name
            if name in seen:
                continue  # another copy further down the path, which Python would not import either
            seen.add(name)
            found.extend(_source(point, package) for point in _points(package))
        except Exception:  # noqa: BLE001, S112  # any package of the environment may be broken; it is none of ours
            continue
    return _told_apart(sorted(found, key=lambda source: (not source.ours, source.name, source.package)))


def given_source(plugin: object) -> Source:
    """Return the source of a module or object that is not installed."""
    name = str(getattr(plugin, "__name__", None) or type(plugin).__name__)
    return Source(name, str(getattr(plugin, "__version__", "")), lambda: plugin, where=_file_of(plugin))


def _points(package: Distribution) -> Iterable[EntryPoint]:
    return package.entry_points.select(group=hookspecs.PROJECT)


def _source(point: EntryPoint, package: Distribution) -> Source:
    said = {name: package.metadata[name] for name in ("Author", "Author-email", "Summary") if name in package.metadata}
    author = said.get("Author") or said.get("Author-email", "")
    return Source(
        point.name,
        package.version,
        point.load,
        package.name,
        author,
        said.get("Summary", ""),
        str(package.locate_file("")),
    )


def _told_apart(sources: list[Source]) -> list[Source]:
    named: dict[str, Source] = {}
    for source in sources:
        name = source.name if source.name not in named else f"{source.name} ({source.package})"
        named[name] = Source(
            name, source.version, source.load, source.package, source.author, source.summary, source.where
        )
    return list(named.values())


def _file_of(plugin: object) -> str:
    return str(getattr(plugin, "__file__", None) or "")
