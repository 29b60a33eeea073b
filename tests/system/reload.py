#!/usr/bin/env python3
"""Customers' files change while the host runs: all or nothing per customer, and conversations go on (policy.md 9).

    reload.py ROOT BUILD
"""
import pathlib
import signal
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
from programs import AES_KEY, APP_ID, CUSTOMER, Stage, ask, until  # noqa: E402

NEW_KEY = AES_KEY[::-1]


class Files:
    def __init__(self, stage):
        self.stage, self.file = stage, stage.folder / "customers/harbour-bank.yaml"
        self.good = self.file.read_text()

    def write(self, welcome, key=AES_KEY):
        self.file.write_text(self.good.replace(AES_KEY, key)
                             + f'messages: {{en: {{contact: {{welcome: "{welcome}"}}}}}}\n')

    def reload(self):
        status, answer = ask("POST", self.stage.host_url + "/api/reload")
        assert status == 200, answer
        return {customer["customer"]: customer for customer in answer["customers"]}

    def welcomed(self, openid):
        """What somebody who writes for the first time is told."""
        answer = self.stage.contact_writes(openid, "Hello")
        assert answer["answered"] == "success", answer
        return until("he is welcomed", lambda: [m["text"] for m in self.stage.phone(openid) if m["from"] == "account"])[0]


def a_text_changes(files):
    files.write("First")
    told = files.reload()[CUSTOMER]
    assert told["ok"], told
    # Whoever is first, the host that is asked or the channel that notices, says what has changed.
    log = (files.stage.folder / "host.log").read_text()
    assert "changed messages: contact.welcome" in " ".join(told["notes"]) + log, told
    assert files.welcomed("a") == "First"


def a_fault_keeps_the_version_in_force(files):
    files.write("Second {custmer}")
    told = files.reload()[CUSTOMER]
    assert not told["ok"] and len(told["errors"]) == 1, told
    assert "harbour-bank.yaml:9:45: " in told["errors"][0] and 'did you mean "customer"' in told["errors"][0], told
    assert files.welcomed("b") == "First"


def another_customers_fault_touches_nobody(files):
    (files.file.parent / "other.yaml").write_text("customer: other/bank\n")
    files.write("Third")
    told = files.reload()
    assert told[CUSTOMER]["ok"] and any(not customer["ok"] for customer in told.values()), told
    assert files.welcomed("c") == "Third"
    (files.file.parent / "other.yaml").unlink()


def a_changed_key_leaves_the_old_one_good(files):
    files.write("Third", NEW_KEY)
    assert files.reload()[CUSTOMER]["ok"]
    assert files.welcomed("d") == "Third"  # the platform still seals with the old one
    status, answer = ask("PUT", f"{files.stage.simulator_url}/sim/accounts/{APP_ID}", {
        "app_secret": "secret-for-the-simulator", "token": "callbacktoken", "encoding_aes_key": NEW_KEY,
        "callback_url": f"http://{files.stage.webhook}/wechat/{CUSTOMER}", "callback_mode": "secure",
        "original_id": "gh_0123456789ab"})
    assert status == 200 and answer["verified"], answer
    assert files.welcomed("e") == "Third"


def a_hangup_reloads_too(files):
    log = files.stage.folder / "host.log"
    before = log.read_text().count(" host reloaded ")  # the host's word for it; a noticed file has another one
    files.stage.host.process.send_signal(signal.SIGHUP)
    until("the host has reloaded", lambda: log.read_text().count(" host reloaded ") > before)


def a_change_of_the_file_is_noticed(files):
    files.write("Fifth", NEW_KEY)
    count = iter(range(1000))
    until("it is in force", lambda: files.welcomed(f"g{next(count)}") == "Fifth")


def conversations_have_gone_on(files):
    conversation = next(c for c in files.stage.conversations() if c["contact"] == "a")
    status, receipt = files.stage.employee_writes(conversation["id"], "m1", "Good morning")
    assert (status, receipt["state"]) == (202, "accepted"), receipt
    until("it is on the phone", lambda: any(m["text"] == "Good morning" for m in files.stage.phone("a")))


if __name__ == "__main__":
    root, build = (pathlib.Path(a).resolve() for a in sys.argv[1:3])
    with tempfile.TemporaryDirectory() as folder, Stage(root, build, folder) as stage:
        files = Files(stage)
        for step in (a_text_changes, a_fault_keeps_the_version_in_force, another_customers_fault_touches_nobody,
                     a_changed_key_leaves_the_old_one_good, a_hangup_reloads_too, a_change_of_the_file_is_noticed,
                     conversations_have_gone_on):
            step(files)
            print(step.__name__.replace("_", " "))
