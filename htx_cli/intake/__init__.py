"""Files → rows → results and problems: what a table says, by its labels.

A label is any text that is no figure; it covers a rectangle: the sheet, the table, the columns under a
heading, a column, the rows of a section, a row, a cell, or everything (an option).

    sources            opens a file; one sibling in `files/` per kind turns it into tables (JSON into rows)
    lexicon, periods   the phrases of `data/lexicon.toml`; the days and periods that a text names
    labels             one label → `Said`: target, role, period, unit, kind of row, and the words left over
    tables/structure   where the heading is, and which labels stand over each column
    tables/around      what the lines above the table and the sheet's name say together
    tables/meaning     what covers a cell, put together: the nearest label holds; contradictions are asked
    tables/layout      rows of a table → one figure each by the parts of it, and what is told of the rest
    figures            the cells of one figure → its numbers, in the target's own unit; parts against rates
    resolve            a row → a checked result, or every reason why not
    doubts             what is odd about a figure beside the others

A figure that could be two things is asked about, never guessed. Here stands what the command line says
of all this before it is loaded.
"""

from typing import Literal

FORMATS = ("csv", "tsv", "xlsx", "xls", "ods", "json", "ndjson")
BEFORE_UNICODE = ("cp1258", "tcvn3", "vni")
ENCODINGS = ("utf-8", "utf-16", *BEFORE_UNICODE)
Percents = Literal["fraction", "percent"]  # what bare numbers are where per cents stand
