"""The book as a file: make a new one, bring an older one up to date."""

from htx_cli.domain.changes import Done
from htx_cli.terminal.command import command
from htx_cli.terminal.session import Session
from htx_cli.text.words import t


@command("init", "writes")
def init(session: Session) -> Done[None]:
    """Make a new book with the register of provinces.

    A file that exists is not touched.
    """
    from htx_cli.actions import book as actions

    book = session.book()
    return actions.init(book, session.intent())


@command("migrate", "writes")
def migrate(session: Session) -> None:
    """Bring a book that an older htx wrote up to date.

    A copy of the older file is kept beside it.
    """
    from htx_cli.actions import book as actions

    done = actions.migrate(session.book(), session.intent())
    copy = done.answer
    lines = [t("The older book is kept as {path}", path=copy)] if copy else []
    session.wrote(done, {"copy": str(copy) if copy else None}, lines)
