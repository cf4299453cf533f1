"""The menus of the window: a module for each, with its commands and when they can be given."""
