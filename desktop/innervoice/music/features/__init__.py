"""Human-defined scalars of whole batches of melodies: jSymbolic's features as music21 computes them, and attributes."""
