"""The host's sends until WeChat has them: over TLS, to a platform that takes 20 ms for each."""
import json
import os
import subprocess
import time

import load
from figures import Figure
from stage import BenchStage, ask, until

LATENCY = 0.020
CONNECTIONS = 200       # what the plugin keeps to a platform host
EACH = 3                # an employee's messages in a row to one contact


def certificate(folder):
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
               "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(folder / "key.pem"),
               "-out", str(folder / "certificate.pem")]
    subprocess.run(command, check=True, capture_output=True)
    return folder / "certificate.pem", folder / "key.pem"


class TlsStage(BenchStage):
    """The simulator speaks HTTPS; the plugin believes its certificate, and this process the rest of it."""

    def __init__(self, bench):
        chain, key = certificate(bench.folder)
        os.environ["SSL_CERT_FILE"] = str(chain)  # of the programs started here: OpenSSL's own way to add an authority
        super().__init__(bench, "sending", simulator=["--tls-certificate", chain, "--tls-key", key])
        self.simulator_url = self.simulator_url.replace("http:", "https:")
        file = self.folder / "customers/harbour-bank.yaml"
        file.write_text(file.read_text().replace("api: http:", "api: https:"))


def requests(stage, conversations):
    """One message after the other to each, so that the order within a conversation holds nobody up."""
    for number in range(EACH):
        for conversation in conversations:
            body = json.dumps({"employee": "ana", "client_id": f"m{conversation}-{number}", "text": "It is at your branch."})
            text = (f"POST /api/conversations/{conversation}/messages HTTP/1.1\r\nHost: {stage.host_url[7:]}\r\n"
                    f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}")
            yield f"{len(text)}\n{text}"


def run(bench):
    contacts = max(1, bench.size.sends // EACH)
    with TlsStage(bench) as stage:
        callbacks = load.Callbacks(bench, contacts)
        stage.warm_up(callbacks)
        ids = [number for (number,) in stage.rows(
            "host.sqlite", "SELECT (SELECT value FROM meta WHERE name = 'run') || '-' || id FROM conversations")]
        file = bench.folder / "sends"
        file.write_text("".join(requests(stage, ids)))
        # The simulator has not seen these contacts write: it says yes to whatever is sent.
        fault = {"path": "/cgi-bin/message/custom/send", "errcode": 0, "latency_ms": int(LATENCY * 1000)}
        assert ask("POST", f"{stage.simulator_url}/sim/faults", fault)[0] == 200
        count, rate = len(ids) * EACH, int(0.9 * CONNECTIONS / LATENCY)
        begun = time.monotonic()
        load.open_loop(bench, int(stage.host_url.rsplit(":", 1)[1]), file, rate, count / rate + 0.01, connections=64)
        sent = 'SELECT count(*) FROM messages WHERE client_id IS NOT NULL AND state = 30'  # channel/abi.h: SENT
        until("all are sent", lambda: stage.rows("host.sqlite", sent) == [(count,)], 120)
        taken = time.monotonic() - begun
        made = stage.metric("wechat_api_connections_total")
    return [
        Figure("sending", "sends / (connections / latency)", [count / taken / (CONNECTIONS / LATENCY)], "", (">=", 0.8)),
        Figure("sending", "  sends", [count / taken], "sends/s"),
        Figure("sending", "connections made / sends", [made / count], "", ("<=", 0.01)),
    ]
