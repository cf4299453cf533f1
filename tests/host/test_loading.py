"""Loading: a broken plugin costs only itself, and is named with what to do."""

import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from innervoice.host.loading import Plugins, load_plugins
from innervoice.plugin import Analysis, Result, hookimpl


class Good(Analysis):
    id = "good"
    title = "Good"
    summary = "Answers."

    def run(self, context: Any, parameters: Any) -> Result:
        return Result({"answer": 42})


def plugin(name: str, analyses: Callable[[], Any]) -> ModuleType:
    module = ModuleType(name)
    module.innervoice_analyses = hookimpl(analyses)  # type: ignore[attr-defined]
    return module


def variant(**changes: Any) -> Analysis:
    made: Analysis = type("Variant", (Good,), changes)()
    return made


def raising(error: BaseException) -> Callable[[], Any]:
    def innervoice_analyses() -> Any:
        raise error

    innervoice_analyses.__name__ = "innervoice_analyses"
    return innervoice_analyses


def half_way() -> Any:
    yield variant(id="half")
    raise RuntimeError("in the middle")


def asking(surprise: int) -> list[Analysis]:
    return [Good()]


HOSTILE: list[tuple[Callable[[], Any], str]] = [
    (raising(RuntimeError("boom")), "RuntimeError: boom"),
    (raising(SystemExit(3)), "SystemExit: 3"),
    (raising(MemoryError()), "(MemoryError)"),
    (half_way, "in the middle"),
    (asking, "surprise"),
    (lambda: 7, "must return a list of analyses from innervoice_analyses, not int"),
    (lambda: "analyses", "not str"),
    (lambda: [Good], "brings the class Good; return an instance, Good()"),
    (lambda: [object()], "brings a object where"),
    (lambda: [variant(id="Bad Id")], "'Bad Id'; use lower-case words"),
    (lambda: [variant(id=None)], "with the id None"),
    (lambda: [variant(id="x", title=" ")], "'x' without a title"),
    (lambda: [variant(id="x", summary=3)], "'x' without a summary"),
    (lambda: [variant(id="x", needs={"teleport"})], "unknown needs: teleport"),
    (lambda: [variant(id="x", needs=None)], "TypeError"),
    (lambda: [variant(id="x", Parameters=dict)], "must be a dataclass"),
    (
        lambda: [variant(id="x", api=0)],
        "version 0 of the plugin interface, but this Innervoice has version 1; update the",
    ),
    (lambda: [variant(id="x", api=9)], "version 1; update Innervoice"),
    (lambda: [variant(id="good")], "'good', which first has brought already"),
    (lambda: [variant(id="x", title=property(lambda self: 1 / 0))], "ZeroDivisionError"),
]


@pytest.mark.parametrize(("hostile", "said"), HOSTILE)
def test_a_hostile_plugin_costs_only_itself(hostile: Callable[[], Any], said: str) -> None:
    found = load_plugins(
        [plugin("first", lambda: [Good()]), plugin("hostile", hostile), plugin("last", lambda: [last()])]
    )
    failures = [failure for failure in found.failures if failure.plugin == "hostile"]
    assert len(failures) == 1
    assert said in failures[0].error
    assert failures[0].error.startswith("The plugin hostile")
    assert failures[0].error.endswith(".")
    assert found.analyses["good"].plugin == "first"
    assert found.analyses["last"].plugin == "last"
    assert "x" not in found.analyses


def last() -> Analysis:
    return variant(id="last")


def test_the_good_analyses_of_a_half_bad_plugin_stay() -> None:
    found = load_plugins([plugin("mixed", lambda: [variant(id="one"), object(), variant(id="two")])])
    assert {"one", "two"} <= set(found.analyses)
    assert len(failed(found, "mixed")) == 1


def test_an_unknown_hook_is_reported() -> None:
    module = plugin("typing-error", lambda: [variant(id="never")])
    module.innervoice_analysis = hookimpl(last)  # type: ignore[attr-defined]
    found = load_plugins([module])
    assert "implements a hook that does not exist" in failed(found, "typing-error")[0]
    assert "never" not in found.analyses


def test_a_plugin_without_a_hook_is_reported() -> None:
    assert "implements no hook" in failed(load_plugins([ModuleType("empty")]), "empty")[0]


def test_the_person_can_still_interrupt() -> None:
    with pytest.raises(KeyboardInterrupt):
        load_plugins([plugin("slow", raising(KeyboardInterrupt()))])


def failed(found: Plugins, name: str) -> list[str]:
    return [failure.error for failure in found.failures if failure.plugin == name]


def install(folder: Path, name: str, source: str, version: str = "2.5") -> None:
    """Write a distribution as an installer would: a module and its metadata."""
    (folder / f"{name}.py").write_text(textwrap.dedent(source))
    info = folder / f"{name}-{version}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    (info / "entry_points.txt").write_text(f"[innervoice]\n{name.replace('_', '-')} = {name}\n")


GOOD_MODULE = """
    from innervoice.plugin import Analysis, Result, hookimpl

    print("hello from a plugin")

    class Mine(Analysis):
        id = "{id}"
        title = "Mine"
        summary = "Answers."

        def run(self, context, parameters):
            return Result()

    @hookimpl
    def innervoice_analyses():
        print("hello again")
        return [Mine()]
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in ("iv_good", "iv_syntax", "iv_missing", "iv_exit", "iv_thief"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return tmp_path


def test_installed_plugins_are_loaded_one_at_a_time(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    install(site, "iv_exit", "raise SystemExit(0)")
    install(site, "iv_good", GOOD_MODULE.format(id="mine"))
    install(site, "iv_missing", "import a_library_that_is_not_there")
    install(site, "iv_syntax", "def broken(:")
    found = load_plugins()
    assert (found.analyses["mine"].plugin, found.analyses["mine"].version) == ("iv-good", "2.5")
    assert "SystemExit: 0" in failed(found, "iv-exit")[0]
    assert "No module named 'a_library_that_is_not_there'" in failed(found, "iv-missing")[0]
    assert "SyntaxError" in failed(found, "iv-syntax")[0]
    assert "iv_syntax.py" in next(failure.traceback for failure in found.failures if failure.plugin == "iv-syntax")
    said = capsys.readouterr()
    assert said.out == ""
    assert "hello from a plugin" in said.err


def test_a_stranger_cannot_take_a_built_in_analysis(site: Path) -> None:
    install(site, "iv_thief", GOOD_MODULE.format(id="sigma-ranking"))
    found = load_plugins()
    if "sigma-ranking" not in {entry.plugin for entry in found.analyses.values()}:
        pytest.skip("Innervoice is not installed here, so its own entry points are not there")
    assert found.analyses["sigma-ranking"].plugin == "sigma-ranking"
    assert "which sigma-ranking has brought already" in failed(found, "iv-thief")[0]
