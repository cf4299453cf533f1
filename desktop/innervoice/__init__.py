"""Innervoice: see, turn and hear what the hidden neurons of a music model have learned.

This file stays light on purpose: importing ``innervoice`` must cost nothing, because the window, the engine and the
command line each begin with it. Import what you need from a room (``innervoice.plugin`` for authors of analyses).
"""

__version__ = "0.1.0"
