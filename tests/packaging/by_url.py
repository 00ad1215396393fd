#!/usr/bin/env python3
"""Repositories by URL from real servers on this machine: `git http-backend` over http and https, `git daemon`, sshd.

A released package is put into a repository, and what is said of it by its URL is what is said of its folder. Servers that
refuse, redirect, repeat passwords or never end are told of, and nothing of a clone is left.
"""

import base64
import contextlib
import getpass
import json
import os
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "hooks"))

import cases  # noqa: E402
from consumer import environment  # noqa: E402
from server import TOKEN, Server  # noqa: E402

SECRET = base64.b64encode(f"x-access-token:{TOKEN}".encode()).decode()


class Hub(Server):
    """Public and private repositories, and servers' ways to misbehave."""

    other = None

    def tls(self, folder):
        """Speak https, with a certificate of its own."""
        key, self.certificate = folder / "key.pem", folder / "certificate.pem"
        subject = ("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2")
        made = ("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", self.certificate, *subject)
        subprocess.run(made, check=True, stderr=subprocess.DEVNULL)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, key)
        self.http.socket = context.wrap_socket(self.http.socket, server_side=True)
        close = self.http.shutdown_request

        def say_goodbye(request):
            with contextlib.suppress(OSError, ValueError):
                request.unwrap()
            close(request)

        self.http.shutdown_request = say_goodbye
        self.address = self.address.replace("http:", "https:")

    def answer(self, request, body):
        """What a path stands for."""
        path, _, query = request.path.partition("?")
        kind, _, rest = path.lstrip("/").partition("/")
        authorization = request.headers.get("Authorization", "")
        if kind in {"moved", "away", "inside"}:
            self.requests.append((path, authorization))
            start = {"moved": self.address, "away": self.other and self.other.address, "inside": "file://"}[kind]
            request.send_response(302)
            request.send_header("Location", f"{start}/public/{rest}?{query}")
            request.end_headers()
        elif kind == "public" or (kind == "private" and authorization.partition(" ")[2] == SECRET):
            self.requests.append((path, authorization))
            self.git(request, path, query, body)
        elif kind == "slow":
            request.send_response(200)
            request.send_header("Content-Type", "application/x-git-upload-pack-advertisement")
            request.end_headers()
            for _ in range(600):
                time.sleep(0.1)
                try:
                    request.wfile.write(b"0")
                    request.wfile.flush()
                except OSError:
                    return
        elif kind == "chatty":
            told = base64.b64decode(authorization.partition(" ")[2]).decode()
            request.send_response(403 if told else 401)
            request.send_header("WWW-Authenticate", 'Basic realm="git"')
            request.send_header("Content-Type", "text/plain")
            request.end_headers()
            request.wfile.write(f"no entry for {told}\n".encode())
        elif kind == "broken":
            request.send_error(503)
        else:
            super().answer(request, body)


class World:
    """Servers, repositories, and a folder in which docgen works."""

    def __init__(self, scratch):
        self.scratch = scratch
        self.environment = environment() | {"HOME": str(scratch), "TMPDIR": str(scratch / "tmp")}
        for folder in ("tmp", "desk", "server/public", "server/private"):
            (scratch / folder).mkdir(parents=True)
        self.package = scratch / "package"
        source = Path(__import__("requests").__file__).parent
        shutil.copytree(source, self.package / "src" / "requests", ignore=shutil.ignore_patterns("__pycache__"))
        self.git("init", "--quiet", "--initial-branch=main", folder=self.package)
        self.git("add", "--all", folder=self.package)
        self.git("commit", "--quiet", "--message=one", folder=self.package)
        self.git("tag", "v1", folder=self.package)
        (self.package / "more.py").write_text("def f(a):\n    return a\n")
        self.git("add", "--all", folder=self.package)
        self.git("commit", "--quiet", "--message=two", folder=self.package)
        for kind in ("public", "private"):
            self.git("clone", "--quiet", "--bare", str(self.package), str(scratch / "server" / kind / "it.git"))
        self.hub, self.other, self.safe = (Hub(scratch / "server") for _ in range(3))
        self.hub.other = self.other
        for server in (self.hub, self.other, self.safe):
            # Who is refused hangs up.
            server.http.handle_error = lambda *_: None
        self.safe.tls(scratch)
        self.safe.other = self.hub

    def close(self):
        """Stop the servers."""
        for server in (self.hub, self.other, self.safe):
            server.close()

    def git(self, *arguments, folder=None):
        """Run git; give what it printed."""
        done = subprocess.run(("git", *arguments), cwd=folder, env=self.environment, check=True, stdout=subprocess.PIPE, text=True)
        return done.stdout.strip()

    def docgen(self, *arguments, **variables):
        """Run docgen, which has to leave no clone and to say nothing of where it lay; give code, output, and what it said."""
        done = subprocess.run(
            ("docgen", *arguments), cwd=self.scratch / "desk", env=self.environment | variables, check=False,
            capture_output=True, text=True, timeout=120,
        )
        left = sorted(path.name for path in (self.scratch / "tmp").iterdir())
        assert not left, (arguments, left)
        said = done.stdout + done.stderr
        assert "docgen-clone-" not in said and TOKEN not in said and SECRET not in said, said
        return done.returncode, done.stdout, done.stderr

    def refused(self, url, *arguments, **variables):
        """What docgen says of an address that it cannot clone."""
        code, out, said = self.docgen("check", url, *arguments, **variables)
        assert code == 2 and out == "" and "help: " in said, (url, code, out, said)
        return said

    def is_whole(self, url, *arguments, **variables):
        """By its URL a repository is what its folder is."""
        code, out, said = self.docgen("check", url, "--output-format=json", *arguments, **variables)
        assert code == 1, (url, code, said)
        command = ("docgen", "check", "--all", "--output-format=json")
        there = subprocess.run(command, cwd=self.package, env=self.environment, check=False, capture_output=True)
        assert json.loads(out)["files"] == json.loads(there.stdout)["files"], said
        assert len(json.loads(out)["files"]) > 15, out
        head = self.git("rev-parse", "--short=7", "HEAD", folder=self.package)
        assert f"checking every symbol of {url} at {head}: " in said or "@" in url, said


def over_http_on_this_machine(it):
    it.is_whole(f"{it.hub.address}/public/it.git")
    asked = [path for path, _ in it.hub.requests]
    assert any(path.endswith("/git-upload-pack") for path in asked), asked


def over_https_with_a_certificate_that_is_trusted(it):
    url = f"{it.safe.address}/public/it.git"
    it.is_whole(url, GIT_SSL_CAINFO=str(it.safe.certificate))
    said = it.refused(url)
    assert "cannot be trusted" in said and "GIT_SSL_CAINFO" in said, said


def by_every_command_and_revision(it):
    url = f"{it.hub.address}/public/it.git"
    code, out, said = it.docgen("score", f"{url}#v1")
    assert code == 0 and "more.py" not in out and "src/requests/api.py" in out, (out, said)
    code, out, _ = it.docgen("symbols", f"{url}#:more.py")
    assert code == 0 and [json.loads(line)["qualname"] for line in out.splitlines()] == ["<module>", "f"], out
    code, _, said = it.docgen("docs", f"{url}#main:src", "-o", "pages")
    pages = list((it.scratch / "desk" / "pages" / "modules").iterdir())
    assert code == 0 and len(pages) > 15, said
    commit = it.git("rev-parse", "v1", folder=it.package)
    code, _, said = it.docgen("check", f"{url}#{commit}", "--quiet")
    assert code == 1, said
    assert "no branch, tag or commit `v9`" in it.refused(f"{url}#v9")


def a_private_one_with_its_token(it):
    start, end = it.hub.address.split("://")
    url = f"{start}://x-access-token:{TOKEN}@{end}/private/it.git"
    it.is_whole(url)
    code, out, _ = it.docgen("check", url, "--output-format=sarif")
    assert code == 1 and f"{it.hub.address}/private/it" in out, out[:600]


def a_private_one_without_or_with_a_wrong_one(it):
    said = it.refused(f"{it.hub.address}/private/it.git")
    assert "wants to know who asks" in said and "credential helpers" in said, said
    start, end = it.hub.address.split("://")
    said = it.refused(f"{start}://me:wrong-word@{end}/private/it.git")
    assert "Authentication failed" in said and "wrong-word" not in said, said
    said = it.refused(f"{start}://wrong-word-as-a-token@{end}/private/it.git")
    assert "Authentication failed" in said and "wrong-word" not in said, said


def with_what_the_users_git_knows(it):
    helper = f"!f() {{ echo username=x-access-token; echo password={TOKEN}; }}; f"
    given = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "credential.helper", "GIT_CONFIG_VALUE_0": helper}
    it.is_whole(f"{it.hub.address}/private/it.git", **given)
    # What is said in the address comes before what is kept.
    start, end = it.hub.address.split("://")
    said = it.refused(f"{start}://me:wrong-word@{end}/private/it.git", **given)
    assert "Authentication failed" in said, said
    # The rewriting of addresses is the user's to set up.
    given = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": f"url.{it.hub.address}/.insteadOf", "GIT_CONFIG_VALUE_0": "https://hub.example/"}
    assert "transport 'http' not allowed" in it.refused("https://hub.example/public/it.git", **given)


def what_a_server_repeats_is_masked(it):
    start, end = it.hub.address.split("://")
    for user in (f"me:{TOKEN}", TOKEN, f"me:{TOKEN.replace('-', '%2D')}"):
        said = it.refused(f"{start}://{user}@{end}/chatty/it.git")
        assert "wants to know who asks" in said and TOKEN[2:] not in said, said


def a_redirect_on_the_same_server_is_followed(it):
    it.is_whole(f"{it.hub.address}/moved/it.git")


def a_redirect_to_another_server_is_not(it):
    it.other.requests.clear()
    start, end = it.hub.address.split("://")
    said = it.refused(f"{start}://me:{TOKEN}@{end}/away/it.git")
    assert f"sends git on to {it.other.address}/public/it" in said, said
    assert not any(authorization for _, authorization in it.other.requests), it.other.requests
    # From https to what is not encrypted, and to a file.
    trusting = {"GIT_SSL_CAINFO": str(it.safe.certificate)}
    it.hub.requests.clear()
    it.refused(f"{it.safe.address}/away/it.git", **trusting)
    assert not it.hub.requests, it.hub.requests
    it.refused(f"{it.safe.address}/inside/it.git", **trusting)


def what_is_not_there_or_broken(it):
    assert "there is no repository at" in it.refused(f"{it.hub.address}/nothing/here.git")
    said = it.refused(f"{it.hub.address}/broken/it.git")
    assert "cannot be reached" in said and "503" in said, said
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        said = it.refused(f"http://127.0.0.1:{taken.getsockname()[1]}/it.git")
    assert "cannot be reached" in said, said
    said = it.refused("https://no-such-host.invalid/it.git")
    assert "cannot be reached" in said and "check the spelling" in said, said


def a_server_that_never_ends(it):
    start = time.monotonic()
    said = it.refused(f"{it.hub.address}/slow/it.git", "--clone-timeout=2")
    assert "was not cloned within 2 s" in said and time.monotonic() - start < 15, said


def free_port():
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def listens(port):
    """Wait until somebody does."""
    for _ in range(200):
        with socket.socket() as caller:
            if caller.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"nobody listens on {port}")


def from_git_daemon(it):
    port = free_port()
    program = Path(it.git("--exec-path")) / "git-daemon"
    command = (program, "--listen=127.0.0.1", f"--port={port}", f"--base-path={it.scratch}/server", "--export-all", "--reuseaddr")
    # Who started the tests may not be who owns the folder.
    daemon = subprocess.Popen(command, env=it.environment | {
        "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*",
    }, stderr=subprocess.DEVNULL)
    try:
        listens(port)
        it.is_whole(f"git://127.0.0.1:{port}/public/it.git")
        assert "there is no repository at" in it.refused(f"git://127.0.0.1:{port}/public/none.git")
    finally:
        daemon.terminate()
        daemon.wait()


def over_ssh(it):
    program = shutil.which("sshd", path=os.environ["PATH"] + ":/usr/sbin")
    folder = it.scratch / "ssh"
    folder.mkdir(mode=0o700)
    for key in ("host", "user", "other"):
        subprocess.run(("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / key), check=True)
    shutil.copy(folder / "user.pub", folder / "authorized")
    port = free_port()
    (folder / "config").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nAuthorizedKeysFile {folder}/authorized\n"
        f"PasswordAuthentication no\nKbdInteractiveAuthentication no\nStrictModes no\nUsePAM no\nPidFile none\n"
    )
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    log = (folder / "log").open("w")
    daemon = subprocess.Popen((program, "-D", "-e", "-f", folder / "config"), stderr=log)
    try:
        listens(port)
        user = getpass.getuser()
        known = folder / "known"
        ssh = f"ssh -F /dev/null -i {folder}/user -o IdentitiesOnly=yes -o UserKnownHostsFile={known}"
        path = f"{it.scratch}/server/public/it.git"
        url = f"ssh://{user}@127.0.0.1:{port}{path}"
        said = it.refused(url, GIT_SSH_COMMAND=ssh)
        assert "cannot be trusted" in said and "`ssh 127.0.0.1` once" in said, said
        key = (folder / "host.pub").read_text().split()
        known.write_text(f"[127.0.0.1]:{port} {key[0]} {key[1]}\n")
        it.is_whole(url, GIT_SSH_COMMAND=ssh)
        # The short form knows no port: it is ssh's to say.
        it.is_whole(f"{user}@127.0.0.1:{path}", GIT_SSH_COMMAND=f"{ssh} -p {port}")
        # From the user's settings.
        given = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.sshCommand", "GIT_CONFIG_VALUE_0": ssh}
        it.is_whole(url, **given)
        said = it.refused(url, GIT_SSH_COMMAND=ssh.replace("/user ", "/other "))
        assert "wants to know who asks" in said and "Permission denied" in said, said
        # A key that wants a passphrase is not asked for one.
        subprocess.run(("ssh-keygen", "-q", "-p", "-P", "", "-N", "words", "-f", folder / "user"), check=True, stdout=subprocess.DEVNULL)
        said = it.refused(url, GIT_SSH_COMMAND=ssh)
        assert "wants to know who asks" in said, said
    finally:
        daemon.terminate()
        daemon.wait()
        log.close()


CASES = [it for it in dict(globals()).values() if callable(it) and getattr(it, "__code__", None) and it.__code__.co_varnames[:1] == ("it",)]


def main():
    """Run each case against the same servers."""
    if not shutil.which("docgen"):
        print("there is no docgen on PATH: `./tests/run` puts it there")
        print("0 passed, 1 failed")
        return 1
    with tempfile.TemporaryDirectory(prefix="docgen-servers-") as folder:
        world = World(Path(folder).resolve())
        code = cases.run((case.__name__, lambda case=case: case(world)) for case in CASES)
        world.close()
    return code


if __name__ == "__main__":
    sys.exit(main())
