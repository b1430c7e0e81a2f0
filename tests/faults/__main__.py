"""`python -m tests.faults --full`: every fault in full. `--only kill` runs one part, the default is short.

Prints a table: how often each fault was tried, what survived it, what was lost, and how often a sound
book was called unsound. Ends with 1 if anything was lost, and with 1 for a false alarm.
"""

import argparse
import sys
import time

from tests.faults.every import PARTS, SEED
from tests.faults.trial import Row, table


def main() -> int:
    """Run the parts that are asked for; gives the exit code."""
    parser = argparse.ArgumentParser("python -m tests.faults", description=__doc__)
    parser.add_argument("--full", action="store_true", help="as often and as long as it takes")
    parser.add_argument("--only", action="append", choices=PARTS, help="one part; may be repeated")
    parser.add_argument("--seed", type=int, default=SEED, help="what decides the moments and bytes")
    asked = parser.parse_args()
    rows: list[Row] = []
    for name in asked.only or PARTS:
        begun = time.monotonic()
        rows += PARTS[name](asked.full, asked.seed)
        print(f"{name}: {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
    print(table(rows))
    print(f"\nseed {asked.seed}")
    return int(any(row.lost or row.false_alarms for row in rows))


if __name__ == "__main__":
    sys.exit(main())
