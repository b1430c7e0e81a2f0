"""The `htx` command: commands loaded when asked for, and the one place where an error becomes a
message and an exit code."""

import errno
import io
import os
import sys
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from typing import Annotated, Any, BinaryIO

import typer
from typer.core import TyperGroup

from htx_cli import __version__
from htx_cli.terminal import command
from htx_cli.terminal.answer import answering
from htx_cli.terminal.options import ClusterName, Db, Json, Lang
from htx_cli.terminal.session import tell, write_json
from htx_cli.terminal.typed import Part, asks_for_json, journal_words, last_value, parts
from htx_cli.text import words
from htx_cli.text.errors import BookUnusable, HtxError, UsageError, unknown
from htx_cli.text.words import mark, say, t

# What the officer is doing → its commands as the help page lists them, each with its file in `commands/`.
SECTIONS: dict[str, dict[str, str]] = {
    mark("Set up a year"): {
        "init": "book",
        "add-cluster": "clusters",
        "add-member": "members",
        "remove-member": "members",
        "rename-cluster": "clusters",
        "add-province": "provinces",
        "merge-provinces": "provinces",
        "rename-province": "provinces",
        "add-target": "pact",
        "change-target": "pact",
        "remove-target": "pact",
        "set-share": "pact",
        "template": "exchange",
        "open-year": "years",
        "sign-pact": "years",
        "set-due": "due",
    },
    mark("Record results"): {
        "record": "results",
        "withdraw": "results",
        "import": "imports",
        "attach": "evidence",
    },
    mark("See where we stand"): {
        "report": "report",
        "status": "report",
        "explain": "report",
        "trend": "trend",
        "targets": "lists",
        "leaders": "leaders",
        "members": "members",
        "clusters": "lists",
        "provinces": "lists",
        "due": "due",
        "remind": "due",
    },
    mark("Keep the book"): {
        "rotate-leader": "leaders",
        "log": "journal",
        "export": "exchange",
        "hand-over": "handover",
        "take-over": "handover",
        "verify": "verify",
        "backup": "verify",
        "undo": "undo",
        "merge": "merge",
        "close-year": "years",
        "reopen-year": "years",
        "migrate": "book",
    },
    mark("Learn"): {
        "help": "help",
    },
}
_FILES = {name: file for files in SECTIONS.values() for name, file in files.items()}


class Htx(TyperGroup):
    """The root: finds commands by name, writes the help page, and says what went wrong."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Every command, in the order of the help page."""
        return list(_FILES)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, or None."""
        return _command(cmd_name) if cmd_name in _FILES else None

    def scan(self, given: Sequence[str]) -> list[Part]:
        """The words that were typed, each option with its value."""
        valued = _valued(self.params)
        named = (part.typed[0] for part in parts(given, valued) if part.option is None)
        if found := self.get_command(None, next(named, "")):
            valued |= _valued(found.params)
        return list(parts(given, valued))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse as Typer does, and say in our words what is wrong."""
        try:
            return super().parse_args(ctx, args)
        except typer.TyperException as error:
            raise command.usage_error(error, ctx) from None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command; an unknown one is answered with the nearest ones.

        `htx help COMMAND` is `htx COMMAND --help`.
        """
        from difflib import get_close_matches

        if args[0] == "help" and args[1:] and args[1] in _FILES:
            args = [*args[1:], "--help"]
        if args[0] not in _FILES and not ctx.resilient_parsing:
            close = get_close_matches(args[0], _FILES)
            raise unknown(UsageError, "no_such_command", close, name=args[0])
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The commands, grouped by what the officer is doing."""
        formatter.width = command.help_width()
        formatter.write_usage(ctx.command_path, t("COMMAND [OPTIONS]"), t("Usage: "))
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(t(self.help or ""))
        for title, names in SECTIONS.items():
            rows = [(name, t(self.get_command(ctx, name).help).split("\n")[0]) for name in names]
            with formatter.section(t(title)):
                formatter.write_dl(rows)
        options = [param for param in self.params if param.name != "help"]
        command.write_parameters(formatter, t("Options"), options)
        formatter.write_paragraph()
        formatter.write_text(
            t(
                "“htx COMMAND --help” shows one command with its options, “htx help” lists the guides."
            )
        )

    def main(self, args: Sequence[str] | None = None, *more: Any, **extra: Any) -> Any:
        """Run, and turn whatever happens into words and an exit code."""
        given = list(sys.argv[1:] if args is None else args)
        _ready_streams()
        in_json, typed = False, list[Part]()
        try:
            typed = self.scan(given)
            in_json = asks_for_json(typed)
            _choose_language(typed)
            extra |= {"standalone_mode": False, "obj": {"words": journal_words(typed)}}
            code = super().main(given, *more, **extra) or 0
            sys.stdout.flush()
        except HtxError as error:
            code = _fail(error, in_json)
        except BrokenPipeError:
            code = 1
        except (KeyboardInterrupt, typer.Abort):
            code = 130
        except typer.TyperException as error:
            code = _fail(UsageError("usage", why=error.format_message()), in_json)
        except Exception as error:
            code = _fail(_internal(error, typed), in_json)
        finally:
            _settle_streams()
        sys.exit(code)


@cache
def _command(name: str) -> Any:
    """A command; only its own file is loaded, and only it is built."""
    import_module(f"htx_cli.commands.{_FILES[name]}")
    return command.built(name)


def _valued(params: Sequence[Any]) -> set[str]:
    """The options that take a value."""
    options = [p for p in params if p.param_type_name == "option" and not p.is_flag]
    return {name for option in options for name in option.opts}


class _Closed(io.StringIO):
    """Standard output that was closed before the start: what is written to it is refused."""

    def write(self, text: str) -> int:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))

    @property
    def buffer(self) -> BinaryIO:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))


def _ready_streams() -> None:
    """Standard output and error take any letter; what was closed before the start has a stand-in."""
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: SIM115
    sys.stdout = sys.stdout or _Closed()
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _settle_streams() -> None:
    """Drop what no stream took, lest Python complain of it when it ends."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)


def _choose_language(typed: Sequence[Part]) -> None:
    """Speak as the last --lang says, wherever it stands; it must be known before help is written."""
    system = _windows_locale() if os.name == "nt" else None
    chosen = words.chosen_language(os.environ, last_value(typed, "--lang"), system)
    if chosen not in words.LANGUAGES:
        without = words.chosen_language(os.environ, None, system)
        words.speak(without if without in words.LANGUAGES else "en")
        raise UsageError("lang_unknown", value=chosen)
    words.speak(chosen)


def _windows_locale() -> str | None:
    import locale

    return locale.getlocale()[0]


def _internal(error: Exception, typed: Sequence[Part]) -> HtxError:
    """Turn an unexpected exception into an error: a closed stream, a damaged book, else our mistake."""
    if os.environ.get("HTX_DEBUG"):
        raise error
    if isinstance(error, OSError) and error.filename is None:  # a stream; a file has a name
        return HtxError("output_refused", why=error.strerror or str(error))
    unusable = None
    # SQLite's refusals and odd records are neither
    if not isinstance(error, OSError | ImportError):
        unusable = _unusable(last_value(typed, "--db"))
    return unusable or HtxError("internal", why=f"{type(error).__name__}: {error}")


def _unusable(db: str | None) -> BookUnusable | None:
    """Return why the book at a path, else at $HTX_DB or here, cannot be used; None if it is sound.

    Asked after an unexpected exception: a damaged book is to blame more often than the program. Where
    no book stands, nothing of a book was read, so none can be to blame.
    """
    from htx_cli.actions import book_at, verify

    try:
        book = book_at(db)
        if book.path.exists():
            verify.well(book, book.path)
    except BookUnusable as error:
        return error
    except Exception:  # what is told is what the command met
        return None
    return None


def _fail(error: HtxError, in_json: bool) -> int:
    """Say it once: for a script as JSON on standard output, for a person on standard error."""
    if in_json and not error.code.startswith("output_refused"):
        from htx_cli.output.documents.problems import document

        try:
            write_json(document(error))
            return error.exit
        except (HtxError, OSError):
            pass  # nobody reads there
    tell(f"htx: {say(error)}")
    return error.exit


app = typer.Typer(
    cls=Htx,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    invoke_without_command=True,
    context_settings={"help_option_names": command.HELP},
    help=mark("htx keeps the book of an emulation cluster: its targets, its results, its leaders."),
)


@app.callback()
def root(
    context: typer.Context,
    db: Db = None,
    lang: Lang = None,
    cluster: ClusterName = None,
    json_asked: Json = False,
    version: Annotated[
        bool, typer.Option("--version", help=mark("Show the version."), is_eager=True)
    ] = False,
) -> None:
    """Options that may stand before the command's name."""
    if version:
        with answering() as out:
            out.write(f"htx {__version__}\n")
        raise typer.Exit
    context.obj |= {"db": db, "lang": lang, "cluster": cluster, "json_asked": json_asked}
    if context.invoked_subcommand is None:
        with answering() as out:
            out.write(context.get_help() + "\n")
