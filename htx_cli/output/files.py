"""Save an answer in a file: whole or not at all, and never over a book."""

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from msgspec import Struct

from htx_cli.output.formats import ENDINGS, text_format
from htx_cli.text.errors import HtxError, Phrase, UsageError, refusal

WORKBOOK = "xlsx"  # of what is to be filled in or read back; no answer is shown in it
PARCEL = "zip"  # of a book that is handed over
# Programs open these as what their endings say; none of them is a text of ours.
_FOREIGN = frozenset(
    {".xls", ".xlsx", ".xlsm", ".ods", ".doc", ".docx", ".odt", ".rtf", ".pdf", ".htm", ".html"}
)
BOM = "\ufeff"  # Excel takes a CSV for UTF-8 only with it


def check(path: Path, format: str, replace: bool = False) -> None:
    """Refuse a place where an answer of this format may not be saved; save nothing.

    What stands there is lost only with `replace`, a book never. Raises UsageError or HtxError.
    """
    try:
        found = path.stat()
    except FileNotFoundError:
        if not path.parent.is_dir():
            raise HtxError("file_unwritable", path=path, why=Phrase("os_no_folder")) from None
    except (OSError, ValueError) as error:
        raise _unwritable(path, error) from None
    else:
        if stat.S_ISDIR(found.st_mode):
            raise HtxError("file_unwritable", path=path, why=Phrase("os_is_folder"))
        if stat.S_ISREG(found.st_mode):
            if _is_database(path):
                raise UsageError("output_is_book", path=path)
            if not replace:
                raise UsageError("output_exists", path=path)
    format, ending = text_format(format), path.suffix.lower()
    endings = {
        **ENDINGS,
        **dict.fromkeys(_FOREIGN, ""),
        f".{WORKBOOK}": WORKBOOK,
        f".{PARCEL}": PARCEL,
    }
    if endings.get(ending, format) != format:
        own = next(each for each, named in endings.items() if named == format)
        better = path.with_suffix(own)
        raise UsageError("ending_differs", path=path, format=format, better=better)


def make_folder(path: Path) -> None:
    """Make a folder, and those around it, unless it is there. Raises HtxError."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise _unwritable(path, error) from None


def _is_database(path: Path) -> bool:
    """Tell whether a book stands there: no answer may replace it."""
    try:
        with path.open("rb") as file:
            return file.read(15) == b"SQLite format 3"
    except OSError:
        return False


def _unwritable(path: Path, error: Exception) -> HtxError:
    return HtxError("file_unwritable", path=path, why=refusal(error))


def save(path: Path, text: str, format: str, replace: bool = False) -> bool:
    """Write the file whole or not at all; whether it took the place of another.

    A device or a pipe is written into and stays what it is. Raises as `check` does.
    """
    with saving(path, format, replace) as place:
        place.file.write((BOM + text if format == "csv" else text).encode())
    return place.stood


class Saving(Struct, frozen=True):
    """A file that is being written in a place where another one `stood`, or none."""

    file: IO[bytes]
    stood: bool


@contextmanager
def saving(path: Path, format: str, replace: bool = False) -> Iterator[Saving]:
    """Save what is written bit by bit: whole when the block ends, or not at all."""
    import shutil
    import tempfile

    check(path, format, replace)
    place = Path(os.path.realpath(path))  # a link stays a link
    stood = place.is_file()
    try:
        if path.exists() and not stood:
            with tempfile.TemporaryFile() as file, path.open("wb") as device:
                yield Saving(file, False)
                file.seek(0)
                shutil.copyfileobj(file, device)
        else:
            with _beside(place) as file:
                yield Saving(file, stood)
    except OSError as error:
        raise _unwritable(path, error) from None


@contextmanager
def _beside(path: Path) -> Iterator[IO[bytes]]:
    """A file beside it first, then in its place."""
    import tempfile

    beside: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        beside = Path(name)
        with os.fdopen(handle, "w+b") as file:
            yield file
        if sys.platform != "win32":
            mask = os.umask(0)
            os.umask(mask)
            beside.chmod(0o666 & ~mask)
        os.replace(beside, path)
    except BaseException:
        if beside:
            beside.unlink(missing_ok=True)
        raise
