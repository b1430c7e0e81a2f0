"""A cluster of three without any target, and the parts of a report as text."""

from tests.support.commands import Run

LAST_DAY, JUNE = "31/12/2021", "30/6/2021"


def sign(run: Run, code: str, *more: object, title: str = "HTX mới") -> None:
    assert run("add-target", code, title, "--year", 2021, *more).exit == 0


def record(run: Run, province: str, code: str, *more: object, as_of: str = LAST_DAY) -> None:
    answer = run("record", province, code, *more, "--as-of", as_of, "--numbers", "en")
    assert answer.exit == 0, answer.err


def own(run: Run, province: str, code: str, *more: object) -> None:
    assert run("set-share", province, code, *more, "--year", 2021).exit == 0


def report(run: Run, *more: object) -> str:
    return run("report", "--year", 2021, *more).out


def explained(run: Run, province: str, code: str, *more: object) -> list[str]:
    """The lines of an explanation, between its date and its table."""
    text = run("explain", province, code, "--year", 2021, *more).out
    return text.rstrip("\n").split("\n\n")[1].split("\n")


def section(text: str, title: str) -> list[str]:
    """The lines under a title of the report, none if there is no such title."""
    for part in text.split("\n\n"):
        first, *lines = part.rstrip("\n").split("\n")
        if first == title:
            return [line.strip() for line in lines]
    return []


def row(text: str, name: str) -> list[str]:
    """A row of the first table that has it, in words."""
    line = next(line for line in text.split("\n") if line.startswith(f"{name} "))
    return line.removeprefix(name).split()
