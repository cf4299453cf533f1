"""How the shipped models were made; the same code trains a user's own."""
