"""What is wrong with a document, or with what it is to prove."""

PROVING: dict[str, str] = {
    "document_empty": "{path} is empty, so it proves nothing.",
    "document_special": "{path} is no regular file. Name the file that proves the figure.",
    "document_changed": "{path} changed while it was read. Close it in other programs and try again.",
    "document_future": "{day} is still to come: no document bears it yet.",
    "document_unknown": "{path} proves nothing: no figure in the book names it (SHA-256 {sha256}).",
    "nothing_to_prove": "{province} has no {basis} figure for {code} in {year}. It has: {known}. "
    "Record the figure first, or name the year with --year.",
    "check_alone": "--check asks what a file proves and attaches nothing: leave out {value}.",
    "attach_shows": "Attaching answers with one line, or with --json: leave out {option}.",
    # warnings, which do not block
    "evidence_outdated": "{province} {code} as of {day}: {documents} proved the figure that this one "
    "replaces. Attach what proves the new one with “htx attach”.",
}
