"""The commands: parse, call, show. One file for each group of the help page."""
