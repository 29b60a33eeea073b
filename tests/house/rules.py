#!/usr/bin/env python3
"""Every rule of the policy is quoted by a test: by a label of a case, or by a scenario's `rules`.

    rules.py ROOT

The list of rules stands in RULES, section by section, so that a rule cannot be forgotten by forgetting its test.
"""
import pathlib
import re
import sys

RULES = (
    [f"W{n}" for n in range(1, 6)] + [f"B{n}" for n in range(1, 6)] + [f"O{n}" for n in range(1, 5)]
    + [f"S{n}" for n in range(1, 9)] + [f"R{n}" for n in range(1, 9)] + [f"Q{n}" for n in range(1, 8)]
    + [f"P{n}" for n in range(1, 4)] + ["L1", "L2", "U1"] + [f"A{n}" for n in range(1, 8)]
)


def quoted(tests):
    for room in ("policy", "engine", "plugin", "simulation"):  # elsewhere labels quote the contract's checks
        for path in (tests / room).rglob("*.cpp"):
            yield from re.findall(r'label\("([A-Z]\d)"\)', path.read_text())
    for path in (tests / "scenarios").glob("*.yaml"):
        for line in re.findall(r"^rules: *\[([^\]]*)\]", path.read_text(), re.M):
            yield from re.findall(r"[A-Z]\d", line)


if __name__ == "__main__":
    known = set(quoted(pathlib.Path(sys.argv[1]) / "tests"))
    missing = [rule for rule in RULES if rule not in known]
    unknown = sorted(rule for rule in known if rule not in RULES)
    for rule in missing:
        print(f"{rule}: no test quotes it")
    for rule in unknown:
        print(f"{rule}: quoted by a test, but no rule of the policy")
    if not missing and not unknown:
        print(f"all {len(RULES)} rules are quoted")
    sys.exit(1 if missing or unknown else 0)
