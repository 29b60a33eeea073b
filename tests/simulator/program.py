#!/usr/bin/env python3
"""wechat-simulator as its users start it: the README's commands word for word, its flags, its stories.

    program.py ROOT BUILD_DIRECTORY
"""
import http.server
import json
import os
import pathlib
import re
import ssl
import subprocess
import sys
import tempfile
import threading
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
from programs import Program, free_port, until  # noqa: E402


class Endpoint(http.server.BaseHTTPRequestHandler):
    """Somebody's server: it passes the check, and answers what is said by the API, a little later."""
    simulator = ""

    def do_GET(self):
        query = dict(pair.split("=", 1) for pair in self.path.split("?")[1].split("&"))
        self.answer(query["echostr"])

    def do_POST(self):
        said = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.answer("success")
        text = re.search(r"<Content><!\[CDATA\[(.*?)\]\]>", said)
        threading.Thread(target=self.echo, args=("You said: " + text[1],)).start()

    def echo(self, text):
        token = json.load(self.call("token?grant_type=client_credential&appid=wx1&secret=s1"))["access_token"]
        body = {"touser": "o1", "msgtype": "text", "text": {"content": text}}
        self.call(f"message/custom/send?access_token={token}", json.dumps(body, ensure_ascii=False).encode()).read()

    def call(self, path, body=None):
        return urllib.request.urlopen(f"{self.simulator}/cgi-bin/{path}", data=body, timeout=20)

    def answer(self, text):
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_):
        pass


def run(program, *arguments):
    done = subprocess.run([str(program), *map(str, arguments)], capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout, done.stderr


def check_readme(root, program):
    page = (root / "host_stub/simulator/README.md").read_text()
    commands = "\n".join(re.findall(r"```sh\n(.*?)```", page, re.S)).replace("9300", str(free_port()))
    # What a page need not say of each line: that it must succeed.
    script = "set -e; curl() { command curl --fail-with-body -w '\\n' \"$@\"; }\n" + commands
    path = f"{program.parent}:{os.environ['PATH']}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, timeout=120, env={**os.environ, "PATH": path})
    assert done.returncode == 0, done.stdout + done.stderr
    for shown in ('"verified":false', '"errmsg":"ok"', '"text":"Good morning"', '"after":2', '"answered":"none"'):
        assert shown in done.stdout, f"{shown}\n{done.stdout}"
    assert not re.search(r'"errmsg":"(?!ok)|"error"', done.stdout), done.stdout


def check_flags(root, program):
    page = (root / "host_stub/simulator/README.md").read_text().split("\n## Flags\n")[1]
    code, text, _ = run(program, "--help")
    flags = set(re.findall(r"^\s+(?:-h,)?(--[a-z-]+)", text, re.M))
    assert code == 0 and len(flags) > 12, text
    for flag in flags:
        assert flag in page, f"the page does not describe {flag}"
    for flag in re.findall(r"(--[a-z][a-z-]+)", page):
        assert flag in flags, f"{flag} is no flag"
    assert run(program, "--version")[1].startswith("wechat-simulator ")
    for wrong in (["--clock", "slow"], ["--patience", "soon"], ["--deliveries", "0"], ["--image-limit", "3M"],
                  ["--tls-key", __file__], ["--listen", "nowhere"], ["--dance"], ["--script", "/no/such/file"]):
        assert run(program, *wrong)[0] == 2, wrong


STORY = """
- account: {{app_id: wx1, app_secret: s1, token: t1, callback_mode: plain, original_id: gh_1, callback_url: "{url}"}}
  answer: {{verified: true}}
- say: the contact writes
- send: {{text: Hello}}
  contact: o1
  answer: {{answered: success, deliveries: 1}}
- phone: [{{from: contact, text: Hello}}, {{from: account, text: "You said: Hello"}}]
  within: 60s
- requests: {{path: /cgi-bin/message/custom/send, count: 1, last: {{status: 200}}}}
- window: {{slots_left: 4}}
- advance: 48h
- window: {{slots_left: 0, ends_at: null}}
"""


def check_story(program, folder):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    listen = f"127.0.0.1:{free_port()}"
    Endpoint.simulator = f"http://{listen}"
    url = f"http://127.0.0.1:{server.server_port}/wechat"
    story = folder / "story.yaml"

    def play(text):
        story.write_text(text)
        return run(program, "--listen", listen, "--clock", "standing", "--script", story)

    code, said, errors = play(STORY.format(url=url))
    assert (code, said) == (0, f"the contact writes\n{story}: 8 steps, 0 differences\n"), (said, errors)

    code, said, _ = play(STORY.format(url=url).replace("slots_left: 4", "slots_left: 3"))
    assert code == 1 and f'{story}:11: window: expected {{"slots_left":3}}, found {{"slots_left":4}}' in said, said

    code, said, _ = play('{"account": {"app_id": "wx1", "callback_mode": "plain"}, "answer": {"verified": false}}\n\n'
                         '{"follow": null}\n{"menu": {}}\n')
    assert code == 1 and f"{story}:4: " in said and "3 steps, 1 differences" in said, said

    code, _, errors = play("- sned: {text: x}\n")
    assert code == 2 and f'{story}:1: unknown word "sned"' in errors, errors
    code, _, errors = play("- say: x\n- {send: {}, follow: {}}\n")
    assert code == 2 and f"{story}:2: one word a step" in errors, errors
    code, _, errors = play("- say: [\n")
    assert code == 2 and f"{story}:" in errors, errors
    server.shutdown()


def check_tls(program, folder):
    """HTTPS on both sides: the API, and a callback URL whose authority is believed, or is not."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost",
                    "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", certificate],
                   check=True, capture_output=True)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
    server.socket = tls.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    story = folder / "tls.yaml"
    account = "{app_id: wx1, callback_mode: plain, token: t1, callback_url: 'https://localhost:%d/'}" % server.server_port

    def verified(expected, *flags):
        story.write_text(f"- account: {account}\n  answer: {{verified: {expected}}}\n")
        return run(program, "--listen", "127.0.0.1:0", "--script", story, *flags)[0] == 0

    assert verified("true", "--callback-ca", certificate), "a certificate of an authority that is believed"
    assert verified("false"), "one of an authority that nobody knows"
    server.shutdown()

    listen = f"127.0.0.1:{free_port()}"
    simulator = Program([str(program), "--listen", listen, "--tls-certificate", str(certificate), "--tls-key", str(key)],
                        folder / "simulator.log")
    simulator.start()
    try:
        def clock():
            believed = ssl.create_default_context(cafile=certificate)
            try:
                return json.load(urllib.request.urlopen(f"https://{listen}/sim/clock", timeout=20, context=believed))
            except OSError:
                return None
        assert "now" in until("the simulator answers over HTTPS", clock)
    finally:
        simulator.end()


if __name__ == "__main__":
    root, build = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
    simulator = build / "bin/wechat-simulator"
    check_readme(root, simulator)
    check_flags(root, simulator)
    with tempfile.TemporaryDirectory() as folder:
        check_story(simulator, pathlib.Path(folder))
        check_tls(simulator, pathlib.Path(folder))
    print("the page's commands, the flags, the stories and TLS work as described")
