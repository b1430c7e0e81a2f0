"""Figures imported as JSON and NDJSON, from files and from standard input."""

import json
from pathlib import Path

import pytest

from tests.support.commands import Answer, Run
from tests.support.imports import UNREADABLE, counts, problems, write


@pytest.mark.parametrize(
    ("name", "text", "options"),
    [
        ("rows.json", '[{"province": "Cà Mau", "target": "1a", "value": 23}]', []),
        ("rows.json", '{"Đơn vị": "Cà Mau", "Mã": "1a", "Kết quả": "23"}', []),
        ("rows.ndjson", '{"province": "Cà Mau", "target": "1a", "value": 23}\n\n', []),
        ("rows.csv", "province,target,value\nCà Mau,1a,23\n", []),
    ],
)
def test_json_lists_single_objects_ndjson_and_csv_bring_the_same_figure(
    run: Run, sample: Path, name: str, text: str, options: list[str]
) -> None:
    write(name, text)
    assert counts(run("import", name, "--year", 2021, "--json")) == (0, 1, 0)
    kept = json.loads(run("explain", "ca mau", "1a", "--year", 2021, "--json").out)["cell"]
    assert (kept["value"], kept["as_of"]) == (23, "2021-12-31")


@pytest.mark.parametrize(
    ("format", "text"),
    [
        ("csv", "province,target,value\nCà Mau,1a,23\n"),
        ("json", '[{"province": "Cà Mau", "target": "1a", "value": 23}]'),
        ("ndjson", '{"province": "Cà Mau", "target": "1a", "value": 23}'),
    ],
)
def test_standard_input_is_read_as_the_format_says(
    run: Run, sample: Path, format: str, text: str
) -> None:
    answer = run(
        "import", "-", "--input-format", format, "--year", 2021, "--json", stdin=text.encode()
    )
    assert counts(answer) == (0, 1, 0)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[", "file_not_json"),
        ("[]", "file_empty"),
        ("3", "json_not_rows"),
        ("[3]", "json_not_rows"),
        ("[" * 100_000, "file_not_json"),
        ('[{"province": "Cà Mau", "target": "1a", "value": NaN}]', "number_unreadable"),
        ('[{"province": "Cà Mau", "target": "1a", "value": 1e309}]', "number_digits"),
        ('[{"province": "Cà Mau", "target": "1a", "value": 0.1234567890123456}]', "number_digits"),
        ('[{"province": "Cà Mau", "target": "1a", "value": 1e99999999999999999999}]', UNREADABLE),
        ('[{"province": "Cà Mau", "target": "1a", "value": -1e-99999999999999999999}]', UNREADABLE),
        ('[{"province": "Cà Mau", "target": "4", "rate": 1e999999999999999999}]', "number_digits"),
        (
            '[{"province": "Cà Mau", "target": "1a", "year": 1e999999, "value": 1}]',
            "year_unreadable",
        ),
        ('[{"province": "Cà Mau", "target": "1a", "value": true}]', "number_unreadable"),
        ('[{"province": "Cà Mau", "target": "8a", "value": 2}]', "yes_no_unreadable"),
        ('[{"province": "Cà Mau", "target": "1a", "value": [1]}]', "json_value"),
        ('[{"province": "Cà Mau", "target": "1a", "value": 1, "value": 2}]', "column_twice"),
        ('[{"province": "Cà Mau", "target": "1a", "value": 1, "kết quả": 2}]', "column_twice"),
        ('[{"province": "Cà Mau", "target": "1a", "colour": 1}]', "key_unknown"),
    ],
)
def test_bad_json_is_refused(run: Run, sample: Path, text: str, code: str) -> None:
    write("bad.json", text)
    found = [p[-1] for p in problems(run("import", "bad.json", "--year", 2021, "--json"))]
    assert found == [code]


def test_a_number_that_no_computer_holds_is_refused_on_a_line_too(run: Run, sample: Path) -> None:
    number = "1e99999999999999999999"
    write("bad.ndjson", f'{{"province": "Cà Mau", "target": "1a", "value": {number}}}\n')
    found = problems(run("import", "bad.ndjson", "--year", 2021, "--json"))
    assert found == [(1, None, "value", number, "number_unreadable")]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("[22]", "[22]"),
        ('{"Số": [1.50, null, true, "hai"]}', '{"Số": [1.50, null, true, "hai"]}'),
        ("{}", "{}"),
        ("[]", "[]"),
    ],
)
def test_what_is_no_value_is_shown_as_json_and_not_as_python(
    run: Run, sample: Path, written: str, shown: str
) -> None:
    Path("bad.json").write_text(
        f'[{{"province": "Cần Thơ", "target": "1a", "value": {written}}}]', encoding="utf-8"
    )
    problem = json.loads(run("import", "bad.json", "--json").out)["problems"][0]
    assert (problem["code"], problem["column"], problem["value"]) == ("json_value", "value", shown)
    assert f"“{shown}”" in problem["message"]


def test_a_yes_in_the_wrong_place_is_shown_as_json_writes_it(run: Run, sample: Path) -> None:
    Path("bad.json").write_text(
        '[{"province": true, "target": "1a", "value": false, "year": 2021}]'
    )
    problems = json.loads(run("import", "bad.json", "--json").out)["problems"]
    assert [(each["column"], each["value"]) for each in problems] == [
        ("province", "true"),
        ("value", "false"),
    ]
    assert all(f"“{each['value']}”" in each["message"] for each in problems)


def test_a_json_text_that_would_fill_the_memory_is_refused(run: Run, sample: Path) -> None:
    """As Python keeps it, it takes twelve times the room that it has on the disk."""
    with Path("big.json").open("wb") as file:
        file.truncate(20_000_001)
    assert run("import", "big.json") == Answer(
        4,
        "",
        "big.json: The file is larger than 20 MB: save it as .ndjson or .csv, which are read row by"
        " row.\n"
        "Nothing was written. Problems in big.json: 1.\n",
    )


def test_json_numbers_are_exact_and_never_ambiguous(run: Run, sample: Path) -> None:
    write(
        "a.json",
        '[{"province": "ca mau", "target": "htx", "value": 1.234, "of": 99999.9999999999}]',
    )
    assert counts(run("import", "a.json", "--year", 2021, "--json")) == (1, 0, 0)
    cell = json.loads(run("explain", "ca mau", "htx", "--year", 2021, "--json").out)["cell"]
    assert (cell["value"], cell["of"]) == (1.234, 99999.9999999999)
