"""Notices stand in the status bar, block nothing, and are kept in a list that can be searched and copied."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from innervoice.shell.dialogs.details import DetailsDialog
from innervoice.shell.notifications import Notice
from innervoice.shell.panels.log import NOTICE_ROLE, LogPanel
from innervoice.shell.panels.notice_line import NoticeLine


@pytest.fixture
def quiet(open_desktop: Callable[..., Any]) -> Any:
    """A window before anything was said."""
    return open_desktop(start=False)


@pytest.mark.expects_log("twice")
def test_a_repeated_notice_is_counted_and_its_details_can_be_read(quiet: Any) -> None:
    said, line = quiet.work.notifications, quiet.window.notices
    said.warning("Something happened twice.", "the details")
    said.warning("Something happened twice.", "the details")
    quiet.until(lambda: line.notice is not None and line.notice.times == 2)
    assert line.text.text() == "Something happened twice. (2 times)"
    assert line.bell.text() == "1"
    assert quiet.window.panels.log.lines()[0].endswith("Something happened twice. (2 times)\n          the details")
    line.more.click()
    dialog = quiet.window.findChild(DetailsDialog)
    assert dialog.text.toPlainText() == "the details"
    line.shut.click()
    assert line.notice is None
    assert line.text.text() == ""
    assert line.bell.accessibleName() == "Messages"


@pytest.mark.expects_log("went wrong")
def test_a_notice_covers_no_control_and_takes_no_focus(quiet: Any) -> None:
    field = quiet.window.panels.clips.filter
    quiet.window.activateWindow()
    field.setFocus()
    before = [panel.geometry() for panel in (quiet.window.pages, quiet.window.docks.dock("neurons"))]
    quiet.work.notifications.error("A thing went wrong in a way that needs a long sentence to be told. " * 6, "x")
    line = quiet.window.notices
    quiet.until(lambda: line.notice is not None)
    QTest.qWait(1)
    assert quiet.window.statusBar().isAncestorOf(line)
    assert [panel.geometry() for panel in (quiet.window.pages, quiet.window.docks.dock("neurons"))] == before
    assert line.text.text().endswith("…")
    assert line.text.toolTip().startswith("A thing went wrong")
    assert line.text.height() >= line.text.fontMetrics().lineSpacing()
    assert isinstance(field, QLineEdit)
    assert QApplication.focusWidget() in (field, None)


def test_an_error_stays_until_it_is_closed_and_what_weighs_less_does_not_hide_it(qapp: Any, qtbot: Any) -> None:
    from innervoice.shell import icons

    line = NoticeLine(icons.icon)
    qtbot.addWidget(line)
    line.show_notice(Notice("error", "First.", number=1))
    line.show_notice(Notice("info", "Then.", number=2))
    assert line.notice.text == "First."
    line.show_notice(Notice("error", "Second.", number=3))
    assert line.notice.text == "Second."
    assert not line._timer.isActive()
    line.close_notice()
    assert line.notice.text == "First."
    line.close_notice()
    line.show_notice(Notice("info", "Done.", number=4))
    assert line._timer.isActive()
    line.close_notice()
    line.read_all()
    assert line.bell.text() == ""


def test_the_bell_opens_the_list_which_can_be_searched_and_copied(quiet: Any) -> None:
    for number, level in enumerate(("info", "warning", "error"), 1):
        notice = Notice(level, f"This is the {level} of it.", "inside: a trace" if level == "error" else "", number)
        quiet.window.panels.log.add(notice)
        quiet.window.notices.show_notice(notice)
    log: LogPanel = quiet.window.panels.log
    assert quiet.window.notices.bell.text() == "3"
    quiet.window.notices.bell.click()
    assert not quiet.window.docks.dock("log").isHidden()
    quiet.until(lambda: quiet.window.notices.bell.text() == "")
    assert [line.split()[1] for line in log.lines()] == ["info", "warning", "error"]
    log.level.setCurrentIndex(1)
    assert len(log.lines()) == 2
    log.search.setText("trace inside")
    log.button.click()
    copied = QApplication.clipboard().text()
    assert copied.splitlines()[0].endswith("error    This is the error of it.")
    assert copied.splitlines()[1].strip() == "inside: a trace"
    opened: list[Notice] = []
    log.details_wanted.connect(opened.append)
    log.table.setCurrentIndex(log.table.model().index(0, 0))
    assert log.table.currentIndex().data(NOTICE_ROLE).level == "error"
    QTest.keyClick(log.table, Qt.Key.Key_Return)
    assert [notice.level for notice in opened] == ["error"]
