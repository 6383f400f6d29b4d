"""What a data case of tests/credentials needs to run for real: its environment, its files, its programs, and a loopback server.

Every connection of this process goes to that server, whatever host a package names. The server notes what came, and sends the
responses of the case in their order.
"""

import base64
import http.client
import http.server
import json
import os
import socket
import stat
import threading
import urllib.parse

import urllib3.connection

# The time of every case, in seconds since 1970.
NOW = 1_700_000_000


class Server:
    """Sends the responses of a case in their order, and notes each request."""

    def __init__(self, traffic):
        self.requests = []
        stage = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def answer(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                number = len(stage.requests)
                stage.requests.append(Request(self.command, self.headers, body))
                exchange = traffic[number] if number < len(traffic) else {"status": 418, "answer": "nobody expected this request"}
                if exchange.get("then") == "close":
                    self.close_connection = True
                    return
                answer = exchange.get("answer", "")
                text = (answer if isinstance(answer, str) else json.dumps(answer)).encode()
                self.send_response(exchange.get("status", 200))
                given = exchange.get("answer_headers", {})
                for name, value in given.items():
                    self.send_header(name, value)
                # The vendors' clients look at it; ours does not.
                if "content-type" not in map(str.lower, given):
                    self.send_header("Content-Type", "text/plain" if isinstance(answer, str) else "application/json")
                self.send_header("Content-Length", str(len(text)))
                self.send_header("Connection", "close")
                self.end_headers()
                self.wfile.write(text)
                self.close_connection = True

            do_GET = do_POST = do_PUT = answer

        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.http.server_port
        threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def close(self):
        self.http.shutdown()
        self.http.server_close()


class Request:
    """One request as it came. `x-asked` has the address that was meant."""

    def __init__(self, method, headers, body):
        self.method, self.headers = method, headers
        self.address, _, query = headers["x-asked"].partition("?")
        self.parameters = dict(urllib.parse.parse_qsl(query, keep_blank_values=True))
        self.text = f"{query}\n{body.decode('utf-8', 'replace')}"
        try:
            document = json.loads(body)
        except ValueError:
            document = None
        if isinstance(document, dict):
            self.parameters.update(leaves(document))
        elif body:
            self.parameters.update(urllib.parse.parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))


def leaves(document, prefix=""):
    """The members of a JSON document by their paths."""
    for name, value in document.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value if isinstance(value, str) else json.dumps(value)


def lead_to(port):
    """Leads every connection of this process to the server, in the clear, and names the address that was meant."""

    def connect(connection, *_):
        connection.sock = socket.create_connection(("127.0.0.1", port), timeout=5)

    def putrequest(connection, method, url, *arguments, **options):
        plain(connection, method, url, *arguments, **options)
        secure = (http.client.HTTPSConnection, urllib3.connection.HTTPSConnection)
        scheme = "https" if isinstance(connection, secure) else "http"
        default = {"https": 443, "http": 80}[scheme]
        port = "" if connection.port in (None, default) else f":{connection.port}"
        asked = f"{scheme}://{connection.host}{port}{url}"
        connection.putheader("x-asked", asked)

    plain = http.client.HTTPConnection.putrequest
    http.client.HTTPConnection.putrequest = putrequest
    for kind in (http.client.HTTPConnection, http.client.HTTPSConnection, urllib3.connection.HTTPConnection,
                 urllib3.connection.HTTPSConnection):
        kind.connect = connect


class Stage:
    """The environment, the files and the programs of a case in a folder, where the paths of the case begin."""

    def __init__(self, case, root):
        self.root = root
        self.case = case
        self.paths = sorted([*case.get("files", {}), *(words.split("|")[0] for words in case.get("programs", {}))],
                            key=len, reverse=True)
        for path, content in case.get("files", {}).items():
            self.write(path, content)
        for words, end in case.get("programs", {}).items():
            self.write_program(words.split("|"), end)
        folders = {os.path.dirname(path) for path in self.paths} | {case.get("env", {}).get("HOME")}
        self.env = {name: self.root + value if value in folders else self.moved(value)
                    for name, value in case.get("env", {}).items()}
        self.env["PATH"] = "/usr/bin:/bin"
        settings = case.get("settings", {})
        self.settings = {name: self.moved(value) if isinstance(value, str) else value for name, value in settings.items()}

    def moved(self, text):
        """The same text with the paths of this stage."""
        for path in self.paths:
            text = text.replace(path, self.root + path)
        return text

    def write(self, path, content):
        if isinstance(content, dict) and "base64" in content:
            data = base64.b64decode(content["base64"])
        else:
            text = content if isinstance(content, str) else json.dumps(content)
            data = self.moved(text).encode()
        place = self.root + path
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(place, "wb") as file:
            file.write(data)
        os.chmod(place, 0o600)

    def write_program(self, words, end):
        """A program that prints what the case says, if its arguments are those of the case."""
        text = end.get("prints", "")
        text = text if isinstance(text, str) else json.dumps(text)
        place = self.root + words[0]
        os.makedirs(os.path.dirname(place), exist_ok=True)
        quoted = " ".join("'" + word + "'" for word in words[1:])
        with open(place, "w", encoding="utf-8") as file:
            file.write(f"#!/bin/sh\nasked() {{ [ $# -eq {2 * (len(words) - 1)} ] || exit 9; }}\n")
            file.write(f'asked "$@" {quoted}\n')
            for number, word in enumerate(words[1:], 1):
                file.write(f"[ \"${number}\" = '{word}' ] || exit 9\n")
            file.write(f"cat <<'END'\n{text}\nEND\n")
            file.write(f"exit {1 if end.get('fails') else 0}\n")
        os.chmod(place, os.stat(place).st_mode | stat.S_IXUSR)
