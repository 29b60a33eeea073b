"""Two processors: what is measured on one, what measures it on the other. And what a process has used."""
import os
import pathlib
import platform
import subprocess
import time

PROCESSORS = sorted(os.sched_getaffinity(0))
SERVER, LOAD = PROCESSORS[0], PROCESSORS[-1]
TICKS = os.sysconf("SC_CLK_TCK")


def on_server(command):
    return ["taskset", "-c", str(SERVER), *map(str, command)]


def on_load(command):
    return ["taskset", "-c", str(LOAD), *map(str, command)]


def processor_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS  # user and system, of all its threads


def memory(pid):
    """Resident bytes of its own: without pages of files, which the system takes back when it needs them."""
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("RssAnon:"):
            return int(line.split()[1]) * 1024
    raise LookupError("RssAnon")


def busy_seconds():
    """Of all processors together, since the machine started."""
    fields = [int(field) for field in pathlib.Path("/proc/stat").read_text().split("\n")[0].split()[1:]]
    return (sum(fields) - fields[3] - fields[4]) / TICKS  # but idle and waiting for the disk


class Others:
    """How many processors were busy with something else meanwhile: above 0.1 the figures are worth little."""

    def __init__(self, *pids):
        self.pids, self.begun = pids, time.monotonic()
        self.busy, self.own = busy_seconds(), self.used()

    def used(self):
        children = os.times()
        return sum(map(processor_seconds, self.pids)) + children.children_user + children.children_system

    def share(self):
        return max(0.0, busy_seconds() - self.busy - (self.used() - self.own)) / (time.monotonic() - self.begun)


def described():
    model = next((line.split(":")[1].strip() for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines()
                  if line.startswith("model name")), platform.machine())
    compiler = subprocess.run(["g++", "-dumpfullversion"], capture_output=True, text=True, check=False).stdout.strip()
    return {"processor": model, "processors": len(PROCESSORS), "kernel": platform.release(), "gcc": compiler,
            "load_average": os.getloadavg()[0], "when": time.strftime("%Y-%m-%d")}
