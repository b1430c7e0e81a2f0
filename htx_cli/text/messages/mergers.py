"""What is wrong with provinces that merge."""

MERGERS: dict[str, str] = {
    # exit 2
    "merge_one": "“{name}” alone is no merger. A new name for one province: "
    'htx rename-province "{name}" NEW --on DATE --because TEXT',
    "merge_because": "Say by which act the provinces change: --because TEXT.",
    # exit 3
    "went_into": "{province} went into {successor} on {day}. Ask for {id}, "
    "or for {province} itself with --as-of {eve}.",
    "share_gone": "{province} is no province any more on {on}: it went into {successor}. Give the share "
    "to {id}, or name a day until {last_day} with --on.",
    "share_after": "{province} is no province any more on {on}. Name a day until {last_day} with --on.",
    "share_before": "{province} ({id}) is no province yet on {on}. Name {first_day} or a later day "
    "with --on.",
    # exit 4
    "no_split": "A province cannot be split into {names}: its figures are of the whole of it, and nobody "
    "can say which part of them belongs where. Add each new unit with “htx add-province”, let it join "
    "with “htx add-member”, and record its own figures; the old one leaves with “htx remove-member”.",
    "went_already": "{province} went into {successor} ({id}) on {day} already. A province goes into one "
    "other; its figures cannot be divided among several.",
    "goes_later": "{province} goes into {successor} ({id}) on {day}, and a province goes into one other "
    "only, under the name that it has. Another unit is added with “htx add-province” and joins with "
    "“htx add-member”.",
    "same_name": "{province} bears that name already: there is nothing to rename.",
    "ended_otherwise": "{province} ended on {until}. Name the day after as the day of the change.",
    "merge_twice": "{province} is named twice.",
    "merge_into_later": "{name} ({id}) is another province, which begins on {day}. Give the new one another "
    "name; if that one is meant, name its first day: --on {day}.",
    "merge_into_living": "{name} ({id}) is a province of its own on that day. If it takes in the others, "
    "name it among those that merge; the new one may bear its name.",
}
