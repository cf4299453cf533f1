"""One module per kind of figure: each puts it on a matplotlib figure."""
