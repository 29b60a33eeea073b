#!/usr/bin/env python3
"""channel-host doctor against the simulator: beside a running host, without one, and with each thing wrong in turn.

    doctor.py ROOT BUILD

Every fault has its line, with a remedy, and exit code 1; nothing the doctor does leaves a trace.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
from programs import AES_KEY, APP_ID, CUSTOMER, Stage, ask  # noqa: E402

OTHER_KEY = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopq"
SECRETS = ("secret-for-the-simulator", "callbacktoken", AES_KEY, OTHER_KEY, "access_token")


class Doctor:
    def __init__(self, build, stage):
        self.program, self.stage = str(build / "bin/channel-host"), stage

    def run(self, *arguments, host="host.yaml"):
        """Gives the exit code and {step: (level, text and remedy)} of the account."""
        done = subprocess.run([self.program, "doctor", str(self.stage.folder / host), "--json", *arguments],
                              capture_output=True, text=True, timeout=120)
        leaked = [secret for secret in SECRETS if secret in done.stdout + done.stderr]
        assert not leaked, (leaked, done.stdout, done.stderr)
        if done.returncode == 2:
            return 2, done.stderr
        steps = {}
        for one in json.loads(done.stdout):
            assert one["account"] in (CUSTOMER, "the-other-bank", ""), one
            steps[one["step"]] = (one["level"], one["text"] + " | " + one["remedy"])
        return done.returncode, steps

    def finds(self, step, *words, host="host.yaml"):
        """This step alone is wrong, says so in these words, and what depends on it is skipped."""
        code, steps = self.run(host=host)
        wrong = {name: said for name, (level, said) in steps.items() if level == "wrong"}
        assert code == 1 and list(wrong) == [step], (step, code, steps)
        for word in words:
            assert word in wrong[step], (word, wrong[step])
        assert not wrong[step].endswith("| "), f"no remedy: {wrong[step]}"
        return steps


def account(stage, **changes):
    assert ask("PUT", f"{stage.simulator_url}/sim/accounts/{APP_ID}", changes)[0] == 200


def other_file(stage, name, **changes):
    """A second configuration, whose customer's file differs from that of the running host."""
    text = (stage.folder / "customers/harbour-bank.yaml").read_text()
    for before, after in changes.values():
        assert before in text
        text = text.replace(before, after)
    folder = stage.folder / f"customers-{name}"
    folder.mkdir()
    (folder / "harbour-bank.yaml").write_text(text)
    host = (stage.folder / "host.yaml").read_text().replace("customers: customers", f"customers: customers-{name}")
    (stage.folder / f"host-{name}.yaml").write_text(host)
    return f"host-{name}.yaml"


def while_running(stage, doctor):
    code, steps = doctor.run()
    assert code == 0, steps
    for step in ("configuration", "dns", "connection", "clock", "allow_list", "token", "callback_url", "permission_to_send",
                 "permission_to_invite", "quota", "webhook", "callback_token", "callback_key"):
        assert steps[step][0] == "ok", (step, steps)

    account(stage, app_secret="another-secret-altogether")
    steps = doctor.finds("token", "40125", "app_secret")
    assert steps["permission_to_send"][0] == "skipped" and "no token" in steps["permission_to_send"][1], steps
    assert steps["callback_key"][0] == "ok", "our own endpoint is not WeChat's affair"
    account(stage, app_secret="secret-for-the-simulator")

    account(stage, allowed_ips=["203.0.113.9"])
    steps = doctor.finds("allow_list", "40164", "Add 127.0.0.1 to the account's IP allow-list")
    assert steps["token"][0] == "skipped", steps
    account(stage, allowed_ips=[])

    url = f"http://{stage.webhook}/wechat/{CUSTOMER}"
    account(stage, callback_url="")
    doctor.finds("callback_url", "no callback URL", f"https://YOUR-HOST/wechat/{CUSTOMER}")
    account(stage, callback_url=url)

    account(stage, certified=False)
    code, steps = doctor.run()
    assert code == 1 and steps["permission_to_send"][0] == "wrong", steps
    assert "48001" in steps["permission_to_send"][1], steps
    account(stage, certified=True)

    doctor.finds("callback_token", "another callback token", "POST /api/reload",
                 host=other_file(stage, "token", token=("callbacktoken", "anothertoken")))
    doctor.finds("callback_key", "another encoding_aes_key",
                 host=other_file(stage, "key", key=(AES_KEY, OTHER_KEY)))
    doctor.finds("callback_key", "another callback_mode",
                 host=other_file(stage, "mode", mode=("  api:", "  callback_mode: plain\n  api:")))
    doctor.finds("webhook", "404", "does not serve the-other-bank",
                 host=other_file(stage, "name", path=(f"customer: {CUSTOMER}", "customer: the-other-bank")))


def leaves_no_trace(stage):
    assert stage.conversations() == []
    import urllib.request
    with urllib.request.urlopen(stage.host_url + "/metrics") as answer:
        metrics = answer.read().decode()
    for name in ("wechat_events_total", "wechat_conversations", "wechat_outbox_to_host"):
        values = [line.split()[-1] for line in metrics.splitlines() if line.startswith(name)]
        assert values == ["0"], (name, values)


def while_nobody_runs(stage, doctor):
    code, steps = doctor.run()
    assert code == 0, steps
    assert steps["webhook"][0] == "warning" and "nobody listens at http://" in steps["webhook"][1], steps
    assert "Start the server" in steps["webhook"][1] and steps["callback_key"][0] == "skipped", steps


def wrong_use(doctor, stage):
    assert doctor.run("--channel", "wechat")[0] == 0
    code, words = doctor.run("--channel", "fax")
    assert code == 2 and 'no channel "fax"' in words, words
    assert subprocess.run([doctor.program, "doctor"], capture_output=True).returncode == 2
    (stage.folder / "host-broken.yaml").write_text("channel: []\n")
    code, steps = doctor.run(host="host-broken.yaml")
    assert code == 1 and "host-broken.yaml:1:1" in steps["configuration"][1], steps
    broken = other_file(stage, "broken", key=(AES_KEY, "short"))
    code, steps = doctor.run(host=broken)
    assert code == 1 and "harbour-bank.yaml:7:21" in steps["configuration"][1], steps


def lines(doctor, stage):
    done = subprocess.run([doctor.program, "doctor", str(stage.folder / "host.yaml")], capture_output=True, text=True)
    assert done.returncode == 0 and done.stderr == "", done
    assert f"ok      wechat/{CUSTOMER} token: WeChat takes app_id and app_secret\n" in done.stdout, done.stdout


def clocks_that_differ(stage, doctor):
    assert ask("POST", stage.simulator_url + "/sim/clock", {"advance": "5m"})[0] == 200
    doctor.finds("clock", "behind WeChat's", "Let this machine keep time")


if __name__ == "__main__":
    root, build = (pathlib.Path(a).resolve() for a in sys.argv[1:3])
    with tempfile.TemporaryDirectory() as folder:
        with Stage(root, build, folder) as stage:
            doctor = Doctor(build, stage)
            while_running(stage, doctor)
            leaves_no_trace(stage)
            stage.host.end()
            while_nobody_runs(stage, doctor)
            wrong_use(doctor, stage)
            lines(doctor, stage)
            clocks_that_differ(stage, doctor)
    print("each fault has its line, and nothing is left of it")
