"""Scores, clips, tokens and the extraction of melodies from music files."""
