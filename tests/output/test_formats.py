"""Every format shows the same object: each is read back and compared with it."""

import csv
import io
import json
import os
import re
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from htx_cli.actions import Intent
from htx_cli.actions import report as seeing
from htx_cli.actions import trend as trending
from htx_cli.actions import undo as undoing
from htx_cli.output.documents import document, records
from htx_cli.output.formats import FORMATS, render
from htx_cli.output.formats.plain import grid_lines
from htx_cli.output.layout import Grid
from htx_cli.output.sheets import sheet
from tests.support.books import SAMPLE, book
from tests.support.commands import Run
from tests.support.limits import as_anybody, with_room

SHOWN: dict[str, Any] = {
    "report": lambda: seeing.build_report(book(SAMPLE), 2021),
    "report with estimates": lambda: seeing.build_report(book(SAMPLE), 2021, estimates=True),
    "report of 2020": lambda: seeing.build_report(book(SAMPLE), 2020),
    "status": lambda: seeing.province_status(book(SAMPLE), "kien giang", 2021),
    "explain": lambda: seeing.explain(book(SAMPLE), "hau giang", "3", 2021),
    "explain all": lambda: seeing.explain(book(SAMPLE), "all", "htx", 2021),
    "trend": lambda: trending.trend(book(SAMPLE), "htx"),
    "trend of a province": lambda: trending.trend(book(SAMPLE), "3", "can tho"),
    "targets": lambda: seeing.targets(book(SAMPLE), 2021),
    "leaders": lambda: seeing.leaders(book(SAMPLE)),
    "clusters": lambda: seeing.clusters(book(SAMPLE)),
    "provinces": lambda: seeing.provinces(book(SAMPLE), None, everything=True),
    "log": lambda: seeing.log(book(SAMPLE)),
    "log of a change": lambda: seeing.log_change(book(SAMPLE), 32),
    "undo": lambda: undoing.undo(book(SAMPLE), Intent("undo", dry_run=True)),
    "log of a figure": lambda: seeing.log_figure(book(SAMPLE), "can tho", "1a", 2021),
}
each = pytest.mark.parametrize("name", SHOWN)


@each
def test_json_is_the_document_and_bears_its_schema(name: str) -> None:
    value = SHOWN[name]()
    made = json.loads(render(value, "json"))
    assert made == json.loads(json.dumps(document(value)))
    assert re.fullmatch(r"htx\.[a-z]+/1", made["schema"])


@each
def test_ndjson_lines_are_the_records(name: str) -> None:
    value = SHOWN[name]()
    lines = [json.loads(line) for line in render(value, "ndjson").splitlines()]
    assert lines == json.loads(json.dumps(records(value).rows))


@each
def test_csv_rows_are_the_records(name: str) -> None:
    value = SHOWN[name]()
    rows = list(csv.DictReader(io.StringIO(render(value, "csv"))))
    expected = [{key: as_csv(each) for key, each in row.items()} for row in records(value).rows]
    assert [{k: v for k, v in row.items() if v != ""} for row in rows] == [
        {k: v for k, v in row.items() if v != ""} for row in expected
    ]


def as_csv(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ", ".join(as_csv(part) for part in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


@each
def test_columns_do_not_depend_on_what_is_there(name: str) -> None:
    value = SHOWN[name]()
    rows = list(csv.reader(io.StringIO(render(value, "csv"))))
    assert rows[0] == list(records(value).columns)
    assert {tuple(row) for row in records(value).rows} <= {records(value).columns}
    assert [cell for row in rows[1:] for cell in row if cell.startswith(("{'", "[", "None"))] == []


def test_a_list_without_items_has_its_heading_and_nothing_else(
    run: Run, empty_book: Path, tmp_path: Path
) -> None:
    shutil.copy(empty_book, tmp_path / "htx.db")
    assert run("clusters", "--format", "csv").out == (
        "id,name,years,members,member_names,seats,first_days,last_days\n"
    )
    assert run("clusters", "--format", "ndjson").out == ""
    assert run("add-cluster", "Cụm", "--member", "can tho").exit == 0
    assert run("leaders", "--format", "csv").out == (
        "year,leader_id,leader_name,deputy_id,deputy_name,deputy_known,on,because,"
        "rule,change,recorded_at,first_day,last_day,by,leader_after,deputy_after,known_at\n"
    )


def one(run: Run, *typed: object) -> dict[str, Any]:
    """The last record of an answer as NDJSON, checked to be that of CSV too."""
    last = run(*typed, "--format", "csv").out
    made: dict[str, Any] = json.loads(run(*typed, "--format", "ndjson").out.splitlines()[-1])
    [*_, row] = csv.DictReader(io.StringIO(last))
    assert row == {key: as_csv(each) for key, each in made.items()}
    return made


def test_a_leader_without_a_deputy_has_the_columns_of_the_others(run: Run, sample: Path) -> None:
    assert next(csv.DictReader(io.StringIO(run("leaders", "--format", "csv").out))) == {
        "year": "2018",
        "leader_id": "hau-giang",
        "leader_name": "Hậu Giang",
        "deputy_id": "",
        "deputy_name": "",
        "deputy_known": "false",
        "on": "",
        "because": "Cổng thông tin Liên minh HTX tỉnh Cà Mau, bài 77",
        "rule": "",
        "change": "3",
        "recorded_at": "2021-01-27T01:00:00+00:00",
        "first_day": "2018-01-01",
        "last_day": "2018-12-31",
        "by": "recorded",
        "leader_after": "",
        "deputy_after": "",
        "known_at": "",
    }


def test_a_rotation_is_one_flat_record(run: Run, sample: Path) -> None:
    made = one(run, "rotate-leader", "--year", 2022, "--on", "12/1/2022", "--dry-run")
    assert made == {
        "year": 2022,
        "leader_id": "can-tho",
        "leader_name": "Cần Thơ",
        "deputy_id": "ca-mau",
        "deputy_name": "Cà Mau",
        "deputy_known": True,
        "on": "2022-01-12",
        "because": None,
        "leader_rule": "deputy",
        "deputy_rule": "next_in_order",
        "proposed_leader": "can-tho",
        "proposed_deputy": "ca-mau",
        "change": None,
        "hash": None,
        "dry_run": True,
        "summary": "2022: leader Cần Thơ, deputy Cà Mau",
    }


def test_a_target_keeps_its_shares_and_a_cluster_its_members_dates(run: Run, sample: Path) -> None:
    assert run("set-share", "bac lieu", "9", "13,5%", "--year", 2021).exit == 0
    assert run("set-share", "ca mau", "9", "--not-assigned", "--year", 2021).exit == 0
    lines = run("targets", "--year", 2021, "--format", "ndjson").out.splitlines()
    [made] = [row for row in map(json.loads, lines) if row["code"] == "9"]
    shares = dict(zip(made["shares"], made["share_thresholds"], strict=True))
    assert (shares, made["year"]) == ({"bac-lieu": 13.5, "ca-mau": None}, 2021)
    made = one(run, "clusters")
    assert (made["members"][0], made["seats"][0], made["first_days"][0], made["last_days"][0]) == (
        "can-tho", 1, "2018-01-01", None,
    )  # fmt: skip


def test_a_change_is_listed_record_by_record_with_before_and_after(run: Run, sample: Path) -> None:
    assert run("record", "can tho", "1a", 21, "--as-of", "31/12/2021").exit == 0
    for typed in (["log", 33], ["log", "can tho", "1a", "--year", 2021]):
        lines = run(*typed, "--format", "ndjson").out.splitlines()
        made = json.loads(lines[0])
        assert (made["change"], made["table"], made["key"]) == (
            33, "results", "tay-nam-song-hau/2021/1a/can-tho/2021-12-31/actual",
        )  # fmt: skip
        assert (made["before"]["value"], made["after"]["value"]) == (20, 21)
    one(run, "log", "can tho", "1a", "--year", 2021)
    assert one(run, "log")["before"] is None


def test_a_long_change_is_listed_whole(run: Run, sample: Path) -> None:
    rows = "".join(
        f"can tho,1a,{day},{date(2021, 1, 1) + timedelta(day)},estimate\n" for day in range(300)
    )
    more = "".join(rows.replace("can tho", name) for name in ("ca mau", "bac lieu", "an giang"))
    Path("many.csv").write_text(
        f"province,target,value,as_of,basis\n{rows}{more}", encoding="utf-8"
    )
    assert run("import", "many.csv").exit == 0
    assert len(run("log", 33, "--format", "ndjson").out.splitlines()) == 1200
    assert len(run("log", 33, "--format", "csv").out.splitlines()) == 1201
    assert json.loads(run("log", 33, "--json").out)["changes"][0]["rows"] is None


def test_numbers_in_csv_are_written_in_full(run: Run, sample: Path) -> None:
    for value in ("0.00000000000001", "123456789012345"):
        assert run("record", "can tho", "1a", value, "--year", 2021).exit == 0
        rows = csv.DictReader(io.StringIO(run("report", "--year", 2021, "--format", "csv").out))
        assert next(rows)["value"] == value


@each
def test_markdown_tables_hold_the_cells_of_the_sheet(name: str) -> None:
    value = SHOWN[name]()
    tables = re.findall(r"(?m)(?:^\|.*\|\n?)+", render(value, "md"))
    grids = [block for block in sheet(value, None).blocks if isinstance(block, Grid)]
    assert len(tables) == len(grids)
    for table, grid in zip(tables, grids, strict=True):
        rows = [[unescaped(cell) for cell in split(line)] for line in table.strip().split("\n")]
        assert rows[0] == [column.heading for column in grid.columns]
        assert rows[2:] == [[str(cell) for cell in row] for row in grid.rows]


def split(line: str) -> list[str]:
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def unescaped(cell: str) -> str:
    return re.sub(r"\\(.)", r"\1", cell)


@each
def test_plain_text_holds_every_row_whole(name: str) -> None:
    value = SHOWN[name]()
    text = render(value, "plain")
    for block in sheet(value, None).blocks:
        if isinstance(block, Grid):
            for row in block.rows:
                assert all(str(cell).strip() in text for cell in row)
            assert "\n".join(grid_lines(block)) in text


@each
@pytest.mark.parametrize("room", [40, 80, 120, 200])
def test_on_a_terminal_no_number_of_the_sheet_is_cut(name: str, room: int) -> None:
    from rich.console import Console

    from htx_cli.output.formats.rich_table import draw, width_of

    made = sheet(SHOWN[name](), room)
    out = io.StringIO()
    console = Console(file=out, width=width_of(made, room), markup=False, highlight=False)
    console.print(draw(made, room))
    text = out.getvalue()
    for block in made.blocks:
        if isinstance(block, Grid):
            fixed = [at for at, column in enumerate(block.columns) if not column.flexible]
            assert [str(r[at]) for r in block.rows for at in fixed if str(r[at]) not in text] == []


@pytest.mark.parametrize("name", ["report", "status", "leaders"])
@pytest.mark.parametrize(("ending", "format"), [("txt", "plain"), ("json", "json"), ("csv", "csv"), ("md", "md"), ("ndjson", "ndjson")])  # fmt: skip
def test_a_file_is_saved_whole_in_the_format_of_its_ending(
    run: Run, tmp_path: Path, name: str, ending: str, format: str
) -> None:
    typed = {"report": ["report"], "status": ["status", "kien giang"], "leaders": ["leaders"]}[name]
    year = [] if name == "leaders" else ["--year", "2021"]
    answer = run("--db", SAMPLE, *typed, *year, "-o", f"x.{ending}")
    assert (answer.exit, answer.out, answer.err) == (0, "", f"Saved: x.{ending}\n")
    text = (tmp_path / f"x.{ending}").read_text(encoding="utf-8-sig")
    assert text == render(SHOWN[name](), format)
    assert [p.name for p in tmp_path.iterdir()] == [f"x.{ending}"]


def test_only_a_saved_csv_bears_the_mark_that_excel_wants(run: Run, tmp_path: Path) -> None:
    run("--db", SAMPLE, "leaders", "-o", "x.csv")
    run("--db", SAMPLE, "leaders", "-o", "x.json")
    assert (tmp_path / "x.csv").read_bytes()[:3] == b"\xef\xbb\xbf"
    assert (tmp_path / "x.json").read_bytes()[:1] == b"{"
    assert run("--db", SAMPLE, "leaders", "--format", "csv").out.startswith("year,")


def test_a_file_that_stands_is_replaced_only_when_asked_for_and_then_whole(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "x.md").write_text("mine", encoding="utf-8")
    answer = run("--db", SAMPLE, "leaders", "-o", "x.md")
    assert (answer.exit, answer.out) == (2, "")
    assert answer.err == (
        "htx: x.md exists already and was not touched."
        " Name another file, or replace this one with --replace.\n"
    )
    assert (tmp_path / "x.md").read_text(encoding="utf-8") == "mine"
    answer = run("--db", SAMPLE, "leaders", "-o", "x.md", "--replace")
    assert (answer.exit, answer.out, answer.err) == (0, "", "Replaced: x.md\n")
    assert (tmp_path / "x.md").read_text(encoding="utf-8") == render(SHOWN["leaders"](), "md")
    answer = run("--db", SAMPLE, "leaders", "-o", "y.md", "--replace")
    assert (answer.exit, answer.err) == (0, "Saved: y.md\n")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["x.md", "y.md"]


ROTATED = "Change 33: 2022: leader Cần Thơ, deputy Cà Mau  (htx undo 33)\n"


def test_a_file_in_the_way_stops_a_write_before_it_is_made(run: Run, sample: Path) -> None:
    Path("x.md").write_text("mine", encoding="utf-8")
    before = sample.read_bytes()
    words = ["rotate-leader", "--year", 2022, "-o", "x.md"]
    assert run(*words).exit == 2
    assert (sample.read_bytes(), Path("x.md").read_text(encoding="utf-8")) == (before, "mine")
    answer = run(*words, "--replace")
    assert (answer.exit, answer.out) == (0, "")
    assert answer.err == f"{ROTATED}Replaced: x.md\n"
    [made] = json.loads(run("log", 33, "--json").out)["changes"]
    assert made["command"] == "rotate-leader --year 2022"


def test_the_answer_of_a_write_goes_into_the_file_in_json_too(run: Run, sample: Path) -> None:
    answer = run("rotate-leader", "--year", 2022, "-o", "x.json", "--json")
    assert (answer.exit, answer.out, answer.err) == (0, "", f"{ROTATED}Saved: x.json\n")
    assert json.loads(Path("x.json").read_text(encoding="utf-8"))["change"] == 33


NO_PLACE = "htx: {path} cannot be written: {why}\n"


def test_a_bad_place_is_one_sentence_and_leaves_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    for path, why in (
        ("no/where/x.md", "its folder does not exist"),
        ("folder.md", "it is a folder"),
        ("file/x.md", "a part of its path is not a folder"),
        (f"{'x' * 300}.md", "its name is too long"),
    ):
        for words in (["leaders"], ["leaders", "--replace"]):
            answer = run("--db", SAMPLE, *words, "-o", path)
            assert (answer.exit, answer.out) == (1, "")
            assert answer.err == NO_PLACE.format(path=path, why=why)
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["file", "folder.md"]


def test_a_folder_that_may_not_be_written_is_one_sentence(run: Run) -> None:
    with as_anybody() as place:
        book = place / "htx.db"
        book.write_bytes(SAMPLE.read_bytes())
        place.chmod(0o555)
        answer = run("--db", book, "leaders", "-o", place / "x.md")
        assert (answer.exit, answer.out) == (1, "")
        assert answer.err == NO_PLACE.format(
            path=place / "x.md", why="no permission, or another program has it open"
        )
        assert [path.name for path in place.iterdir()] == ["htx.db"]


def test_a_disk_without_room_leaves_the_file_that_stood(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("mine", encoding="utf-8")
    answer = with_room(512, "--db", SAMPLE, "report", "--year", 2021, "-o", "x.json", "--replace")
    assert (answer.returncode, answer.stdout) == (1, "")
    assert answer.stderr == NO_PLACE.format(path="x.json", why="File too large")
    assert (tmp_path / "x.json").read_text(encoding="utf-8") == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["x.json"]


@pytest.mark.skipif(os.name == "nt", reason="pipes with names are POSIX's")
@pytest.mark.parametrize("replace", [[], ["--replace"]], ids=["", "--replace"])
def test_a_pipe_or_device_is_written_into_and_stays_what_it_is(
    run: Run, tmp_path: Path, replace: list[str]
) -> None:
    """A new file in the place of /dev/null would spoil the whole machine."""
    pipe = tmp_path / "x.md"
    os.mkfifo(pipe)
    (tmp_path / "link.md").symlink_to(pipe)
    end = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)
    try:
        for name in ("x.md", "link.md"):
            answer = run("--db", SAMPLE, "leaders", "-o", name, *replace)
            assert (answer.exit, answer.err) == (0, f"Saved: {name}\n")
            assert os.read(end, 65536).decode() == render(SHOWN["leaders"](), "md")
    finally:
        os.close(end)
    assert (pipe.is_fifo(), sorted(p.name for p in tmp_path.iterdir())) == (
        True,
        ["link.md", "x.md"],
    )


@pytest.mark.skipif(os.name == "nt", reason="links are POSIX's")
def test_a_link_stays_a_link_and_its_file_is_what_is_replaced(run: Run, tmp_path: Path) -> None:
    (tmp_path / "there.md").write_text("mine", encoding="utf-8")
    (tmp_path / "link.md").symlink_to("there.md")
    assert run("--db", SAMPLE, "leaders", "-o", "link.md").exit == 2
    assert run("--db", SAMPLE, "leaders", "-o", "link.md", "--replace").exit == 0
    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "there.md").read_text(encoding="utf-8") == render(SHOWN["leaders"](), "md")


@pytest.mark.parametrize(
    ("path", "asked", "format", "better"),
    [
        ("x.xlsx", ["--format", "csv"], "csv", "x.csv"),
        ("X.XLSX", ["--format", "md"], "md", "X.md"),
        ("x.docx", ["--format", "table"], "plain", "x.txt"),
        ("x.csv", ["--format", "json"], "json", "x.json"),
        ("x.csv", ["--json"], "json", "x.json"),
        ("x.json", ["--format", "ndjson"], "ndjson", "x.ndjson"),
        ("x.md", ["--format", "plain"], "plain", "x.txt"),
        ("x.txt", ["--format", "csv"], "csv", "x.csv"),
    ],
)
def test_an_ending_that_contradicts_the_format_is_refused(
    run: Run, tmp_path: Path, path: str, asked: list[str], format: str, better: str
) -> None:
    answer = run("--db", SAMPLE, "leaders", "-o", path, *asked, "--replace")
    said = answer.out if format == "json" else answer.err
    assert answer.exit == 2
    assert (
        f"The ending of {path} contradicts the format {format}."
        f" Call the file {better}, or choose another format."
    ) in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("path", "asked"),
    [("x.csv", "csv"), ("x.CSV", "csv"), ("x.txt", "table"), ("x", "json"), ("x.2021", "csv")],
)
def test_an_ending_that_says_the_same_or_nothing_is_taken(run: Run, path: str, asked: str) -> None:
    assert run("--db", SAMPLE, "leaders", "-o", path, "--format", asked).exit == 0
    assert Path(path).is_file()


@pytest.mark.skipif(os.name == "nt", reason="modes of files are POSIX's")
def test_a_saved_file_has_the_mode_that_the_umask_gives(run: Run, tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        run("--db", SAMPLE, "leaders", "-o", "x.md")
    finally:
        os.umask(before)
    assert oct((tmp_path / "x.md").stat().st_mode & 0o777) == "0o640"


def test_texts_that_a_spreadsheet_would_run_are_made_harmless_and_numbers_never(
    run: Run, sample: Path
) -> None:
    for code, title in (("x1", "=HYPERLINK(1)"), ("x2", "+1+1"), ("x3", "@x"), ("x4", "-2")):
        assert run("add-target", code, title, "--year", 2021, "--kind", "tracked").exit == 0
    assert run("record", "can tho", "x4", -5, "--year", 2021, "--source", "=1+1").exit == 0
    rows = list(csv.DictReader(io.StringIO(run("report", "--year", 2021, "--format", "csv").out)))
    [row] = [r for r in rows if (r["province"], r["target"]) == ("can-tho", "x4")]
    assert {r["title"] for r in rows if r["target"] in ("x1", "x2", "x3", "x4")} == {
        "'=HYPERLINK(1)",
        "'+1+1",
        "'@x",
        "'-2",
    }
    assert (row["value"], row["source"]) == ("-5", "'=1+1")


def test_every_format_is_one_that_the_help_names(run: Run) -> None:
    assert "|".join(FORMATS) in run("report", "--help", COLUMNS="200").out


@pytest.mark.parametrize("format", ["csv", "md", "json", "plain"])
def test_an_answer_is_never_saved_over_a_book(run: Run, sample: Path, format: str) -> None:
    before = sample.read_bytes()
    answer = run("report", "--year", 2021, "--format", format, "-o", "htx.db")
    assert answer.exit == 2
    assert "htx.db is a book" in (answer.out if format == "json" else answer.err)
    assert sample.read_bytes() == before
