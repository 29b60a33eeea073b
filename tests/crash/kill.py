#!/usr/bin/env python3
"""kill -9 of the host at random moments of a two-hundred-message run: nothing acknowledged is lost, nothing doubled.

    kill.py ROOT BUILD [--seed N] [--runs N]

Contacts write and employees answer, through the programs as they are shipped, while the host is killed and started
again. Afterwards (plugin-api 3.8, 3.9):
  - every callback answered `success` is in the host exactly once;
  - every answer that was accepted is on the phone at most once, and exactly once where its state says sent;
  - nothing is on a phone that nobody sent; each contact's messages stand in their order.
A failing run prints its seed and keeps its folder.
"""
import argparse
import pathlib
import random
import shutil
import sys
import tempfile
import threading

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
from programs import Stage, until  # noqa: E402

CONTACTS, MESSAGES_EACH, KILLS = 20, 5, 6  # 100 messages of contacts and an answer to each: two hundred
FINAL = {"sent", "failed", "uncertain", "refused", "expired", "discarded", "cancelled"}


class Run:
    def __init__(self, stage, seed):
        self.stage, self.random = stage, random.Random(seed)
        self.acknowledged = {}  # openid -> texts that the webhook has answered with success
        self.accepted = {}      # client id -> (openid, text)
        self.over = threading.Event()
        self.lock = threading.Lock()

    def contact(self, openid, pauses):
        for number in range(MESSAGES_EACH):
            self.over.wait(pauses[number])  # so that the messages spread over all the kills
            text = f"{openid} says {number}"
            for again in range(200):  # a host that is down gets nothing; he writes another message then
                answer = self.stage.contact_writes(openid, text)
                if answer.get("answered") == "success":
                    with self.lock:
                        self.acknowledged.setdefault(openid, []).append(text)
                    break
                text = f"{openid} says {number} again {again}"
                self.over.wait(0.05)

    def pauses(self):
        return [self.random.uniform(0.0, 1.0) for _ in range(MESSAGES_EACH)]

    def employee(self):
        while not self.over.is_set():
            for conversation in self.stage.conversations():
                for message in self.stage.messages(conversation["id"]):
                    if message["from"] == "contact" and " says " in message["text"]:
                        self.answer(conversation, message["text"])
            self.over.wait(0.02)

    def answer(self, conversation, text):
        client_id = "to " + text
        if client_id in self.accepted:
            return
        status, _ = self.stage.employee_writes(conversation["id"], client_id, "Answer " + client_id)
        if status == 202:
            self.accepted[client_id] = (conversation["contact"], "Answer " + client_id)

    def go(self):
        contacts = [threading.Thread(target=self.contact, args=(f"contact{i:02}", self.pauses())) for i in range(CONTACTS)]
        employee = threading.Thread(target=self.employee)
        for thread in [*contacts, employee]:
            thread.start()
        for _ in range(KILLS):
            self.over.wait(self.random.uniform(0.02, 0.6))
            self.stage.host.kill()
            self.over.wait(self.random.uniform(0.0, 0.1))
            self.stage.start_host()
        for thread in contacts:
            thread.join()
        wanted = sum(len(texts) for texts in self.acknowledged.values())
        try:
            until("every message is answered", lambda: len(self.accepted) >= wanted)
            until("every answer has ended", self.ended)
        finally:
            self.over.set()
            employee.join()

    def ended(self):
        """Whether every answer has; a contact whose share holds some back writes once more (B1, Q3)."""
        states = self.states()
        for openid in {self.accepted[client_id][0] for client_id, state in states.items() if state == "queued"}:
            self.stage.contact_writes(openid, "go on")
        return all(state in FINAL for state in states.values())

    def states(self):
        found = {}
        for conversation in self.stage.conversations():
            for message in self.stage.messages(conversation["id"]):
                if message.get("client_id"):
                    found[message["client_id"]] = message["state"]
        return {client_id: found.get(client_id, "lost") for client_id in self.accepted}

    def check(self):
        at_host = {c["contact"]: [m["text"] for m in self.stage.messages(c["id"])
                                  if m["from"] == "contact" and m["kind"] == "text"] for c in self.stage.conversations()}
        for openid, texts in self.acknowledged.items():
            for text in texts:
                count = at_host.get(openid, []).count(text)
                assert count == 1, f"acknowledged, and {count} times at the host: {text}"
            known = [text for text in at_host[openid] if text in texts]
            assert known == texts, f"{openid}: out of order at the host: {known}"
        states = self.states()
        for openid in self.acknowledged:
            shown = [m["text"] for m in self.stage.phone(openid) if m["from"] == "account"]
            for client_id, (to, text) in self.accepted.items():
                if to != openid:
                    continue
                count, state = shown.count(text), states[client_id]
                assert count <= 1, f"{count} times on the phone: {text}"
                assert state != "sent" or count == 1, f"sent, and not on the phone: {text}"
                assert state not in FINAL - {"sent", "uncertain"} or count == 0, f"{state}, but on the phone: {text}"
            ours = [text for text in shown if text.startswith("Answer")]
            assert all(text.removeprefix("Answer ") in self.accepted for text in ours), f"{openid}: from nobody: {ours}"
        return states


def one(root, build, seed):
    folder = tempfile.mkdtemp(prefix="kill-")
    try:
        with Stage(root, build, folder) as stage:
            run = Run(stage, seed)
            run.go()
            states = run.check()
        counts = {state: list(states.values()).count(state) for state in sorted(set(states.values()))}
        print(f"seed {seed}: {sum(map(len, run.acknowledged.values()))} received, {len(states)} answered: {counts}")
    except BaseException:
        print(f"seed {seed} failed; its logs and stores are in {folder}", file=sys.stderr)
        raise
    shutil.rmtree(folder)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("root", type=pathlib.Path)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    for seed in range(asked.seed, asked.seed + asked.runs):
        one(asked.root.resolve(), asked.build.resolve(), seed)
