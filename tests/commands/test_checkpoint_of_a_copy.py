"""A checkpoint that a copy noted stands in a merged book only by the word of the book."""

import json
import shutil
from pathlib import Path

from tests.support.commands import Run
from tests.support.copies import COLLEAGUE, ME, merged, record
from tests.support.journal import stored_hashes


def test_that_a_change_bore_a_checkpoint_in_a_copy_is_told_as_the_word_of_the_book(
    run: Run, sample: Path
) -> None:
    copy = Path(shutil.copy(sample, sample.with_name("copy.db")))
    record(run, sample, ME, 21, "1a")
    record(run, copy, COLLEAGUE, 3, "1b")
    merged(run, sample, copy)
    minutes = stored_hashes(copy)[-1][:20]
    answer = run("verify", "--checkpoint", minutes)
    assert (answer.exit, answer.err) == (
        0,
        "The book says that its change 34 of 05/01/2022, by Trần Bình, bore this checkpoint in the copy"
        " that it came from. Only that copy can prove it: htx --db COPY verify --checkpoint HASH\n",
    )
    asked = json.loads(run("verify", "--checkpoint", minutes, "--json").out)["asked"]
    assert asked == {"checkpoint": minutes, "change": 34, "proved": False}
    ours = stored_hashes(sample)[-1][:20]
    asked = json.loads(run("verify", "--checkpoint", ours, "--json").out)["asked"]
    assert asked == {"checkpoint": ours, "change": 34, "proved": True}
