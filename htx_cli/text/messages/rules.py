"""What the rules of `rules` say of a record that breaks them."""

RULES: dict[str, str] = {
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
