"""A model card for people: what the model is, what it learned from, how well it does, and what it cannot do."""
