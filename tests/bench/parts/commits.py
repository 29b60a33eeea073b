"""How much sharing a commit is worth: 64 connections against one, whose every callback has a commit of its own."""
import load
from figures import Figure
from parts.webhook import distinct_run
from stage import BenchStage


def run(bench):
    callbacks = load.Callbacks(bench, bench.size.contacts // 10)
    pairs, shared = [], []
    with BenchStage(bench, "commits") as stage:
        stage.warm_up(callbacks)
        for _ in range(bench.size.pairs):
            commits, units = stage.metric("wechat_commits_total"), stage.metric("wechat_transactions_total")
            many = distinct_run(stage, callbacks, bench.size.seconds, 10_000)
            stage.until_settled()
            shared.append((stage.metric("wechat_transactions_total") - units)
                          / (stage.metric("wechat_commits_total") - commits))
            file = callbacks.file(20_000 * bench.size.seconds)
            one = load.measured(stage.port, file, bench.size.seconds, stage.pid, connections=1)
            pairs.append((many["rate"], one["rate"]))
            stage.until_settled()
    return [
        Figure("commits", "64 connections / one connection", [many / one for many, one in pairs], goal=(">=", 8)),
        Figure("commits", "  units of work in a commit, 64 connections", shared),
        Figure("commits", "  one connection", [one for _, one in pairs], "callbacks/s"),
    ]
