"""The analyses that come with Innervoice, registered exactly as a stranger's: by entry point."""
