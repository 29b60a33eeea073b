"""Time of the processor for a callback, with few customers and with many."""
import load
from figures import Figure
from parts.webhook import distinct_run
from stage import BenchStage


def run(bench):
    times = {}
    for customers in bench.size.customers:
        callbacks = load.Callbacks(bench, bench.size.contacts // 10, customers)
        with BenchStage(bench, f"growth-{customers}", customers) as stage:
            stage.warm_up(callbacks)
            runs = []
            for _ in range(bench.size.pairs):
                runs.append(1e6 / distinct_run(stage, callbacks, bench.size.seconds, 10_000)["rate_by_processor"])
                stage.until_settled()
            times[customers] = runs
    fewest = times[bench.size.customers[0]]
    figures = []
    for customers, runs in times.items():
        figures.append(Figure("growth", f"  {customers:,} customers", runs, "µs a callback"))
        if runs is not fewest:
            ratio = [many / few for few, many in zip(fewest, runs)]
            figures.append(Figure("growth", f"{customers:,} customers / {bench.size.customers[0]}", ratio, "", ("<=", 1.2)))
    return figures
