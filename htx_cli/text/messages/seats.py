"""Who sits in a cluster, and what it is called."""

SEATS: dict[str, str] = {
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
}
