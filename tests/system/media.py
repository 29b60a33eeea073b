#!/usr/bin/env python3
"""Pictures, voice, video, places and links, both ways, through the programs as they are shipped.

    media.py ROOT BUILD

wechat-protocol.md 4.5: what WeChat keeps for 3 days, and what its answers hide behind HTTP 200.
"""
import base64
import pathlib
import sys
import tempfile
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
from programs import APP_ID, Stage, ask, until  # noqa: E402

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
AMR = b"#!AMR\n" + (b"\x3c" + bytes(31)) * 50  # a second of silence
MP4 = b"\x00\x00\x00\x18ftypmp42" + bytes(40)
OPENID = "li-na"


def sealed(content):
    return base64.b64encode(content).decode()


class Conversation:
    def __init__(self, stage):
        self.stage, self.count = stage, 0
        stage.contact_writes(OPENID, "Hello")
        self.id = until("the host has the conversation", stage.conversations)[0]["id"]

    def said(self):
        return [m for m in self.stage.messages(self.id) if m["from"] == "contact" and m["kind"] != "event"]

    def receives(self, **what):
        before = len(self.said())
        answer = self.stage.contact_sends(OPENID, **what)
        assert answer["answered"] == "success", answer
        return until("it is in the host", lambda: self.said()[before:])[0]

    def again(self, message):
        return next(m for m in self.said() if m["id"] == message["id"])

    def sends(self, **what):
        """What became of it, and what the phone shows of it."""
        self.count += 1
        client_id = f"m{self.count}"
        if self.count % 3 == 1:
            self.stage.contact_writes(OPENID, "Go on")  # a share of three each time
        shown = len(self.stage.phone(OPENID))
        status, receipt = self.stage.employee_sends(self.id, client_id, **what)
        if status == 409:
            return receipt, None
        message = until("it has ended", lambda: next(
            (m for m in self.stage.messages(self.id) if m.get("client_id") == client_id
             and m["state"] not in ("pending", "accepted")), None))
        return message, next((e for e in self.stage.phone(OPENID)[shown:] if e["from"] == "account"), None)

    def file(self, path):
        with urllib.request.urlopen(self.stage.host_url + path) as answer:
            return answer.read(), answer.headers["Content-Type"]


def calls(stage, path):
    return ask("GET", f"{stage.simulator_url}/sim/requests?path={path}")[1]


def a_picture_arrives_with_its_file(conversation):
    message = conversation.receives(image=sealed(PNG))
    assert message["kind"] == "image" and message["mime"] == "image/png", message
    assert conversation.file(message["media"]) == (PNG, "image/png")
    assert len(message["data"]["sha256"]) == 64, message


def a_voice_message_can_be_heard_in_a_browser(conversation):
    message = conversation.receives(voice=sealed(AMR))
    assert conversation.file(message["media"])[0] == AMR
    sound, mime = conversation.file(message["playable"])
    assert mime == "audio/wav" and sound[:4] == b"RIFF" and len(sound) == 44 + 2 * 8000, (mime, len(sound))


def a_video_arrives(conversation):
    message = conversation.receives(video=sealed(MP4))
    assert conversation.file(message["media"])[0] == MP4


def each_kind_goes_out(conversation):
    for kind, content, name in (("image", PNG, "a.png"), ("voice", AMR, "a.amr"), ("video", MP4, "a.mp4")):
        message, shown = conversation.sends(media={"kind": kind, "base64": sealed(content), "name": name})
        assert message["state"] == "sent" and shown["kind"] == kind, (message, shown)
        with urllib.request.urlopen(f"{conversation.stage.simulator_url}/sim/media/{shown['media']}") as answer:
            assert answer.read() == content
    message, shown = conversation.sends(location={"latitude": 31.2304, "longitude": 121.4737, "name": "The Bund"})
    assert message["state"] == "sent" and shown["text"].startswith("The Bund\nhttps://"), (message, shown)
    assert "31.2304,121.4737" in shown["text"], shown
    message, shown = conversation.sends(link={"url": "https://example.com/form", "title": "The form"})
    assert message["state"] == "sent" and shown["kind"] == "news" and "The form" in shown["text"], (message, shown)


def one_file_is_uploaded_once_within_its_three_days(conversation):
    picture = {"kind": "image", "base64": sealed(PNG + b"once"), "name": "a.png"}
    before = len(calls(conversation.stage, "/cgi-bin/media/upload"))
    for _ in range(2):
        assert conversation.sends(media=picture)[0]["state"] == "sent"
    assert len(calls(conversation.stage, "/cgi-bin/media/upload")) == before + 1
    conversation.stage.advance("73h")
    conversation.stage.contact_writes(OPENID, "Back")
    message, shown = conversation.sends(media=picture)
    assert message["state"] == "sent" and shown["kind"] == "image", (message, shown)
    assert len(calls(conversation.stage, "/cgi-bin/media/upload")) == before + 2


def an_upload_that_wechat_has_lost_is_made_again(conversation):
    picture = {"kind": "image", "base64": sealed(PNG + b"lost"), "name": "a.png"}
    assert conversation.sends(media=picture)[0]["state"] == "sent"
    conversation.stage.fault("/cgi-bin/message/custom/send", errcode=40007, times=1)
    message, shown = conversation.sends(media=picture)
    assert message["state"] == "sent" and shown["kind"] == "image", (message, shown)


def what_wechat_would_refuse_is_refused_before(conversation):
    before = len(calls(conversation.stage, "/cgi-bin/media/upload"))
    for what, reason in (
            ({"media": {"kind": "image", "base64": sealed(b"no picture"), "name": "a.png"}}, "unsupported_format"),
            ({"media": {"kind": "voice", "base64": sealed(b"#!AMR\n" + (b"\x3c" + bytes(31)) * 3001), "name": "a.amr"}},
             "recording_too_long"),
            ({"link": {"title": "No address"}}, "incomplete_content"),
            ({"location": {"latitude": 91, "longitude": 0}}, "incomplete_content")):
        receipt, shown = conversation.sends(**what)
        assert receipt["state"] == "refused" and receipt["reason"] == reason and receipt["text"], receipt
        assert shown is None
    assert len(calls(conversation.stage, "/cgi-bin/media/upload")) == before


def a_picture_that_cannot_be_fetched_says_so_and_comes_later(conversation):
    conversation.stage.fault("/cgi-bin/media/get", errcode=-1, times=2)
    message = conversation.receives(image=sealed(PNG + b"late"))
    assert message["media"] is None and message["reason"] == "media_not_fetched" and message["note"], message
    assert conversation.receives(text="behind it")["text"] == "behind it"
    conversation.stage.advance("1h")
    there = until("the file has come", lambda: conversation.again(message)["media"] and conversation.again(message))
    assert conversation.file(there["media"])[0] == PNG + b"late" and "reason" not in there, there


def a_picture_that_is_gone_is_said_to_be_lost(conversation):
    conversation.stage.fault("/cgi-bin/media/get", errcode=40007, times=1)
    message = conversation.receives(image=sealed(PNG + b"gone"))
    assert message["media"] is None and message["reason"] == "media_expired" and message["note"], message


def nothing_is_left_behind(conversation):
    folder = conversation.stage.folder / "wechat-media"
    until("the channel's folder is empty", lambda: not list(folder.iterdir()))


if __name__ == "__main__":
    root, build = (pathlib.Path(a).resolve() for a in sys.argv[1:3])
    with tempfile.TemporaryDirectory() as folder, Stage(root, build, folder, adjustable=True) as stage:
        conversation = Conversation(stage)
        for step in (a_picture_arrives_with_its_file, a_voice_message_can_be_heard_in_a_browser, a_video_arrives,
                     each_kind_goes_out, one_file_is_uploaded_once_within_its_three_days,
                     an_upload_that_wechat_has_lost_is_made_again, what_wechat_would_refuse_is_refused_before,
                     a_picture_that_cannot_be_fetched_says_so_and_comes_later,
                     a_picture_that_is_gone_is_said_to_be_lost, nothing_is_left_behind):
            step(conversation)
            print(step.__name__.replace("_", " "))
