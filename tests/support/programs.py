"""The programs as their users run them: a simulator, a host with the WeChat channel, and JSON over HTTP to both."""
import json
import pathlib
import random
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

APP_ID = "wx0123456789abcdef"
CUSTOMER = "harbour-bank"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"


def free_port():
    """A port nobody has, below those that the system gives to clients: programs take it over at once."""
    while True:
        port = random.randint(20_000, 32_000)
        with socket.socket() as s:
            try:
                s.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue  # somebody has it


def ask(method, url, body=None, timeout=30.0):
    """Gives (status, JSON or None); status 0: nobody answered."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, method=method, headers={"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            text = answer.read()
            return answer.status, json.loads(text) if text else None
    except urllib.error.HTTPError as error:
        text = error.read()
        try:
            return error.code, json.loads(text) if text else None
        except ValueError:
            return error.code, text.decode(errors="replace")
    except (OSError, ValueError, urllib.error.URLError):
        return 0, None


class Program:
    """A process, its output in a file; killed when the test ends."""

    def __init__(self, command, log):
        self.command, self.log, self.process = command, log, None

    def start(self):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(self.command, stdout=log, stderr=log)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def end(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()
                raise AssertionError(f"{self.command[0]} did not end within 20 s of SIGTERM") from None


def until(what, condition, seconds=60.0):
    """Polls a condition of another process, which has no event to wait for."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = condition()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError(f"not within {seconds:.0f} s: {what}")


class Stage:
    """A simulator with one account, and a host with the WeChat channel, in one folder."""

    def __init__(self, root, build, folder, adjustable=False):
        """adjustable: the host's clock, and the simulator's with it, can be moved."""
        self.folder = pathlib.Path(folder)
        self.simulator_url = f"http://127.0.0.1:{free_port()}"
        self.host_url = f"http://127.0.0.1:{free_port()}"
        self.webhook = f"127.0.0.1:{free_port()}"
        self.write_files(root, build, f"clock: adjustable\nsimulator: {self.simulator_url}\n" if adjustable else "")
        listen = self.simulator_url.removeprefix("http://")
        self.simulator = Program([str(build / "bin/wechat-simulator"), "--listen", listen], self.folder / "simulator.log")
        self.host = Program([str(build / "bin/channel-host"), "run", str(self.folder / "host.yaml")], self.folder / "host.log")

    def write_files(self, root, build, more):
        (self.folder / "customers").mkdir()
        (self.folder / "customers/harbour-bank.yaml").write_text(f"""
customer: {CUSTOMER}
wechat:
  app_id: {APP_ID}
  app_secret: secret-for-the-simulator
  token: callbacktoken
  encoding_aes_key: {AES_KEY}
  api: {self.simulator_url}
""")
        (self.folder / "host.yaml").write_text(f"""
listen: {self.host_url.removeprefix("http://")}
store: host.sqlite
media: media
routing: {{default: [ana]}}
{more}channels:
  - id: wechat
    library: {build / "lib/channels/wechat.so"}
    settings: {{listen: "{self.webhook}", store: wechat.sqlite, customers: customers}}
""")

    def __enter__(self):
        try:
            return self.set_up()
        except BaseException:
            self.__exit__()
            raise

    def set_up(self):
        self.simulator.start()
        until("the simulator answers", lambda: ask("GET", self.simulator_url + "/sim/clock")[0] == 200)
        self.start_host()
        status, answer = ask("PUT", f"{self.simulator_url}/sim/accounts/{APP_ID}", {
            "app_secret": "secret-for-the-simulator", "token": "callbacktoken", "encoding_aes_key": AES_KEY,
            "callback_url": f"http://{self.webhook}/wechat/{CUSTOMER}", "callback_mode": "secure",
            "original_id": "gh_0123456789ab"})
        assert status == 200 and answer["verified"], (status, answer)
        return self

    def __exit__(self, *_):
        self.host.end()
        self.simulator.end()

    def start_host(self):
        self.host.start()

        def answers():
            assert self.host.process.poll() is None, (self.folder / "host.log").read_text()[-2000:]
            return ask("GET", self.host_url + "/health")[0] == 200

        until("the host answers", answers)

    def contact_writes(self, openid, text):
        return self.contact_sends(openid, text=text)

    def contact_sends(self, openid, **what):
        """text=TEXT, image=BASE64 ...: as the simulator takes it."""
        url = f"{self.simulator_url}/sim/accounts/{APP_ID}/contacts/{openid}/send"
        return ask("POST", url, what)[1] or {}

    def fault(self, path, **what):
        """The platform's next answers: errcode=, http_status=, timeout= ...; times=."""
        status, answer = ask("POST", self.simulator_url + "/sim/faults", {"path": path, **what})
        assert status == 200, answer

    def advance(self, by):
        status, answer = ask("POST", self.host_url + "/api/clock", {"advance": by})
        assert status == 200, answer

    def phone(self, openid):
        return ask("GET", f"{self.simulator_url}/sim/accounts/{APP_ID}/contacts/{openid}/phone")[1]

    def conversations(self):
        status, answer = ask("GET", self.host_url + "/api/conversations")
        return answer if status == 200 else []

    def messages(self, conversation):
        status, answer = ask("GET", f"{self.host_url}/api/conversations/{conversation}")
        return answer["messages"] if status == 200 else []

    def employee_writes(self, conversation, client_id, text):
        return self.employee_sends(conversation, client_id, text=text)

    def employee_sends(self, conversation, client_id, **what):
        """text=TEXT, media={kind, base64, name}, location={...}, link={...}."""
        url = f"{self.host_url}/api/conversations/{conversation}/messages"
        return ask("POST", url, {"employee": "ana", "client_id": client_id, **what})
