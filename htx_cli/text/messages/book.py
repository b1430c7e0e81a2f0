"""Messages on a book: undo, merge, hand-over, verification, and the rules of its records."""

BOOK: dict[str, str] = {
    # rejected, nothing written (exit 4)
    "undo_settings": "Change {number} ({command}) made the book itself, its tables or its register, "
    "and cannot be taken back.",
    "undo_blocked": "Change {number} was not taken back, for later changes build on it ({later}), and "
    "others may build on those in turn. Begin with the last: htx undo {last}",
    "undo_because": "Change {number} closed {year}: to take it back is to reopen the year. Say why: "
    "htx undo {number} --because TEXT",
    "undo_unsound": "Change {number} was not taken back: {rule}",
    "undo_signed": "Change {number} was not taken back, for it belongs to the pact of {year}, which is "
    "signed. By a decision it can be changed still: --decision NUMBER --because TEXT with htx "
    "change-target, add-target, remove-target or set-share.",
    "undo_clash": "Change {number} was not taken back: the book cannot hold what would stand again "
    "beside what stands now ({why}).",
    "undo_later": "Change {number} ({who}, {day}): {what}",
    "merge_itself": "{path} is this very book. Name the other copy.",
    "merge_strangers": "{other} is no copy of {path}: the two have no change in common.",
    "merge_undecided": "Nothing was written. Records that differ in {other}: {count}. Say whose shall stand, "
    "--ours or --theirs; on a terminal you are asked one by one.",
    "merge_unfit": "Nothing was written: what the two copies changed cannot stand together. {rule} "
    "Take one of these back in its copy, then merge again.",
    "merge_refers": "A record refers to one that the other copy took away.",
    "merge_clash": "Nothing was written: what the two copies wrote cannot stand side by side ({why}).",
    "merge_closed_here": "Nothing was written: {year} was closed here, and {other} has other figures or "
    "another pact of it. To take them all the same, reopen it first: htx reopen-year {year} "
    "--because TEXT. Then merge again, and close it again.",
    "merge_closed_there": "Nothing was written: {year} was closed in {other}, which has other figures or "
    "another pact of it. Reopen it there first: htx --db {other} reopen-year {year} --because TEXT. "
    "Then merge again, and close it again.",
    "merge_seats_closed_here": "Nothing was written: {year} was closed here, and {other} has other members "
    "or leaders of it, or another name of the cluster. To take them all the same, reopen it first: "
    "htx reopen-year {year} --because TEXT. Then merge again, and close it again.",
    "merge_seats_closed_there": "Nothing was written: {year} was closed in {other}, which has other members "
    "or leaders of it, or another name of the cluster. Reopen it there first: "
    "htx --db {other} reopen-year {year} --because TEXT. Then merge again, and close it again.",
    "merge_signed_here": "Nothing was written: the pact of {year} was signed here, and {other} changed it "
    "without a decision. Take that back there, with htx --db {other} undo, and merge again; what is to "
    "change is then changed here, with --decision NUMBER --because TEXT.",
    "merge_signed_there": "Nothing was written: the pact of {year} was signed in {other}, and changed here "
    "without a decision. Take that back here, with htx undo, and merge again; what is to change is then "
    "changed with --decision NUMBER --because TEXT.",
    "merge_later": "{who}, {day}: {what}",
    # odd, but written
    "base_of_closed": "{closed} is closed, and its growth of {codes} is measured from the figures of {year}: "
    "its report says something else now.",
    "base_lost": "Growth over {year} has no base now ({count}): {figures}",
    # the book (exit 5)
    "merge_damaged": "{path} is not what its journal says, and nothing of it was taken: {where}{why} "
    "See “htx --db {path} verify”.",
    "merge_no_book": "{path} is no book of htx, so it cannot be merged. Name another copy of this book; "
    "figures that stand in a file come in with “htx import”.",
    # a mistake of usage (exit 2)
    "merge_one_side": "--ours and --theirs contradict each other. Give one of them.",
    "change_unreadable": "“{value}” is not the number of a change. Write for example 17; “htx log” "
    "lists them.",
    # anything else (exit 1)
    "declined": "Nothing was written.",
    # -- a book that is handed over --
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
    # -- what `htx verify` finds --
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
    # -- a record that breaks a rule --
    "rule_parts": "The figure has parts that its kind of target does not have, or lacks one.",
    "rule_yes_no": "The figure is neither yes nor no.",
    "rule_digits": "A number of the figure has more than 15 digits.",
    "rule_future": "The actual figure is dated after the change that wrote it.",
    "rule_whole": "The figure is of the whole cluster, but its target binds each province.",
    "rule_no_member": "The province was no member of the cluster on the day of the figure.",
    "rule_threshold": "The target's threshold or whole does not fit its kind.",
    "rule_threshold_digits": "The target's threshold has more than 15 digits.",
    "rule_code_twice": "Another target of the year has the same code in other letters.",
    "rule_share": "The province's own threshold does not fit the kind of its target.",
    "rule_share_digits": "The province's own threshold has more than 15 digits.",
    "rule_share_no_member": "The province had never been a member of the cluster by that year.",
    "rule_member_twice": "The province is a member of the cluster twice at once.",
    "rule_seat_twice": "Two members of the cluster hold this seat at once.",
    "rule_leader_no_member": "The leader or the deputy had never been a member of the cluster by then.",
    "rule_takeover_no_member": "Who took over the year had never been a member of the cluster by then.",
    "rule_former_line": "A decision changed this sentence, but the pact of its year is not signed.",
    "rule_former_target": "A decision changed this target, but the pact of its year is not signed.",
    "rule_former_share": "A decision changed this share, but the pact of its year is not signed.",
    "rule_handover": "The book was taken over before it was handed over, or an earlier hand-over is "
    "missing.",
    "rule_succession": "The day of the succession does not fit the days of its provinces.",
}
