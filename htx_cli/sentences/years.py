"""What stands in the way of a year: that it is closed, or cannot be closed yet."""

YEARS: dict[str, str] = {
    # rejected, nothing written (exit 4)
    "year_closed": "{year} is closed: neither its pact nor its figures change any more. "
    "To change them all the same, reopen it first: htx reopen-year {year} --because TEXT",
    "year_running": "{year} is not over: it can be closed from {last} on.",
    "year_missing": "Figures of {year} did not come, are older than its last day, or lack a base or a "
    "whole: {known}. Record them, or close the year as it is: htx close-year {year} --incomplete",
    "reopen_because": "{year} was closed. To reopen it, say why with --because.",
    "year_open": "{year} is not closed, so there is nothing to reopen.",
}
