"""Messages on what cannot be understood, found or opened: a command line, a name, a file, a book."""

USAGE: dict[str, str] = {
    "each_files": "--each needs files by their names: what comes through a pipe is read once.",
    "source_files": "{option} is of one file: import the files one by one.",
    # the book (exit 5)
    "book_missing": "There is no book at {path}. Make one with “htx init”, or name another with --db.",
    "book_exists": "{path} exists already and was not touched. Choose another place with --db.",
    "book_is_folder": "{path} is a folder, not a book. Name the file inside it with --db.",
    "book_not_a_file": "{path} is no regular file, so it cannot be a book. Name another file with --db.",
    "book_folder_missing": "The folder {path} does not exist. Make it first.",
    "book_unreadable": "{path} cannot be opened: {why}",
    "book_not_a_book": "{path} is not a book of htx. Name another file with --db.",
    "book_empty": "{path} is empty. Remove it and run “htx init”, or name another book with --db.",
    "book_newer": "{path} was written by a newer htx (schema {found}, this one knows {known}). Update htx.",
    "book_older": "{path} was written by an older htx. Run “htx migrate”; a copy is kept.",
    "book_locked": "{path} is being written by another program, and {seconds} s of waiting did not help. "
    "The last change was {last}. Try again, or wait longer with HTX_WAIT=60.",
    "book_busy": "{path} is being written by another program, and {seconds} s of waiting did not help. "
    "Try again, or wait longer with HTX_WAIT=60.",
    "book_being_read": "{path} is being read by another program, and {seconds} s of waiting did not help. "
    "Close it there, or wait longer with HTX_WAIT=60.",
    "book_read_only": "{path} cannot be written: the file or its folder is read-only.",
    "book_damaged": "{path} is damaged ({why}). Go back to a copy; do not write to this one.",
    "book_version_differs": "{path} is damaged: its header says schema {header}, "
    "its records say schema {records}. Go back to a copy; do not write to this one.",
    "book_disk_refused": "The disk refused ({why}); nothing was written to {path}. "
    "Look at the disk, then try again.",
    "book_full": "The disk is full; nothing was written to {path}.",
    # the command line (exit 2)
    "no_such_option": "There is no option {option} here.[ Did you mean {suggestions}?]",
    "no_such_command": "There is no command “{name}”.[ Did you mean {suggestions}?]",
    "topic_unknown": "There is no guide “{name}”.[ Did you mean {suggestions}?] “htx help” lists them.",
    "argument_missing": "{name} is missing. Type for example: {example}",
    "argument_extra": "“{value}” was not expected here. Put a name of several words in quotes, "
    'for example "soc trang".',
    "option_needs_value": "{option} needs a value. Type for example: {example}",
    "option_takes_no_value": "{option} takes no value. Type it alone.",
    "no_answer": "The questions were not answered to the end; nothing was written.",
    "figure_needs_code": "To see the life of a figure, name its target too: "
    'htx log "{name}" 1a --year {year}. To see a change, write its number: htx log 12.',
    "not_one_of": "“{value}” is none of: {choices}.",
    "neither_yes_nor_no": "“{value}” is no answer. Type y (c, có) for yes, or n (k, không) for no.",
    "usage": "{why}",
    "year_unreadable": "“{value}” is not a year. Write it with four digits, for example 2021.",
    "year_not_here": "Change {change} is named by its number: leave --year out.",
    "bounds_many": "Give one bound only: --at-least, --at-most or --exactly.",
    "nothing_to_change": "Nothing to change was named. Say what, for example --at-least 25.",
    "now_unreadable": "HTX_NOW is “{value}”. Write a time with its offset, "
    "for example 2021-07-01T08:00:00+07:00.",
    "wait_unreadable": "HTX_WAIT is “{value}”. Write a number of seconds from 0 to 3600.",
    "lang_unknown": "“{value}” is not a language of htx. Write vi or en.",
    "format_unknown": "“{value}” is not a format. Choose one of: {choices}.",
    "format_needed": "The ending of {path} does not say the format. Add --format, one of: {choices}.",
    "format_differs": "--json and --format {value} contradict each other. Give one of them.",
    "file_missing": "There is no file {path}.",
    "file_unreadable": "{path} cannot be read: {why}",
    "temporary_unwritable": "The folder for temporary files, {path}, cannot be written: {why}. Make room "
    "there, or name another folder in the variable TMPDIR.",
    "file_unwritable": "{path} cannot be written: {why}",
    "output_is_book": "{path} is a book (or another SQLite file) and is not written over. "
    "Name another file.",
    "output_exists": "{path} exists already and was not touched. Name another file, "
    "or replace this one with --replace.",
    "ending_differs": "The ending of {path} contradicts the format {format}. "
    "Call the file {better}, or choose another format.",
    "file_is_folder": "{path} is a folder. Name the files in it, one after the other.",
    "file_kind_unknown": "{path} cannot be imported: save it as .xlsx .xls .ods .csv .tsv .json or .ndjson.",
    "stdin_empty": "Nothing came on standard input.",
    "share_one_of": "Say one of: a threshold, --not-assigned, --as-signed. "
    'For example: htx set-share "Cần Thơ" 1a 25',
    "status_unknown": "“{value}” is not a status. Choose from: {choices}.",
    # not found, ambiguous (exit 3)
    "province_unknown": "No province is called “{name}”.[ Did you mean {suggestions}?][ If this row is a "
    'subtotal or no part of the table, leave it out: --map "{row}=skip".]',
    "province_other_time": "“{name}” is a province only at another time: {known}.",
    "province_gone": "{province} went into {successor} ({id}) on {day}. Ask for {id}; "
    "for {province} only as of a day until {eve}.",
    "province_renamed": "{province} has been called {successor} ({id}) since {day}. Ask for {id}; "
    "for {province} only as of a day until {eve}.",
    "province_ambiguous": "“{name}” can be {matches}. Write the id to say which.",
    "cluster_unknown": "There is no cluster “{name}”. The book has: {known}.",
    "cluster_needed": "The book has more than one cluster. Say which with --cluster: {known}.",
    "cluster_none": "The book has no cluster yet. Add one with “htx add-cluster”.",
    "target_unknown": "There is no target “{code}” in {year}.[ The year has: {known}.]"
    "[ Did you mean {suggestions}?]",
    "target_other_year": "There is no target “{code}” in {year}, but {other} has one. "
    "Did you mean --year {other}?",
    "target_base_year": "There is no target “{code}” in {year}, the base year of the growth target "
    "{code} of {other}. Either add it to {year} and record again: "
    'htx add-target {code} "{title}" --year {year} --kind tracked. '
    "Or give the base with the figure of {other}: --base N --year {other}.",
    "year_unknown": "Nothing is signed or drafted for {year}. The book has: {known}.",
    "year_other": "Nothing is signed or drafted for {year}, but {other} has targets. "
    "Did you mean --year {other}?",
    "year_empty": "Nothing is signed or drafted for {year}. Add a target with “htx add-target”.",
    "result_unknown": "{province} has no {basis} figure for {code} as of {as_of}. It has: {known}.",
    "change_unknown": "There is no change {number}. The last one is {last}.",
    # anything else (exit 1)
    "output_refused": "The answer could not be written out: {why}",
    "output_refused_after": "Change {number} stands in the book, but the answer could not be "
    "written out: {why}  (htx log {number})",
    "internal": "Something went wrong inside the program: {why}. Please report it; "
    "HTX_DEBUG=1 shows more.",
    "sheet_left_out": "The sheet “{sheet}” was not read: it has no heading that is known.",
    # -- a book that went while a command wrote (exit 5) --
    "book_gone": "{path} was removed, moved or replaced by another file while this command ran: the book "
    "of that name does not hold this change. Look where the book went, and do it again there.",
    # -- the book as it was known --
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
