"""Every fault, in short for the ordinary suite and in full."""

from collections.abc import Callable

from tests.faults import crowd, damage, disk, fuzz, kill, older
from tests.faults.trial import Row

SEED = 20220105
Part = Callable[[bool, int], list[Row]]

PARTS: dict[str, Part] = {
    "kill": lambda full, seed: kill.run(560 if full else 7, 200_000 if full else 1000, seed),
    "disk": lambda full, seed: disk.run(150 if full else 4, 12_000 if full else 4000, seed),
    "crowd": lambda full, seed: crowd.run(60 if full else 2, (1, 4, 16) if full else (4,)),
    "damage": lambda full, seed: damage.run(1 if full else 601, 12_000 if full else 4000, seed),
    "older": lambda full, seed: older.run((0, 500, 5000) if full else (0,)),
    "fuzz": lambda full, seed: fuzz.run(600 if full else 2, seed),
}
