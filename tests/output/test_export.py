"""What goes out comes back: export, import into a fresh book, export again, the same bytes."""

import csv
import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import strategies as st

from htx_cli.actions import Intent, pact
from htx_cli.actions import clusters as setup
from htx_cli.actions.exchange import exported
from htx_cli.actions.results import import_results
from htx_cli.book.journal import Remove
from htx_cli.book.schema import KEYS
from htx_cli.domain.exchange import EXPORTED
from htx_cli.domain.pact import Wanted
from htx_cli.domain.targets import Bound, Kind, Scope
from htx_cli.output.papers.export import FORMATS, write
from htx_cli.text.vietnamese import guarded, unguarded
from tests.support.books import SAMPLE, book
from tests.support.commands import Run
from tests.support.laws import tried
from tests.support.workbooks import cells_of

each_format = pytest.mark.parametrize("format", FORMATS)


# -- the rows --------------------------------------------------------------------------------------


def test_an_export_has_a_row_for_each_result_with_ids_and_iso_dates(run: Run, sample: Path) -> None:
    answer = run("export", "all.csv")
    assert (answer.exit, answer.out) == (0, "")
    assert answer.err == "Saved: all.csv\nResults: 162\n"
    text = Path("all.csv").read_text(encoding="utf-8-sig")
    with closing(sqlite3.connect(sample)) as connection:
        count = connection.execute("SELECT count(*) FROM results").fetchone()[0]
    rows = list(csv.DictReader(text.splitlines()))
    assert len(rows) == count == 162
    assert list(rows[0]) == [
        "cluster", "year", "province", "target", "as_of", "basis",
        "value", "of", "base", "rate", "source", "note",
    ]  # fmt: skip
    found = [row for row in rows if (row["province"], row["target"]) == ("can-tho", "2")]
    assert found[-1] == {
        "cluster": "tay-nam-song-hau",
        "year": "2021",
        "province": "can-tho",
        "target": "2",
        "as_of": "2021-12-31",
        "basis": "actual",
        "value": "120",
        "of": "200",
        "base": "",
        "rate": "",
        "source": "Số liệu minh họa",
        "note": "",
    }


def test_the_order_is_that_of_the_figures_and_not_of_their_recording(
    run: Run, sample: Path
) -> None:
    for code in ("10", "1c"):
        run("add-target", code, f"Chỉ tiêu {code}", "--year", 2021, "--at-least", 1)
    typed = ["--year", 2021, "--as-of"]
    run("record", "ca mau", "10", 3, *typed, "30/6/2021")
    run("record", "bac lieu", "10", 2, *typed, "30/6/2021")
    run("record", "bac lieu", "10", 4, *typed, "30/6/2021", "--estimate")
    run("record", "bac lieu", "10", 1, *typed, "31/3/2021")
    run("record", "bac lieu", "1c", 1, *typed, "31/3/2021")
    out = run("export", "-", "--format", "ndjson").out
    rows = [json.loads(line) for line in out.splitlines()]
    keys = [(r["year"], r["target"], r["province"], r["as_of"], r["basis"]) for r in rows]
    assert [key for key in keys if key[1] in ("10", "1c")] == [
        (2021, "1c", "bac-lieu", "2021-03-31", "actual"),
        (2021, "10", "bac-lieu", "2021-03-31", "actual"),
        (2021, "10", "bac-lieu", "2021-06-30", "actual"),
        (2021, "10", "bac-lieu", "2021-06-30", "estimate"),
        (2021, "10", "ca-mau", "2021-06-30", "actual"),
    ]
    codes = list(dict.fromkeys(key[1] for key in keys if key[0] == 2021))
    assert codes == ["1a", "1b", "1c", "2", "3", "4", "5", "6", "7", "8a", "8b", "9", "10", "htx"]


def test_the_whole_cluster_is_called_all_and_yes_is_written_as_the_format_has_it(
    run: Run, sample: Path
) -> None:
    rows = csv.DictReader(run("export", "-", "--format", "csv").out.splitlines())
    first = {(row["year"], row["province"], row["target"]): row["value"] for row in rows}
    assert first["2020", "all", "htx-moi"] == "230"
    assert first["2021", "can-tho", "8a"] == "yes"
    listed = json.loads(run("export", "-", "--format", "json").out)
    found = {(row["year"], row["province"], row["target"]): row for row in listed}
    assert found[2021, "can-tho", "8a"]["value"] is True
    assert list(found[2021, "can-tho", "8a"]) == list(EXPORTED)
    assert found[2020, "all", "htx-moi"] == {
        "cluster": "tay-nam-song-hau",
        "year": 2020,
        "province": "all",
        "target": "htx-moi",
        "as_of": "2020-12-31",
        "basis": "actual",
        "value": 230,
        "of": None,
        "base": None,
        "rate": None,
        "source": "Cổng thông tin Liên minh HTX tỉnh Bạc Liêu, 04/02/2021",
        "note": None,
    }


@pytest.mark.parametrize(
    ("number", "in_csv", "in_json"),
    [
        ("1.234", "1.2340", "1.234"),  # alone it could be 1234
        ("1234.567", "1234.567", "1234.567"),
        ("0.0000001", "0.0000001", "0.0000001"),
        ("100000000000000", "100000000000000", "100000000000000"),
        ("99999.9999999999", "99999.9999999999", "99999.9999999999"),
    ],
)
def test_numbers_are_exact_never_have_an_exponent_and_are_never_ambiguous(
    run: Run, sample: Path, number: str, in_csv: str, in_json: str
) -> None:
    run("record", "can tho", "1a", number, "--as-of", "30/9/2021", "--numbers", "en")
    line = ",can-tho,1a,2021-09-30,actual,"
    assert f"{line}{in_csv}," in run("export", "-", "--format", "csv").out
    assert (
        f'"2021-09-30", "basis": "actual", "value": {in_json},'
        in run("export", "-", "--format", "ndjson").out
    )


# -- what is exported, and where to ----------------------------------------------------------------


def test_one_year_and_one_cluster_can_be_asked_for(run: Run, sample: Path) -> None:
    run("add-cluster", "Cụm khác", "--id", "khac", "--member", "ha noi", "--since", 2019)
    run("add-target", "1", "HTX mới", "--at-least", 1, "--year", 2021, "--cluster", "khac")
    run("record", "ha noi", "1", 7, "--as-of", "31/12/2021", "--cluster", "khac")

    def places(*typed: object) -> set[tuple[str, int]]:
        out = run("export", "-", "--format", "ndjson", *typed).out
        return {(r["cluster"], r["year"]) for r in map(json.loads, out.splitlines())}

    ours = "tay-nam-song-hau"
    assert places() == {("khac", 2021), (ours, 2020), (ours, 2021)}
    assert places("--year", 2021) == {("khac", 2021), (ours, 2021)}
    assert places("--cluster", "khac") == {("khac", 2021)}
    assert places("--cluster", ours, "--year", 2020) == {(ours, 2020)}


def test_the_answer_in_json_names_the_file_and_counts_the_results(run: Run, sample: Path) -> None:
    answer = run("export", "y.ndjson", "--year", 2020, "--json")
    lines = Path("y.ndjson").read_text(encoding="utf-8").splitlines()
    assert json.loads(answer.out) == {
        "schema": "htx.export/1",
        "file": "y.ndjson",
        "results": len(lines),
    }
    assert answer.err == ""


@pytest.mark.parametrize(
    ("typed", "exit", "message"),
    [
        (["x.txt"], 2, "The ending of x.txt does not say the format. Add --format, one of: csv, json, ndjson, xlsx."),
        (["x.csv", "--format", "xlsx"], 2, "The ending of x.csv contradicts the format xlsx. Call the file x.xlsx, or choose another format."),
        (["x.xlsx", "--format", "csv"], 2, "The ending of x.xlsx contradicts the format csv. Call the file x.csv, or choose another format."),
        (["-"], 2, "The ending of - does not say the format. Add --format, one of: csv, json, ndjson, xlsx."),
        (["there.csv"], 2, "there.csv exists already and was not touched. Name another file, or replace this one with --replace."),
        (["htx.db", "--format", "csv", "--replace"], 2, "htx.db is a book (or another SQLite file) and is not written over. Name another file."),
        (["no/x.csv"], 1, "no/x.csv cannot be written: its folder does not exist"),
        (["x.csv", "--year", "1999"], 3, "Nothing is signed or drafted for 1999. The book has: 2020, 2021."),
        (["x.csv", "--cluster", "khac"], 3, "There is no cluster “khac”. The book has: tay-nam-song-hau."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)  # fmt: skip
def test_what_cannot_be_exported_is_one_message_and_no_file(
    run: Run, sample: Path, typed: list[str], exit: int, message: str
) -> None:
    Path("there.csv").write_text("mine", encoding="utf-8")
    before = sample.read_bytes()
    answer = run("export", *typed)
    assert (answer.exit, answer.out, answer.err) == (exit, "", f"htx: {message}\n")
    assert sorted(path.name for path in Path().iterdir()) == ["htx.db", "there.csv"]
    assert (Path("there.csv").read_text(), sample.read_bytes()) == ("mine", before)


def test_the_rows_and_the_answer_cannot_both_go_to_standard_output(run: Run, sample: Path) -> None:
    answer = run("export", "-", "--format", "csv", "--json")
    assert (answer.exit, json.loads(answer.out)["code"]) == (2, "format_differs")


def test_a_file_that_is_replaced_is_said_to_be(run: Run, sample: Path) -> None:
    Path("there.csv").write_text("mine", encoding="utf-8")
    assert run("export", "there.csv", "--replace").err == "Replaced: there.csv\nResults: 162\n"


# -- texts that a spreadsheet would run ------------------------------------------------------------

TEXTS = [
    "=x", "'=x", "''=x", "+84 291", "-5", "@SUM(A1)", "=HYPERLINK(\"x\")", "'", "''", "'x", "'-'",
    "\tx", "\rx", "'\tx", "x=1", "Tổng cộng", "-", "all", "_x0041_", "62%", "1.234", "a;b|c", 'a"b',
]  # fmt: skip


def test_a_text_that_would_run_gets_one_apostrophe_more_and_loses_it_again() -> None:
    assert [guarded(text) for text in TEXTS] == [
        "'=x", "''=x", "'''=x", "'+84 291", "'-5", "'@SUM(A1)", "'=HYPERLINK(\"x\")", "'", "''",
        "'x", "''-'", "'\tx", "'\rx", "''\tx", "x=1", "Tổng cộng", "'-", "all", "_x0041_", "62%",
        "1.234", "a;b|c", 'a"b',
    ]  # fmt: skip
    assert [unguarded(guarded(text)) for text in TEXTS] == TEXTS
    assert len({guarded(text) for text in TEXTS}) == len(TEXTS)


@given(st.text(alphabet="'=+-@\t\rab"))
def test_law_the_apostrophe_is_always_taken_back_and_nothing_starts_a_formula(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))


# -- there and back --------------------------------------------------------------------------------


def emptied(path: Path, place: Path) -> Path:
    """A copy of a book with its set-up and none of its figures."""
    shutil.copy(path, place)
    with closing(sqlite3.connect(place)) as connection:
        connection.row_factory = sqlite3.Row
        columns = ", ".join(KEYS["results"])
        every = connection.execute(f"SELECT {columns} FROM results").fetchall()
    book(place).commit(Intent("test"), lambda *_: [Remove("results", dict(key)) for key in every])
    return place


def saved(path: Path, format: str, place: Path) -> bytes:
    """The results of a book as a file."""
    with exported(book(path)) as results, place.open("w+b") as file:
        write(results, file, format, bom=True)
    return place.read_bytes()


def round_trip(path: Path, format: str, folder: Path) -> tuple[bytes, bytes]:
    """What a book exports, and what a fresh one does that imported it."""
    name = f"out.{format}"
    first = saved(path, format, folder / name)
    fresh = emptied(path, folder / "fresh.db")
    import_results(book(fresh), folder / name)
    return first, saved(fresh, format, folder / f"again.{format}")


@each_format
def test_the_sample_comes_back_as_it_was(format: str, tmp_path: Path) -> None:
    first, again = round_trip(SAMPLE, format, tmp_path)
    assert first == again


@each_format
def test_the_command_takes_back_what_the_command_gave(
    run: Run, sample: Path, format: str, tmp_path: Path
) -> None:
    assert run("export", f"a.{format}").exit == 0
    emptied(sample, tmp_path / "fresh.db")
    taken = run("--db", "fresh.db", "import", f"a.{format}", "--json")
    assert (taken.exit, json.loads(taken.out)["new"]) == (0, 162)
    assert run("--db", "fresh.db", "export", f"b.{format}").exit == 0
    assert Path(f"a.{format}").read_bytes() == Path(f"b.{format}").read_bytes()
    assert run("import", f"a.{format}").err.startswith("Nothing to change: all 162 figures stand")


@each_format
def test_texts_that_would_run_come_back_as_they_were(
    run: Run, sample: Path, format: str, tmp_path: Path
) -> None:
    texts = [text for text in TEXTS if text.isprintable()]
    months = range(1, len(texts) + 1)
    rows = [
        {"province": "can-tho", "target": "1a", "value": 1, "source": text, "note": text,
         "as_of": date(2021, 1 + n // 28, 1 + n % 28)}
        for n, text in zip(months, texts, strict=True)
    ]  # fmt: skip
    import_results(book(sample), rows)
    first, again = round_trip(sample, format, tmp_path)
    assert first == again
    with exported(book(tmp_path / "fresh.db")) as results:
        kept = [each.result for each in results if each.target.code == "1a"]
    assert [r.note for r in kept if r.as_of.month < 3 and r.note] == texts


@each_format
def test_a_rate_below_one_per_cent_and_a_code_that_reads_like_a_total_come_back(
    run: Run, sample: Path, format: str, tmp_path: Path
) -> None:
    """In a table that somebody else made, 0.5 could be 50%, and Tổng a row that adds up."""
    run("add-target", "tong", "Vốn", "--kind", "tracked", "--year", 2021)
    run("record", "can tho", "2", "0,5%", "--as-of", "30/9/2021")
    run("record", "can tho", "tong", 7, "--as-of", "30/9/2021")
    run("export", f"a.{format}", "--year", 2021)
    emptied(sample, tmp_path / "fresh.db")
    assert run("--db", "fresh.db", "import", f"a.{format}").exit == 0
    with exported(book(tmp_path / "fresh.db")) as results:
        kept = [each.result for each in results if each.result.as_of == date(2021, 9, 30)]
    assert [(r.target, r.figure.value, r.figure.rate) for r in kept] == [
        ("2", None, Decimal("0.5")),
        ("tong", 7, None),
    ]


def test_no_cell_of_a_csv_or_a_workbook_starts_a_formula(run: Run, sample: Path) -> None:
    run("record", "can tho", "1a", 20, "--as-of", "31/12/2021", "--note", "=1+1", "--source", "@x")
    run("export", "a.csv")
    run("export", "a.xlsx")
    with Path("a.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert "'=1+1" in cells and "'@x" in cells
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []
    assert "'=1+1" in [cell for row in cells_of(Path("a.xlsx"))[0][1] for cell in row]


numbers = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places),
    st.one_of(st.integers(0, 5000), st.integers(0, 10**15 - 1)),
    st.integers(0, 12),
)
texts = st.one_of(
    st.none(),
    st.sampled_from([text for text in TEXTS if text.isprintable()]),
    st.text(alphabet="abĐđậỗ '=+-@;,|\"#0159%/xX…\u00a0", min_size=1, max_size=12),
)


@st.composite
def figures(draw: st.DrawFn, code: str) -> dict[str, Any]:
    """The parts of a figure as its target's kind wants them."""
    if code in ("2", "3") and draw(st.booleans()):
        most = 100 if code == "2" else 10**9
        return {"rate": draw(numbers.filter(lambda rate: rate <= most))}
    value = draw(numbers)
    if code == "8a":
        return {"value": draw(st.booleans())}
    if code in ("2", "htx"):
        return {"value": min(value, whole := draw(numbers)), "of": whole}
    if code == "3":
        return {"value": draw(st.sampled_from([1, -1])) * value, "base": draw(numbers)}
    return {"value": value}


@st.composite
def tables(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Results of the book that `laws` sets up, each once."""
    days = st.dates(date(2020, 1, 1), date(2021, 12, 31))
    places = st.tuples(
        st.sampled_from(["1a", "10", "2", "3", "8a", "htx", "tong"]),
        st.sampled_from([("mot", "can-tho"), ("mot", "ca-mau"), ("hai", "ha-noi")]),
        days,
        st.sampled_from(["actual", "estimate"]),
    )
    rows = []
    for code, (cluster, province), day, basis in draw(
        st.lists(places, min_size=1, max_size=12, unique=True)
    ):
        row = {"cluster": cluster, "year": day.year, "province": province, "target": code}
        row |= {"as_of": day, "basis": basis, **draw(figures(code))}
        rows.append({**row, "source": draw(texts), "note": draw(texts)})
    return rows


@pytest.fixture(scope="module")
def laws(empty_book: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with two clusters and a target of every kind in two years, and no results."""
    path = Path(shutil.copy(empty_book, tmp_path_factory.mktemp("laws") / "laws.db"))
    since = date(2019, 1, 1)
    everyone, intent = book(path), Intent("test")
    setup.add_cluster(everyone, intent, "Cụm một", ["can tho", "ca mau"], "mot", since)
    setup.add_cluster(everyone, intent, "Cụm hai", ["ha noi"], "hai", since)
    bound = {"bound": Bound.AT_LEAST, "threshold": Decimal(10)}
    wanted = {
        "1a": Wanted("HTX mới", Kind.COUNT, **bound),  # type: ignore[arg-type]
        "10": Wanted("THT mới", Kind.COUNT, **bound),  # type: ignore[arg-type]
        "2": Wanted("HTX hiệu quả", Kind.RATIO, **bound),  # type: ignore[arg-type]
        "3": Wanted("Thành viên", Kind.GROWTH, **bound),  # type: ignore[arg-type]
        "8a": Wanted("Có quỹ", Kind.YES_NO),
        "htx": Wanted("HTX hoạt động", Kind.TRACKED),
        "tong": Wanted("Tổng cộng", Kind.TRACKED, scope=Scope.EACH),
    }
    for cluster in ("mot", "hai"):
        for year in (2020, 2021):
            for code, each in wanted.items():
                pact.add_target(book(path, cluster=cluster), intent, code, year, each)
    return path


@tried(
    25,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink would take minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(tables())
def test_law_any_results_come_back_as_the_same_bytes_in_every_format(
    laws: Path, tmp_path: Path, rows: list[dict[str, Any]]
) -> None:
    path = Path(shutil.copy(laws, tmp_path / "book.db"))
    assert import_results(book(path), rows).new == len(rows)
    for format in FORMATS:
        first, again = round_trip(path, format, tmp_path)
        assert first == again


# -- memory ----------------------------------------------------------------------------------------

MEASURE = """
import resource, sys
from itertools import islice, repeat
from datetime import date
from decimal import Decimal
from htx_cli.domain.exchange import Exported
from htx_cli.domain.model import Result, Target
from htx_cli.output.papers.export import write
from htx_cli.domain.targets import Basis, Figure, Kind

target = Target(2021, "1a", "HTX", Kind.COUNT)
result = Result("1a", "can-tho", date(2021, 6, 30), Basis.ACTUAL, Figure(Decimal(20)), "nguồn " * 5)
with open(sys.argv[1], "w+b") as file:
    write(repeat(Exported("cum", target, result), int(sys.argv[3])), file, sys.argv[2])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.slow
@each_format
def test_memory_is_flat_however_many_results_there_are(format: str, tmp_path: Path) -> None:
    def peak(count: int) -> int:
        typed = [sys.executable, "-c", MEASURE, str(tmp_path / "x"), format, str(count)]
        return int(subprocess.run(typed, capture_output=True, check=True).stdout)

    assert peak(40_000) - peak(1_000) < 6_000  # kilobytes; the rows alone would be 20,000
