"""Alibaba Cloud's credential package and our providers, against the same servers: both must take the same keys from them."""

import argparse
import http.server
import json
import os
import subprocess
import tempfile
import threading
import time
import urllib.parse

from alibabacloud_credentials.provider import cloud_sso, ecs_ram_role, external, oauth, oidc, ram_role_arn, uri
from Tea.core import TeaCore

EXPIRATION = "2090-01-01T00:00:00Z"
ROLE = "acs:ram::1:role/deploy"


def keys(name):
    return {"AccessKeyId": f"STS.{name}", "AccessKeySecret": f"secret-of-{name}", "SecurityToken": f"token-of-{name}",
            "Expiration": EXPIRATION}


class Services(http.server.BaseHTTPRequestHandler):
    """The services that issue keys, on one port. Each refresh token is good for one refresh."""

    protocol_version = "HTTP/1.1"
    lock = threading.Lock()
    refreshed = 0
    seen = []

    def log_message(self, *_):
        pass

    def reply(self, document, status=200):
        body = document.encode() if isinstance(document, str) else json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_PUT(self):
        self.answer()

    def do_GET(self):
        self.answer()

    def do_POST(self):
        self.answer()

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        path, _, query = self.path.partition("?")
        parameters = dict(urllib.parse.parse_qsl(query) + urllib.parse.parse_qsl(body))
        bearer = self.headers.get("Authorization", "")
        with Services.lock:
            Services.seen.append(path)
            if path == "/v1/token":
                if parameters.get("refresh_token") != f"refresh-{Services.refreshed}" or not parameters.get("client_id"):
                    return self.reply({"error": "invalid_grant"}, 400)
                Services.refreshed += 1
                return self.reply({"access_token": f"access-{Services.refreshed}", "expires_in": 3600, "token_type": "Bearer",
                                   "refresh_token": f"refresh-{Services.refreshed}"})
        if path == "/v1/exchange" and bearer == f"Bearer access-{Services.refreshed}":
            return self.reply(keys("oauth"))
        if path == "/cloud-credentials" and bearer == "Bearer sso-token":
            asked = json.loads(body)
            if asked == {"AccountId": "1", "AccessConfigurationId": "ac-1"}:
                return self.reply({"CloudCredential": keys("sso"), "RequestId": "r"})
        if path == "/keys":
            return self.reply({"Code": "Success", **keys("uri")})
        if path == "/latest/api/token" and self.command == "PUT":
            return self.reply("metadata-token")
        if path.startswith("/latest/meta-data/ram/security-credentials/"):
            if self.headers.get("X-aliyun-ecs-metadata-token") == "metadata-token":
                name = path.rpartition("/")[2]
                return self.reply("deploy" if not name else {"Code": "Success", **keys("ecs")})
        if parameters.get("Action") == "AssumeRoleWithOIDC" and parameters.get("OIDCToken") == "id-token":
            if parameters["RoleArn"] == ROLE and parameters["OIDCProviderArn"] == "acs:ram::1:oidc-provider/p":
                return self.reply({"Credentials": keys("oidc"), "RequestId": "r"})
        # The package signs in the query, our provider in headers.
        action = parameters.get("Action") or self.headers.get("x-acs-action")
        if action == "AssumeRole" and "LTAIexample" in parameters.get("AccessKeyId", bearer):
            if parameters["RoleArn"] == ROLE and parameters["RoleSessionName"] == "s":
                return self.reply({"Credentials": keys("role"), "RequestId": "r"})
        return self.reply({"Code": "Unexpected", "Message": f"{self.command} {path}"}, 403)


def plain(request, *arguments, send=TeaCore.do_action):
    """The package calls STS by https alone, and the server here has no certificate."""
    if request.headers.get("host", "").startswith("127.0.0.1"):
        request.protocol = "http"
    return send(request, *arguments)


def theirs(address, folder):
    """The providers of the package, by the kinds of ours."""
    url = f"http://{address}"
    instance = ecs_ram_role.EcsRamRoleCredentialsProvider(async_update_enabled=False)
    instance._EcsRamRoleCredentialsProvider__metadata_service_host = address
    token = os.path.join(folder, "token")
    return {
        "oauth": oauth.OAuthCredentialsProvider(client_id="4038181954557748008", sign_in_url=url, access_token="old",
                                                access_token_expire=1, refresh_token="refresh-0"),
        "sso": cloud_sso.CloudSSOCredentialsProvider(sign_in_url=f"{url}/x/login", account_id="1", access_config="ac-1",
                                                     access_token="sso-token", access_token_expire=int(time.time()) + 3600),
        "oidc": oidc.OIDCRoleArnCredentialsProvider(role_arn=ROLE, oidc_provider_arn="acs:ram::1:oidc-provider/p",
                                                    oidc_token_file_path=token, sts_endpoint=address),
        "uri": uri.URLCredentialsProvider(uri=f"{url}/keys"),
        "ecs": instance,
        "role": ram_role_arn.RamRoleArnCredentialsProvider(access_key_id="LTAIexample", access_key_secret="example-secret",
                                                           role_arn=ROLE, role_session_name="s", sts_endpoint=address),
        "external": external.ExternalCredentialsProvider(process_command=program(folder)),
    }


def program(folder):
    """A command that prints keys."""
    path = os.path.join(folder, "printed")
    found = keys("external")
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"mode": "StsToken", "access_key_id": found["AccessKeyId"], "access_key_secret": found["AccessKeySecret"],
                   "sts_token": found["SecurityToken"]}, file)
    return f"/bin/cat {path}"


def profile(kind, folder):
    """What the command line tool's file has for the same sign-in."""
    if kind == "oauth":
        return {"name": "d", "mode": "OAuth", "oauth_site_type": "CN", "oauth_access_token": "old",
                "oauth_access_token_expire": 1, "oauth_refresh_token": "refresh-0"}
    if kind == "sso":
        return {"name": "d", "mode": "CloudSSO", "cloud_sso_sign_in_url": "https://sso.example.com/x/login",
                "cloud_sso_account_id": "1", "cloud_sso_access_config": "ac-1", "access_token": "sso-token",
                "cloud_sso_access_token_expire": int(time.time()) + 3600}
    if kind == "oidc":
        return {"name": "d", "mode": "OIDC", "ram_role_arn": ROLE, "oidc_provider_arn": "acs:ram::1:oidc-provider/p",
                "role_session_name": "s"}
    if kind == "uri":
        return {"name": "d", "mode": "CredentialsURI", "credentials_uri": "https://keys.example.com/keys"}
    if kind == "role":
        return {"name": "d", "mode": "RamRoleArn", "access_key_id": "LTAIexample", "access_key_secret": "example-secret",
                "ram_role_arn": ROLE, "ram_session_name": "s"}
    if kind == "external":
        return {"name": "d", "mode": "External", "process_command": program(folder)}
    return {"name": "d", "mode": "EcsRamRole"}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--worker", required=True)
    worker = parser.parse_args().worker
    TeaCore.do_action = staticmethod(plain)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Services)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"127.0.0.1:{server.server_port}"
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "token"), "w", encoding="utf-8") as file:
            file.write("id-token")
        for kind, provider in theirs(address, folder).items():
            Services.refreshed, Services.seen = 0, []
            found = provider.get_credentials()
            package = (found.get_access_key_id(), found.get_access_key_secret(), found.get_security_token())
            requests = Services.seen
            Services.refreshed, Services.seen = 0, []
            written = {"current": "d", "profiles": [{**profile(kind, folder), "oidc_token_file": os.path.join(folder, "token")}]}
            path = os.path.join(folder, f"{kind}.json")
            with open(path, "w", encoding="utf-8") as file:
                json.dump(written, file)
            run = subprocess.run([worker, "aliyun", path, f"http://{address}", "1"], capture_output=True, text=True,
                                 timeout=30, env={})
            ours = tuple(run.stdout.split())
            same = ours == package == tuple(keys(kind)[name] for name in ("AccessKeyId", "AccessKeySecret", "SecurityToken"))
            same = same and requests == Services.seen
            print(f"alibabacloud-credentials {kind}: {'equal' if same else 'different'}, {len(requests)} requests")
            if not same:
                failed += 1
                print(f"  theirs {package} by {requests}\n  ours   {ours} by {Services.seen} {run.stderr}")
    server.shutdown()
    raise SystemExit(1 if failed else 0)


if __name__ == "__main__":
    main()
