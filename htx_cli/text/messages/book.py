"""What is wrong when a change is to be taken back, or another copy to be merged in."""

UNDOING: dict[str, str] = {
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
}
