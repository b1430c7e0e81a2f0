"""Questions to the handovers: who holds the book."""

from htx_cli.book.read.pact import Register
from htx_cli.book.records import handover_of, province_of
from htx_cli.domain.changes import Away
from htx_cli.domain.model import Handover


class Holding(Register):
    """Who was given the book, answered with values of `model`."""

    def handover(self) -> Handover | None:
        """The last time that the book was handed over."""
        rows = self._rows("SELECT * FROM handovers ORDER BY number DESC LIMIT 1")
        if not rows:
            return None
        [province] = self._rows("SELECT * FROM provinces WHERE id = ?", rows[0]["province"])
        return handover_of(rows[0], province_of(province))

    def away(self) -> Away | None:
        """Who holds the book in another place; nobody if it is held here.

        It is held where it was taken over: not where that is known from a copy that was merged in.
        """
        last = self.handover()
        if last is None:
            return None
        [written] = self._rows(_LAST_WRITTEN, str(last.number))
        if last.taken_on and written["received_at"] is None:
            return None
        since = last.taken_on or last.handed_on
        return Away(last.province.id, last.province.name, since, written["id"])


_LAST_WRITTEN = """
SELECT c.id, c.received_at FROM change_rows r JOIN changes c ON c.id = r.change
WHERE r.table_name = 'handovers' AND r.key = ? ORDER BY r.change DESC LIMIT 1
"""
