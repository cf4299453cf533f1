"""The music models in Keras 3, the checkpoints they are read from, and the catalogue of what is known."""
