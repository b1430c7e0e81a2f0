"""Every format shows the same object: each is read back and compared with it."""

import csv
import io
import json
import re
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from htx_cli.output.documents import document, records
from htx_cli.output.formats import FORMATS, render
from htx_cli.output.formats.plain import grid_lines
from htx_cli.output.layout import Grid
from htx_cli.output.sheets import sheet
from tests.support.commands import Run
from tests.support.shown import SHOWN

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
