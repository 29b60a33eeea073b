"""What many stored conversations cost: at the start, in memory, and in callbacks a second."""
import contextlib
import subprocess

import load
import machine
from figures import Figure
from parts.loading import milliseconds_to_listen
from parts.webhook import distinct_run
from stage import BenchStage


def run(bench):
    few, many = [], []
    with contextlib.ExitStack() as stack:
        stages = []
        for name, contacts in (("few", min(1000, bench.size.stored)), ("many", bench.size.stored)):
            stage = stack.enter_context(BenchStage(bench, name))
            stage.host.end()
            subprocess.run([str(bench.program("fill-store")), str(stage.folder / "wechat.sqlite"), str(contacts)],
                           check=True)
            stages.append((stage, load.Callbacks(bench, contacts)))
        ready = {stage: milliseconds_to_listen(stage) for stage, _ in stages}
        memory = {stage: machine.memory(stage.pid) / 2**20 for stage, _ in stages}
        for _ in range(bench.size.pairs):
            for (stage, callbacks), rates in zip(stages, (few, many)):
                rates.append(distinct_run(stage, callbacks, bench.size.seconds, 10_000)["rate"])
                stage.until_settled()
        (small, _), (large, _) = stages
        after = [machine.memory(stage.pid) / 2**20 for stage in (small, large)]
    return [
        Figure("stored", "ready with all conversations stored", [ready[large] / 1000], "s", ("<=", 1)),
        Figure("stored", "memory more than with a thousand", [memory[large] - memory[small]], "MiB", ("<=", 64),
               f"after the runs below: {after[1] - after[0]:.0f} MiB"),
        Figure("stored", "rate / the rate with a thousand", [b / a for a, b in zip(few, many)], "", (">=", 0.8)),
        Figure("stored", "  rate with all", many, "callbacks/s"),
    ]
