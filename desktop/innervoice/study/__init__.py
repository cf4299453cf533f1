"""The study: the user's document, one SQLite file with clips, posteriors, runs, results and bookmarks."""
