#!/usr/bin/env python3
"""Throughput and latency of a release build, side by side with what else there is, on loopback.

    bench.py ROOT BUILD [--list] [--quick | --smoke] [--json FILE] [PART...]

Prints the figures as a table and writes them to BUILD/bench/figures.json. Without a PART all of them are run.
--quick is for a look, --smoke shows only that a part still runs: neither's figures are worth keeping.
"""
import argparse
import dataclasses
import importlib
import pathlib
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "support")]
import figures  # noqa: E402
import machine  # noqa: E402

PARTS = ["webhook", "commits", "fixed_rate", "codec", "micro", "settled", "sending", "stored", "reminders", "loading",
         "growth"]


@dataclasses.dataclass
class Size:
    """How much of everything; each run is bounded by it in count and time."""
    pairs: int = 5
    seconds: int = 3
    contacts: int = 100_000
    stored: int = 1_000_000
    reminders: int = 100_000
    reminders_within: int = 60
    sends: int = 30_000
    customers: tuple = (10, 1000, 10_000)
    storm: int = 6000         # connections in overload: more than the webhook takes callbacks in hand
    settled_rate: int = 5000
    calls: int = 20_000
    micro_seconds: float = 0.5


QUICK = Size(pairs=3, seconds=1, contacts=10_000, stored=100_000, reminders=10_000, reminders_within=10, sends=6000,
             customers=(10, 1000), calls=4000, micro_seconds=0.05)
SMOKE = Size(pairs=1, seconds=1, contacts=20, stored=100, reminders=20, reminders_within=1, sends=30, customers=(2, 4),
             storm=10, settled_rate=50, calls=20, micro_seconds=0.001)


class Bench:
    def __init__(self, root, build, size, folder):
        self.root, self.build, self.size, self.folder = root, build, size, folder

    def program(self, name):
        return self.build / "bench" / f"bench-{name}"


def described(part):
    return (HERE / "parts" / f"{part}.py").read_text().split('"""')[1]


def run(part, root, build, size):
    with tempfile.TemporaryDirectory(prefix="bench-", dir=build) as folder:  # on the disk of the build, not in memory
        return importlib.import_module(f"parts.{part}").run(Bench(root, build, size, pathlib.Path(folder)))


def main():
    arguments = argparse.ArgumentParser(description="Measures a release build; see tests/bench/README.md.")
    arguments.add_argument("root", type=lambda text: pathlib.Path(text).resolve())
    arguments.add_argument("build", type=lambda text: pathlib.Path(text).resolve())
    arguments.add_argument("parts", nargs="*", metavar="PART", help="some of: " + ", ".join(PARTS))
    arguments.add_argument("--list", action="store_true", help="say what the parts are, and end")
    arguments.add_argument("--quick", action="store_const", const=QUICK, default=Size(), dest="size")
    arguments.add_argument("--smoke", action="store_const", const=SMOKE, dest="size")
    arguments.add_argument("--json", type=pathlib.Path, help="where the figures go")
    asked = arguments.parse_intermixed_args()
    if asked.list:
        for part in PARTS:
            print(f"{part:<12} {described(part)}")
        return 0
    unknown = set(asked.parts) - set(PARTS)
    if unknown:
        arguments.error(f"no such part: {', '.join(sorted(unknown))}; see --list")
    found = []
    for part in asked.parts or PARTS:
        print(f"\n{part}: {described(part)}", flush=True)
        new = run(part, asked.root, asked.build, asked.size)
        print(figures.table(new), flush=True)
        found += new
    figures.write_json(asked.json or asked.build / "bench/figures.json", found, machine.described())
    return 0


if __name__ == "__main__":
    sys.exit(main())
