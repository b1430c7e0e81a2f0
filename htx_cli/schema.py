"""The book's version, and its tables with their natural keys."""

from collections.abc import Mapping
from typing import Final

APPLICATION_ID: Final = 0x48545831  # "HTX1" in the file's header
VERSION: Final = 1  # of the schema, kept in PRAGMA user_version

# Every table that the journal knows, with the columns that name one of its records.
KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "settings": ("name",),
    "provinces": ("id",),
    "successions": ("predecessor", "successor"),
    "aliases": ("alias", "province"),
    "clusters": ("id",),
    "members": ("cluster", "province", "first_day"),
    "leaderships": ("cluster", "year"),
    "years": ("cluster", "year"),
    "lines": ("cluster", "year", "line"),
    "targets": ("cluster", "year", "code"),
    "shares": ("cluster", "year", "target", "province"),
    "results": ("cluster", "year", "target", "province", "as_of", "basis"),
}

# Those of them whose keys begin with a cluster.
OF_CLUSTERS: Final = ("clusters", *(name for name, key in KEYS.items() if key[0] == "cluster"))

WHOLE_CLUSTER: Final = "all"  # stands in a key where the province of a result is NULL
