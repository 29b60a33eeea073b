#!/usr/bin/env python3
"""Every #include of ours is one that the table "who may include whom" allows.

    layers.py ROOT

A layer that is not in the table is a fault, too: whoever adds a room says here whom it may know.
"""
import pathlib
import re
import sys

BOOST_BASE = r"boost/(system|core|assert|config|throw_exception|version)\b"
JSON = r"boost/json"
NET = r"boost/(asio|beast)|openssl/|sys/socket\.h|netinet/|arpa/"
SSL = r"openssl/"
STD = r"[a-z_]+(\.h)?$|sys/|unistd\.h|pthread\.h"
PLUGIN = "wechat_plugin"

# part -> (parts of ours it may include, libraries of others). A part is a folder; its own files are always allowed.
TABLE = {
    "plugin_api/include": ([], [r"channel/", r"boost/dll"]),
    "wechat_plugin/base": ([], [BOOST_BASE]),
    "wechat_plugin/loop": (["base"], [BOOST_BASE, NET]),
    "wechat_plugin/texts": (["base"], [r"unicode/"]),
    "wechat_plugin/policy": (["base", "texts"], []),
    "wechat_plugin/codec": (["base"], [SSL, JSON, r"pugixml", BOOST_BASE]),
    "wechat_plugin/media": (["base"], [SSL, r"opencore-amr", r"mpg123\.h", r"fcntl\.h"]),
    "wechat_plugin/store": (["base", "policy", "texts"], [r"sqlite3\.h", r"libpq-fe\.h", JSON]),
    "wechat_plugin/platform": (["base", "codec", "loop"], [NET, BOOST_BASE]),
    "wechat_plugin/webhook": (["base", "codec", "loop"], [NET, BOOST_BASE]),
    "wechat_plugin/config": (["base", "texts", "policy"], [r"yaml-cpp/"]),
    "wechat_plugin/engine": (
        ["base", "texts", "policy", "codec", "media", "store", "platform", "loop"],
        [r"channel/", NET, JSON, BOOST_BASE],
    ),
    "wechat_plugin/plugin": (
        ["base", "texts", "policy", "codec", "media", "store", "platform", "loop", "webhook", "config", "engine"],
        [r"channel/", NET, JSON, BOOST_BASE],
    ),
}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)


def part_of(path):
    for part in TABLE:
        if path.as_posix().startswith(part + "/"):
            return part
    return None


def faults(root):
    for path in sorted(root.rglob("*")):
        relative = path.relative_to(root)
        if path.suffix not in (".hpp", ".cpp", ".h") or relative.parts[0] in ("build", "var", "tests", "cmake"):
            continue
        text = path.read_text()
        if relative.parts[0] == "host_stub":
            yield from host_faults(relative, text)
            continue
        part = part_of(relative)
        if part is None:
            if relative.parts[0] in ("plugin_api",):
                continue  # template and conformance: held by what they link
            yield f"{relative}: stands in no row of the table"
            continue
        ours, theirs = TABLE[part]
        own = part.split("/")[1]
        for quote, name in INCLUDE.findall(text):
            if re.match(STD, name) and "/" not in name.replace("sys/", ""):
                continue
            if quote == '"':
                if name.split("/")[0] not in [*ours, own]:
                    yield f"{relative}: may not include \"{name}\""
            elif not any(re.match(pattern, name) for pattern in theirs):
                yield f"{relative}: may not include <{name}>"


def host_faults(relative, text):
    """The host stub knows the contract; its simulator also the plugin's base and codec; nobody the rest."""
    rooms = {"texts", "policy", "store", "platform", "webhook", "engine", "config", "plugin", "loop"}
    simulator = relative.parts[1] == "simulator"
    for quote, name in INCLUDE.findall(text):
        first = name.split("/")[0]
        if quote != '"' or "/" not in name:
            continue
        if first in rooms:
            yield f"{relative}: may not include \"{name}\" of {PLUGIN}"
        if first in ("base", "codec") and not simulator:
            yield f"{relative}: may not include \"{name}\" of {PLUGIN}"


if __name__ == "__main__":
    found = list(faults(pathlib.Path(sys.argv[1])))
    print("\n".join(found) if found else "every include is allowed")
    sys.exit(1 if found else 0)
