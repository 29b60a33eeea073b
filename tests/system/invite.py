#!/usr/bin/env python3
"""Invitations from the console's side to the phone's: a code that a camera reads, and whom it leads to; and typing.

    invite.py ROOT BUILD
"""
import pathlib
import subprocess
import sys
import tempfile
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
import npm  # noqa: E402
from programs import APP_ID, CUSTOMER, Stage, ask, until  # noqa: E402

READER = pathlib.Path(__file__).parent / "qr"


def invite(stage, **wish):
    return ask("POST", f"{stage.host_url}/api/invitations", {"channel": "wechat", "customer": CUSTOMER, **wish})


def read_code(stage, invitation, modules):
    with urllib.request.urlopen(stage.host_url + invitation["qr"]) as answer:
        assert answer.headers["Content-Type"] == "image/svg+xml", answer.headers
        svg = answer.read()
    done = subprocess.run(["node", str(READER / "read.js"), str(modules)], input=svg, capture_output=True, check=True)
    return done.stdout.decode()


def contact(stage, openid, act, **body):
    return ask("POST", f"{stage.simulator_url}/sim/accounts/{APP_ID}/contacts/{openid}/{act}", body)


def conversation_with(stage, openid):
    found = [one for one in stage.conversations() if one["contact"] == openid]
    return found[0] if found else None


def opened(stage, openid):
    def is_open():
        found = conversation_with(stage, openid)
        return found if found and found["participants"] else None
    return until(f"{openid} has a conversation", is_open)


def lead_to_people(stage, modules):
    status, of_dora = invite(stage, employee="dora")
    assert status == 201 and of_dora["expires_at"] is None, of_dora
    assert read_code(stage, of_dora, modules) == of_dora["url"]
    assert of_dora["url"].startswith("http"), of_dora
    assert invite(stage, employee="dora") == (200, of_dora)

    contact(stage, "li-na", "follow", scene=of_dora["scene"])
    stage.contact_writes("li-na", "Hello")
    assert opened(stage, "li-na")["participants"] == ["dora"]

    stage.contact_writes("wang-wei", "Hello")
    assert opened(stage, "wang-wei")["participants"] == ["ana"], "the default, without any code"
    contact(stage, "wang-wei", "scan", scene=of_dora["scene"])
    until("dora has come, and ana stays",
          lambda: conversation_with(stage, "wang-wei")["participants"] == ["ana", "dora"])


def end_when_they_say(stage, modules):
    status, for_a_week = invite(stage, scene="desk-12", lifetime="7d")
    assert status == 201 and for_a_week["expires_at"] and not for_a_week["expired"], for_a_week
    assert read_code(stage, for_a_week, modules) == for_a_week["url"]
    status, refused = invite(stage, scene="desk-12", lifetime="31d")
    assert status == 409 and refused["error"] == "lifetime_too_long" and "30 days" in refused["text"], refused
    status, refused = invite(stage, scene="x" * 65)
    assert status == 409 and refused["error"] == "bad_scene", refused
    assert ask("PUT", f"{stage.simulator_url}/sim/accounts/{APP_ID}", {"certified": False})[0] == 200
    status, refused = invite(stage, scene="desk-13")
    assert status == 409 and refused["error"] == "not_permitted" and "48001" in refused["text"], refused
    assert ask("PUT", f"{stage.simulator_url}/sim/accounts/{APP_ID}", {"certified": True})[0] == 200


def show_typing(stage):
    def commands():
        seen = ask("GET", f"{stage.simulator_url}/sim/requests?path=/cgi-bin/message/custom/typing")[1]
        return [one["body"] for one in seen]

    path = f"{stage.host_url}/api/conversations/{conversation_with(stage, 'li-na')['id']}/typing"
    for _ in range(3):
        assert ask("PUT", path, {"employee": "dora", "typing": True})[0] == 202
    assert ask("PUT", path, {"employee": "dora", "typing": False})[0] == 202
    until("the platform has been told", lambda: len(commands()) == 2)
    assert '"command":"Typing"' in commands()[0] and '"command":"CancelTyping"' in commands()[1], commands()


def outlive_a_restart(stage):
    before = ask("GET", f"{stage.host_url}/api/invitations?channel=wechat&customer={CUSTOMER}")[1]
    assert [one["scene"] == "desk-12" for one in before] == [True, False], before
    stage.host.end()
    stage.start_host()
    assert ask("GET", f"{stage.host_url}/api/invitations?channel=wechat&customer={CUSTOMER}")[1] == before
    assert invite(stage, employee="dora")[0] == 200


if __name__ == "__main__":
    root, build = (pathlib.Path(a).resolve() for a in sys.argv[1:3])
    modules = npm.installed(READER, build)
    with tempfile.TemporaryDirectory() as folder:
        with Stage(root, build, folder) as stage:
            lead_to_people(stage, modules)
            end_when_they_say(stage, modules)
            show_typing(stage)
            outlive_a_restart(stage)
    print("codes are read, lead to their people, and are remembered")
