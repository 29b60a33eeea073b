#!/usr/bin/env python3
"""Makes codec.json: vectors that pin the codec from outside, by Python's standard library and the openssl program.

Nothing of this project takes part, so that a mistake made twice, in sealing and in opening, still shows.
    tests/vectors/make_vectors.py > tests/vectors/codec.json
"""
import base64
import hashlib
import json
import random
import struct
import subprocess
import sys

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
APP_ID = "wxf3a1b2c4d5e60718"
rng = random.Random(20240613)


def sha1_of_sorted(*parts):
    return hashlib.sha1(b"".join(sorted(part.encode() for part in parts))).hexdigest()


def aes(key, plain):
    command = ["openssl", "enc", "-aes-256-cbc", "-nopad", "-K", key.hex(), "-iv", key[:16].hex()]
    return subprocess.run(command, input=plain, capture_output=True, check=True).stdout


def key_of(text):
    return base64.b64decode(text + "=")  # lenient about the two bits that the last character has too many


def sealed(text_key, full, pad):
    return base64.b64encode(aes(key_of(text_key), full + pad)).decode()


def envelope(message, app_id, random16, length=None):
    size = len(message) if length is None else length
    return random16 + struct.pack(">I", size) + message + app_id.encode()


def pkcs7(full):
    size = 32 - len(full) % 32
    return bytes([size]) * size


def case(name, message, *, text_key=None, app_id=APP_ID, length=None, pad=None, fault=None):
    text_key = text_key or "".join(rng.choice(LETTERS) for _ in range(43))
    token = "".join(rng.choice(LETTERS) for _ in range(rng.randint(3, 32)))
    timestamp, nonce = str(rng.randint(10**9, 2 * 10**9)), str(rng.randint(1, 10 ** rng.randint(3, 18)))
    random16 = bytes(rng.randrange(256) for _ in range(16))
    full = envelope(message, app_id, random16, length)
    encrypt = sealed(text_key, full, pkcs7(full) if pad is None else pad(full))
    return {
        "name": name,
        "token": token,
        "encoding_aes_key": text_key,
        "app_id": APP_ID,
        "timestamp": timestamp,
        "nonce": nonce,
        "random": random16.hex(),
        "message": message.decode(),
        "encrypt": encrypt,
        "signature": sha1_of_sorted(token, timestamp, nonce),
        "msg_signature": sha1_of_sorted(token, timestamp, nonce, encrypt),
        "fault": fault,
    }


def to_multiple(full, last):
    size = 32 - len(full) % 32
    return bytes([last]) * size


def crypt():
    yield case("no message at all", b"")
    yield case("four-byte characters", "😂👍🏽👨‍👩‍👧 你好".encode())
    yield case("a control character", " \x1dc".encode())
    for last in "ABCD":  # two bits too many: 0 to 3
        yield case(f"a key that ends in {last}", b"<xml/>", text_key="k" * 42 + last)
    for size in range(0, 64, 3):
        yield case(f"{size} bytes", bytes(rng.choice(LETTERS.encode()) for _ in range(size)))
    yield case("5000 bytes", bytes(rng.choice(LETTERS.encode()) for _ in range(5000)))
    yield case("for another account", b"<xml/>", app_id="wx0000000000000000", fault="wrong_app_id")
    yield case("an app id with more behind it", b"<xml/>", app_id=APP_ID + "x", fault="wrong_app_id")
    yield case("no app id", b"<xml/>", app_id="", fault="wrong_app_id")
    yield case("a length one beyond the end", b"abc", length=3 + len(APP_ID) + 1, fault="bad_ciphertext")
    yield case("a length of four gigabytes", b"abc", length=0xFFFFFFFF, fault="bad_ciphertext")
    yield case("a length that takes one byte of the app id", b"abc", length=4, fault="wrong_app_id")
    yield case("a pad byte of 33", b"x" * 10, pad=lambda full: to_multiple(full, 33), fault="bad_ciphertext")
    yield case("a pad byte of 0", b"x" * 10, pad=lambda full: to_multiple(full, 0), fault="bad_ciphertext")
    yield case("a pad byte of 255", b"x" * 10, pad=lambda full: to_multiple(full, 255), fault="bad_ciphertext")
    yield case("padding that is not all alike", b"x" * 10,
               pad=lambda full: b"\0" * (len(pkcs7(full)) - 1) + pkcs7(full)[-1:], fault="bad_ciphertext")


def headless():
    # Less than random bytes and length remain when the padding is gone.
    for size in (0, 1, 16, 19):
        text_key = "s" * 43
        full = b"r" * size
        yield {"name": f"{size} bytes", "encoding_aes_key": text_key, "encrypt": sealed(text_key, full, pkcs7(full))}


def signatures():
    sets = [["a", "b", "c"], ["Zeta", "10", "9"], ["token", "1714036504", "486452656"], ["+/=", "Aa", "aA", "09"], ["", "", ""]]
    for _ in range(20):
        sets.append(["".join(rng.choice(LETTERS + "+/=") for _ in range(rng.randint(1, 300))) for _ in range(rng.randint(3, 4))])
    return [{"parts": parts, "sha1": sha1_of_sorted(*parts)} for parts in sets]


def base64_texts():
    return [{"hex": data.hex(), "base64": base64.b64encode(data).decode()}
            for data in (bytes(rng.randrange(256) for _ in range(size)) for size in range(0, 70))]


json.dump(
    {
        "about": "made by make_vectors.py with Python's standard library and the openssl program",
        "crypt": list(crypt()),
        "headless": list(headless()),
        "signatures": signatures(),
        "base64": base64_texts(),
    },
    sys.stdout,
    ensure_ascii=False,
    indent=1,
)
print()
