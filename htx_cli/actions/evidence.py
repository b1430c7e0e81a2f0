"""Evidence: which documents prove which figures. The files themselves stay with the officer."""

import hashlib
import stat
from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from htx_cli.actions import Book, Intent, clusters_meant, known, the_cluster
from htx_cli.book import read
from htx_cli.book.file import Connection
from htx_cli.book.journal import Put, Write
from htx_cli.book.records import DOCUMENTS, evidence_put
from htx_cli.domain.changes import Done
from htx_cli.domain.evidence import Proof, Proofs
from htx_cli.domain.model import Cluster, Document, Province, Result
from htx_cli.domain.names import means_all
from htx_cli.domain.progress import member_day
from htx_cli.domain.targets import Basis
from htx_cli.text.errors import NotFound, Phrase, Rejected, UsageError, reading

_BLOCK = 1 << 20  # bytes read at once: a scan may be larger than the memory


def attach(
    book: Book,
    intent: Intent,
    name: str,
    code: str,
    files: Sequence[Path],
    *,
    number: str | None = None,
    day: date | None = None,
    title: str | None = None,
    as_of: date | None = None,
    year: int | None = None,
    estimate: bool = False,
) -> Done[None]:
    """Say that documents prove a figure: the one that bears `as_of`, else the year's latest.

    `number`, `day` and `title` are what is written on the paper; of a document that the book knows
    already they replace what it says. The name `all` means the whole cluster's figure. Raises NotFound
    for what is not there, UsageError, Rejected or HtxError for a file that cannot prove anything.
    """
    if day and day > book.today:
        raise Rejected("document_future", day=day)
    told = {"number": number, "day": day.isoformat() if day else None, "title": title}
    found = {each.sha256: each for each in map(document_in, files)}

    def make(connection: Connection, _: object) -> list[Write]:
        cluster, result = _figure(book, connection, name, code, as_of, year, estimate)
        writes: list[Write] = []
        for each in found.values():
            standing = DOCUMENTS.put(read.document(connection, each.sha256) or each).record
            said = {what: text for what, text in told.items() if text is not None}
            writes.append(Put("documents", {**standing, **said}))
            writes.append(evidence_put(cluster, result, each))
        return writes

    return book.commit(intent, make)


def _figure(
    book: Book,
    connection: Connection,
    name: str,
    code: str,
    as_of: date | None,
    year: int | None,
    estimate: bool,
) -> tuple[Cluster, Result]:
    """The figure that is meant: of the only bearer of the name in the year who has one, else of the
    bearer on its day, or on today within the year.

    Raises NotFound if there is none.
    """
    year = year or (as_of or book.today).year
    everything = known(connection)
    cluster = the_cluster(book, connection)
    target = everything.target(cluster, year, code)
    basis = Basis.ESTIMATE if estimate else Basis.ACTUAL

    def figures(province: Province | None) -> tuple[Result, ...]:
        return read.history(
            connection, cluster.id, year, target.code, province.id if province else None
        )

    def meant(results: Iterable[Result]) -> list[Result]:
        return [r for r in results if r.basis is basis and as_of in (None, r.as_of)]

    provinces, province = everything.provinces, None
    if not means_all(name):
        having = [each for each in provinces.bearers(name, year) if meant(figures(each))]
        day = as_of or member_day(year, book.today)
        province = having[0] if len(having) == 1 else provinces.in_year(name, day)
    all_there = figures(province)
    if found := meant(all_there):
        return cluster, found[-1]
    whose = provinces.told(province, year) if province else cluster.name
    raise no_figure(whose, code, basis, as_of or year, all_there)


def what_it_proves(book: Book, path: Path) -> Proofs:
    """The figures that a file was attached to, by its content, whatever it is called now.

    Of all clusters, unless the book was opened for one. Raises NotFound if there is none.
    """
    here = document_in(path)
    with book.reading() as connection:
        document = read.document(connection, here.sha256)
        clusters = {each.id: each for each in clusters_meant(book, connection)}
        everything = known(connection)
        proofs = []
        for cluster, proved, standing in read.proved_by(connection, here.sha256):
            if cluster in clusters:
                setup = everything.setup(clusters[cluster], proved.as_of.year)
                province = everything.provinces.by_id[proved.province] if proved.province else None
                target = setup.targets[proved.target]
                proofs.append(Proof(clusters[cluster], target, province, proved, standing))
        if document is None or not proofs:
            raise NotFound("document_unknown", path=path, sha256=here.sha256)
        return Proofs(document, tuple(proofs))


def document_in(path: Path) -> Document:
    """The document that a file is, read piece by piece; nothing is written on it yet.

    Raises NotFound if it is missing, UsageError for a folder or a device, Rejected if it is empty or
    changes meanwhile, HtxError where the system refuses.
    """
    digest, size = hashlib.sha256(), 0
    with reading(path):
        before = path.stat()
        if stat.S_ISDIR(before.st_mode):
            raise UsageError("file_is_folder", path=path)
        if not stat.S_ISREG(before.st_mode):  # a pipe may never end
            raise UsageError("document_special", path=path)
        with path.open("rb") as file:
            for block in iter(partial(file.read, _BLOCK), b""):
                digest.update(block)
                size += len(block)
        after = path.stat()
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise Rejected("document_changed", path=path)
    if not size:
        raise Rejected("document_empty", path=path)
    name = "".join(letter if letter.isprintable() else "�" for letter in path.name)
    return Document(digest.hexdigest(), name, size)


def no_figure(
    whose: str, code: str, basis: Basis, when: date | int, standing: Iterable[Result]
) -> NotFound:
    """Build the error that a target has no such figure; `standing` are those that it has."""
    known: list[object] = [
        Phrase("day_and_basis", {"day": each.as_of, "basis": each.basis}) for each in standing
    ]
    what = {"province": whose, "basis": basis, "code": code, "known": known or ["–"]}
    if isinstance(when, date):
        return NotFound("result_unknown", as_of=when, **what)
    return NotFound("nothing_to_prove", year=str(when), **what)
