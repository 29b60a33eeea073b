"""Load on a server: wrk, which waits for its answers, and a stream at a fixed rate, which does not."""
import itertools
import json
import pathlib
import subprocess

import machine

HERE = pathlib.Path(__file__).parent


class Callbacks:
    """Makes callbacks whose MsgIds no earlier file had."""
    number = itertools.count()  # of all files: an id() comes again as soon as its object is gone

    def __init__(self, bench, contacts=500, customers=1, first_id=1):
        self.bench, self.contacts, self.customers, self.next_id = bench, contacts, customers, first_id

    def file(self, count):
        path = self.bench.folder / f"callbacks-{next(self.number)}"
        command = [self.bench.program("make-callbacks"), path, count, self.next_id, self.contacts, self.customers]
        subprocess.run([*map(str, command)], check=True)
        self.next_id += count
        return path


def wrk(port, file, seconds, connections=64):
    command = machine.on_load(["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "--timeout", "10s", "-s",
                               HERE / "post.lua", f"http://127.0.0.1:{port}", "--", file])
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"wrk ended with {done.returncode}: {done.stderr or done.stdout}"
    result = next(line for line in done.stdout.splitlines() if line.startswith("RESULT "))
    return json.loads(result.removeprefix("RESULT "))


def measured(port, file, seconds, pid, connections=64):
    """wrk's result with rate, what a second of the server's processor would do, and how much else was going on."""
    before, others = machine.processor_seconds(pid), machine.Others(pid)
    result = wrk(port, file, seconds, connections)
    used = machine.processor_seconds(pid) - before
    assert result["errors"] == 0, f"not all answers were 200: {result}"
    return {**result, "rate": result["requests"] / result["seconds"], "others": others.share(),
            "rate_by_processor": result["requests"] / max(used, 1 / machine.TICKS)}


def open_loop(bench, port, file, rate, seconds, connections=64, answered=None):
    command = [bench.program("open-loop"), port, file, rate, seconds, connections, *([answered] if answered else [])]
    done = subprocess.run(machine.on_load(command), capture_output=True, text=True, check=True)
    return json.loads(done.stdout)
