#!/usr/bin/env python3
"""Everything the build reads and the tests run comes from a package that script/bootstrap names, or from one it needs.

    packages.py ROOT BUILD_DIRECTORY

Looks at every header the compiler has read (ninja's record of it), every library that is linked, and the programs
below; asks dpkg whose they are, and apt what the named packages bring along.
"""
import pathlib
import re
import subprocess
import sys

PROGRAMS = ["g++", "cmake", "ninja", "ccache", "git", "clang", "clang++", "clang-format", "nm", "python3", "curl",
            "openssl", "sqlite3", "readelf"]


def lines(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()


def brought_along(named):
    """What the named packages depend on, all the way down. A virtual package counts as each of its providers."""
    options = ["--no-recommends", "--no-suggests", "--no-enhances", "--no-conflicts", "--no-breaks", "--no-replaces"]
    found = lines("apt-cache", "depends", "--recurse", "--installed", *options, *named)
    return {line.strip().split()[-1].strip("<>").split(":")[0] for line in found if line.strip()} | set(named)


def essential():
    listed = lines("dpkg-query", "-W", "-f", "${Package} ${Essential} ${Priority}\\n")
    return {line.split()[0] for line in listed if line.split()[1:2] == ["yes"] or line.endswith("required")}


def files_read(build):
    text = "\n".join(lines("ninja", "-C", str(build), "-t", "deps"))
    headers = set(re.findall(r"^\s+(/usr/\S+)$", text, re.M))
    libraries = set(re.findall(r"(/usr/lib/\S+?\.(?:a|so))\b", (build / "build.ninja").read_text()))
    programs = {path for name in PROGRAMS for path in lines("sh", "-c", f"command -v {name}")}
    return headers | libraries | {path for path in programs if path.startswith("/usr/")}


def owners(files):
    """path -> package; a link counts as what it points to, and /usr/lib as /lib (Debian's merged /usr)."""
    real = {str(pathlib.Path(file).resolve()): file for file in files}
    asked = sorted(set(real) | {path.removeprefix("/usr") for path in real})
    found = {}
    for start in range(0, len(asked), 500):
        for line in lines("dpkg", "-S", *asked[start:start + 500]):
            packages, _, path = line.partition(": ")
            found[path] = packages.split(",")[0].split(":")[0]
    for path, file in real.items():
        yield file, found.get(path) or found.get(path.removeprefix("/usr"))


if __name__ == "__main__":
    root, build = map(pathlib.Path, sys.argv[1:3])
    named = lines("bash", str(root / "script/bootstrap"), "--list")
    known = brought_along(named) | essential()
    read = files_read(build)
    missing = {}
    for file, package in owners(read):
        if package is not None and package not in known:
            missing.setdefault(package, file)
    for package, file in sorted(missing.items()):
        print(f"{package} is needed ({file}), but script/bootstrap does not name it")
    if len(read) < 100:
        print(f"only {len(read)} files found: has {build} been built?")
        sys.exit(1)
    if not missing:
        print(f"{len(read)} files come from {len(named)} named packages and what they bring along")
    sys.exit(1 if missing else 0)
