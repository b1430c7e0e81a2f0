"""Declaration of commands, and their help in the language spoken."""

import inspect
import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Any

import typer
from typer.core import TyperCommand

from htx_cli.terminal.options import COMMON
from htx_cli.terminal.session import Answer, Session
from htx_cli.text.errors import UsageError, unknown
from htx_cli.text.words import metavar, t

_LOOKS_NEGATIVE = re.compile(r"-[\d.,]")
HELP_WIDTH = 100
HELP = ["-h", "--help"]
# What an example has in the place of a metavar, or behind an option.
_SAMPLES = {
    "CODE": "1a", "PROVINCE": '"Cần Thơ"', "N": "20", "L": "1", "TEXT": '"Báo cáo 12"',
    "TITLE": '"HTX thành lập mới"', "NAME": '"Cụm thi đua số 1"', "YEAR": "2021",
    "DATE": "31/12/2021", "FILE": "ket-qua.csv", "FOLDER": "bieu-mau", "VALUE": "20",
    "STATUS": "missed", "NUMBER": "12/QĐ-CTĐ", "DAYS": "25", "ID": "tay-nam", "--db": "htx.db",
    "--seat": "3", "--map": '"Số HTX mới=target:1a"',
}  # fmt: skip


_DECLARED: dict[str, Callable[..., None]] = {}


def command(name: str, *needs: str) -> Callable[[Callable[..., Any]], None]:
    """Declare a command. Its function takes a `Session` first, then its own parameters.

    What it returns is shown: an answer, a `Done`, or an `Answer` with remarks and an exit code.

    A parameter that is a dataclass stands for the options that its fields declare. `needs` names
    the groups of `options.COMMON` that it takes beside its own: "writes", "shows",
    "reads_numbers". The docstring is the help text.
    """

    def declare(function: Callable[..., Any]) -> None:
        taken = list(inspect.signature(function).parameters.values())[1:]
        groups: dict[str, Any] = {p.name: p.annotation for p in taken if is_dataclass(p.annotation)}
        own = [each for p in taken for each in _options_of(p)]
        common = {name: option for need in ("all", *needs) for name, option in COMMON[need].items()}
        keyword = inspect.Parameter.KEYWORD_ONLY
        context = inspect.Parameter("context", keyword, annotation=typer.Context)
        beside = [
            inspect.Parameter(name, keyword, default=default, annotation=annotation)
            for name, (annotation, default) in common.items()
        ]

        def run(**given: Any) -> None:
            root = given.pop("context").obj or {}
            told = {name: given.pop(name) for name in common}
            for option in ("db", "lang", "cluster", "json_asked"):
                told[option] = told[option] or root.get(option)
            for name, group in groups.items():
                given[name] = group(**{each.name: given.pop(each.name) for each in fields(group)})
            session = Session(words=root.get("words", ""), **told)
            if "shows" in needs:
                session.check_output()
            answer = function(session, **given)
            session.answer(answer)
            if isinstance(answer, Answer) and answer.exit:
                raise typer.Exit(answer.exit)

        parameters = [*(p.replace(kind=keyword) for p in own), context, *beside]
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {p.name: p.annotation for p in parameters}
        run.__doc__ = function.__doc__
        _DECLARED[name] = run

    return declare


def built(name: str) -> Any:
    """Return a declared command as Typer builds it."""
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    settings = {"allow_extra_args": True, "help_option_names": HELP}
    app.command(name, cls=HtxCommand, context_settings=settings)(_DECLARED[name])
    return typer.main.get_command(app)


def _options_of(parameter: inspect.Parameter) -> list[inspect.Parameter]:
    """The parameter itself, or the options that a dataclass declares."""
    group: Any = parameter.annotation
    if not is_dataclass(group):
        return [parameter]
    return [
        inspect.Parameter(each.name, parameter.kind, default=each.default, annotation=each.type)
        for each in fields(group)
    ]


class HtxCommand(TyperCommand):
    """A command whose help and usage errors are ours, and whose values may begin with a minus."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse as Typer does, but take `-5` for a value, and name what is too much."""
        ctx.ignore_unknown_options = any(_LOOKS_NEGATIVE.match(arg) for arg in args)
        try:
            rest = super().parse_args(ctx, args)
        except typer.TyperException as error:
            raise usage_error(error, ctx) from None
        if rest and not ctx.resilient_parsing:
            option = rest[0].startswith("--")
            code = "no_such_option" if option else "argument_extra"
            raise UsageError(code, **{"option" if option else "value": rest[0]})
        return rest

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Usage, what it does, its arguments, its options, those that every command takes, examples."""
        from htx_cli.terminal.examples import EXAMPLES

        formatter.width = help_width()
        arguments = [p for p in self.params if p.param_type_name == "argument"]
        options = [p for p in self.params if p.param_type_name == "option"]
        names = [argument_name(p) for p in arguments]
        usage = " ".join([*names, t("[OPTIONS]")])
        formatter.write_usage(ctx.command_path, usage, t("Usage: "))
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(t(inspect.cleandoc(self.help or "")))
        common = {name for options in COMMON.values() for name in options}
        shared = [p for p in self.params if p.name in common]
        for title, params in (
            (t("Arguments"), arguments),
            (t("Options"), [p for p in options if p.name not in common]),
            (t("Options of every such command"), shared),
        ):
            write_parameters(formatter, title, params)
        with formatter.section(t("Help")):
            formatter.write_dl([(", ".join(HELP), t("Show this help."))])
        with formatter.section(t("Examples")):
            for example in EXAMPLES[ctx.command.name]:
                formatter.write(f"  {example}\n")  # one line, however narrow the terminal


def usage_error(error: Any, ctx: Any) -> UsageError:
    """Turn Typer's error on the command line into ours, with an example of what to type."""
    params = ctx.command.params
    named: str = getattr(error, "option_name", "")
    match type(error).__name__:
        case "NoSuchOption":
            known = sorted(error.possibilities or ())
            return unknown(UsageError, "no_such_option", known, option=named)
        case "MissingParameter":
            return missing(ctx, error.param)
        case "BadOptionUsage":
            param = next((p for p in params if named in (*p.opts, *p.secondary_opts)), None)
            if param is None or param.is_flag:  # --help stands in no list
                return UsageError("option_takes_no_value", option=named)
            return UsageError("option_needs_value", option=named, example=_sample(param, named))
    return UsageError("usage", why=error.format_message())


def missing(ctx: Any, param: Any) -> UsageError:
    """The error that says how to type an option or an argument that was not given."""
    if param.param_type_name == "option":
        named = param.opts[0]
        return UsageError("argument_missing", name=named, example=_sample(param, named))
    needed = [p for p in ctx.command.params if p.required]
    options = [p for p in needed if p.param_type_name == "option"]
    typed = [_sample(p) for p in needed if p not in options]
    typed += [_sample(p, p.opts[0]) for p in options]
    name = metavar(_first(param.metavar))
    return UsageError(
        "argument_missing", name=name, example=" ".join(["htx", ctx.info_name, *typed])
    )


def _sample(param: Any, option: str = "") -> str:
    """Return an example of what may be typed for a parameter."""
    word = _first(param.metavar)
    value = _SAMPLES.get(option) or _SAMPLES.get(word, word)
    return f"{option} {value}".lstrip()


def _first(metavar: str) -> str:
    return re.split(r"[| ]", metavar)[0]


def help_width() -> int:
    """Return the width of help: that of the terminal, but no wider than is good to read."""
    import shutil

    return max(min(shutil.get_terminal_size().columns, HELP_WIDTH) - 2, 50)


def argument_name(param: Any) -> str:
    """An argument as the usage line shows it."""
    name = metavar(param.metavar or str(param.name).upper())
    return name if param.required else f"[{name}]"


def write_parameters(formatter: Any, title: str, params: list[Any]) -> None:
    """A section of the help page; nothing if it would be empty."""
    if not params:
        return
    with formatter.section(title):
        formatter.write_dl([described(param) for param in params])


def described(param: Any) -> tuple[str, str]:
    """Return how an argument or an option is typed, and what it is for."""
    return _left(param), _right(param)


def _left(param: Any) -> str:
    if param.param_type_name == "argument":
        return argument_name(param)
    names = ", ".join([*param.opts, *param.secondary_opts])
    return names if param.is_flag else f"{names} {metavar(param.metavar)}"


def _right(param: Any) -> str:
    """Return what a parameter is for; an option is marked that cannot be left out."""
    said = t(param.help or "")
    if param.param_type_name == "option" and param.required:
        return f"{said} {t('Required.')}"
    return said
