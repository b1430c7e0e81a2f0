"""Messages on years, members, leaders and provinces."""

CLUSTER: dict[str, str] = {
    # rejected, nothing written (exit 4)
    "year_closed": "{year} is closed: neither its pact nor its figures change any more. "
    "To change them all the same, reopen it first: htx reopen-year {year} --because TEXT",
    "seats_closed": "Closed: {years}. Who its members and its leaders were, and what the cluster was "
    "called, does not change any more. To change it all the same, reopen it first: {command}",
    "year_draft": "The pact of {year} is a draft. Sign it first: "
    "htx sign-pact --year {year} --on DATE",
    "year_begun": "Something is signed or drafted for {year} already, so no draft is made for it. "
    "Change it as it stands: htx targets --year {year}",
    "open_from_later": "{source} is not before {year}: a pact is copied from an earlier year.",
    "pact_signed": "The pact of {year} was signed on {on}. To name another day, say why with --because.",
    "signed_future": "{on} is still to come: nothing is signed on that day yet.",
    "signed_far": "{on} is far from {year}: its pact is signed in it, or in the year before or after.",
    "decision_needed": "The pact of {year} was signed on {on}: to change it, name the decision and say "
    "why, for example --decision 12/QĐ-CTĐ --because TEXT, with --on DATE from when it holds.",
    "decision_not_here": "The pact of {year} is not signed, so it changes without a decision: leave "
    "--decision and --on out. To sign it: htx sign-pact --year {year} --on DATE",
    "decision_before": "{code} was changed from {first_day} on by decision {decision}; another one cannot "
    "hold from {on}: name that day or a later one with --on.",
    "decided_already": "{code} says so already, from {first_day} on by decision {decision}. To let it say so "
    "by another decision or from another day, take that change back first: htx undo {number}",
    "decision_unsigned": "The pact of {year} was signed on {signed_on}: no decision changes it from {on}. "
    "Name {signed_on} or a later day with --on.",
    "target_kind_signed": "In the signed pact of {year} target {code} keeps its kind. "
    "Sign the new one under another code.",
    "due_days_range": "{days} days are too many: due dates lie within {limit} days of the period's end.",
    "due_days": "“{value}” is not a number of days. Write for example 25, or -10 for days before the end.",
    "due_one_of": "Say one of: how many days after the period's end, or --none. "
    "For example: htx set-due quarter 25",
    # not found (exit 3)
    "due_unset": "No due dates are set for {year}. Set them, for example: "
    "htx set-due quarter 25 --year {year}",
    "target_not_yet": "Target {code} was not in force on {on}.",
    # rejected, nothing written (exit 4)
    "year_running": "{year} is not over: it can be closed from {last} on.",
    "year_missing": "Figures of {year} did not come, are older than its last day, or lack a base or a "
    "whole: {known}. Record them, or close the year as it is: htx close-year {year} --incomplete",
    "year_differing": "Figures of {year} cannot be judged, as the thresholds of the provinces that "
    "merged differ: {differing}. Settle each with one threshold in their place, for example: {command} "
    "– or close the year as it is: htx close-year {year} --incomplete",
    "year_missing_and_differing": "Figures of {year} did not come, are older than its last day, or lack "
    "a base or a whole: {known}. Record them. Others cannot be judged, as the thresholds of the "
    "provinces that merged differ: {differing}. Settle each with one threshold in their place, for "
    "example: {command} – or close the year as it is: htx close-year {year} --incomplete",
    # usage (exit 2)
    "reopen_because": "Say why {year} is reopened: htx reopen-year {year} --because TEXT",
    # odd, but written
    "draft_of_parts": "{province} {code}: those that it came of were asked for {before} together in {old}; "
    "the draft of {year} asks for {copied}. To ask for as much as before: "
    "htx set-share {id} {code} {typed} --year {year}",
    "pact_text_year": "line {line} names {named}, which is neither {year} nor the base year of its "
    'targets. To put it right: htx change-target {code} --year {year} --line-text "…"',
    "pact_text_number": "line {line} does not name {threshold}, which target {code} asks for. "
    'To put it right: htx change-target {code} --year {year} --line-text "…"',
    # -- members, leaders and the name of a cluster --
    "not_seated": "{province} is not a member of the cluster on {on}: beside {parts} it came of {others}, "
    "from outside the cluster. If it is to be one: htx add-member {id} --since {day}",
    "name_since": "The cluster bears its name since {day} only. Rename it from a later day on.",
    "leader_vacant": "Nobody leads {year} on that day. Name the leader too: --leader PROVINCE",
    "project_range": "--project takes a number of years from 1 to 99, not “{value}”.",
    # odd, but written
    "takes_no_seat": "{province} takes no seat in {cluster}: beside {parts} it came of {others}, from "
    "outside the cluster. From {day} on the cluster's sums lack its figures. "
    "To seat it: htx add-member {id} --since {day} --cluster {cluster_id}",
    "leader_left": "{province} led {year}, and nobody follows from {day} on. To record who does: "
    "htx rotate-leader --year {year} --leader PROVINCE --on {day} --because TEXT",
    "deputy_left": "{province} was deputy of {year}, and nobody follows from {day} on. To record who does: "
    "htx rotate-leader --year {year} --deputy PROVINCE --on {day} --because TEXT",
    "leader_left_year": "{province} is recorded as leader of {year}. To record another: "
    "htx rotate-leader --year {year} --leader PROVINCE --because TEXT",
    "deputy_left_year": "{province} is recorded as deputy of {year}. To record another: "
    "htx rotate-leader --year {year} --deputy PROVINCE --because TEXT",
    # -- provinces that merge --
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
