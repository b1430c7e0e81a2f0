"""What commands read from the command line, and how each of it is read: one rule for all of them."""

LONGEST_NUMBER = 15  # digits of a change's number


def change_number(text: str) -> int | None:
    """The number of a change, as `log` shows it; None if the text is no such number."""
    bare = text.strip()
    known = bare.isascii() and bare.isdigit() and len(bare) <= LONGEST_NUMBER
    return int(bare) if known else None
