"""What stands in the way of a year: that it is closed, or cannot be closed yet."""

YEARS: dict[str, str] = {
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
}
