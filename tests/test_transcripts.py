"""What a transcript shows is what really comes out: see `tests/support/transcripts.py`."""

from pathlib import Path

import pytest

from tests.support.transcripts import TRANSCRIPTS, played, read, written


@pytest.mark.parametrize("path", sorted(TRANSCRIPTS.glob("*.txt")), ids=lambda path: path.stem)
def test_a_transcript_shows_what_really_comes_out(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    steps = read(text)
    assert any(step.said for step in steps), "it says what it specifies"
    assert written(played(steps)) == text


def test_a_transcript_is_read_as_it_is_written() -> None:
    text = (
        "A file that is not there.\n\n"
        "  $ cat > x.csv\n"
        "  > a,b\n"
        "  >\n"
        "  $ htx import no.csv\n"
        "  2| htx: There is no file no.csv.\n"
        "  [3]\n\n"
        "Another, with an empty line.\n\n"
        "  $ htx report\n"
        "  one\n\n"
        "  two\n"
    )
    assert written(read(text)) == text
    assert [step.printed for step in read(text) if step.command] == [
        (),
        ("2| htx: There is no file no.csv.", "[3]"),
        ("one", "", "two"),
    ]


def test_a_command_that_is_not_of_transcripts_is_refused() -> None:
    with pytest.raises(ValueError, match="mv"):
        played(read("  $ mv htx.db x.db\n"))
