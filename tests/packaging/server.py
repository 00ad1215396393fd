"""A server on this machine that gives what GitHub's does: releases by their address, and repositories through `git http-backend`."""

import base64
import hashlib
import io
import os
import subprocess
import tarfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

TOKEN = "a-token-of-this-test"


class Server:
    """Files below `root`; below `/private/`, repositories for who has the token."""

    def __init__(self, root):
        self.root = Path(root)
        self.requests = []
        server = self

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self):
                server.answer(self, b"")

            def do_POST(self):
                server.answer(self, self.rfile.read(int(self.headers.get("Content-Length", 0))))

            def log_message(self, *_):
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.address = f"http://127.0.0.1:{self.http.server_port}"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def close(self):
        """Stop."""
        self.http.shutdown()
        self.http.server_close()

    def answer(self, request, body):
        """A file, or what git says."""
        path, _, query = request.path.partition("?")
        authorization = request.headers.get("Authorization", "")
        self.requests.append((path, authorization))
        if path.startswith("/private/"):
            expected = "basic " + base64.b64encode(f"x-access-token:{TOKEN}".encode()).decode()
            if authorization != expected:
                request.send_response(401)
                request.send_header("WWW-Authenticate", 'Basic realm="git"')
                request.end_headers()
                return
            self.git(request, path, query, body)
            return
        file = self.root / path.lstrip("/")
        if not file.is_file():
            request.send_error(404)
            return
        request.send_response(200)
        request.end_headers()
        request.wfile.write(file.read_bytes())

    def git(self, request, path, query, body):
        """Through the program that git has for it."""
        environment = os.environ | {
            "GIT_PROJECT_ROOT": str(self.root),
            "GIT_HTTP_EXPORT_ALL": "1",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "REQUEST_METHOD": request.command,
            "CONTENT_TYPE": request.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_CONTENT_ENCODING": request.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": request.headers.get("Git-Protocol", ""),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "safe.directory",
            "GIT_CONFIG_VALUE_0": "*",
        }
        done = subprocess.run(("git", "http-backend"), input=body, env=environment, stdout=subprocess.PIPE, check=False)
        head, _, content = done.stdout.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().splitlines())
        request.send_response(int(headers.pop("Status", "200").split()[0]))
        for name, value in headers.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(content)

    def release(self, repository, version, program, commit, target="x86_64-unknown-linux-musl"):
        """Publish a release of a program; give the folder of its files."""
        folder = self.root / repository / "releases" / "download" / f"v{version}"
        folder.mkdir(parents=True)
        archive = f"docgen-{version}-{target}.tar.gz"
        with tarfile.open(folder / archive, "w:gz", compresslevel=1) as tar:
            it = tarfile.TarInfo("docgen")
            content = Path(program).read_bytes()
            it.size, it.mode = len(content), 0o755
            tar.addfile(it, io.BytesIO(content))
        (folder / "COMMIT").write_text(commit + "\n")
        sums = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in (archive, "COMMIT")]
        (folder / "SHA256SUMS").write_text("".join(sums))
        return folder
