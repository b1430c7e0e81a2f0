"""The books that faults are tried on, made as officers make them: by the commands' own use cases."""

import csv
import hashlib
import json
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from htx_cli.actions import Book, Intent, pact
from htx_cli.actions import clusters as setup
from htx_cli.actions import leaders as leading
from htx_cli.actions import results as recording
from htx_cli.actions.book import init
from htx_cli.book import write as changes
from htx_cli.book.journal import Put, Signature
from htx_cli.domain.pact import Wanted
from htx_cli.domain.targets import Bound, Kind
from htx_cli.intake.resolve import Defaults
from tests.faults.independent import HEAD

TESTS = Path(__file__).parent.parent
SAMPLE = TESTS / "data" / "books" / "story-2021.db"
OLDER = sorted((TESTS / "data" / "books").glob("schema-*.db"))
NOW = datetime(2022, 1, 5, 1, tzinfo=UTC)
MADE = Intent("made for a fault")
MEMBERS = ("can-tho", "soc-trang", "bac-lieu", "ca-mau", "an-giang", "kien-giang", "hau-giang")


def book(path: Path) -> Book:
    return Book(path, None, NOW, True, "tester", 30.0)


def sample(folder: Path) -> Path:
    return Path(shutil.copy(SAMPLE, folder / "htx.db"))


def small(path: Path) -> Path:
    """A book of a few pages: three provinces and no register, two targets, some figures."""
    provinces = [
        Put("provinces", {"id": id, "name": name, "code": None, "first_day": "1976-01-01", "last_day": None})
        for id, name in [("can-tho", "Cần Thơ"), ("ca-mau", "Cà Mau"), ("an-giang", "An Giang")]
    ]  # fmt: skip
    signature = Signature("tester", NOW, "init", None, True)
    changes.create(path, signature, lambda connection, staging: provinces, dry_run=False, wait=5)
    here = book(path)
    setup.add_cluster(
        here, MADE, "Cụm nhỏ", ["can tho", "ca mau", "an giang"], since=date(2020, 1, 1)
    )
    count = Wanted("Số HTX mới", Kind.COUNT, Bound.AT_LEAST, Decimal(20))
    ratio = Wanted("Tỷ lệ hiệu quả", Kind.RATIO, Bound.AT_LEAST, Decimal(60), per_cent=True)
    pact.add_target(here, MADE, "1", 2021, count)
    pact.add_target(here, MADE, "2", 2021, ratio)
    for province, day, value in [("can tho", "2021-06-30", "8"), ("can tho", "2021-12-31", "20"),
                                 ("ca mau", "2021-12-31", "13")]:  # fmt: skip
        cells = {"province": province, "target": "1", "value": value, "as_of": day}
        recording.record(here, MADE, cells, Defaults(here.today))
    cells = {"province": "ca mau", "target": "2", "value": "62", "of": "100", "as_of": "2021-12-31"}
    recording.record(here, MADE, cells, Defaults(here.today))
    leading.rotate(here, MADE, 2022, "can tho", "ca mau", date(2022, 1, 5))
    return path


def in_small_pages(path: Path) -> Path:
    """The same book in pages of 512 bytes: more of them, and fewer bytes in all."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA page_size = 512")
        connection.execute("VACUUM")
    return path


def wide(path: Path, targets: int) -> Path:
    """A book whose pact of 2021 has room for very many figures: seven members and these targets."""
    here = book(path)
    init(here, MADE)
    setup.add_cluster(here, MADE, "Cụm lớn", MEMBERS, since=date(2018, 1, 1))
    for number in range(1, targets + 1):
        count = Wanted(f"Chỉ tiêu {number}", Kind.COUNT, Bound.AT_LEAST, Decimal(20))
        pact.add_target(here, MADE, str(number), 2021, count)
    return path


def figures(path: Path, rows: int, plus: int = 0) -> Path:
    """A CSV file of so many figures for a `wide` book: each target, day and member in turn."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["province", "target", "as_of", "value", "source"])
        for at in range(rows):
            rest, member = divmod(at, len(MEMBERS))
            target, day = divmod(rest, 365)
            as_of = date(2021, 1, 1) + timedelta(day)
            line = (MEMBERS[member], target + 1, as_of, day + plus, f"Báo cáo {day}")
            writer.writerow(line)
    return path


def grown(path: Path, rows: int) -> Path:
    """An older book with so many more figures, written as the htx of its time wrote them."""
    head: dict[str, object] = {
        "at": "2021-12-31T00:00:00.000000+00:00",
        "because": None,
        "command": "import",
    }
    head |= {"fixed_clock": 1, "rows": rows, "who": "tester"}
    with closing(sqlite3.connect(path)) as connection:
        number, before = connection.execute(
            "SELECT id + 1, hash FROM changes ORDER BY id DESC"
        ).fetchone()
        digest = hashlib.sha256(f"{before}\n{_json(head)}".encode())
        for at in range(rows):
            rest, member = divmod(at, len(MEMBERS))
            day, way = divmod(rest, 2)
            record: dict[str, object] = {
                "cluster": "tay-nam-song-hau",
                "year": 2021,
                "target": ("1a", "1b")[way],
            }
            record |= {
                "province": MEMBERS[member],
                "as_of": f"{date(2021, 1, 1) + timedelta(day % 365)}",
            }
            record |= {"basis": "estimate", "value": day, "of": None, "base": None, "rate": None}
            record |= {"source": "Ước", "note": None}
            key = "/".join(
                str(record[c]) for c in ("cluster", "year", "target", "province", "as_of", "basis")
            )
            after = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            digest.update(f"\n{_json(['results', key, None, after])}".encode())
            connection.execute("INSERT INTO change_rows (change, position, table_name, key, after) VALUES"
                               " (?, ?, 'results', ?, ?)", (number, at + 1, key, after))  # fmt: skip
            marks = ",".join("?" * (len(record) + 1))
            connection.execute(f"INSERT INTO results VALUES ({marks})", (*record.values(), number))
        names = ", ".join(HEAD)
        hashed = digest.hexdigest()
        connection.execute(f"INSERT INTO changes (id, {names}, hash, origin) VALUES (?,?,?,?,?,?,?,?,?)",
                           (number, *head.values(), hashed, hashed))  # fmt: skip
        connection.commit()
    return path


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
