"""Run every bench of this folder, print one table, and keep the figures in a JSON file (``make bench``).

A bench is a file here with ``bench() -> dict[str, float]``: figures by name, with the unit in the name. Each runs in a
process of its own, so that none measures what another left in memory. One that finds no data raises FileNotFoundError
and is told as not measured; any other error fails the run after the rest have been measured.
"""

import argparse
import ast
import datetime
import importlib.util
import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent


def main() -> int:
    """Run the named benches, or all; the exit status is 1 when one failed."""
    parser = argparse.ArgumentParser(prog="make bench", description="Measure Innervoice.")
    names = sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith("_"))
    parser.add_argument("names", metavar="NAME", nargs="*", help=f"one of {', '.join(names)}; all when none is named")
    parser.add_argument("--out", type=Path, default=Path("build/bench.json"), help="where the figures go")
    parser.add_argument("--alone", metavar="NAME", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.alone:
        arguments.out.write_text(json.dumps(_measure(arguments.alone)), encoding="utf-8")
        return 0
    if unknown := set(arguments.names) - set(names):
        parser.error(f"no bench named {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    measured = {name: _in_own_process(name) for name in arguments.names or names}
    _keep(measured, arguments.out)
    _print_table(measured)
    return int(any("failed" in answer for answer in measured.values()))


def _measure(name: str) -> dict[str, Any]:
    """Run one bench in this process."""
    specification = importlib.util.spec_from_file_location(f"bench_{name}", HERE / f"{name}.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    try:
        return {"figures": module.bench()}
    except FileNotFoundError as error:
        return {"not measured": str(error)}


def _in_own_process(name: str) -> dict[str, Any]:
    print(f"== {name}: {_about(name)}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "figures.json"
        command = [sys.executable, str(HERE), "--alone", name, "--out", str(out)]
        environment = {"QT_QPA_PLATFORM": "offscreen", "TF_CPP_MIN_LOG_LEVEL": "3", **os.environ}
        status = subprocess.run(command, env=environment, check=False).returncode
        if status:
            return {"failed": f"exit status {status}"}
        answer: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
        return answer


def _about(name: str) -> str:
    """What a bench measures: the first line of its docstring."""
    module = ast.parse((HERE / f"{name}.py").read_text(encoding="utf-8"))
    return (ast.get_docstring(module) or "").partition("\n")[0]


def _keep(measured: dict[str, dict[str, Any]], out: Path) -> None:
    machine = {"cpus": os.cpu_count(), "machine": platform.machine(), "python": platform.python_version()}
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    out.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"measured": now, "machine": machine, "benches": measured}, indent=2, ensure_ascii=False)
    out.write_text(text + "\n", encoding="utf-8")
    print(f"\nfigures kept in {out}")


def _print_table(measured: dict[str, dict[str, Any]]) -> None:
    rows = [
        (bench, name, f"{value:.4g}" if isinstance(value, float) else str(value))
        for bench, answer in measured.items()
        for name, value in (answer.get("figures") or answer).items()
    ]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)] if rows else [0, 0]
    for bench, name, value in rows:
        print(f"{bench:<{widths[0]}}  {name:<{widths[1]}}  {value}")


if __name__ == "__main__":
    sys.exit(main())
