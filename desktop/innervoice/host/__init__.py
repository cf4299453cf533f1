"""Finding, loading, calling and quarantining plugins; running an analysis."""
