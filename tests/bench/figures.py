"""What a benchmark has found: figures with a goal, as a table and as JSON."""
import dataclasses
import json
import statistics


@dataclasses.dataclass
class Figure:
    """values: one a run or pair. goal: (">=" or "<=", number); None: for information."""
    part: str
    name: str
    values: list
    unit: str = ""
    goal: tuple = None
    note: str = ""

    @property
    def median(self):
        return statistics.median(self.values)

    @property
    def reached(self):
        if self.goal is None:
            return None
        relation, bound = self.goal
        return self.median >= bound if relation == ">=" else self.median <= bound

    def as_json(self):
        return {**dataclasses.asdict(self), "min": min(self.values), "median": self.median, "max": max(self.values),
                "reached": self.reached}


def shown(number):
    if abs(number) >= 100:
        return f"{number:,.0f}"
    return f"{number:.3g}" if number else "0"


def table(figures):
    rows = [("", "min", "median", "max", "to reach", "")]
    for figure in figures:
        goal = f"{figure.goal[0]} {shown(figure.goal[1])}" if figure.goal else ""
        verdict = {None: "", True: "reached", False: "MISSED"}[figure.reached]
        numbers = [shown(number) for number in (min(figure.values), figure.median, max(figure.values))]
        rows.append((f"{figure.name} {figure.unit and f'[{figure.unit}]'}".rstrip(), *numbers, goal, verdict))
        if figure.note:
            rows.append((f"    {figure.note}", *[""] * 5))
    width = max(len(row[0]) for row in rows if not row[0].startswith("    "))
    lines = []
    for name, low, middle, high, goal, verdict in rows:
        numbers = f"{low:>10} {middle:>10} {high:>10}  {goal:<12} {verdict}"
        lines.append(f"{name:<{width}} {numbers}".rstrip())
    return "\n".join(lines)


def write_json(path, figures, machine):
    document = {"machine": machine, "figures": [figure.as_json() for figure in figures]}
    path.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n")
