"""What somebody with a database program could do to a book, who knows how htx keeps it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.support.journal import computed_hashes


def by_hand(path: Path, *statements: str) -> None:
    """Write into the tables; the triggers that guard the journal are lifted and put back."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        found = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
        triggers = found.fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for sql in statements:
            connection.executescript(sql)
        for _, sql in triggers:
            connection.execute(sql)


def rechained(path: Path) -> None:
    """Recompute every hash, so that the book is whole in itself again."""
    hashes = computed_hashes(path)
    by_hand(
        path,
        *(
            f"UPDATE changes SET hash = '{hash}', origin = '{hash}' WHERE id = {number}"
            for number, hash in enumerate(hashes, 1)
        ),
    )


TODO = (
    "What to do: write nothing more to this book; go back to a backup in which “htx verify” finds "
    "nothing. What a figure was, and who wrote it, tells: htx log PROVINCE CODE"
)
TODO_VI = (
    "Việc cần làm: đừng ghi gì thêm vào sổ này; hãy quay về một bản sao lưu mà “htx verify” không "
    "thấy gì sai. Số liệu từng là bao nhiêu, ai ghi: htx log TỈNH MÃ"
)
