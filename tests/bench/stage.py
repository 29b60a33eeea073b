"""The real host with the real plugin on one processor, and the simulator of the platform on the other."""
import socket
import sqlite3
import sys
import pathlib

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
import load  # noqa: E402
import machine  # noqa: E402
from programs import AES_KEY, APP_ID, CUSTOMER, Program, Stage, ask, until  # noqa: E402

# No welcome: what is measured is the contact's message, not an answer to it.
TEXTS = "messages: {en: {contact: {welcome: null}}}\n"


def listens(port):
    with socket.socket() as attempt:
        return attempt.connect_ex(("127.0.0.1", port)) == 0


class Server:
    """A program that takes a port as its last argument, on the server's processor."""

    def __init__(self, bench, command):
        from programs import free_port
        self.port = free_port()
        self.program = Program(machine.on_server([*command, self.port]), bench.folder / "server.log")

    def __enter__(self):
        self.program.start()
        until(f"{self.program.command} listens", lambda: listens(self.port))
        ended = self.program.process.poll()
        assert ended is None, f"{self.program.command} has ended with {ended}, and somebody else listens on its port"
        return self

    def __exit__(self, *_):
        self.program.end()

    @property
    def pid(self):
        return self.program.process.pid


class BenchStage(Stage):
    def __init__(self, bench, name, customers=1, simulator=()):
        """simulator: further arguments of it."""
        self.bench, self.customers = bench, customers
        folder = bench.folder / name
        folder.mkdir()
        super().__init__(bench.root, bench.build, folder)
        self.simulator.command = machine.on_load([*self.simulator.command, *simulator])
        self.host.command = machine.on_server(self.host.command)
        self.port = int(self.webhook.split(":")[1])

    def write_files(self, root, build, more):
        super().write_files(root, build, more)
        folder = self.folder / "customers"
        first = (folder / "harbour-bank.yaml").read_text() + TEXTS
        (folder / "harbour-bank.yaml").write_text(first)
        for number in range(1, self.customers):
            name, app_id = f"customer-{number}", f"wx{number:016}"
            (folder / f"{name}.yaml").write_text(first.replace(CUSTOMER, name).replace(APP_ID, app_id))

    @property
    def pid(self):
        return self.host.process.pid

    def metric(self, name):
        lines = self.raw_metrics().splitlines()
        return sum(float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith((name + "{", name + " ")))

    def raw_metrics(self):
        return ask_text(self.host_url + "/metrics")

    def settled(self):
        return self.metric("wechat_outbox_to_host") == 0

    def until_settled(self, seconds=120):
        until("all is settled", self.settled, seconds)

    def warm_up(self, callbacks):
        """One callback of each contact, so that plugin and host know them all."""
        file = callbacks.file(callbacks.contacts)
        rate = 4000
        result = load.open_loop(self.bench, self.port, file, rate, callbacks.contacts / rate + 0.01)
        assert result["statuses"].get("200") == callbacks.contacts, result
        file.unlink()
        self.until_settled()

    def rows(self, store, sql):
        connection = sqlite3.connect(f"file:{self.folder / store}?mode=ro", uri=True)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()


def ask_text(url):
    import urllib.request
    with urllib.request.urlopen(url, timeout=30) as answer:
        return answer.read().decode()


__all__ = ["AES_KEY", "APP_ID", "BenchStage", "CUSTOMER", "Server", "ask", "listens", "until"]
