"""What a colleague's script imports: a book, its report, an import, and the errors."""

import hashlib
import json
import pickle
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

import htx_cli
from htx_cli import (
    Book,
    BookUnusable,
    Cell,
    HtxError,
    Imported,
    Kind,
    NotFound,
    Problem,
    Rejected,
    Report,
    Status,
    UsageError,
    build_report,
    import_results,
    open_book,
)
from htx_cli.domain.changes import Caution, Change, SourceFile
from htx_cli.domain.model import Result
from htx_cli.domain.targets import Basis, Figure
from tests.support.books import SAMPLE, TESTS
from tests.support.commands import Run
from tests.support.journal import KEY, TWENTY, journalled, rows

LAST = date(2021, 12, 31)


@pytest.fixture
def opened(sample: Path) -> Book:
    return open_book(sample)


def problems(rejected: Rejected) -> list[tuple[int | None, str | None, str, str | None]]:
    return [(p.row, p.column, p.code, p.value) for p in rejected.problems]


# -- the package -----------------------------------------------------------------------------------


def test_everything_that_is_public_is_there() -> None:
    assert {name: getattr(htx_cli, name) for name in htx_cli.__all__} == {
        "Book": Book,
        "BookUnusable": BookUnusable,
        "Cell": Cell,
        "HtxError": HtxError,
        "Imported": Imported,
        "Kind": Kind,
        "NotFound": NotFound,
        "Problem": Problem,
        "Rejected": Rejected,
        "Report": Report,
        "Status": Status,
        "UsageError": UsageError,
        "build_report": build_report,
        "import_results": import_results,
        "open_book": open_book,
    }
    with pytest.raises(AttributeError, match="module 'htx_cli' has no attribute 'opn_book'"):
        htx_cli.opn_book  # type: ignore[attr-defined]  # noqa: B018


def test_the_public_names_are_listed() -> None:
    assert set(htx_cli.__all__) <= set(dir(htx_cli))


def test_the_package_says_that_it_is_typed() -> None:
    assert (files("htx_cli") / "py.typed").is_file()


LOADED = """
import json, sys
{do}
names = ("sqlite_utils", "rich", "typer", "htx_cli.domain.report", "htx_cli.book.write", "htx_cli.intake")
json.dump([name for name in names if name in sys.modules], sys.stdout)
"""


@pytest.mark.parametrize(
    ("do", "loaded"),
    [
        ("import htx_cli", []),
        ("import htx_cli.text.errors; from htx_cli import HtxError, Problem", []),
        (
            "import htx_cli; htx_cli.Book, htx_cli.Imported, htx_cli.Report",
            ["htx_cli.domain.report"],
        ),
        (
            "import htx_cli; htx_cli.build_report(htx_cli.open_book(), 2021)",
            ["htx_cli.domain.report"],
        ),
        (
            "import htx_cli; htx_cli.import_results(htx_cli.open_book(), 'new.csv')",
            ["sqlite_utils", "htx_cli.book.write", "htx_cli.intake"],
        ),
    ],
    ids=["import", "errors", "names", "report", "write"],
)
def test_only_what_writes_loads_what_writes(sample: Path, do: str, loaded: list[str]) -> None:
    shutil.copy(TESTS / "sample" / "results-2021-12.csv", "new.csv")
    script = [sys.executable, "-c", LOADED.format(do=do)]
    answer = subprocess.run(script, capture_output=True, encoding="utf-8", check=False)
    assert (answer.stderr, answer.returncode) == ("", 0)
    assert json.loads(answer.stdout) == loaded


# -- a book and its report -------------------------------------------------------------------------


def test_a_book_is_found_by_path_by_variable_or_in_this_folder(
    sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime.fromisoformat("2022-01-05T08:00:00+07:00")
    named = Book(sample, "tay-nam-song-hau", now, True, "tester", 5.0)
    assert open_book(sample, "tay-nam-song-hau") == named
    assert open_book(str(sample)) == Book(sample, None, now, True, "tester", 5.0)
    assert open_book().path == Path("htx.db")
    monkeypatch.setenv("HTX_DB", str(SAMPLE))
    monkeypatch.setenv("HTX_WAIT", "0.5")
    assert (open_book().path, open_book().wait, open_book(sample).path) == (SAMPLE, 0.5, sample)


def test_a_report_has_the_cells_that_the_story_tells(opened: Book) -> None:
    report = build_report(opened, 2021)
    assert isinstance(report, Report)
    assert (report.year, report.as_of, report.cluster.id) == (2021, LAST, "tay-nam-song-hau")
    cells = {
        (row.province.id, cell.target.code): cell for row in report.provinces for cell in row.cells
    }
    assert cells["can-tho", "1a"].result == Result(
        "1a", "can-tho", LAST, Basis.ACTUAL, Figure(Decimal(20)), "Số liệu minh họa", None, 32
    )
    told = {
        ("can-tho", "1a"): Status.MET,
        ("hau-giang", "1a"): Status.EXCEEDED,
        ("bac-lieu", "1a"): Status.MISSED,
        ("soc-trang", "2"): Status.EXCEEDED,
        ("an-giang", "3"): Status.INCOMPLETE,
        ("kien-giang", "5"): Status.NOT_REPORTED,
    }
    assert {place: cells[place].status for place in told} == told


def test_a_report_can_be_of_an_earlier_day_and_of_the_year_of_that_day(opened: Book) -> None:
    half = build_report(opened, as_of=date(2021, 6, 30))
    assert (half.year, half.as_of) == (2021, date(2021, 6, 30))
    first = half.provinces[0].cells[0]
    assert first.result and first.result.figure == Figure(Decimal(8))


# -- importing -------------------------------------------------------------------------------------


def test_rows_may_come_from_dicts_and_are_one_change_that_says_why(
    sample: Path, opened: Book
) -> None:
    figure = {"province": "Cần Thơ", "target": "1a", "as_of": LAST, "value": 21}
    imported = import_results(opened, [figure], because="Công văn 12")
    assert isinstance(imported, Imported)
    assert (imported.new, imported.changed, imported.same) == (0, 1, 0)
    assert [each.code for each in imported.cautions] == ["source_dropped"]
    assert (imported.change.head and imported.change.head.number, imported.change.count) == (33, 1)
    assert journalled(sample, 33) == [
        ("results", KEY, TWENTY, {**TWENTY, "value": 21, "source": None})
    ]
    assert rows(sample, "SELECT who, command, because FROM changes WHERE id = 33") == [
        ("tester", "import_results", "Công văn 12")
    ]


def test_rows_may_come_from_a_generator_and_beside_files(opened: Book) -> None:
    def figures() -> Iterator[dict[str, object]]:
        for number, name in enumerate(["cần thơ", "SOC TRANG", "TP. Bạc Liêu"], 1):
            yield {"Tỉnh": name, "Chỉ tiêu": "1a", "Ngày": "30/9/2021", "Kết quả": number}

    Path("more.ndjson").write_text(
        '{"province": "ca-mau", "target": "1b", "rate": null, "value": 2}'
    )
    imported = import_results(opened, figures(), Path("more.ndjson"), as_of=date(2021, 9, 30))
    assert (imported.new, imported.changed, imported.same) == (4, 0, 0)


@pytest.mark.parametrize("kind", [Path, str])
def test_rows_may_come_from_a_path(opened: Book, kind: type[Any]) -> None:
    path = kind(TESTS / "sample" / "results-2021-12.csv")
    imported = import_results(opened, path)
    sha256 = hashlib.sha256(Path(path).read_bytes()).hexdigest()
    file = SourceFile(Path(path).name, Path(path).stat().st_size, sha256, before=32)
    assert imported == Imported(Change(None, (), 0), new=0, changed=0, same=79, files=(file,))


@pytest.mark.parametrize(
    ("code", "cells", "figure"),
    [
        ("1a", {"value": 7}, (7.0, None, None, None)),
        ("1a", {"value": 7.25}, (7.25, None, None, None)),
        ("1a", {"value": Decimal("7.5")}, (7.5, None, None, None)),
        ("1a", {"value": "7,5"}, (7.5, None, None, None)),
        ("2", {"value": 96, "of": 150}, (96.0, 150.0, None, None)),
        ("2", {"value": "64%"}, (None, None, None, 64.0)),
        ("2", {"rate": 64}, (None, None, None, 64.0)),
        ("4", {"value": 232, "base": 198}, (232.0, None, 198.0, None)),
        ("8a", {"value": True}, (1.0, None, None, None)),
        ("8a", {"value": "không"}, (0.0, None, None, None)),
    ],
)
def test_a_value_may_be_of_any_sensible_type(
    sample: Path, opened: Book, code: str, cells: dict[str, object], figure: tuple[float | None]
) -> None:
    day = {"province": "can-tho", "target": code, "as_of": date(2021, 9, 30)}
    import_results(opened, [{**day, **cells}])
    sql = 'SELECT value, "of", base, rate FROM results WHERE change = 33'
    assert rows(sample, sql) == [figure]


class Measured(float):
    """A number as numpy's: a float that shows itself in another way."""

    def __repr__(self) -> str:
        return f"Measured({float(self)})"


@pytest.mark.parametrize(
    "row",
    [{"as_of": datetime(2021, 9, 30, 8, 0)}, {"value": Measured(7)}],
    ids=["a time stands for its day", "a float of another library"],
)
def test_what_data_libraries_give_is_taken(
    sample: Path, opened: Book, row: dict[str, object]
) -> None:
    figure = {"province": "can-tho", "target": "1a", "as_of": date(2021, 9, 30), "value": 7, **row}
    import_results(opened, [figure])
    assert rows(sample, "SELECT as_of, value FROM results WHERE change = 33") == [
        ("2021-09-30", 7.0)
    ]


def test_an_odd_base_is_a_caution_and_is_taken(opened: Book) -> None:
    row = {
        "province": "Cần Thơ",
        "target": "4",
        "as_of": date(2021, 9, 30),
        "value": 232,
        "base": 198,
    }
    imported = import_results(opened, [row])
    values = {"code": "4", "base": Decimal(198), "book": Decimal(12500)}
    assert imported.cautions == (Caution("base_differs", values, row=1),)


def test_a_dry_run_counts_and_writes_nothing(sample: Path, opened: Book) -> None:
    row = {"province": "Cần Thơ", "target": "1a", "as_of": LAST, "value": 21}
    imported = import_results(opened, [row], dry_run=True)
    assert (imported.new, imported.changed, imported.change.dry_run) == (0, 1, True)
    assert (imported.change.head, imported.change.count) == (None, 1)  # no such change stands
    assert sample.read_bytes() == SAMPLE.read_bytes()


def test_every_problem_is_listed_with_its_place_and_nothing_is_written(
    sample: Path, opened: Book
) -> None:
    good = {"province": "Cần Thơ", "target": "1a", "value": 21}
    figures: list[dict[str, object]] = [
        good,
        {**good, "province": "Cần Tho Lơ", "as_of": date(2021, 9, 30)},
        {**good, "target": "2", "value": 0.64},
        {**good, "value": float("nan"), "as_of": "31/12/2021"},
        {**good, "value": [20]},
        {**good, "màu": 20},
        good,  # once more, and equal: it is one figure
        {**good, "value": 22},
    ]
    with pytest.raises(Rejected) as caught:
        import_results(opened, figures, year=2021)
    assert problems(caught.value) == [
        (2, "province", "province_unknown_but", "Cần Tho Lơ"),
        (3, "value", "ratio_needs_of", "0.64"),
        (4, "value", "number_unreadable", "NaN"),
        (5, "value", "json_value", "[20]"),
        (6, None, "key_unknown", None),
        (8, None, "row_twice", None),
    ]
    assert (caught.value.exit, caught.value.code) == (4, "problems")
    assert caught.value.values == {"count": "6", "files": "rows"}
    assert sample.read_bytes() == SAMPLE.read_bytes()


def test_a_problem_of_a_file_says_where_it_stands(opened: Book) -> None:
    Path("q3.csv").write_text("Tỉnh;Mã;Ngày;Kết quả\nCần Thơ;1a;30/9/2021;20x\n", encoding="utf-8")
    with pytest.raises(Rejected) as caught:
        import_results(opened, "q3.csv")
    assert caught.value.problems == (
        Problem(
            code="number_unreadable",
            values={"value": "20x"},
            file="q3.csv",
            row=2,
            cell="D2",
            column="value",
            value="20x",
        ),
    )


def test_a_day_that_cannot_be_read_is_one_problem(opened: Book) -> None:
    """Which year's target is meant is not known then, so nothing is said of it."""
    row = {"province": "Cần Thơ", "target": "1a", "value": 21, "as_of": "31/13/2021"}
    with pytest.raises(Rejected) as caught:
        import_results(opened, [row])
    assert [p[1:] for p in problems(caught.value)] == [("as_of", "date_impossible", "31/13/2021")]


def test_no_rows_at_all_are_nothing_to_write_but_an_empty_file_is_a_problem(
    sample: Path, opened: Book
) -> None:
    assert import_results(opened, []) == Imported(Change(None, (), 0), 0, 0, 0)
    Path("empty.csv").write_text("province,target,value\n", encoding="utf-8")
    with pytest.raises(Rejected) as caught:
        import_results(opened, "empty.csv")
    assert [problem.code for problem in caught.value.problems] == ["file_empty"]
    assert sample.read_bytes() == SAMPLE.read_bytes()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["x"], "row 1 is no mapping but str"),
        (
            [{"province": "can-tho", "target": "1a", "value": 1}, None],
            "row 2 is no mapping but NoneType",
        ),
        ({"province": "can-tho"}, "a single row was given; put it into a list"),
        (7, "a path or rows (mappings) are expected, not int"),
    ],
    ids=["texts", "nothing", "one row", "a number"],
)
def test_what_is_neither_a_path_nor_rows_is_a_type_error(
    sample: Path, opened: Book, given: Any, said: str
) -> None:
    with pytest.raises(TypeError) as caught:
        import_results(opened, given)
    assert str(caught.value) == said
    assert sample.read_bytes() == SAMPLE.read_bytes()


# -- the errors ------------------------------------------------------------------------------------


def test_each_kind_of_error_is_an_htx_error_with_a_code_an_exit_and_a_sentence(
    opened: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    def error_of(name: str, *given: Any) -> HtxError:
        with pytest.raises(HtxError) as caught:
            getattr(htx_cli, name)(*given)
        return caught.value

    Path("empty.csv").write_text("", encoding="utf-8")
    errors = [
        error_of("open_book", "none.db"),
        error_of("build_report", opened, 2019),
        error_of("import_results", opened, "none.csv"),
        error_of("import_results", opened, "empty.csv"),
    ]
    monkeypatch.setenv("HTX_NOW", "8 o'clock")
    errors.append(error_of("open_book"))
    assert [(type(error), error.code, error.exit, error.values) for error in errors] == [
        (BookUnusable, "book_missing", 5, {"path": Path("none.db")}),
        (NotFound, "year_unknown", 3, {"year": "2019", "known": ["2020", "2021"]}),
        (NotFound, "file_missing", 3, {"path": Path("none.csv")}),
        (Rejected, "problems", 4, {"count": "1", "files": "empty.csv"}),
        (UsageError, "now_unreadable", 2, {"value": "8 o'clock"}),
    ]
    assert str(errors[0]) == (
        "There is no book at none.db. Make one with “htx init”, or name another with --db."
    )


@pytest.mark.parametrize(
    "now", ["9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00", "2200-01-01T00:00:00+07:00"]
)
def test_a_clock_outside_the_years_of_a_book_is_a_mistake_of_usage(run: Run, now: str) -> None:
    for words in (["init"], ["report"]):
        answer = run(*words, HTX_NOW=now)
        assert (answer.exit, answer.out) == (2, "")
        assert answer.err.startswith(f"htx: HTX_NOW is “{now}”.")
    assert list(Path().iterdir()) == []


def test_an_error_says_every_problem_with_its_place(opened: Book) -> None:
    Path("q3.csv").write_text("Tỉnh;Mã;Ngày;Kết quả\nCần Thơ;1a;30/9/2021;20x\n", encoding="utf-8")
    with pytest.raises(Rejected) as caught:
        import_results(opened, "q3.csv")
    assert str(caught.value) == (
        "q3.csv D2, value: “20x” is not a number. Write for example 1234.5 or 1.234,5.\n"
        "Nothing was written. Problems in q3.csv: 1."
    )
    row = {"province": "Cần Thơ", "target": "1a", "as_of": "30/6/2020", "year": 2021, "value": 1}
    with pytest.raises(Rejected) as caught:
        import_results(opened, [row])
    [problem] = caught.value.problems
    assert str(problem) == "row 1, as_of: 30/06/2020 is not a day of 2021."


def test_an_error_comes_whole_out_of_another_process(opened: Book) -> None:
    errors: list[HtxError] = [NotFound("target_unknown", code="8c", year="2021", known=["1a", "2"])]
    for given in ("none.csv", [{"province": "x", "target": "1a", "value": 1, "as_of": LAST}]):
        with pytest.raises(HtxError) as caught:
            import_results(opened, given)
        errors.append(caught.value)
    for error in errors:
        again = pickle.loads(pickle.dumps(error))
        assert (type(again), str(again), again.__dict__) == (
            type(error), str(error), error.__dict__,
        )  # fmt: skip
