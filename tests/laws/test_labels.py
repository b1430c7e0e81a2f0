"""Tables of any layout say what their labels say: clear ones are taken, and never a wrong figure."""

import os
from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest

from htx_cli.actions import known
from htx_cli.domain.names import Known, Setup
from htx_cli.intake.labels import Labels
from htx_cli.intake.resolve import Defaults, RowRejected, resolve
from htx_cli.intake.rows import Table
from htx_cli.intake.tables import layout
from htx_cli.intake.tables.around import Frame
from htx_cli.text.errors import HtxError
from tests.laws.tables import YEAR, Drawn, Key, clear, open_to_doubt
from tests.support.books import SAMPLE, book

TODAY = date(YEAR + 1, 1, 10)
MANY = int(os.environ.get("HTX_TABLES", "300"))
FEWEST_TAKEN = 0.97


@pytest.fixture(scope="module")
def everything() -> Iterator[Known]:
    with book(SAMPLE).reading() as connection:
        yield known(connection)


def read(drawn: Drawn, everything: Known) -> tuple[dict[Key, object], list[str]]:
    """The figures that are taken from a table, and what is asked or warned of."""
    cluster = everything.clusters[0]
    setup = Setup(cluster, YEAR, {t.code: t for t in drawn.targets}, {})
    knows = Known(
        everything.provinces,
        everything.clusters,
        load_setup=lambda cluster, year: setup,
        load_membership=everything.membership,
        load_bases=lambda cluster, target: {},
    )
    day = drawn.as_of or date(YEAR, 12, 31)
    frame = Frame(YEAR, day, cluster, year_said=True, as_of_said=drawn.as_of is not None)
    labels = Labels(drawn.targets, lambda text: knows.provinces.named(text, day))
    defaults = Defaults(TODAY, year=YEAR, as_of=drawn.as_of, province=drawn.province)
    rows = [*enumerate(drawn.rows, 1)]
    table = Table(iter(rows), "table.csv", drawn.sheet, again=lambda: iter(rows))
    given = {"province": drawn.province} if drawn.province else {}
    found: dict[Key, object] = {}
    said: list[str] = []
    try:
        for row in layout.rows(table, labels, frame, given):
            if row.broken:
                said.append(f"{row.broken.code} {row.broken.cell} {dict(row.broken.values)}")
            elif row.aside:
                said.append(f"note {row.aside.code}")
            elif not row.silent:
                try:
                    one = resolve(row, knows, defaults)
                except RowRejected as rejected:
                    said += [f"{error.code} {column}" for column, error in rejected.errors]
                    continue
                assert one.province
                key = (one.province.id, one.target.code, one.result.as_of, one.result.basis)
                if key in found and found[key] != one.result.figure:
                    said.append("row_twice")
                found[key] = one.result.figure
    except HtxError as error:
        said.append(error.code)
    return found, said


def test_clear_tables_are_taken_and_none_is_read_wrongly(everything: Known) -> None:
    counts: Counter[tuple[str, str]] = Counter()
    wrong = []
    for seed in range(MANY):
        drawn = clear(seed)
        found, said = read(drawn, everything)
        asked = [each for each in said if not each.startswith("note")]
        if asked:
            counts[drawn.kind, "asked"] += 1
        elif found == drawn.figures:
            counts[drawn.kind, "taken"] += 1
        else:
            wrong.append(seed)
    assert wrong == []
    taken = sum(n for (_, how), n in counts.items() if how == "taken")
    assert taken >= FEWEST_TAKEN * MANY, counts


def test_no_open_table_is_taken_without_a_word(everything: Known) -> None:
    silent = []
    for seed in range(MANY):
        found, said = read(open_to_doubt(seed), everything)
        if found and not [each for each in said if not each.startswith("note")]:
            silent.append(seed)
    assert silent == []
