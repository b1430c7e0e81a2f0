"""What of a table was left out, and where: told once for each kind, at its end."""

from collections.abc import Iterator

from htx_cli.text.errors import Phrase

_AS = {
    "plan": Phrase("as_plan"),
    "comparison": Phrase("as_comparison"),
    "points": Phrase("as_points"),
    "part": Phrase("as_part"),
    "last year": Phrase("as_last_year"),
    "other year": Phrase("as_other_year"),
}
_ORDER = (
    "cells_dashed", "cells_absent", "columns_unheaded", "rows_silent", "rows_left_out", "rows_part",
    "rows_hidden", "columns_hidden",
)  # fmt: skip


class TableNotes:
    """Collects the places."""

    def __init__(self) -> None:
        self.places: dict[str, list[str]] = {}
        self.left: dict[str, dict[str, str]] = {}  # role → column → its first cell

    def add(self, code: str, place: int | str) -> None:
        """Take note of a row or a cell."""
        self.places.setdefault(code, []).append(str(place))

    def leave(self, role: str, column: str, cell: str) -> None:
        """Take note of a column whose figures are not read."""
        self.left.setdefault(role, {}).setdefault(column, cell)

    def told(self) -> Iterator[tuple[str, dict[str, object]]]:
        """The codes of what is to be said, with their values."""
        for code in _ORDER:
            if places := self.places.get(code):
                yield code, {"count": str(len(places)), "first": places[0]}
        for role, columns in self.left.items():
            values: dict[str, object] = {
                "columns": list(columns),
                "as": role,
                "count": len(columns),
            }
            yield "columns_left_out", {**values, "role": _AS[role], "cell": min(columns.values())}
