"""What a book did not know at the moment asked for, and what cannot be read as one."""

PAST: dict[str, str] = {
    "known_at_unreadable": "“{value}” is neither a day nor a change. Write a day like 30/6/2021, "
    "or the number of a change, as “htx log” lists them.",
    "known_at_unknown": "There is no change {number}; the last one is {last}. "
    "Write the number of a change, as “htx log” lists them, or a day like 30/6/2021.",
    "known_before_book": "On {day} there was no book yet: its first change was made on {first}.",
    "known_before_cluster": "After change {number} of {day} the book had no cluster yet: "
    "the first one came with change {first} on {first_day}.",
    "known_then": "As known after change {number} of {day}: {what}",
    # usage (exit 2)
    "known_not_written": "This is the book as it was known after change {number}, which is only read. "
    "Write to the book as it is now.",
}
