"""The local cloud as a process of its own, and a way to spoil requests on their way to it."""

import http.client
import re
import subprocess
import threading

ID, SECRET, TOKEN = "AKIDinterop00000001", "interop-Secret+/=0001", "interop-token+/=0001"
TEMPORARY = "STS.interop0000001"

# What every call sends somewhere, so that it can be changed on the way.
MARK, CHANGED = "marker-one", "marker-two"


class LocalCloud:
    """Runs `cloudcall local` while the `with` block runs."""

    def __init__(self, program, answers):
        arguments = ["--account", f"{ID}:{SECRET}", "--account", f"{TEMPORARY}:{SECRET}:{TOKEN}"]
        for answer in answers:
            arguments += ["--answer", answer]
        self.command = [program, "local", *arguments]

    def __enter__(self):
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        url = self.process.stdout.readline().strip()
        if not url.startswith("http://127.0.0.1:"):
            raise SystemExit(f"the local cloud did not start: {url!r}")
        self.address = url.removeprefix("http://")
        # What it writes about each request is not needed, but a full pipe would stop it.
        threading.Thread(target=self.process.stdout.read, daemon=True).start()
        return self

    def __exit__(self, *_):
        # It ends with its standard input.
        self.process.stdin.close()
        self.process.wait()


class Spoil:
    """While it is active, every request that this process sends is changed by `change(data)`."""

    def __init__(self, change):
        self.change = change
        self.changed = 0

    def __enter__(self):
        self.send = http.client.HTTPConnection.send

        def send(connection, data):
            if isinstance(data, str):
                data = data.encode()
            if isinstance(data, (bytes, bytearray)):
                spoilt = self.change(bytes(data))
                self.changed += spoilt != data
                data = spoilt
            return self.send(connection, data)

        http.client.HTTPConnection.send = send
        return self

    def __exit__(self, *_):
        http.client.HTTPConnection.send = self.send


def parameter(data):
    """Another value of the same length for the parameter that every call sends."""
    return data.replace(MARK.encode(), CHANGED.encode())


SIGNATURE = re.compile(rb"((?:Signature=\"?|[Aa]uthorization: acs [^:\r]+:)(?:[+/]|%2[BF])*)([0-9A-Za-z])")


def signature(data):
    """One letter of the signature changed."""
    return SIGNATURE.sub(lambda m: m[1] + (b"b" if m[2] != b"b" else b"c"), data, count=1)


SPOILERS = {"parameter": parameter, "signature": signature}
