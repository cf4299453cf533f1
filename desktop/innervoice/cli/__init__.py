"""The command line: the window's verbs without a window, for scripts, clusters and tests."""
