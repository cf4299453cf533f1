"""Once a window has settled, no command has the main thread read a module of the shell's."""

import subprocess
import sys

LEFT = """
import pkgutil, sys
import innervoice.shell.application, innervoice.shell
from innervoice.shell.preloading import import_pages
import_pages()
names = {module.name for module in pkgutil.walk_packages(innervoice.shell.__path__, "innervoice.shell.")}
print(*sorted(names - set(sys.modules)))
"""


def test_every_page_is_imported_beforehand() -> None:
    ran = subprocess.run([sys.executable, "-c", LEFT], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["innervoice.shell.tour"]  # a program of its own
