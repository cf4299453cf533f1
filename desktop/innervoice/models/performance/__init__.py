"""Models of performances: what comes next, after the events so far."""
