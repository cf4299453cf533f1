"""Figures as publication files without Qt, tables, and a result or a study as a page."""
