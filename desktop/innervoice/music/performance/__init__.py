"""Performances as sequences of events: notes with velocity, live timing and the sustain pedal."""
