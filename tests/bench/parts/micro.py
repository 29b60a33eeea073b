"""The micro-benchmarks: the codec's steps, deciding, texts, rows, commits."""
import json
import subprocess

import machine
from figures import Figure


def micro(bench, names):
    """name -> Google Benchmark's figures, times in ns."""
    command = machine.on_server([bench.program("micro"), f"--benchmark_filter={names}", "--benchmark_format=json",
                                 f"--benchmark_min_time={bench.size.micro_seconds}"])
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return {one["name"]: one for one in json.loads(done.stdout)["benchmarks"]}


def run(bench):
    found = [micro(bench, ".") for _ in range(bench.size.pairs)]
    figures = []
    for name in found[0]:
        runs = [one[name] for one in found]
        if "callbacks" in runs[0]:
            figures.append(Figure("micro", name, [one["callbacks"] for one in runs], "callbacks/s"))
            continue
        goal = ("<=", 500) if name == "step/contact_writes" else None
        allocations = min(one["allocations"] for one in runs)
        figures.append(Figure("micro", name, [one["cpu_time"] for one in runs], "ns", goal,
                              f"{allocations:.0f} allocations"))
    return figures
