#!/usr/bin/env python3
"""Secrets, tokens, openids and what people write appear in no log and in nothing the host shows of itself.

    private.py ROOT BUILD

Marked values go through a whole run, faults included; then every output is searched for them.
"""
import base64
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
from programs import AES_KEY, APP_ID, Stage, ask, until  # noqa: E402

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
OPENID = "o-marked-openid-5f1c"
TEXTS = {"inbound": "marked-inbound-text-81c2", "outbound": "marked-outbound-text-77ab", "refused": "marked-refused-93d0"}


def live(stage):
    """A message each way, one that waits, one refused, and each kind of fault the platform has."""
    def fault(**kind):
        stage.fault("/cgi-bin/message/custom/send", **kind)

    stage.contact_writes(OPENID, TEXTS["inbound"])
    conversation = until("the host has the conversation", stage.conversations)[0]["id"]
    for number, kind in enumerate(({}, {"errcode": 45002, "times": 1}, {"timeout": "after_write", "times": 1})):
        if kind:
            fault(**kind)
        stage.employee_writes(conversation, f"m{number}", TEXTS["outbound"])
        until("it has ended", lambda: all(m["state"] in ("sent", "failed", "uncertain", "queued")
                                          for m in stage.messages(conversation) if m.get("client_id")))
        stage.contact_writes(OPENID, TEXTS["inbound"] + str(number))
    ask("POST", f"{stage.host_url}/api/conversations/{conversation}/messages",
        {"employee": "stranger", "client_id": "r1", "text": TEXTS["refused"]})
    ask("GET", f"http://{stage.webhook}/wechat/harbour-bank?signature=forged&timestamp=1&nonce=2&echostr=3")
    stage.contact_sends(OPENID, image=base64.b64encode(PNG).decode())
    stage.fault("/cgi-bin/media/get", errcode=-1, times=1)
    stage.contact_sends(OPENID, image=base64.b64encode(PNG + b"2").decode())
    stage.employee_sends(conversation, "p1", media={"kind": "image", "base64": base64.b64encode(PNG).decode(), "name": "a.png"})
    until("the picture has ended", lambda: any(m["state"] == "sent" for m in stage.messages(conversation)
                                               if m.get("client_id") == "p1"))
    shown = ask("GET", stage.host_url + "/api/channels")[1]
    assert shown, "the host shows its channels"
    return repr(shown) + raw(stage.host_url + "/metrics") + raw(stage.host_url + "/health")


def raw(url):
    import urllib.request
    with urllib.request.urlopen(url) as answer:
        return answer.read().decode()


def access_tokens(stage):
    requests = ask("GET", stage.simulator_url + "/sim/requests?path=/cgi-bin/message/custom/send")[1]
    text = repr(requests)
    assert "access_token=" in text, "the simulator has seen a token"
    return {part.split("'")[0].split("&")[0].split('"')[0] for part in text.split("access_token=")[1:]}


if __name__ == "__main__":
    root, build = (pathlib.Path(a).resolve() for a in sys.argv[1:3])
    with tempfile.TemporaryDirectory() as folder:
        with Stage(root, build, folder) as stage:
            shown = live(stage)
            marked = {"openid": OPENID, "app secret": "secret-for-the-simulator", "callback token": "callbacktoken",
                      "AES key": AES_KEY, **TEXTS}
            marked.update({f"media id {i}": m["media"] for i, m in enumerate(stage.phone(OPENID)) if m["media"]})
            marked.update({f"access token {i}": token for i, token in enumerate(sorted(access_tokens(stage)))})
        log = (stage.folder / "host.log").read_text()
    assert "media_not_fetched" in log and "media id" in " ".join(marked), sorted(marked)
    assert "message_state" in log and "uncertain" in log and "callback_refused" in log, log[-3000:]
    leaks = [f"{name} in {where}" for name, value in marked.items() if len(value) > 8
             for where, text in (("the log", log), ("what the host shows", shown)) if value in text]
    print("\n".join(leaks) or f"none of {len(marked)} marked values in {len(log) + len(shown)} bytes; app_id is {APP_ID}")
    sys.exit(1 if leaks else 0)
