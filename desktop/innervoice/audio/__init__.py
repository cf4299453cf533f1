"""Listening: FluidSynth through a small ctypes binding, for playing in the window and rendering to a file."""
