#!/usr/bin/env python3
"""Every number of docs/limits.md stands in the code where its row says.

    limits.py ROOT
"""
import pathlib
import re
import sys

ROW = re.compile(r"^\|.*\| `(?P<file>[^`]+)`: `(?P<code>[^`]+)` \|$")


def main():
    root = pathlib.Path(sys.argv[1])
    rows, wrong = 0, []
    for number, line in enumerate((root / "docs/limits.md").read_text().splitlines(), 1):
        if not line.startswith("| ") or line.startswith("| what |"):
            continue
        rows += 1
        row = ROW.match(line)
        if not row:
            wrong.append(f"docs/limits.md:{number}: does not end with `FILE`: `CODE`")
        elif row["code"] not in (root / row["file"]).read_text():
            wrong.append(f"docs/limits.md:{number}: {row['file']} has no longer: {row['code']}")
    print("\n".join(wrong) or f"all {rows} limits are those of the code")
    return 1 if wrong or rows == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
