"""Callbacks a second on one processor: bare Beast, the webhook alone, the whole way, another library."""
import contextlib

import load
import npm
from figures import Figure
from stage import BenchStage, Server


def distinct_run(server, callbacks, seconds, guess):
    """A run in which no callback comes twice; guess: the rate to expect."""
    while True:
        file = callbacks.file(int(guess * seconds * 1.5) + 1000)
        result = load.measured(server.port, file, seconds, server.pid)
        file.unlink()
        if result["wrapped"] == 0:
            return result
        guess *= 2


def run(bench):
    peers = npm.installed(bench.root / "tests/bench/peers", bench.build)
    canned = load.Callbacks(bench, bench.size.contacts).file(20_000)
    own = load.Callbacks(bench, bench.size.contacts)
    with contextlib.ExitStack() as stack:
        bare = stack.enter_context(Server(bench, [bench.program("bare-server")]))
        alone = stack.enter_context(Server(bench, [bench.program("webhook-server")]))
        whole = stack.enter_context(BenchStage(bench, "webhook"))
        (bench.folder / "server.cjs").write_text((bench.root / "tests/bench/peers/server.cjs").read_text())
        peer = stack.enter_context(Server(bench, ["env", f"NODE_PATH={peers / 'node_modules'}", "node",
                                                  bench.folder / "server.cjs"]))
        whole.warm_up(own)
        pairs, guess = [], 5000
        for _ in range(bench.size.pairs):
            pair = {"bare": load.measured(bare.port, canned, bench.size.seconds, bare.pid),
                    "alone": load.measured(alone.port, canned, bench.size.seconds, alone.pid),
                    "whole": distinct_run(whole, own, bench.size.seconds, guess)}
            whole.until_settled()
            pair["peer"] = load.measured(peer.port, canned, bench.size.seconds, peer.pid)
            guess = pair["whole"]["rate"]
            pairs.append(pair)
    return list(figures(pairs))


def figures(pairs):
    def ratio(above, below, key="rate"):
        return [pair[above][key] / pair[below][key] for pair in pairs]

    yield Figure("webhook", "webhook without a store / bare Beast", ratio("alone", "bare"), goal=(">=", 0.85))
    yield Figure("webhook", "  the same by processor time", ratio("alone", "bare", "rate_by_processor"))
    yield Figure("webhook", "whole way / bare Beast", ratio("whole", "bare"), goal=(">=", 0.20))
    yield Figure("webhook", "  the same by processor time", ratio("whole", "bare", "rate_by_processor"))
    yield Figure("webhook", "whole way / co-wechat", ratio("whole", "peer"), goal=(">=", 6))
    for name, words in (("bare", "bare Beast"), ("alone", "webhook without a store"), ("whole", "whole way"),
                        ("peer", "co-wechat")):
        yield Figure("webhook", f"  {words}", [pair[name]["rate"] for pair in pairs], "callbacks/s")
        yield Figure("webhook", f"  {words}, p99", [pair[name]["p99_ms"] for pair in pairs], "ms")
    yield Figure("webhook", "  processors busy with something else",
                 [max(one["others"] for one in pair.values()) for pair in pairs])
