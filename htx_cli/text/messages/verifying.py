"""What `htx verify` finds."""

VERIFYING: dict[str, str] = {
    "verify_checkpoint": "No change of this book has the checkpoint {checkpoint}. Either it is "
    "mistyped, or it is of another copy (bring that in with “htx merge”), or changes that this book "
    "had were cut off or written anew: then go back to a backup.",
    # of a book that is to be taken over (exit 5)
    "checkpoint_not_in": "{path} is sound, but no change in it has the checkpoint {checkpoint}. Compare it "
    "with the minutes; if they say so, ask for the file that they are about.",
    # the file and the form of its tables
    "verify_unreadable": "The book cannot be read any further here ({why}).",
    "verify_file": "SQLite finds the file damaged: {why}",
    "verify_reference": "The record refers to one of {parent} that is not there.",
    "verify_object_missing": "The {kind} {name} is missing.",
    "verify_object_foreign": "The {kind} {name} was not made by htx.",
    "verify_object_altered": "The {kind} {name} is not as htx makes it.",
    "verify_encoding": "Its texts are kept as {found}; htx keeps them as UTF-8.",
    "verify_steps": "The book says that it took the steps {found}; it should be {known}.",
    "verify_version": "The file's header says schema {header}, the records say {records}.",
    # the chain
    "verify_gap": "Change {number} follows on change {before}: what was between is gone.",
    "verify_rows": "Change {number} has more or fewer records than it says.",
    "verify_positions": "The records of change {number} are not in their places.",
    "verify_hash": "Change {number} is not as it was written: its hash is another.",
    "verify_origin": "Change {number} was made in this book, but names another origin.",
    "verify_origin_twice": "Change {number} names the same origin as change {other}.",
    "verify_words": "Change {number} holds what htx does not write: a time, a place or a record.",
    # the records
    "verify_table": "The journal tells of a table that no book has.",
    "verify_before": "Change {number} found another record than the one left before it.",
    "verify_altered": "Altered without a change.",
    "verify_removed": "Removed without a change.",
    "verify_added": "Added without a change.",
    "verify_writer": "The figure names change {stands} as its writer; it was {number}.",
    # a mistake of usage (exit 2)
    "checkpoint_unreadable": "“{value}” is not a checkpoint. Write 8 to 64 of the characters 0-9 and "
    "a-f, for example 1a2b3 c4d5e 6f7a8 b9c0d.",
    "checkpoint_short": "More than one change begins with “{value}”. Write more of the checkpoint.",
    "backup_is_book": "{path} is the book itself. Name another file for its copy.",
}
