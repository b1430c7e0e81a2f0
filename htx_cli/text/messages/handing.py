"""What is wrong with a book that is handed over, or with the file that it comes in."""

HANDING: dict[str, str] = {
    "book_not_well": "{path} does not agree with its journal: {where}{why} “htx verify” shows everything.",
    "book_moving": "{path} is being written to again and again by other programs. Try again.",
    "journal_left": "{path} is left of another book that stood here. Move it away first.",
    "handover_unreadable": "{path} cannot be read as a handed-over book: it is damaged, or another kind of "
    "file. Ask for it again.",
    "handover_special": "{path} is no regular file. Name the file that was handed over.",
    "handover_strange": "{path} holds what no handed-over book does: {known}. Nothing was unpacked.",
    "handover_empty": "{path} does not hold {name}. Ask for the file as “htx hand-over” made it.",
    "handover_no_book": "What {path} holds is no book of htx.",
    "handover_altered": "The book in {path} is not the one that was packed: its last change is another one. "
    "Ask for the file again.",
    "handover_none": "The book in {path} was never handed over. To have it all the same, put a copy of it in "
    "place, or merge it.",
    "handover_taken": "The book in {path} was taken over already: {province}, {day}.",
    "parcel_ending": "What is handed over is one file that ends with .zip, not {path}. "
    "Write for example: -o {better}",
    # warnings, which do not block
    "book_stands": "{path} exists already and was not touched. Choose another place with --db, "
    "or replace the book that stands there with --replace: it is kept beside it.",
    "handover_not_leader": "{province} is not recorded as leader of {years}.",
}
