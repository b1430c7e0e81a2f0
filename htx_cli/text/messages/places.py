"""What became of a book's file, or of its tables, while a command was about to write."""

PLACES = {
    "book_gone": "{path} was removed, moved or replaced by another file while this command ran: the book "
    "of that name does not hold this change. Look where the book went, and do it again there.",
}
