"""What is remembered of plugins from one start to the next: those switched off, and those that broke the loading.

A plugin that crashes natively or never returns while it is loaded takes the engine with it. So its name is written
down before it is loaded, and struck out afterwards; a name that a dead process left behind is a strike. Two strikes in
a row leave the plugin out until it has another version or is switched on again. One is not enough: somebody may have
ended the engine at that moment.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import platformdirs
import psutil

from innervoice.music.files import atomic_write

SAFE = "INNERVOICE_SAFE"
"""Set (by ``innervoice --safe``) to leave out every plugin that did not come with Innervoice."""
STRIKES = 2
MARK = "loading-"


class Ledger:
    """The file ``plugins.json`` and the marks of processes that are loading.

    Parameters
    ----------
    folder : Path, optional
        The user's own unless given.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or Path(platformdirs.user_config_dir("innervoice", appauthor=False))

    def off(self) -> frozenset[str]:
        """Names of the plugins that the user has switched off."""
        return frozenset(name for name in self._read().get("off", ()) if isinstance(name, str))

    def switch(self, plugin: str, on: bool) -> None:
        """Switch a plugin on or off, for this start and all later ones; on also forgives its strikes.

        Raises
        ------
        OSError
            When that cannot be written down.
        """
        kept = self._read()
        off = set(self.off()) - {plugin} if on else {*self.off(), plugin}
        strikes = {name: strike for name, strike in self._strikes(kept).items() if name != plugin or not on}
        self._write({"off": sorted(off), "strikes": strikes})

    def struck_out(self, plugin: str, version: str) -> str:
        """Say what a plugin of this version did too often while it was loaded; "" for one that may be loaded."""
        strike = self._strikes(self._read()).get(plugin, {})
        if strike.get("version") != version or int(strike.get("count", 0)) < STRIKES:
            return ""
        return f"{strike.get('how', 'ended the engine')} {strike['count']} times"

    def strike(self, plugin: str, version: str, how: str) -> None:
        """Write down that a plugin broke the loading; one that cannot be written down is tried again next time."""
        kept = self._read()
        strikes = self._strikes(kept)
        before = strikes.get(plugin, {})
        count = int(before.get("count", 0)) + 1 if before.get("version") == version else 1
        with contextlib.suppress(OSError):
            strikes[plugin] = {"version": version, "count": count, "how": how}
            self._write({"off": sorted(self.off()), "strikes": strikes})

    def forgive(self, plugin: str) -> None:
        """Forget the strikes of a plugin that has been loaded."""
        kept = self._read()
        strikes = self._strikes(kept)
        if strikes.pop(plugin, None) is not None:
            with contextlib.suppress(OSError):
                self._write({"off": sorted(self.off()), "strikes": strikes})

    @contextlib.contextmanager
    def loading(self, plugin: str, version: str) -> Iterator[None]:
        """Keep a plugin's name in a mark of this process while it is loaded."""
        mark = self._folder / f"{MARK}{os.getpid()}.json"
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            mark.write_text(json.dumps({"plugin": plugin, "version": version, "born": _born(os.getpid())}), "utf-8")
        try:
            yield
        finally:
            mark.unlink(missing_ok=True)

    def collect(self) -> None:
        """Turn what dead processes have left behind into strikes."""
        for mark in sorted(self._folder.glob(f"{MARK}*.json")):
            said = _object(mark)
            number = mark.stem.removeprefix(MARK)
            if number.isdigit() and said.get("born") and _born(int(number)) == said["born"]:
                continue
            mark.unlink(missing_ok=True)
            if isinstance(said.get("plugin"), str):
                self.strike(said["plugin"], str(said.get("version", "")), "ended the engine")

    @property
    def _file(self) -> Path:
        return self._folder / "plugins.json"

    def _read(self) -> dict[str, Any]:
        return _object(self._file)

    def _strikes(self, kept: dict[str, Any]) -> dict[str, dict[str, Any]]:
        strikes = kept.get("strikes")
        found = strikes if isinstance(strikes, dict) else {}
        return {name: one for name, one in found.items() if isinstance(one, dict) and isinstance(one.get("count"), int)}

    def _write(self, kept: dict[str, Any]) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        atomic_write(self._file, json.dumps(kept, indent=1).encode())


def safe() -> bool:
    """Whether only what came with Innervoice is to be loaded."""
    return bool(os.environ.get(SAFE))


def _object(path: Path) -> dict[str, Any]:
    """A JSON object in a file; empty when it is missing or damaged: then nothing is switched off."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _born(process: int) -> float | None:
    """When a process began, None when there is none: numbers of processes come again."""
    try:
        return psutil.Process(process).create_time()
    except psutil.Error:
        return None
