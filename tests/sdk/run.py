#!/usr/bin/env python3
"""An SDK of another language, pointed at the simulator: co-wechat-api gets a token, sends, uploads, makes a QR code.

    run.py ROOT BUILD_DIRECTORY

Asserted on what the SDK was answered, on the contact's phone, and on the requests as the simulator received them.
"""
import base64
import json
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
from npm import installed  # noqa: E402
from programs import Program, ask, free_port, until  # noqa: E402

HERE = pathlib.Path(__file__).parent
PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")


def client(build, simulator, picture):
    packages = installed(HERE, build)
    environment = {**os.environ, "NODE_PATH": str(packages / "node_modules")}
    done = subprocess.run(["node", str(HERE / "client.js"), simulator, str(picture)],
                          env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def check_answers(did):
    assert len(did["token"]["accessToken"]) == 136, did["token"]
    assert did["text"]["errcode"] == 0 and did["image"]["errcode"] == 0, did
    assert did["upload"]["type"] == "image" and did["upload"]["media_id"], did["upload"]
    assert base64.b64decode(did["fetched"]) == PNG, "media/get gives what was uploaded"
    assert did["user"]["subscribe"] == 1, did["user"]
    assert did["stranger"]["code"] == 40003 and "rid: " in did["stranger"]["message"], did["stranger"]


def check_phone(simulator, did):
    phone = ask("GET", f"{simulator}/sim/accounts/wx1/contacts/o1/phone")[1]
    assert [(line["from"], line["kind"]) for line in phone] == [
        ("contact", "text"), ("account", "text"), ("account", "image")], phone
    assert phone[1]["text"] == 'Good morning, 你好 👋 <a href="http://x/?a=1&b=2">here</a>', phone[1]
    assert phone[2]["media"] == did["upload"]["media_id"] and phone[2]["media_name"] == "picture.png", phone[2]


def check_requests(simulator):
    requests = ask("GET", f"{simulator}/sim/requests")[1]
    paths = [request["path"].removeprefix("/cgi-bin/") for request in requests]
    assert paths == ["token", "message/custom/send", "media/upload", "message/custom/send", "media/get", "user/info",
                     "message/custom/send", "qrcode/create", "showqrcode", "showqrcode"], paths


def check_code(simulator, did):
    code = did["code"]
    assert code["type"] == "image/jpg" and code["expire_seconds"] == 600, code
    assert code["read"] == code["url"], "the picture says what qrcode/create said"
    assert did["unencoded"] == 404, "a ticket that is not percent-encoded is none"
    window = f"{simulator}/sim/accounts/wx1/contacts/o2/window"
    # A phone that has read the picture: a stranger follows with the scene.
    assert ask("POST", f"{simulator}/sim/accounts/wx1/contacts/o2/scan", {"url": code["read"]})[0] == 200
    assert ask("GET", window)[1]["slots_left"] == 3, "follow: 3 in 1 min"


def main(build):
    simulator = f"http://127.0.0.1:{free_port()}"
    with tempfile.TemporaryDirectory() as folder:
        picture = pathlib.Path(folder) / "picture.png"
        picture.write_bytes(PNG)
        program = Program([str(build / "bin/wechat-simulator"), "--listen", simulator.removeprefix("http://")],
                          pathlib.Path(folder) / "simulator.log")
        program.start()
        try:
            until("the simulator answers", lambda: ask("GET", simulator + "/sim/clock")[0] == 200)
            ask("PUT", simulator + "/sim/accounts/wx1", {
                "app_secret": "s1", "token": "t1", "callback_mode": "plain", "original_id": "gh_1", "callback_url": ""})
            ask("POST", simulator + "/sim/accounts/wx1/contacts/o1/send", {"text": "Hello"})
            did = client(build, simulator, picture)
            check_answers(did)
            check_phone(simulator, did)
            check_requests(simulator)
            check_code(simulator, did)
        finally:
            program.end()
    print("co-wechat-api works with the simulator as with the platform")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[2]).resolve())
