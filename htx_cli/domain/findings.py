"""Findings of a verification: what in a book is not as htx left it. Pure values."""

from collections.abc import Mapping

from msgspec import Struct, field

from htx_cli.domain.changes import ChangeHead
from htx_cli.text.messages import SENTENCES


class Finding(Struct, frozen=True):
    """Something in a book that is not as htx left it: a code, its values, and where it is.

    `says` is the record as the journal has it, `stands` as it was found, both as JSON.
    """

    code: str
    values: Mapping[str, object] = field(default_factory=dict)
    table: str | None = None
    key: str | None = None
    change: int | None = None
    says: str | None = None
    stands: str | None = None

    @property
    def sentence(self) -> str:
        """The English sentence, as of an error."""
        return SENTENCES[self.code]

    @property
    def where(self) -> str:
        """Table and key, to stand before the sentence; nothing for what is of no table."""
        return (
            f"{' '.join(part for part in (self.table, self.key) if part)}: " if self.table else ""
        )


class Verified(Struct, frozen=True):
    """The findings on a book, the first break first; `more` was found and is left out.

    `changes` is how many it has, `hash` that of the last. `asked` is a checkpoint that was looked
    for, and `kept` the change that has it. `names` are those of the provinces, by id, as far as the
    book can be read.
    """

    changes: int
    hash: str
    findings: tuple[Finding, ...] = ()
    more: bool = False
    asked: str | None = None
    kept: ChangeHead | None = None
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def proved(self) -> bool:
        """Tell whether the checkpoint is in the chain itself; else only the book says that a change bore it
        in a copy, which whoever can edit the file can write too."""
        return bool(self.asked and self.kept and self.kept.hash.startswith(self.asked))

    @property
    def well(self) -> bool:
        """Tell whether nothing was found."""
        return not self.findings

    @property
    def whole(self) -> bool:
        """Tell whether nothing is wrong with the book itself, be the checkpoint in it or not."""
        return all(finding.code == "verify_checkpoint" for finding in self.findings)


class Backup(Struct, frozen=True):
    """A verified copy of a book: where it stands, its last change, that one's hash, and its bytes."""

    file: str
    change: int
    hash: str
    bytes: int
