"""A document proves that a figure said just this; after a correction the figure has none again."""

import csv
import io
import json
import os
from hashlib import sha256
from pathlib import Path

import pytest

from htx_cli.actions import Intent
from htx_cli.actions import evidence as proving
from htx_cli.actions.report import build_report
from htx_cli.domain.evidence import unproved
from tests.support.books import book
from tests.support.commands import Run

YEAR = ("--year", "2021")
CAN_THO = ("can tho", "1a", *YEAR)
SIGNED = ("--number", "15/BC-LMHTX", "--date", "4/1/2022", "--title", "Báo cáo năm 2021")


@pytest.fixture
def report(sample: Path) -> Path:
    """The paper that came from Cần Thơ, beside the book."""
    path = sample.with_name("bao-cao.pdf")
    path.write_bytes(b"%PDF 20 HTX")
    return path


def evidence(run: Run, *figure: str) -> list[str]:
    """What `explain` says under “Evidence”."""
    lines = run("explain", *figure).out.splitlines()
    if "Evidence" not in lines:
        return []
    below = lines[lines.index("Evidence") + 1 :]
    return [line.strip() for line in below[: below.index("")]] if "" in below else below


# -- attaching -------------------------------------------------------------------------------------


def test_a_document_proves_the_figure_that_counts(run: Run, report: Path) -> None:
    answer = run("attach", *CAN_THO, report, *SIGNED)
    assert (answer.exit, answer.out) == (0, "")
    assert answer.err == (
        "Change 33: Cần Thơ 1a as of 31/12/2021: 15/BC-LMHTX proves 20  (htx undo 33)\n"
    )
    assert evidence(run, *CAN_THO)[0] == (
        "as of 31/12/2021: 15/BC-LMHTX of 04/01/2022, “Báo cáo năm 2021”, bao-cao.pdf proves 20 HTX"
    )
    assert "Số liệu minh họa · evidence: 15/BC-LMHTX" in run("status", "can tho", *YEAR).out
    hash = sha256(report.read_bytes()).hexdigest()
    assert (
        "document 15/BC-LMHTX of 04/01/2022, “Báo cáo năm 2021”, bao-cao.pdf, 11 bytes,"
        f" SHA-256 {hash}"
    ) in run("log", 33).out
    life = json.loads(run("log", *CAN_THO, "--json").out)["changes"]
    assert life[0]["summary"] == "Cần Thơ 1a as of 31/12/2021: 15/BC-LMHTX proves 20"


def test_the_report_in_json_names_what_proves_each_cell(run: Run, report: Path) -> None:
    run("attach", *CAN_THO, report, *SIGNED)
    cells = json.loads(run("report", *YEAR, "--json").out)["provinces"][0]["cells"]
    assert cells[0]["evidence"] == [
        {
            "sha256": sha256(b"%PDF 20 HTX").hexdigest(),
            "number": "15/BC-LMHTX",
            "date": "2022-01-04",
            "title": "Báo cáo năm 2021",
            "name": "bao-cao.pdf",
            "size": 11,
            "proves": True,
            "figure": {"value": 20, "of": None, "base": None, "rate": None},
        }
    ]
    assert cells[1]["evidence"] == []
    rows = list(csv.DictReader(io.StringIO(run("report", *YEAR, "--format", "csv").out)))
    assert [row["evidence"] for row in rows[:2]] == ["15/BC-LMHTX", ""]
    inputs = run("explain", *CAN_THO, "--format", "csv").out
    assert [row["evidence"] for row in csv.DictReader(io.StringIO(inputs))] == ["", "15/BC-LMHTX"]


def test_several_files_and_an_earlier_date(run: Run, report: Path) -> None:
    annex = report.with_name("phu-luc.xlsx")
    annex.write_bytes(b"annex")
    answer = run("attach", "can tho", "1a", report, annex, report, "--as-of", "30/6/2021")
    assert answer.err == (
        "Change 33: Cần Thơ 1a as of 30/06/2021: bao-cao.pdf proves 8;"
        " Cần Thơ 1a as of 30/06/2021: phu-luc.xlsx proves 8  (htx undo 33)\n"
    )


def test_an_estimate_and_a_figure_of_the_whole_cluster(run: Run, report: Path) -> None:
    run("record", "can tho", "1a", "25", "--as-of", "2021-12-31", "--estimate")
    estimate = run("attach", *CAN_THO, report, "--estimate")
    assert "Cần Thơ 1a as of 31/12/2021: bao-cao.pdf proves 25 (estimate)" in estimate.err
    run("record", "all", "htx", "900", "--of", "1000", "--as-of", "2021-12-31")
    whole = ("all", "htx", *YEAR)
    assert "whole cluster htx as of 31/12/2021: bao-cao.pdf proves 900 / 1,000" in (
        run("attach", *whole, report).err
    )
    run("record", "all", "htx", "901", "--of", "1000", "--as-of", "2021-12-31")
    again = run("attach", *whole, report)
    assert "bao-cao.pdf proves 901 / 1,000, no longer 900 / 1,000" in again.err
    assert evidence(run, *whole)[0] == "as of 31/12/2021: bao-cao.pdf proves 901 / 1,000"


def test_attaching_again_changes_nothing_and_a_number_may_be_added(run: Run, report: Path) -> None:
    run("attach", *CAN_THO, report)
    assert run("attach", *CAN_THO, report).err == ("Nothing to change: the book says so already.\n")
    named = run("attach", *CAN_THO, report, *SIGNED)
    assert named.err == (
        "Change 34: document bao-cao.pdf: none →"
        " 15/BC-LMHTX of 04/01/2022, “Báo cáo năm 2021”  (htx undo 34)\n"
    )
    assert "15/BC-LMHTX" in evidence(run, *CAN_THO)[0]


def test_a_dry_run_and_json(run: Run, report: Path) -> None:
    tried = json.loads(run("attach", *CAN_THO, report, "--dry-run", "--json").out)
    assert (tried["change"], tried["count"]) == (None, 2)
    assert [row["table"] for row in tried["rows"]] == ["documents", "evidence"]
    assert evidence(run, *CAN_THO) == []


# -- a correction ----------------------------------------------------------------------------------


def test_a_correction_makes_the_evidence_one_of_an_older_figure(run: Run, report: Path) -> None:
    run("attach", *CAN_THO, report, *SIGNED)
    source = ("--source", "Số liệu minh họa")
    corrected = run("record", "can tho", "1a", "21", "--as-of", "2021-12-31", *source)
    assert corrected.err.splitlines()[1:] == [
        "Warning: Cần Thơ 1a as of 31/12/2021: 15/BC-LMHTX proved the figure that this one replaces."
        " Attach what proves the new one with “htx attach”."
    ]
    assert evidence(run, *CAN_THO)[0] == (
        "as of 31/12/2021: 15/BC-LMHTX of 04/01/2022, “Báo cáo năm 2021”, bao-cao.pdf"
        " proved an older figure: 20 HTX"
    )
    assert "evidence of an older figure: 15/BC-LMHTX" in run("status", "can tho", *YEAR).out
    back = run("record", "can tho", "1a", "20", "--as-of", "2021-12-31", *source)
    assert "Warning" not in back.err  # no document had proved 21
    assert evidence(run, *CAN_THO)[0].endswith("bao-cao.pdf proves 20 HTX")


def test_another_source_of_the_same_figure_leaves_its_evidence(run: Run, report: Path) -> None:
    run("attach", *CAN_THO, report)
    told = run("record", "can tho", "1a", "20", "--as-of", "2021-12-31", "--source", "CV 12")
    assert "proved" not in told.err
    assert evidence(run, *CAN_THO)[0].endswith("bao-cao.pdf proves 20 HTX")


def test_an_import_warns_with_the_row_and_strict_lets_nothing_pass(run: Run, report: Path) -> None:
    run("attach", *CAN_THO, report)
    run("attach", "soc trang", "1a", *YEAR, report)
    file = report.with_name("kq.csv")
    file.write_text(
        "province,target,value,as_of,source\n"
        "An Giang,1a,31,2021-12-31,Số liệu minh họa\n"
        "Cần Thơ,1a,21,2021-12-31,Số liệu minh họa\n"
        "Sóc Trăng,1a,24,2021-12-31,Số liệu minh họa\n",
        encoding="utf-8",
    )
    strict = json.loads(run("import", file, "--strict", "--json").out)
    assert [(p["row"], p["code"]) for p in strict["problems"]] == [(3, "evidence_outdated")]
    done = json.loads(run("import", file, "--json").out)
    assert [(w["row"], w["code"], w["message"]) for w in done["warnings"]] == [
        (
            3,
            "evidence_outdated",
            "Cần Thơ 1a as of 31/12/2021: bao-cao.pdf proved the figure that this one replaces."
            " Attach what proves the new one with “htx attach”.",
        )
    ]


def test_a_withdrawn_figure_leaves_its_evidence_in_the_journal_and_its_target_can_go(
    run: Run, fresh: Path
) -> None:
    paper = fresh.with_name("cv.pdf")
    paper.write_bytes(b"cv")
    run("add-target", "x", "Thử", "--year", "2021", "--at-least", "1")
    run("record", "can tho", "x", "5", "--as-of", "2021-12-31")
    run("attach", "can tho", "x", *YEAR, paper)
    run("withdraw", "can tho", "x", "--as-of", "2021-12-31")
    checked = run("attach", "--check", paper)
    assert checked.exit == 3
    assert "withdrawn" in checked.out
    removed = run("remove-target", "x", *YEAR)
    assert removed.exit == 0, removed.err
    assert "Cần Thơ x as of 31/12/2021: no longer proved by cv.pdf (5)" in removed.err
    assert run("attach", "--check", paper).exit == 3


# -- what a file proves ----------------------------------------------------------------------------


def test_check_says_what_a_file_proves_whatever_it_is_called_now(run: Run, report: Path) -> None:
    run("attach", *CAN_THO, report, *SIGNED)
    run("attach", "soc trang", "2", *YEAR, report)
    run("record", "soc trang", "2", "97", "--of", "150", "--as-of", "2021-12-31")
    moved = report.rename(report.with_name("khac.pdf"))
    answer = run("attach", "--check", moved)
    assert (answer.exit, answer.err) == (0, "")
    assert answer.out.splitlines() == [
        "15/BC-LMHTX of 04/01/2022, “Báo cáo năm 2021”",
        f"bao-cao.pdf, 11 bytes, SHA-256 {sha256(b'%PDF 20 HTX').hexdigest()}",
        "",
        "year  province   code  target                        as of         figure       now",
        "2021  Cần Thơ    1a    Số HTX thành lập mới          31/12/2021    20 HTX  the same",
        "2021  Sóc Trăng  2     Tỷ lệ HTX hoạt động hiệu quả  31/12/2021  96 / 150  97 / 150",
    ]
    document = json.loads(run("attach", "--check", moved, "--json").out)
    assert (document["schema"], document["document"]["name"]) == ("htx.attach/1", "bao-cao.pdf")
    assert [(f["province"]["id"], f["target"], f["holds"]) for f in document["figures"]] == [
        ("can-tho", "1a", True),
        ("soc-trang", "2", False),
    ]


def test_check_ends_with_3_when_a_file_proves_nothing(run: Run, report: Path) -> None:
    unknown = run("attach", "--check", report)
    assert (unknown.exit, unknown.out) == (3, "")
    assert unknown.err == (
        f"htx: {report} proves nothing: no figure in the book names it"
        f" (SHA-256 {sha256(b'%PDF 20 HTX').hexdigest()}).\n"
    )
    run("attach", *CAN_THO, report)
    report.write_bytes(b"%PDF 21 HTX")  # somebody changed the paper
    assert run("attach", "--check", report).exit == 3
    report.write_bytes(b"%PDF 20 HTX")
    assert run("attach", "--check", report).exit == 0
    run("record", "can tho", "1a", "21", "--as-of", "2021-12-31")
    old = run("attach", "--check", report)
    assert (old.exit, old.err) == (3, f"{report} proves none of the figures that stand now.\n")


# -- figures without evidence ----------------------------------------------------------------------


def test_the_report_lists_the_figures_that_count_and_have_none(run: Run, report: Path) -> None:
    everything = json.loads(run("report", *YEAR, "--without-evidence", "--json").out)
    assert (everything["schema"], everything["count"]) == ("htx.without-evidence/1", 80)
    assert len(everything["figures"]) == 80
    run("attach", *CAN_THO, report)
    run("attach", "soc trang", "2", *YEAR, report)
    run("record", "soc trang", "2", "97", "--of", "150", "--as-of", "2021-12-31")
    plain = run("report", *YEAR, "--without-evidence").out
    assert "Figures that count without evidence: 79 of 80\n" in plain
    found = csv.DictReader(
        io.StringIO(run("report", *YEAR, "--without-evidence", "--format", "csv").out)
    )
    first = [(row["name"], row["target"], row["value"]) for row in found][:2]
    assert first == [("Cần Thơ", "1b", "1"), ("Cần Thơ", "2", "120")]
    soc_trang = next(line for line in plain.splitlines() if line.startswith("Sóc Trăng   2 "))
    assert "evidence of an older figure: bao-cao.pdf" in soc_trang


def test_a_figure_of_the_whole_cluster_that_counts_is_listed_too(run: Run, sample: Path) -> None:
    run("record", "all", "htx", "900", "--of", "1000", "--as-of", "2022-01-01", *YEAR)
    run("record", "all", "htx", "900", "--of", "1000", "--as-of", "2021-12-31")
    report = build_report(book(sample), 2021)
    counting = [r.target.code for r in report.targets if r.from_whole]
    listed = [target.code for target, province, _ in unproved(report).figures if province is None]
    assert (counting, listed) == (["htx"], ["htx"])


@pytest.mark.parametrize("format", ["table", "plain", "json", "ndjson", "csv", "md"])
def test_every_format_shows_both_lists(run: Run, report: Path, format: str) -> None:
    run("attach", *CAN_THO, report)
    listed = run("report", *YEAR, "--without-evidence", "--format", format)
    checked = run("attach", "--check", report, "--format", format)
    assert (listed.exit, checked.exit) == (0, 0)
    assert "Bạc Liêu" in listed.out
    assert "Cần Thơ" in checked.out


# -- what cannot be attached -----------------------------------------------------------------------


def refused(run: Run, *typed: object) -> tuple[int, str]:
    answer = run("attach", *typed)
    assert answer.out == ""
    return answer.exit, answer.err


def test_what_is_no_file_or_empty_is_refused_in_words(run: Run, sample: Path) -> None:
    here = sample.parent
    (here / "trong.pdf").touch()
    os.mkfifo(here / "ong")
    assert refused(run, *CAN_THO, here / "khong-co.pdf") == (
        3,
        f"htx: There is no file {here / 'khong-co.pdf'}.\n",
    )
    assert refused(run, *CAN_THO, here) == (
        2,
        f"htx: {here} is a folder. Name the files in it, one after the other.\n",
    )
    for special in (here / "ong", Path("/dev/zero")):
        assert refused(run, *CAN_THO, special) == (
            2,
            f"htx: {special} is no regular file. Name the file that proves the figure.\n",
        )
    assert refused(run, *CAN_THO, here / "trong.pdf") == (
        4,
        f"htx: {here / 'trong.pdf'} is empty, so it proves nothing.\n",
    )
    assert refused(run, *CAN_THO, here / "a\0b")[0] == 1
    assert refused(run, "--check", here / "ong")[0] == 2
    assert run("log", "--format", "ndjson").out.count("\n") == 32


def test_a_figure_that_is_not_there_is_named_with_those_that_are(run: Run, report: Path) -> None:
    assert refused(run, "can tho", "1a", report, "--as-of", "2021-09-30") == (
        3,
        "htx: Cần Thơ has no actual figure for 1a as of 30/09/2021. It has: 30/06/2021 (actual),"
        " 31/12/2021 (actual).\n",
    )
    assert refused(run, "kien giang", "5", report, *YEAR) == (
        3,
        "htx: Kiên Giang has no actual figure for 5 in 2021. It has: –. Record the figure first,"
        " or name the year with --year.\n",
    )
    assert refused(run, "can tho", "1a", report)[0] == 3  # nothing is signed for 2022
    assert refused(run, "atlantis", "1a", report, *YEAR)[0] == 3


def test_a_document_cannot_bear_a_day_to_come_or_control_characters(run: Run, report: Path) -> None:
    assert refused(run, *CAN_THO, report, "--date", "6/1/2022") == (
        4,
        "htx: 06/01/2022 is still to come: no document bears it yet.\n",
    )
    assert refused(run, *CAN_THO, report, "--number", "15\x1b[31m")[0] == 4
    assert refused(run, *CAN_THO, report, "--title", "")[0] == 4


def test_what_does_not_go_together_is_a_mistake_of_usage(run: Run, report: Path) -> None:
    assert refused(run, "can tho", "1a") == (
        2,
        'htx: FILE is missing. Type for example: htx attach "Cần Thơ" 1a bao-cao.pdf'
        " --number 15/BC-LMHTX\n",
    )
    for more in (["--as-of", "2021-12-31"], ["--year", "2021"], ["--estimate"]):
        assert refused(run, "--check", report, *more)[0] == 2
    assert refused(run, "can tho", "--check", report) == (
        2,
        "htx: --check asks what a file proves and attaches nothing: leave out can tho.\n",
    )
    assert refused(run, *CAN_THO, report, "-o", "x.txt") == (
        2,
        "htx: Attaching answers with one line, or with --json: leave out -o.\n",
    )
    assert refused(run, *CAN_THO, report, "--format", "csv")[0] == 2


def test_the_name_of_a_file_cannot_play_tricks(run: Run, report: Path) -> None:
    odd = report.rename(report.with_name("=1+1\x1b[31m|<b>.pdf"))
    assert run("attach", *CAN_THO, odd).exit == 0
    for format in ("plain", "md", "table"):
        assert "\x1b" not in run("explain", *CAN_THO, "--format", format).out
    rows = run("explain", *CAN_THO, "--format", "csv").out
    assert [row["evidence"] for row in csv.DictReader(io.StringIO(rows))] == [
        "",
        "'=1+1�[31m|<b>.pdf",
    ]
    undecodable = os.fsdecode(os.fsencode(report.parent) + b"/\xff.pdf")
    Path(undecodable).write_bytes(b"x")
    assert run("attach", *CAN_THO, undecodable).exit == 0


# -- for scripts -----------------------------------------------------------------------------------


def test_a_script_attaches_and_asks(sample: Path, report: Path) -> None:
    mine = book(sample)
    done = proving.attach(mine, Intent("script"), "can tho", "1a", [report], year=2021, number="15")
    assert done.change.count == 2
    proofs = proving.what_it_proves(mine, report)
    assert [(p.target.code, p.province and p.province.id, p.holds) for p in proofs.proofs] == [
        ("1a", "can-tho", True)
    ]
    cell = build_report(mine, 2021).provinces[0].cells[0]
    assert cell.result
    assert [document.number for document in cell.result.proofs] == ["15"]
