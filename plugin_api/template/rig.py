"""For rigs in Python: speaks channel-check's protocol, so that a rig is a class with a method per verb.

    class Rig(rig.Provider):
        def settings(self, asked): return {"settings": {...}, "base_dir": ..., "account": ..., "contacts": [...]}
        def write(self, asked): ...
    rig.play(Rig())

A request is an object with "id" and "verb"; its method gets it and gives the answer, without the id. Each runs on a
thread of its own, because a provider may have to wait for the channel. conformance/README.md, beside the guide, has the verbs.
"""
import json
import sys
import threading
import traceback


class Unsupported(Exception):
    """This provider knows nothing like it: what needs it is skipped."""


class Provider:
    def clock(self, asked):
        return {}

    def open(self, asked):
        return {}


mine = threading.local()


def begun():
    """What this verb brings to the channel is on its way: the next request may follow, and cannot overtake it."""
    if hasattr(mine, "begun"):
        mine.begun.set()


def play(provider):
    lock = threading.Lock()

    def say(answer):
        line = json.dumps(answer)
        with lock:
            sys.stdout.write(line + "\n")
            sys.stdout.flush()

    def serve(asked, has_begun):
        mine.begun = has_begun
        try:
            method = getattr(provider, asked["verb"], None)
            if method is None:
                raise Unsupported(asked["verb"])
            answer = method(asked) or {}
        except Unsupported as what:
            answer = {"unsupported": str(what)}
        except Exception as fault:  # a rig's fault is an answer, too
            traceback.print_exc()
            answer = {"error": repr(fault)}
        say({"id": asked["id"], **answer})
        has_begun.set()

    for line in sys.stdin:
        asked, has_begun = json.loads(line), threading.Event()
        threading.Thread(target=serve, args=(asked, has_begun), daemon=True).start()
        if asked["verb"] in ("write", "again"):
            has_begun.wait(5)
