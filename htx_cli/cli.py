"""The `htx` command: commands loaded when asked for, and the one place where an error becomes a
message and an exit code."""

import os
import shlex
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from htx_cli import words
from htx_cli.commands import command as commands
from htx_cli.commands.session import Db, Lang, tell, write_json
from htx_cli.errors import HtxError, UsageError
from htx_cli.words import mark, say, t

# What the officer is doing → the file in `commands/` → its commands, as the help page lists them.
SECTIONS: dict[str, dict[str, tuple[str, ...]]] = {
    mark("Set up a year"): {
        "setup": ("init", "add-cluster", "add-member", "remove-member", "add-province"),
        "pact": ("add-target", "change-target", "remove-target", "set-share"),
    },
    mark("Record results"): {"record": ("record", "withdraw", "import")},
    mark("See where we stand"): {
        "see": ("report", "status", "explain", "targets", "leaders", "clusters", "provinces")
    },
    mark("Keep the book"): {"keep": ("rotate-leader", "log"), "setup": ("migrate",)},
}
_FILES = {
    name: file for files in SECTIONS.values() for file, names in files.items() for name in names
}
INTERRUPTED = 130


class Htx(TyperGroup):
    """The root: finds commands by name, writes the help page, and says what went wrong."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Every command, in the order of the help page."""
        return list(_FILES)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name; only its own file is loaded, and only it is built."""
        if cmd_name not in _FILES:
            return None
        module = import_module(f"htx_cli.commands.{_FILES[cmd_name]}")
        one = typer.Typer(add_completion=False, rich_markup_mode=None)
        one.registered_commands = [
            each for each in module.app.registered_commands if each.name == cmd_name
        ]
        return typer.main.get_command(one)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """As Typer does; what is wrong is said in our words."""
        try:
            return super().parse_args(ctx, args)
        except typer.TyperException as error:
            raise commands.usage_error(error, ctx) from None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """As Typer does; an unknown command is answered with the nearest ones."""
        if args[0] not in _FILES and not ctx.resilient_parsing:
            raise _unknown("command", args[0], list(_FILES))
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The commands, grouped by what the officer is doing."""
        formatter.width = commands.help_width()
        formatter.write_usage(ctx.command_path, t("COMMAND [OPTIONS]"), t("Usage: "))
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(t(self.help or ""))
        for title, files in SECTIONS.items():
            names = [name for names in files.values() for name in names]
            rows = [(name, _first_line(self.get_command(ctx, name))) for name in names]
            with formatter.section(t(title)):
                formatter.write_dl(rows)
        options = [param for param in self.params if param.name != "help"]
        commands.write_parameters(formatter, t("Options"), options)
        formatter.write_paragraph()
        formatter.write_text(t("“htx COMMAND --help” shows one command with its options."))

    def main(self, args: Sequence[str] | None = None, *more: Any, **extra: Any) -> Any:
        """Run, and turn whatever happens into words and an exit code."""
        given = list(sys.argv[1:] if args is None else args)
        _ready_streams()
        in_json = "--json" in given or "--format=json" in given
        try:
            _choose_language(given)
            extra |= {"standalone_mode": False, "obj": {"words": journal_words(given)}}
            code = super().main(given, *more, **extra) or 0
            sys.stdout.flush()
        except HtxError as error:
            code = _fail(error, in_json)
        except BrokenPipeError:
            code = 1
        except (KeyboardInterrupt, typer.Abort):
            code = INTERRUPTED
        except typer.TyperException as error:
            code = _fail(UsageError("usage", why=error.format_message()), in_json)
        except Exception as error:
            code = _fail(_internal(error), in_json)
        _let_go()
        sys.exit(code)


def _ready_streams() -> None:
    """Both take any letter; one that was closed before the start takes words and keeps none."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _let_go() -> None:
    """What a stream did not take is given up, or Python would try again and complain at its end."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _first_line(command: Any) -> str:
    return t(command.help or "").split("\n")[0]


def _unknown(what: str, name: str, known: Sequence[str]) -> UsageError:
    from difflib import get_close_matches

    close = get_close_matches(name, known)
    if what == "command":
        if close:
            return UsageError("no_such_command_but", name=name, suggestions=close)
        return UsageError("no_such_command", name=name)
    if close:
        return UsageError("no_such_option_but", option=name, suggestions=close)
    return UsageError("no_such_option", option=name)


def _choose_language(given: Sequence[str]) -> None:
    """Speak as the last --lang says, wherever it stands; it must be known before help is written."""
    named = None
    for at, word in enumerate(given):
        if word == "--lang" and at + 1 < len(given):
            named = given[at + 1]
        elif word.startswith("--lang="):
            named = word.removeprefix("--lang=")
    chosen = words.chosen_language(os.environ, named)
    if chosen not in words.LANGUAGES:
        without = words.chosen_language(os.environ)
        words.speak(without if without in words.LANGUAGES else "en")
        raise UsageError("lang_unknown", value=chosen)
    words.speak(chosen)


_NOT_JOURNALLED = ("--db", "--lang", "--because", "--format", "--output", "-o")
_FLAGS_NOT_JOURNALLED = ("--json", "--dry-run", "--replace")


def journal_words(given: Sequence[str]) -> str:
    """The command as it was typed, without where the book is and how the answer is shown."""
    kept: list[str] = []
    skip = False
    for word in given:
        if skip:
            skip = False
        elif word in _NOT_JOURNALLED:
            skip = True
        elif word not in _FLAGS_NOT_JOURNALLED and word.split("=")[0] not in _NOT_JOURNALLED:
            kept.append(word)
    return words.escaped(shlex.join(kept))[:2000]


def _internal(error: Exception) -> HtxError:
    if os.environ.get("HTX_DEBUG"):
        raise error
    if isinstance(error, OSError) and error.filename is None:  # a stream; a file has a name
        return HtxError("output_refused", why=error.strerror or str(error))
    return HtxError("internal", why=f"{type(error).__name__}: {error}")


def _fail(error: HtxError, in_json: bool) -> int:
    """Say it once: for a script as JSON on standard output, for a person on standard error."""
    if in_json:
        from htx_cli.reports.book_document import error_document

        with suppress(OSError):  # nobody listens there
            write_json(error_document(error))
            sys.stdout.flush()
            return error.exit
    with suppress(OSError):
        tell(f"htx: {say(error)}")
    return error.exit


app = typer.Typer(
    cls=Htx,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    invoke_without_command=True,
    help=mark("htx keeps the book of an emulation cluster: its targets, its results, its leaders."),
)


@app.callback()
def root(
    context: typer.Context,
    db: Db = None,
    lang: Lang = None,
    version: Annotated[
        bool, typer.Option("--version", help=mark("Show the version."), is_eager=True)
    ] = False,
) -> None:
    """Options that may stand before the command's name."""
    if version:
        from importlib.metadata import version as installed

        sys.stdout.write(f"htx {installed('htx-thi-dua')}\n")
        raise typer.Exit
    context.obj |= {"db": db, "lang": lang}
    if context.invoked_subcommand is None:
        sys.stdout.write(context.get_help() + "\n")


def main() -> None:
    """The entry point of the `htx` command."""
    app()
