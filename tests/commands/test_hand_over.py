"""The book goes to the next leader in one file, and its journal says who held it when."""

import json
import shutil
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.commands import Answer, Run

FILE = "ban-giao.zip"
TO_CAN_THO = ("hand-over", "--to", "can tho", "-o", FILE)
LATER = {"HTX_NOW": "2022-01-10T09:00:00+07:00", "HTX_USER": "can-tho"}
CHANGE = ("record", "soc trang", "1a", "25", "--as-of", "2021-12-31")
AWAY = (
    "Warning: This book was handed over to Cần Thơ on 05/01/2022 (change 33). What is written here"
    " is not in their book until they merge this one."
)


def last_hash(path: Path) -> str:
    with closing(sqlite3.connect(path)) as book:
        return str(book.execute("SELECT hash FROM changes ORDER BY id DESC LIMIT 1").fetchone()[0])


def in_fives(hash: str) -> str:
    return " ".join(hash[at : at + 5] for at in range(0, 20, 5))


@pytest.fixture
def handed(run: Run, sample: Path) -> Answer:
    """The sample's book handed over to Cần Thơ; the file lies beside it."""
    answer = run(*TO_CAN_THO)
    assert answer.exit == 0, answer.err
    return answer


@pytest.fixture
def there(handed: Answer, sample: Path) -> Path:
    """The folder of the next leader, with nothing in it but the file."""
    folder = sample.parent / "there"
    folder.mkdir()
    shutil.copy(sample.with_name(FILE), folder / FILE)
    return folder


# -- handing over ----------------------------------------------------------------------------------


def test_handing_over_says_what_goes_where_and_what_is_open(handed: Answer, sample: Path) -> None:
    assert handed.out == ""
    assert handed.err.splitlines() == [
        "Change 33: the book handed over to Cần Thơ on 05/01/2022  (htx undo 33)",
        "Warning: Cần Thơ is not recorded as leader of 2022, 2023.",
        f"Saved: {FILE}",
        f"Checkpoint, to be put into the minutes: {in_fives(last_hash(sample))}",
        "Still open in 2021: Not reported (2), Reported, but not as of the year's last day (2),"
        " Cannot be judged yet (1), To be looked at (3)",
    ]


def test_the_one_file_holds_the_very_book_and_a_note(handed: Answer, sample: Path) -> None:
    with zipfile.ZipFile(sample.with_name(FILE)) as file:
        assert file.namelist() == ["so-thi-dua.db", "ban-giao.html"]
        file.extract("so-thi-dua.db", sample.parent / "out")
        assert file.testzip() is None
    taken = sample.parent / "out" / "so-thi-dua.db"
    with closing(sqlite3.connect(sample)) as one, closing(sqlite3.connect(taken)) as other:
        assert list(one.iterdump()) == list(other.iterdump())
    assert sorted(path.name for path in sample.parent.iterdir()) == [FILE, "htx.db", "out"]


def test_the_note_is_in_vietnamese_and_has_what_the_minutes_need(
    handed: Answer, sample: Path
) -> None:
    with zipfile.ZipFile(sample.with_name(FILE)) as file:
        note = file.read("ban-giao.html").decode()
    for said in (
        '<html lang="vi">',
        "<h1>Bản bàn giao sổ thi đua</h1>",
        "<p>Cụm thi đua Liên minh HTX các tỉnh, thành phố Tây nam sông Hậu</p>",
        "<tr><th>Bên giao</th><td>tester</td></tr>",
        "<tr><th>Bên nhận</th><td>Liên minh Hợp tác xã thành phố Cần Thơ</td></tr>",
        "<tr><th>Ngày bàn giao</th><td>05/01/2022</td></tr>",
        "<tr><th>Sổ</th><td>so-thi-dua.db, 33 lần thay đổi</td></tr>",
        f"<b>{in_fives(last_hash(sample))}</b>",
        "<h3>Năm 2021 – chưa chốt</h3><p>Cụm trưởng: An Giang · Cụm phó: Cần Thơ</p>",
        "<p><i>Chưa báo cáo:</i> Bạc Liêu: 8a; Kiên Giang: 5.</p>",
        "<p><i>Số liệu được tính mà chưa có minh chứng:</i> 80/80.</p>",
    ):
        assert said in note
    assert "<script" not in note
    assert "http" not in note.replace("http-equiv", "")


def test_what_the_book_says_cannot_become_markup_in_the_note(run: Run, sample: Path) -> None:
    run("record", "all", "htx", "1", "--of", "2", "--as-of", "2021-12-31")
    assert run(*TO_CAN_THO, HTX_USER="<script>alert(1)</script>").exit == 0
    with zipfile.ZipFile(sample.with_name(FILE)) as file:
        note = file.read("ban-giao.html").decode()
    assert "<td>&lt;script&gt;alert(1)&lt;/script&gt;</td>" in note


def test_json_says_it_all(run: Run, sample: Path) -> None:
    run("rotate-leader", "--year", "2022", "--on", "2022-01-05")
    answer = run(*TO_CAN_THO, "--json")
    document = json.loads(answer.out)
    assert (document["schema"], document["change"]) == ("htx.change/1", 34)
    assert document["hash"] == last_hash(sample)
    assert document["checkpoint"] == in_fives(last_hash(sample))
    assert (document["file"], document["to"]["id"], document["on"]) == (
        FILE,
        "can-tho",
        "2022-01-05",
    )
    assert [each["year"] for each in document["open"]] == [2021, 2020]
    latest = document["open"][0]
    assert [(each["province"], each["target"], each["stale"]) for each in latest["owing"]] == [
        ("bac-lieu", "8a", False),
        ("ca-mau", "9", True),
        ("kien-giang", "5", False),
        ("kien-giang", "6", True),
    ]
    assert (len(latest["incomplete"]), latest["differing"]) == (1, [])
    assert latest["without_evidence"] == 80
    assert document["warnings"] == []  # the deputy moved up, so Cần Thơ leads 2022


def test_a_pact_that_is_still_a_draft_is_open_too(run: Run, sample: Path) -> None:
    assert run("open-year", "2023", "--from", "2021").exit == 0
    told = run(*TO_CAN_THO).err.splitlines()
    assert "Still open in 2023: Draft (1)" in told
    with zipfile.ZipFile(sample.with_name(FILE)) as file:
        note = file.read("ban-giao.html").decode()
    assert "<p><i>Dự thảo:</i> giao ước chưa ký.</p>" in note


def test_a_clock_set_to_a_year_that_no_archive_knows_is_in_nobodys_way(
    run: Run, sample: Path
) -> None:
    answer = run(*TO_CAN_THO, HTX_NOW="2150-01-05T08:00:00+07:00")
    assert answer.exit == 0, answer.err
    with zipfile.ZipFile(sample.with_name(FILE)) as file:
        assert {entry.date_time[0] for entry in file.infolist()} == {2107}


def test_a_dry_run_writes_neither_file_nor_book(run: Run, sample: Path) -> None:
    before = sample.read_bytes()
    answer = run(*TO_CAN_THO, "--dry-run")
    assert answer.err.splitlines()[0] == (
        "Dry run, nothing was written: the book handed over to Cần Thơ on 05/01/2022"
    )
    assert sample.read_bytes() == before
    assert [path.name for path in sample.parent.iterdir()] == ["htx.db"]


def test_a_file_that_stands_there_is_not_replaced_unless_told(run: Run, sample: Path) -> None:
    sample.with_name(FILE).write_text("mine")
    assert run(*TO_CAN_THO).exit == 2
    assert sample.with_name(FILE).read_text() == "mine"
    assert run("log", "--format", "ndjson").out.count("\n") == 32
    assert run(*TO_CAN_THO, "--replace").err.splitlines()[2] == f"Replaced: {FILE}"


@pytest.mark.parametrize(
    ("typed", "exit", "said"),
    [
        (("--to", "can tho", "-o", "sach.db"), 2, "-o sach.zip"),
        (("--to", "can tho", "-o", "khong/co.zip"), 1, "its folder does not exist"),
        (("--to", "atlantis", "-o", FILE), 3, "atlantis"),
        (("-o", FILE), 2, "--to"),
    ],
)
def test_what_cannot_be_handed_over_leaves_no_trace(
    run: Run, sample: Path, typed: tuple[str, ...], exit: int, said: str
) -> None:
    answer = run("hand-over", *typed)
    assert (answer.exit, said in answer.err) == (exit, True), answer.err
    assert run("log", "--format", "ndjson").out.count("\n") == 32
    assert [path.name for path in sample.parent.iterdir()] == ["htx.db"]


def test_a_book_that_was_altered_by_hand_is_not_handed_over(run: Run, sample: Path) -> None:
    with closing(sqlite3.connect(sample)) as book:
        book.execute("UPDATE results SET value = 99 WHERE target = '1a' AND province = 'bac-lieu'")
        book.commit()
    answer = run(*TO_CAN_THO)
    assert answer.exit == 5
    assert answer.err.startswith("htx: htx.db does not agree with its journal: ")
    assert [path.name for path in sample.parent.iterdir()] == ["htx.db"]


# -- who holds the book ----------------------------------------------------------------------------


def test_a_write_to_a_book_that_was_handed_over_warns_and_names_the_holder(
    run: Run, handed: Answer, sample: Path
) -> None:
    answer = run(*CHANGE)
    assert answer.exit == 0
    assert answer.err.splitlines()[1] == AWAY
    tried = run("withdraw", "soc trang", "1a", "--as-of", "2021-12-31", "--dry-run", "--json")
    assert json.loads(tried.out)["handed_over"] == {
        "id": "can-tho",
        "name": "Cần Thơ",
        "since": "2022-01-05",
        "change": 33,
    }
    file = sample.with_name("kq.csv")
    file.write_text("province,target,value,as_of\nSóc Trăng,1a,26,2021-12-31\n", encoding="utf-8")
    assert json.loads(run("import", file, "--json").out)["handed_over"]["id"] == "can-tho"
    assert AWAY in run("record", "soc trang", "1b", "2", "--as-of", "2021-12-31").err
    again = run("hand-over", "--to", "soc trang", "-o", "hai.zip")
    assert AWAY in again.err


def test_before_it_is_handed_over_nothing_warns(run: Run, sample: Path) -> None:
    assert "Warning: This book" not in run(*CHANGE).err
    assert json.loads(run(*CHANGE[:3], "27", *CHANGE[4:], "--json").out)["handed_over"] is None


def test_undoing_the_hand_over_makes_the_book_ones_own_again(
    run: Run, handed: Answer, sample: Path
) -> None:
    undone = run("undo", "33")
    assert undone.exit == 0, undone.err
    assert "handing the book over to Cần Thơ taken back" in undone.err
    assert "Warning: This book" not in run(*CHANGE).err


# -- taking over -----------------------------------------------------------------------------------


def test_the_next_leader_takes_the_book_over_and_goes_on(
    run: Run, there: Path, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkpoint = in_fives(last_hash(sample))
    monkeypatch.chdir(there)
    answer = run("take-over", FILE, **LATER)
    assert (answer.exit, answer.out) == (0, "")
    assert answer.err.splitlines() == [
        "Change 34: the book taken over by Cần Thơ on 10/01/2022  (htx undo 34)",
        "The book stands in htx.db.",
        f"It came with the checkpoint {checkpoint}: compare it with the minutes.",
    ]
    written = run(*CHANGE, **LATER)
    assert (written.exit, "Warning: This book" in written.err) == (0, False)
    assert run("verify", "--checkpoint", checkpoint).exit == 0
    held = json.loads(run("log", "--json").out)["changes"]
    assert [(each["who"], each["summary"]) for each in held[1:3]] == [
        ("can-tho", "the book taken over by Cần Thơ on 10/01/2022"),
        ("tester", "the book handed over to Cần Thơ on 05/01/2022"),
    ]
    assert sorted(path.name for path in there.iterdir()) == [FILE, "htx.db"]


def test_the_checkpoint_of_the_minutes_is_looked_for(
    run: Run, there: Path, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkpoint = in_fives(last_hash(sample))
    monkeypatch.chdir(there)
    assert run("take-over", FILE, "--checkpoint", "00000 11111 22222 33333") == Answer(
        5,
        "",
        f"htx: {FILE} is sound, but no change in it has the checkpoint 00000 11111 22222 33333."
        " Compare it with the minutes; if they say so, ask for the file that they are about.\n",
    )
    assert sorted(path.name for path in there.iterdir()) == [FILE]
    right = run("take-over", FILE, "--checkpoint", checkpoint, "--json")
    document = json.loads(right.out)
    assert (document["change"], document["book"], document["kept"]) == (34, "htx.db", None)
    assert document["checkpoint"] == checkpoint


def test_a_book_taken_out_of_its_file_can_be_taken_over_too(
    run: Run, there: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(there)
    with zipfile.ZipFile(FILE) as file:
        file.extract("so-thi-dua.db")
    assert run("take-over", "so-thi-dua.db").exit == 0
    assert run("take-over", "htx.db", "--db", "second.db").err == (
        "htx: The book in htx.db was taken over already: Cần Thơ, 05/01/2022.\n"
    )


def test_a_dry_run_of_taking_over_leaves_nothing(
    run: Run, there: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(there)
    answer = run("take-over", FILE, "--dry-run")
    assert answer.err.splitlines()[0] == (
        "Dry run, nothing was written: the book taken over by Cần Thơ on 05/01/2022"
    )
    assert [path.name for path in there.iterdir()] == [FILE]


def test_a_book_that_stands_there_is_kept_beside_when_it_is_replaced(
    run: Run, handed: Answer, sample: Path
) -> None:
    before = last_hash(sample)
    refused = run("take-over", FILE)
    assert (refused.exit, last_hash(sample)) == (5, before)
    assert refused.err == (
        "htx: htx.db exists already and was not touched. Choose another place with --db,"
        " or replace the book that stands there with --replace: it is kept beside it.\n"
    )
    run(*CHANGE)
    mine = last_hash(sample)
    answer = run("take-over", FILE, "--replace")
    assert answer.exit == 0, answer.err
    assert (
        "The one that stood there is kept as htx-before.db; what only it has comes in with “htx merge”."
        in answer.err.splitlines()
    )
    assert last_hash(sample.with_name("htx-before.db")) == mine
    again = run("take-over", FILE, "--replace", "--json")
    assert json.loads(again.out)["kept"] == str(Path("htx-before-1.db"))


def test_what_is_no_book_is_not_replaced(
    run: Run, there: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(there)
    Path("htx.db").write_text("my letters")
    assert run("take-over", FILE, "--replace").exit == 5
    assert Path("htx.db").read_text() == "my letters"
    Path("htx.db").unlink()
    Path("htx.db").symlink_to("nowhere.db")
    assert run("take-over", FILE).exit == 5
    Path("htx.db").unlink()
    Path("htx.db-journal").write_bytes(b"of a dead process")
    refused = run("take-over", FILE)
    assert (refused.exit, "htx.db-journal is left of another book" in refused.err) == (5, True)
    assert sorted(path.name for path in there.iterdir()) == [FILE, "htx.db-journal"]


def test_handing_on_year_after_year_is_one_chain(
    run: Run, there: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(there)
    run("take-over", FILE, **LATER)
    next_year = {"HTX_NOW": "2023-01-09T09:00:00+07:00", "HTX_USER": "can-tho"}
    assert run("hand-over", "--to", "soc trang", "-o", "hai.zip", **next_year).exit == 0
    assert "handed over to Sóc Trăng on 09/01/2023" in run(*CHANGE, **next_year).err
    taken = run("take-over", "hai.zip", "--db", "soc-trang.db", **next_year)
    assert taken.exit == 0, taken.err
    told = json.loads(run("log", "--db", "soc-trang.db", "--json").out)["changes"]
    assert [each["summary"] for each in reversed(told)][-4:] == [
        "the book handed over to Cần Thơ on 05/01/2022",
        "the book taken over by Cần Thơ on 10/01/2022",
        "the book handed over to Sóc Trăng on 09/01/2023",
        "the book taken over by Sóc Trăng on 09/01/2023",
    ]
    assert run("verify", "--db", "soc-trang.db").exit == 0
