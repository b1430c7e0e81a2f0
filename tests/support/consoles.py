"""The console blocks of README and the guides: what they show, and what really comes out.

The blocks of a page run in one shell, in a fresh folder with `sample.db` and what stands under
`tests/sample` and `tests/data/books`. A comment `<!-- $ command -->` runs too, without being shown:
it fixes the clock, or puts a book in place.

`python -m tests.support.consoles` writes what really comes out into every page; with names, such as
`README en/trust`, into those only.
"""

import re
import shutil
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.support.terminal import on_terminal

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
GUIDES = ROOT / "htx_cli" / "guides"
_BLOCK = re.compile(r"```console\n(?P<shown>.*?)```|<!-- \$ (?P<hidden>.*?) -->", re.DOTALL)
_MARK = "\x01"


@dataclass(frozen=True)
class Step:
    """A command of a page and the lines under it; a hidden one shows neither."""

    command: str
    output: str = ""
    hidden: bool = False


@dataclass(frozen=True)
class Page:
    """README, or a guide."""

    path: Path

    @property
    def name(self) -> str:
        """`README`, `en/trust`: what the page is called here."""
        under = GUIDES if self.path.is_relative_to(GUIDES) else ROOT
        return self.path.relative_to(under).with_suffix("").as_posix()

    @property
    def language(self) -> str:
        """The language that the page's commands answer in."""
        return "vi" if self.name.startswith("vi/") else "en"

    @property
    def text(self) -> str:
        """What the page says."""
        return self.path.read_text(encoding="utf-8")


def pages() -> list[Page]:
    """README and every guide."""
    return [Page(README), *map(Page, sorted(GUIDES.glob("*/*.md")))]


def steps(text: str) -> list[Step]:
    """Every command of a page, in order."""
    found: list[Step] = []
    for block in _BLOCK.finditer(text):
        if block["hidden"]:
            found.append(Step(block["hidden"], hidden=True))
        else:
            found += _shown(block["shown"])
    return found


def _shown(block: str) -> Iterator[Step]:
    """The commands of a block; one goes on below where a line ends in `\\` or inside of quotes."""
    for part in re.split(r"(?m)^\$ ", block)[1:]:
        lines = part.splitlines(keepends=True)
        command = lines.pop(0)
        while command.endswith("\\\n") or command.count('"') % 2:
            command += lines.pop(0)
        yield Step(command.rstrip("\n"), "".join(lines))


def really(steps: list[Step], language: str = "en", width: int = 80) -> list[Step]:
    """The same commands with what they print on a terminal of that width."""
    with TemporaryDirectory() as folder:
        shutil.copy(ROOT / "sample.db", folder)
        for tree in ("sample", "data/books"):
            shutil.copytree(ROOT / "tests" / tree, Path(folder) / "tests" / tree)
        script = Path(folder) / "script"
        script.write_text("".join(map(_typed, steps)), encoding="utf-8")
        environ = {
            "PATH": f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin",
            "HOME": folder,
            "TERM": "dumb",
            "COLUMNS": str(width),
            "LANG": "C.UTF-8",
            "HTX_LANG": language,
            "TZ": "Asia/Ho_Chi_Minh",
        }
        screen = on_terminal(["bash", str(script)], environ, folder, alone=True)
    lines = [line.rstrip() for line in screen.replace("\r\n", "\n").split("\n")]
    outputs = "\n".join(lines).split(_MARK)[1:]
    return [
        Step(step.command, output, step.hidden) for step, output in zip(steps, outputs, strict=True)
    ]


def _typed(step: Step) -> str:
    """A command as the shell gets it; a hidden one is only heard of if it fails."""
    if step.hidden:
        return f"printf '\\001'\n{{ {step.command}; }} > /dev/null 2>&1 || echo failed\n"
    return f"printf '\\001'\n{step.command}\n"


def rewritten(page: Page) -> str:
    """The page with what really comes out."""
    made = iter(really(steps(page.text), page.language))

    def block(match: re.Match[str]) -> str:
        if match["hidden"]:
            next(made)
            return match.group()
        here = islice(made, len(list(_shown(match["shown"]))))
        body = "".join(f"$ {step.command}\n{step.output}" for step in here)
        return f"```console\n{body}```"

    return _BLOCK.sub(block, page.text)


def main(names: list[str]) -> None:
    """Write what really comes out into the pages named, or into all."""
    chosen = [page for page in pages() if not names or page.name in names]
    with ThreadPoolExecutor(2) as pool:  # the work is done by the shells
        for page, text in zip(chosen, pool.map(rewritten, chosen), strict=True):
            page.path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
