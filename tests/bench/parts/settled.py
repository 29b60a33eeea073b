"""From the callback to its settling by the host, both sides durable."""
import threading
import time

import load
from figures import Figure
from stage import BenchStage


class Watch:
    """Looks every few milliseconds how many rows of the plugin's outbox are settled: what another process can see."""

    def __init__(self, stage):
        self.stage, self.seen, self.over = stage, [], threading.Event()
        self.thread = threading.Thread(target=self.look)

    def settled(self):
        ((count,),) = self.stage.rows("wechat.sqlite", "SELECT (SELECT seq FROM sqlite_sequence WHERE name = 'outbox')"
                                                       " - (SELECT count(*) FROM outbox)")
        return count

    def look(self):
        while not self.over.is_set():
            self.seen.append((time.time() * 1000, self.settled()))
            self.over.wait(0.004)

    def __enter__(self):
        self.begun = self.settled()
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()


def p99(watch, answered):
    """Of the time from when a callback was due until as many rows are settled as callbacks were due by then."""
    due = sorted(float(line.split()[1]) for line in answered.read_text().splitlines())
    waits, at = [], iter(watch.seen)
    moment, count = next(at)
    for number, when in enumerate(due, watch.begun + 1):
        while count < number:
            moment, count = next(at)
        waits.append(moment - when)
    return sorted(waits)[int(0.99 * len(waits))]


def run(bench):
    callbacks = load.Callbacks(bench, bench.size.contacts // 10)
    rates, waits, seconds, answered = [], [], bench.size.seconds, bench.folder / "answered"
    with BenchStage(bench, "settled") as stage:
        stage.warm_up(callbacks)
        for _ in range(bench.size.pairs):
            file, begun = callbacks.file(60_000 * seconds), time.monotonic()
            result = load.wrk(stage.port, file, seconds)
            begun = time.monotonic() - result["seconds"]  # without wrk's reading of the file
            stage.until_settled()
            rates.append(result["requests"] / (time.monotonic() - begun))
            file.unlink()
            rate = bench.size.settled_rate
            file = callbacks.file(rate * seconds)
            with Watch(stage) as watch:
                load.open_loop(bench, stage.port, file, rate, seconds, answered=answered)
                stage.until_settled()
                time.sleep(0.1)  # one more look of the watch
            waits.append(p99(watch, answered))
    return [
        Figure("settled", "callbacks taken and settled at the host", rates, "callbacks/s", (">=", 12_000)),
        Figure("settled", f"at {bench.size.settled_rate:,}/s: from due to settled, p99", waits, "ms", ("<=", 25)),
    ]
