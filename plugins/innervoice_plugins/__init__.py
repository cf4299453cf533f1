"""The built-in plugins, registered exactly as a stranger's: by entry points of the group `innervoice`."""
