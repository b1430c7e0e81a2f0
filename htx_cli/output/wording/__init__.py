"""Sentences for people: how a figure, a record and a date are said, one module for each subject."""
