"""The size of wechat.so, and the time until it listens."""
import subprocess
import time

from figures import Figure
from stage import BenchStage, listens


def run(bench):
    stripped = bench.folder / "wechat.so"
    subprocess.run(["strip", "-o", str(stripped), str(bench.build / "lib/channels/wechat.so")], check=True)
    times = []
    with BenchStage(bench, "loading") as stage:
        stage.host.end()
        for _ in range(bench.size.pairs):
            times.append(milliseconds_to_listen(stage))
            stage.host.end()
    return [
        Figure("loading", "wechat.so", [stripped.stat().st_size / 2**20], "MiB", ("<=", 8), "without what a debugger needs"),
        Figure("loading", "host started, plugin loaded, configured and listening", times, "ms", ("<=", 100)),
    ]


def milliseconds_to_listen(stage):
    begun = time.monotonic()
    stage.host.start()
    while not listens(stage.port):
        assert stage.host.process.poll() is None, (stage.folder / "host.log").read_text()[-2000:]
        time.sleep(0.001)
    return 1000 * (time.monotonic() - begun)
