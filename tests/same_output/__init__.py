"""Compare what two installed versions of htx print and write; `python -m tests.same_output --help`."""
