"""File → rows → results and problems. Here stands what the command line says of it before it is loaded.

`sources` opens a file, and one sibling per kind of file turns it into tables (a workbook into one for
each sheet); `layout` finds the figures in a table (JSON comes as rows at once), and `resolve` turns a
row into a result or its problems.
"""

from typing import Literal

FORMATS = ("csv", "tsv", "xlsx", "xls", "ods", "json", "ndjson")
BEFORE_UNICODE = ("cp1258", "tcvn3", "vni")
ENCODINGS = ("utf-8", "utf-16", *BEFORE_UNICODE)
Percents = Literal["fraction", "percent"]  # what bare numbers are where per cents stand
