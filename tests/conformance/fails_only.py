#!/usr/bin/env python3
"""A wrong channel fails exactly these checks: one, or a list with commas.

    fails_only.py ID[,ID...] CHANNEL-CHECK [ARGUMENT...]
"""
import json
import subprocess
import sys

expected, *command = sys.argv[1:]
done = subprocess.run([command[0], "--json", *command[1:]], stdout=subprocess.PIPE, check=False)
checks = json.loads(done.stdout)["checks"]
failed = [check for check in checks if check["verdict"] == "failed"]
for check in failed:
    print(f'{check["id"]}  {check["why"]}  {check["last_call"]}')
    if check["id"] != expected:
        print(check["output"])
skipped = [check["id"] for check in checks if check["verdict"] == "skipped"]
if skipped:
    print("skipped:", " ".join(skipped))
good = [check["id"] for check in failed] == expected.split(",") and not skipped and done.returncode == 1
print(f"fails {expected}, and nothing else" if good else f"expected to fail {expected}, and nothing else")
sys.exit(0 if good else 1)
