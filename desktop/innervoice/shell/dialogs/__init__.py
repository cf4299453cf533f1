"""The few dialogs: about, command palette, details, shortcuts."""
