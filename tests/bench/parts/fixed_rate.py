"""A fixed rate, whatever the answers do: at 40 % of what it can, and at more than it can."""
import load
from figures import Figure
from parts.webhook import distinct_run
from stage import BenchStage

def run(bench):
    callbacks = load.Callbacks(bench, bench.size.contacts // 10)
    seconds, calm, storms = bench.size.seconds, [], []
    with BenchStage(bench, "fixed-rate") as stage:
        stage.warm_up(callbacks)
        capacity = distinct_run(stage, callbacks, seconds, 10_000)["rate"]
        stage.until_settled()
        for _ in range(bench.size.pairs):
            rate = int(0.4 * capacity)
            calm.append(load.open_loop(bench, stage.port, callbacks.file(rate * seconds), rate, seconds))
            stage.until_settled()
        for _ in range(bench.size.pairs):
            storms.append(storm(bench, stage, callbacks, int(2.5 * capacity)))
    return [
        Figure("fixed-rate", "at 40 % of its capacity, p99", [one["p99_ms"] for one in calm], "ms", ("<=", 10)),
        Figure("fixed-rate", "  capacity", [capacity], "callbacks/s"),
        Figure("fixed-rate", "overload (2.5 times the capacity): slowest answer", [one["max_ms"] / 1000 for one in storms],
               "s", ("<=", 5)),
        Figure("fixed-rate", "overload: answered 200 and not at the host", [one["lost"] for one in storms], "",
               ("<=", 0)),
        Figure("fixed-rate", "  put off with 503", [one["put_off"] for one in storms], "share"),
    ]


def storm(bench, stage, callbacks, rate):
    """Which of those answered 200 the host does not have in the end."""
    first, answered = callbacks.next_id, bench.folder / "answered"
    file = callbacks.file(rate * bench.size.seconds)
    result = load.open_loop(bench, stage.port, file, rate, bench.size.seconds, bench.size.storm, answered)
    stage.until_settled()
    promised = {first + int(line.split()[0]) for line in answered.read_text().splitlines()}
    kept = {int(item.rsplit("-", 1)[1]) for (item,) in
            stage.rows("host.sqlite", f"SELECT item FROM messages WHERE item IS NOT NULL AND author = 1"
                                      f" ORDER BY id DESC LIMIT {len(promised) * 2}")}
    return {**result, "lost": len(promised - kept),
            "put_off": result["statuses"].get("503", 0) / max(1, result["answered"])}
