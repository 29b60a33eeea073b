#!/usr/bin/env python3
"""The README's commands, word for word: script/server, then each block of the walk in one shell.

    readme.py ROOT

It runs where the README says it runs, on the ports that it names; a port that is taken is a failure, and says so.
"""
import pathlib
import re
import signal
import subprocess
import sys
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
from programs import until  # noqa: E402


def blocks(readme, heading):
    section = readme.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return re.findall(r"```sh\n(.*?)```", section, re.S)


def account_ready():
    try:
        with urllib.request.urlopen("http://127.0.0.1:9300/sim/accounts") as answer:
            return b"harbour-bank" in answer.read()
    except OSError:
        return False


def walk(root):
    commands = "\n".join(blocks((root / "README.md").read_text(), "A walk through"))
    done = subprocess.run(["bash", "-eu", "-c", commands], cwd=root, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    last = done.stdout[done.stdout.rindex("[{"):]
    for shown in ("is my card ready? 👋", "Good morning! It is at your branch.", "Message 2", "Message 3",
                  "Thank you, I was travelling", "Message 4"):
        assert shown in last, f"not on the phone at the end: {shown}\n{done.stdout}"
    assert last.index("Thank you") < last.index("Message 4"), "the fourth waited for the contact"
    assert "waits: 3 of 3 used; freed by the contact's next message" in done.stdout, "why the fourth waits"
    assert '"queued"' in done.stdout and "on_hold" in done.stdout, "the fourth was queued"


if __name__ == "__main__":
    root = pathlib.Path(sys.argv[1]).resolve()
    var = root / "var"
    kept = root / "var.before-readme-test"
    if var.exists():
        var.rename(kept)
    server = subprocess.Popen([root / "script/server"], cwd=root, stdin=subprocess.DEVNULL)
    try:
        until("script/server is ready", lambda: server.poll() is not None or account_ready(), 300)
        assert server.poll() is None, "script/server ended by itself"
        walk(root)
        server.send_signal(signal.SIGINT)
        assert server.wait(30) == 0, "script/server ends cleanly on Ctrl-C"
    finally:
        server.kill()
        subprocess.run(["rm", "-rf", str(var)], check=False)
        if kept.exists():
            kept.rename(var)
    print("the README's walk works as printed")
