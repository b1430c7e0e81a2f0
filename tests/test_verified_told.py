"""What `htx verify` found, in the words of whoever keeps the book."""

from pathlib import Path

from conftest import Run


def test_a_short_checkpoint_is_told_without_a_gap(run: Run, sample: Path) -> None:
    answer = run("verify", "--checkpoint", "12345 678")
    assert answer.exit == 5
    assert "No change of this book has the checkpoint 12345 678. Either" in answer.out
