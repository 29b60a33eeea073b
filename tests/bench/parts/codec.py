"""A callback from the bytes of its request to its words, against co-wechat; and what it allocates."""
import json
import subprocess

import load
import machine
import npm
from figures import Figure
from parts.micro import micro


def run(bench):
    peers = npm.installed(bench.root / "tests/bench/peers", bench.build)
    step = bench.folder / "step.cjs"
    step.write_text((bench.root / "tests/bench/peers/step.cjs").read_text())
    file = load.Callbacks(bench).file(bench.size.calls)
    ours, theirs = [], []
    for _ in range(bench.size.pairs):
        command = machine.on_server(["env", f"NODE_PATH={peers / 'node_modules'}", "node", step, file, 1])
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        theirs += json.loads(done.stdout)
        ours.append(micro(bench, "^callback$")["callback"])
    nanoseconds = [one["cpu_time"] for one in ours]
    return [
        Figure("codec", "verify + decrypt + parse / co-wechat's", [a / b for a, b in zip(nanoseconds, theirs)],
               goal=("<=", 1 / 30)),
        Figure("codec", "  ours", nanoseconds, "ns"),
        Figure("codec", "  co-wechat's", theirs, "ns"),
        Figure("codec", "  allocations for one callback", [one["allocations"] for one in ours]),
    ]
