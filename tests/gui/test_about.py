"""The About box opens at once; what reading files tells comes after."""

import platform
from typing import Any

from innervoice.shell.dialogs.about import AboutBox, versions


def test_the_box_is_there_at_once_and_the_versions_follow(desktop: Any) -> None:
    window = desktop.window
    window.commands.action("help.about").trigger()
    box = window.findChild(AboutBox)
    assert box.isVisible()
    assert not box.isModal(), "the window goes on behind it"
    assert platform.python_version() in box.detailedText()
    desktop.until(lambda: "numpy" in box.detailedText())
    box.reject()
    desktop.until(lambda: window.findChild(AboutBox) is None)


def test_a_box_that_is_closed_is_told_nothing(desktop: Any) -> None:
    desktop.window.show_about()
    desktop.window.findChild(AboutBox).reject()
    desktop.until(lambda: not desktop.work.reader.busy)
    assert desktop.window.findChild(AboutBox) is None


def test_a_package_that_is_missing_has_no_version() -> None:
    assert [line.split()[0] for line in versions(("numpy", "no-such-package"))] == ["numpy"]
