"""Schema: the book's version, and its tables with their columns and natural keys."""

from collections.abc import Mapping
from typing import Final

from htx_cli.domain.model import PactPart

APPLICATION_ID: Final = 0x48545831  # "HTX1" in the file's header
VERSION: Final = 4  # of the schema, kept in PRAGMA user_version

# Every table that the journal knows, with the columns that name one of its records.
KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "settings": ("name",),
    "provinces": ("id",),
    "successions": ("predecessor", "successor"),
    "aliases": ("alias", "province"),
    "clusters": ("id",),
    "cluster_names": ("cluster", "last_day"),
    "members": ("cluster", "province", "first_day"),
    "leaderships": ("cluster", "year"),
    "takeovers": ("cluster", "year", "first_day"),
    "years": ("cluster", "year"),
    "lines": ("cluster", "year", "line"),
    "targets": ("cluster", "year", "code"),
    "shares": ("cluster", "year", "target", "province"),
    "results": ("cluster", "year", "target", "province", "as_of", "basis"),
    "former_lines": ("cluster", "year", "line", "last_day"),
    "former_targets": ("cluster", "year", "code", "last_day"),
    "former_shares": ("cluster", "year", "target", "province", "last_day"),
    "due_dates": ("cluster", "year", "period"),
    "documents": ("sha256",),
    "evidence": ("cluster", "year", "target", "province", "as_of", "basis", "document"),
    "handovers": ("number",),
}

# Every table of this version with all its columns: a book that lacks one is damaged.
COLUMNS: Final[Mapping[str, frozenset[str]]] = {
    table: frozenset(columns.split())
    for table, columns in {
        "settings": "name value",
        "provinces": "id name code first_day last_day",
        "successions": "predecessor successor day kind",
        "aliases": "alias province",
        "clusters": "id name",
        "cluster_names": "cluster last_day name",
        "members": "cluster province seat first_day last_day",
        "leaderships": "cluster year leader deputy deputy_known elected_on because",
        "takeovers": "cluster year first_day leader deputy deputy_known because",
        "years": "cluster year state pact signed_on",
        "lines": "cluster year line text",
        "targets": "cluster year code title kind bound threshold level base_year line of_title unit"
        " scope note",
        "shares": "cluster year target province threshold",
        "results": "cluster year target province as_of basis value of base rate source note change",
        "former_lines": "cluster year line last_day decision stood text",
        "former_targets": "cluster year code last_day decision stood title kind bound threshold level"
        " base_year line of_title unit scope note",
        "former_shares": "cluster year target province last_day decision stood threshold",
        "due_dates": "cluster year period days",
        "documents": "sha256 number day title name size",
        "evidence": "cluster year target province as_of basis document value of base rate",
        "handovers": "number province handed_on taken_on",
        "changes": "id at who command because fixed_clock rows hash origin received_at received_by",
        "change_rows": "change position table_name key before after place",
        "change_files": "change position name size sha256",
        "_sqlite_migrations": "id migration_set name applied_at",
    }.items()
}
# Those of them whose keys begin with a cluster.
OF_CLUSTERS: Final = ("clusters", *(name for name, key in KEYS.items() if key[0] == "cluster"))
# The parts of a pact, each with the table that keeps how it stood before a decision changed it.
FORMER: Final = {str(part): part.former for part in PactPart}

# Those in which no province (NULL) is the whole cluster.
OF_ALL: Final = ("results", "evidence")
