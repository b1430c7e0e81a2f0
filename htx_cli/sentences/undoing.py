"""What is wrong when a change is to be taken back."""

UNDOING: dict[str, str] = {
    # rejected, nothing written (exit 4)
    "undo_settings": "Change {number} ({command}) made the book itself, its tables or its register, "
    "and cannot be taken back.",
    "undo_blocked": "Change {number} was not taken back, for later changes build on it. "
    "Take those back first: {first}.",
    "undo_unsound": "Change {number} was not taken back: {rule}",
    "undo_clash": "Change {number} was not taken back: the book cannot hold what would stand again "
    "beside what stands now ({why}).",
    "undo_later": "Change {number} ({who}, {day}): {what}",
    # a mistake of usage (exit 2)
    "change_unreadable": "“{value}” is not the number of a change. Write for example 17; “htx log” "
    "lists them.",
    # anything else (exit 1)
    "declined": "Nothing was written.",
}
