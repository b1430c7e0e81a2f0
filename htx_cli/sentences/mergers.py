"""What is wrong with provinces that merge."""

MERGERS: dict[str, str] = {
    "went_into": "{province} went into {successor} on {day}. Ask for {id}, "
    "or for {province} itself with --map old.",
}
