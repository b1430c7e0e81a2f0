"""Pack and unpack a handed-over book: one file that holds the book and the note that goes with it.

Such a file comes from somebody else: nothing in it names a place to write to, and it is read only as
far as a book can be.
"""

import errno
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Final

from htx_cli.book.file import MAGIC
from htx_cli.domain.handover import BOOK
from htx_cli.text.errors import Rejected, UsageError, reading

NOTE: Final = "ban-giao.html"
ENDING: Final = ".zip"
_BLOCK = 1 << 20  # bytes read at once
_HEADER = 100  # bytes that begin every SQLite file
_END = (1 << 16) + 22  # bytes at its end in which an archive says how long its list is
_LISTING = 1 << 16  # bytes that a list of two names never needs
_MOST = 1 << 26  # bytes of a book that may come out of any number of packed ones,
_TIMES = 200  # and how many times larger than packed a larger one may be


def pack(file: IO[bytes], book: Path, note: str, at: datetime, checkpoint: str) -> None:
    """Write the one file: the book, the note (HTML), and the hash of the book's last change."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.comment = checkpoint.encode()
        with book.open("rb") as source, packed.open(_entry(BOOK, at), "w", force_zip64=True) as out:
            while block := source.read(_BLOCK):
                out.write(block)
        packed.writestr(_entry(NOTE, at), note.encode())


def _entry(name: str, at: datetime) -> zipfile.ZipInfo:
    year = min(max(at.year, 1980), 2107)  # an archive knows no others
    entry = zipfile.ZipInfo(name, (year, *at.timetuple()[1:6]))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = (stat.S_IFREG | 0o644) << 16
    return entry


def unpack(path: Path, place: Path) -> str | None:
    """Write the book of a handed-over file to a place; gives the checkpoint that came with it.

    A book that was taken out of its file already is taken as it is; then none came with it. Raises
    NotFound, UsageError, HtxError for a file that cannot be read, Rejected for one that is no
    handed-over book: damaged, with other names in it, or far larger than a book can be.
    """
    with reading(path):
        state = path.stat()
        if stat.S_ISDIR(state.st_mode):
            raise UsageError("file_is_folder", path=path)
        if not stat.S_ISREG(state.st_mode):
            raise UsageError("handover_special", path=path)
        with path.open("rb") as file, place.open("wb") as out:
            start = file.read(len(MAGIC))
            file.seek(0)
            if start == MAGIC:
                _copy(file, out, state.st_size)
                return None
            with _understood(path), _listed(path, file) as packed:
                entry = _book_in(path, packed)
                with packed.open(entry) as book:
                    _copy(book, out, entry.file_size)
                return packed.comment.decode("ascii", "replace")[:64] or None


def _copy(source: IO[bytes], out: IO[bytes], size: int) -> None:
    """Copy so many bytes and no more, whatever else would come."""
    while size > 0 and (block := source.read(min(_BLOCK, size))):
        out.write(block)
        size -= len(block)


@contextmanager
def _understood(path: Path) -> Iterator[None]:
    """Turn whatever a damaged or disguised archive raises into one sentence."""
    try:
        yield
    except _DAMAGE:
        raise Rejected("handover_unreadable", path=path) from None
    except OSError as error:
        if error.errno == errno.EINVAL:  # it says that something stands before its beginning
            raise Rejected("handover_unreadable", path=path) from None
        raise


_DAMAGE = (
    zipfile.BadZipFile, zlib.error, struct.error,
    EOFError, NotImplementedError, RuntimeError, ValueError,
)  # fmt: skip


@contextmanager
def _listed(path: Path, file: IO[bytes]) -> Iterator[zipfile.ZipFile]:
    """Open the archive, if the list of its names is as short as ours is: it is read into memory."""
    end = file.seek(0, os.SEEK_END)
    file.seek(max(end - _END, 0))
    tail = file.read()
    at = tail.rfind(b"PK\5\6")
    entries, length = struct.unpack_from("<HI", tail, at + 10) if at >= 0 else (0, 0)
    if not entries or length > _LISTING:
        raise Rejected("handover_unreadable", path=path)
    with zipfile.ZipFile(file) as packed:
        yield packed


def _book_in(path: Path, packed: zipfile.ZipFile) -> zipfile.ZipInfo:
    """Return the entry of the book, in an archive that holds a book and its note, and nothing else."""
    entries = {entry.filename: entry for entry in packed.infolist()}
    kinds = {stat.S_IFMT(entry.external_attr >> 16) for entry in entries.values()}
    strange = sorted(entries.keys() - {BOOK, NOTE})
    if strange or len(entries) < len(packed.infolist()) or not kinds <= {0, stat.S_IFREG}:
        raise Rejected(
            "handover_strange", path=path, known=[name[:60] for name in strange] or ["–"]
        )
    if BOOK not in entries:
        raise Rejected("handover_empty", path=path, name=BOOK)
    entry = entries[BOOK]
    if entry.flag_bits & 1 or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Rejected("handover_unreadable", path=path)
    with packed.open(entry) as book:
        header = book.read(_HEADER)
    if len(header) < _HEADER or not header.startswith(MAGIC):
        raise Rejected("handover_no_book", path=path)
    page, pages = int.from_bytes(header[16:18]), int.from_bytes(header[28:32])
    packed_well = entry.file_size <= max(_MOST, _TIMES * entry.compress_size)
    if (65536 if page == 1 else page) * pages != entry.file_size or not packed_well:
        raise Rejected("handover_no_book", path=path)
    return entry
