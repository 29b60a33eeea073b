#!/usr/bin/env python3
"""Plays one file of this folder in a browser, against a host with a simulator, in a folder of its own.

    browser.py ROOT BUILD PLAY.mjs [ARGUMENT...]
    browser.py ROOT BUILD --install     only the packages of npm, below the build tree

The play has PLAY, JSON about the stage, in its environment. It asks for what only the owner of the programs can do with
a line "@NAME" on its standard output, and goes on at the answer.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
import long_thread  # noqa: E402
from npm import installed  # noqa: E402
from programs import APP_ID, CUSTOMER, Program, Stage, ask, free_port, until  # noqa: E402


TOKEN = "a-token-of-the-test"


class ThreeChannels(Stage):
    """SMS and voicemail beside WeChat, on a clock that can be moved."""

    def __init__(self, root, build, folder):
        self.gateway_url, self.sms = (f"127.0.0.1:{free_port()}" for _ in range(2))
        super().__init__(root, build, folder, adjustable=True)
        program = [str(root / "host_stub/channels/sms/sms-gateway"), "--listen", self.gateway_url, "--channel", f"http://{self.sms}"]
        self.gateway = Program(program, self.folder / "gateway.log")

    def set_up(self):
        self.gateway.start()
        until("the SMS gateway answers", lambda: ask("GET", f"http://{self.gateway_url}/messages")[0] == 200)
        return super().set_up()

    def __exit__(self, *_):
        super().__exit__()
        self.gateway.end()

    def write_files(self, root, build, more):
        super().write_files(root, build, more)
        with open(self.folder / "host.yaml", "a", encoding="utf-8") as file:
            file.write(f"""
  - id: sms
    library: {build / "lib/channels/sms.so"}
    settings: {{gateway: "http://{self.gateway_url}", listen: "{self.sms}", numbers: ["+4930555010"], store: sms-opt-outs.txt}}
  - id: voicemail
    library: {build / "lib/channels/voicemail.so"}
    settings: {{directory: voicemail, mailboxes: [sales]}}
""")

    def act(self, name):
        if name == "stop the host":
            self.host.end()
        elif name == "start the host":
            self.start_host()
        elif name == "write 10000 messages":
            self.host.end()
            long_thread.write(self.folder / "host.sqlite", 10_000)
            self.start_host()
        elif name == "ask for a token":
            self.host.end()
            file = self.folder / "host.yaml"
            file.write_text(f"api_token: {TOKEN}\n{file.read_text()}")
            self.start_host()
        else:
            raise AssertionError(f"the play asks for {name!r}")


def play(stage, packages, build, file, arguments):
    about = {"host": stage.host_url, "simulator": stage.simulator_url, "gateway": f"http://{stage.gateway_url}", "app_id": APP_ID, "customer": CUSTOMER,
             "folder": str(stage.folder), "token": TOKEN,
             "packages": str(packages), "pictures": str(build / "browser")}
    process = subprocess.Popen(["node", str(file), *arguments], env=os.environ | {"PLAY": json.dumps(about)},
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    for line in process.stdout:
        if not line.startswith("@"):
            print(line, end="", flush=True)
            continue
        stage.act(line[1:].strip())
        process.stdin.write("done\n")
        process.stdin.flush()
    return process.wait()


def main(root, build, file, *arguments):
    root, build = pathlib.Path(root).resolve(), pathlib.Path(build).resolve()
    packages = installed(root / "tests/browser", build)
    if file == "--install":
        return 0
    with tempfile.TemporaryDirectory() as folder, ThreeChannels(root, build, folder) as stage:
        return play(stage, packages, build, file, arguments)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
