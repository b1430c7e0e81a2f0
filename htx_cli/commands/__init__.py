"""The commands: parse, call, return. One file for each subject."""
