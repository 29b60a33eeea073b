"""Many contacts without an answer, whose 24 hours end within a minute, while callbacks come."""
import subprocess
import time

import load
from figures import Figure
from stage import BenchStage, until

START = 5  # seconds from filling until the first is due: the host starts meanwhile


def run(bench):
    size, rate = bench.size, 1000
    with BenchStage(bench, "reminders") as stage:
        stage.host.end()
        first_due = time.time() + START
        subprocess.run([str(bench.program("fill-store")), str(stage.folder / "wechat.sqlite"), str(size.reminders),
                        str(size.reminders_within), str(START)], check=True)
        stage.start_host()
        seconds = max(1, int(first_due + size.reminders_within - time.time()))
        callbacks = load.Callbacks(bench, size.contacts // 10)
        result = load.open_loop(bench, stage.port, callbacks.file(rate * seconds), rate, seconds)
        last_due = int(first_due + size.reminders_within)
        sql = f"SELECT count(*) FROM conversation WHERE wake_at <= {last_due}"
        until("all reminders are done", lambda: stage.rows("wechat.sqlite", sql) == [(0,)], 300)
        late = time.time() - last_due
        notices = stage.metric("wechat_notices_total")
    return [
        Figure("reminders", "the last one done after the last was due", [max(0, late)], "s", ("<=", 1)),
        Figure("reminders", f"callbacks meanwhile, {rate}/s: p99", [result["p99_ms"]], "ms", ("<=", 50)),
        Figure("reminders", "  notices to employees", [notices]),
    ]
