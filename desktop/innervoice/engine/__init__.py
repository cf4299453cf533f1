"""The engine: a process that owns the model and runs the analyses, and the client the window talks to."""
