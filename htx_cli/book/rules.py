"""Rules of a sound book that its tables cannot hold: named SQL, each finding its breaks.

A rule is broken only by what no command of htx writes: another program's hand, or a change taken back
that others rest on. Where a later command may leave an older record behind (a member that goes after
its share was set), the rule asks for no more than still holds then.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final, NamedTuple

from msgspec import Struct

from htx_cli.book.schema import KEYS
from htx_cli.domain.model import WHOLE_CLUSTER
from htx_cli.text.messages import SENTENCES

MOST_DIGITS = 15  # significant ones, that a REAL gives back exactly


class BrokenRule(Struct, frozen=True):
    """A record that breaks a rule: its table, its natural key, and the code of the rule."""

    table: str
    key: str
    code: str

    @property
    def sentence(self) -> str:
        """Return the rule in English, as of an error."""
        return SENTENCES[self.code]

    @property
    def values(self) -> Mapping[str, object]:
        """Return what fills the sentence."""
        return {"table": self.table, "key": self.key}


class RecordRule(NamedTuple):
    """A condition under which records `r` of a table, beside what they are joined to, cannot be."""

    table: str
    broken: str
    beside: str = ""


def broken(
    connection: sqlite3.Connection, cluster: str | None = None, year: int | None = None
) -> Iterator[BrokenRule]:
    """Find every record that breaks a rule, rule by rule in the order of the keys; one may break several.

    With a cluster or a year only what belongs to it is looked at, and what belongs to none.
    """
    connection.create_function("digits", 1, _digits, deterministic=True)
    limits = {"cluster": cluster, "year": year}
    for code, rule in RULES.items():
        key = KEYS[rule.table]
        wanted = [name for name, value in limits.items() if value is not None and name in key]
        narrowed = "".join(f' AND r."{name}" = :{name}' for name in wanted)
        sql = (
            f"{_SEATED} SELECT {key_text(rule.table)} FROM main.{rule.table} r {rule.beside}"
            f" WHERE ({rule.broken}){narrowed} ORDER BY 1"
        )
        for row in connection.execute(sql, limits):
            yield BrokenRule(rule.table, str(row[0]), code)


def key_text(table: str) -> str:
    """Return SQL for the natural key, as the journal writes it."""
    return " || '/' || ".join(f"coalesce(r.\"{part}\", '{WHOLE_CLUSTER}')" for part in KEYS[table])


def _digits(number: object) -> int:
    """Count the significant digits of a number in its shortest form."""
    if not isinstance(number, float):
        return 0
    return len(Decimal(repr(number)).normalize().as_tuple().digits)


# Who sat in a cluster from when to when: as members, or as what members went into.
_SEATED: Final = """
WITH RECURSIVE seated (cluster, province, first_day, last_day) AS (
    SELECT m.cluster, m.province, max(m.first_day, p.first_day),
        min(coalesce(m.last_day, '9999'), coalesce(p.last_day, '9999'))
    FROM main.members m JOIN main.provinces p ON p.id = m.province
    UNION
    SELECT s.cluster, p.id, p.first_day, coalesce(p.last_day, '9999')
    FROM seated s JOIN main.successions w ON w.predecessor = s.province
        AND s.last_day >= date(w.day, '-1 day')
    JOIN main.provinces p ON p.id = w.successor
)
"""

_NEW_YEAR = "r.year || '-01-01'"
_TARGET = "JOIN main.targets t ON t.cluster = r.cluster AND t.year = r.year AND t.code = r.target"


def _too_long(*columns: str) -> str:
    """Return SQL for numbers with more digits than can be kept; SQLite's reading only finds suspects."""
    return " OR ".join(
        f'CAST(printf(\'%.15g\', r."{c}") AS REAL) <> r."{c}" AND digits(r."{c}") > {MOST_DIGITS}'
        for c in columns
    )


def _never_seated(province: str, day: str) -> str:
    """Return SQL for a province that had not sat in the cluster by a day. It may have left since."""
    return f"""{province} IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM seated s
        WHERE s.cluster = r.cluster AND s.province = {province} AND s.first_day <= {day}
    )"""


_NOT_SIGNED = (
    "y.pact IS NOT 'signed'",
    "JOIN main.years y ON y.cluster = r.cluster AND y.year = r.year",
)

RULES: Final[Mapping[str, RecordRule]] = {
    "rule_parts": RecordRule(
        "results",
        """
        r.rate IS NOT NULL AND t.kind NOT IN ('ratio', 'growth')
        OR t.kind = 'ratio' AND r.rate NOT BETWEEN 0 AND 100
        OR r."of" IS NOT NULL AND t.kind NOT IN ('ratio', 'tracked')
        OR r.base IS NOT NULL AND t.kind <> 'growth'
        OR t.kind = 'ratio' AND r.value IS NOT NULL AND r."of" IS NULL
        OR t.kind IN ('count', 'ratio') AND r.value < 0
        """,
        _TARGET,
    ),
    "rule_yes_no": RecordRule("results", "t.kind = 'yes-no' AND r.value NOT IN (0, 1)", _TARGET),
    "rule_digits": RecordRule("results", _too_long("value", "of", "base", "rate")),
    "rule_future": RecordRule(
        "results",
        "r.basis = 'actual' AND r.as_of > date(c.at, '+1 day')",  # no zone is further than that
        "JOIN main.changes c ON c.id = r.change",
    ),
    "rule_whole": RecordRule(
        "results", "r.province IS NULL AND t.scope = 'each' AND t.kind <> 'tracked'", _TARGET
    ),
    "rule_no_member": RecordRule(
        "results",
        """r.province IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM seated s WHERE s.cluster = r.cluster AND s.province = r.province
                AND r.as_of BETWEEN s.first_day AND s.last_day
        )""",
    ),
    "rule_threshold": RecordRule(
        "targets",
        "r.kind = 'count' AND r.threshold < 0"
        " OR r.of_title IS NOT NULL AND r.kind NOT IN ('ratio', 'tracked')",
    ),
    "rule_threshold_digits": RecordRule("targets", _too_long("threshold")),
    "rule_code_twice": RecordRule(
        "targets",
        """EXISTS (
            SELECT 1 FROM main.targets o WHERE o.cluster = r.cluster AND o.year = r.year
                AND o.code <> r.code AND lower(o.code) = lower(r.code)
        )""",
    ),
    "rule_share": RecordRule(
        "shares",
        """
        t.kind = 'tracked'
        OR t.kind = 'yes-no' AND r.threshold IS NOT NULL
        OR t.kind = 'ratio' AND r.threshold NOT BETWEEN 0 AND 100
        OR t.kind = 'count' AND r.threshold < 0
        """,
        _TARGET,
    ),
    "rule_share_digits": RecordRule("shares", _too_long("threshold")),
    "rule_share_no_member": RecordRule("shares", _never_seated("r.province", "r.year || '-12-31'")),
    "rule_member_twice": RecordRule(
        "members",
        """EXISTS (
            SELECT 1 FROM main.members o WHERE o.cluster = r.cluster AND o.province = r.province
                AND o.first_day > r.first_day AND o.first_day <= coalesce(r.last_day, '9999')
        )""",
    ),
    "rule_seat_twice": RecordRule(
        "members",
        """EXISTS (
            SELECT 1 FROM main.members o JOIN main.provinces q ON q.id = o.province
            WHERE o.cluster = r.cluster AND o.seat = r.seat AND o.province > r.province
                AND max(o.first_day, q.first_day, r.first_day, p.first_day) <= min(
                    coalesce(o.last_day, '9999'), coalesce(q.last_day, '9999'),
                    coalesce(r.last_day, '9999'), coalesce(p.last_day, '9999')
                )
        )""",
        "JOIN main.provinces p ON p.id = r.province",
    ),
    "rule_leader_no_member": RecordRule(
        "leaderships",
        f"{_never_seated('r.leader', _NEW_YEAR)} OR {_never_seated('r.deputy', _NEW_YEAR)}",
    ),
    "rule_takeover_no_member": RecordRule(
        "takeovers",
        f"{_never_seated('r.leader', 'r.first_day')} OR {_never_seated('r.deputy', 'r.first_day')}",
    ),
    "rule_former_line": RecordRule("former_lines", *_NOT_SIGNED),
    "rule_former_target": RecordRule("former_targets", *_NOT_SIGNED),
    "rule_former_share": RecordRule("former_shares", *_NOT_SIGNED),
    "rule_handover": RecordRule(
        "handovers",
        """
        r.number > 1 AND NOT EXISTS (SELECT 1 FROM main.handovers o WHERE o.number = r.number - 1)
        OR r.taken_on < date(r.handed_on, '-1 day')
        """,
    ),
    "rule_succession": RecordRule(
        "successions",
        """
        p.last_day IS NOT date(r.day, '-1 day') OR q.first_day > r.day
        OR coalesce(q.last_day, '9999') < r.day
        """,
        "JOIN main.provinces p ON p.id = r.predecessor JOIN main.provinces q ON q.id = r.successor",
    ),
}
