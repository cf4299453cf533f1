"""What pages import when they are first shown, imported beforehand on a worker: the main thread need not read files."""

from __future__ import annotations


def import_pages() -> None:
    """Import every page that is not there from the start; on a worker thread."""
    import innervoice.shell.dialogs.plugins
    import innervoice.shell.panels.channel
    import innervoice.shell.panels.comparison
    import innervoice.shell.panels.measuring
    import innervoice.shell.panels.model_page
    import innervoice.shell.panels.paths
    import innervoice.shell.panels.performance
    import innervoice.shell.panels.plugin_panels
    import innervoice.shell.panels.run_facts_page
    import innervoice.shell.panels.square
    import innervoice.shell.panels.study_map
    import innervoice.shell.panels.training
    import innervoice.shell.panels.two_results
    import innervoice.shell.plots.figures  # noqa: F401
