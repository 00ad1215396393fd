#!/usr/bin/env python3
"""Holds `docgen fix` with an AI to its promise, on this machine, with providers that answer as fixtures say.

aimock (npm) speaks as OpenAI, Azure, Anthropic, Gemini and Ollama. A real package loses its findings, a second run
sends nothing, and `check --all` is clean where it was mended. Redis is a real server: with a password, shared by two
machines, killed in the middle, full. `--large` also measures pace, CPU and memory on a release build of docgen.

Usage: words_judge.py [--large] [PART...]  (needs npm, redis-server, openssl and strace: `tests/tools` installs them)
"""

import ast
import fcntl
import json
import os
import pathlib
import re
import pty
import select
import signal
import shutil
import socket
import ssl
import subprocess
import sys
import sysconfig
import tempfile
import termios
import threading
import time
import urllib.request

import words_provider

AIMOCK = "@copilotkit/aimock@1.43.0"
PURE = pathlib.Path(sysconfig.get_paths()["purelib"])
CLEAN = ("AZURE_", "OPENAI_", "ANTHROPIC_", "CLAUDE_", "GOOGLE_", "GEMINI_", "OLLAMA_", "DOCGEN_", "REDIS_", "CI")
passed = failed = 0


def judge(what, good, why=""):
    """Counts a verdict and tells of a bad one."""
    global passed, failed
    passed, failed = passed + bool(good), failed + (not good)
    if not good:
        print(f"FAILED: {what}: {str(why)[-1500:]}", flush=True)


def free_port():
    with socket.socket() as it:
        it.bind(("127.0.0.1", 0))
        return it.getsockname()[1]


def docgen(folder, *args, cache, env=None, **more):
    """Runs docgen with a clean environment; its answer."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(CLEAN)}
    clean |= {"DOCGEN_CACHE_DIR": str(cache), "HOME": str(cache), **(env or {})}
    return subprocess.run(
        ["docgen", *args], cwd=folder, env=clean, capture_output=True, text=True, timeout=900, **more
    )


def findings(folder, cache):
    """What `check --all` finds, by symbol."""
    out = docgen(folder, "check", "--all", "--output-format", "json", cache=cache).stdout
    return {
        (file["path"], symbol["qualname"], it["code"], tuple(label["message"] for label in it["labels"]))
        for file in json.loads(out)["files"]
        for symbol in file["symbols"]
        for it in symbol["findings"]
    }


def stripped(path):
    """The code of a file without its docstrings."""
    tree = ast.parse(path.read_bytes())
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        is_owner = isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
        if is_owner and body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
            if isinstance(body[0].value.value, str):
                node.body = body[1:]
    return ast.dump(tree)


class Aimock:
    """aimock on a port of its own."""

    def __init__(self):
        home = pathlib.Path(__file__).resolve().parents[2] / "target/test-tools/npm"
        home.mkdir(parents=True, exist_ok=True)
        if not (home / "node_modules/@copilotkit/aimock").is_dir():
            subprocess.run(["npm", "install", "--silent", "--no-fund", "--prefix", home, AIMOCK], check=True)
        script = pathlib.Path(__file__).with_name("words_provider.mjs")
        self.port = free_port()
        self.process = subprocess.Popen(
            ["node", script, str(self.port)], env={**os.environ, "AIMOCK_HOME": str(home)}, stdout=subprocess.PIPE
        )
        self.process.stdout.readline()
        self.url = f"http://127.0.0.1:{self.port}"

    def asked(self):
        """How often it was asked."""
        with urllib.request.urlopen(f"{self.url}/__aimock/journal?limit=1") as it:
            return int(it.headers["x-total-count"])


def environments(url):
    """The environment of each provider."""
    return {
        "openai": {"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": f"{url}/v1"},
        "azure": {
            "AZURE_OPENAI_KEY": "k",
            "AZURE_OPENAI_ENDPOINT": url,
            "AZURE_OPENAI_DEPLOYMENT": "gpt-4o-mini",
            "AZURE_OPENAI_VERSION": "2024-10-21",
        },
        "anthropic": {"ANTHROPIC_API_KEY": "k", "ANTHROPIC_BASE_URL": url},
        "gemini": {"GEMINI_API_KEY": "k", "GEMINI_BASE_URL": url},
        "ollama": {"OLLAMA_HOST": url, "DOCGEN_AI_MODEL": "llama3.3"},
    }


FAST = {
    "DOCGEN_AI_REQUESTS_PER_MINUTE": "60000",
    "DOCGEN_AI_BURST": "1000",
    "DOCGEN_AI_TOKENS_PER_MINUTE": "100000000",
    "DOCGEN_AI_TOKENS_PER_HOUR": "1000000000",
    "DOCGEN_AI_TOKENS_PER_DAY": "1000000000",
}


def providers(work):
    """Each provider mends a real package."""
    mock = Aimock()
    for provider, env in environments(mock.url).items():
        package = "requests" if provider == "openai" else "idna"
        folder, cache = work / provider, work / f"cache-{provider}"
        shutil.copytree(PURE / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
        code = {it: stripped(it) for it in folder.rglob("*.py")}
        before = findings(folder, cache)
        estimate = docgen(folder, "fix", "--all", "--provider", provider, "--estimate", cache=cache, env=env | FAST)
        judge(f"{provider} estimates and sends nothing", estimate.returncode == 0 and mock.asked() == 0 or provider != "openai", estimate)
        start = mock.asked()
        run = docgen(folder, "fix", "--all", "--provider", provider, cache=cache, env=env | FAST)
        sent = mock.asked() - start
        after = findings(folder, cache)
        wordless = lambda all: {it for it in all if it[2] in words_provider.CODES}
        left = len(wordless(after))
        gone = len(wordless(before)) - left
        print(f"{provider}: {gone} findings of words mended, {left} left, {sent} requests", flush=True)
        judge(f"{provider} mends", gone > 0 and left <= len(wordless(before)) // 20, run.stderr)
        judge(f"{provider} finds nothing new", not {it[:3] for it in after} - {it[:3] for it in before}, after - before)
        judge(f"{provider} leaves the code", code == {it: stripped(it) for it in folder.rglob("*.py")})
        # What was refused is asked for again; what was mended is not.
        start = mock.asked()
        again = docgen(folder, "fix", "--all", "--provider", provider, cache=cache, env=env | FAST)
        judge(f"{provider} sends nothing twice", mock.asked() - start <= left * 3, again.stderr)
        # The same package elsewhere: every answer comes from the store.
        shutil.rmtree(folder)
        shutil.copytree(PURE / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
        start = mock.asked()
        again = docgen(folder, "fix", "--all", "--provider", provider, cache=cache, env=env | FAST)
        judge(f"{provider} is served from the store", mock.asked() - start <= left * 3, again.stderr)
        judge(f"{provider} is the same from the store", findings(folder, cache) == after)
        stats = docgen(folder, "cache", "stats", cache=cache).stdout
        judge("the store counts", "hits" in stats and "answers  0" not in stats, stats)
        usage = docgen(folder, "usage", cache=cache, env=env | {"DOCGEN_AI_PROVIDER": provider}).stdout
        judge("usage is told", "tokens used" in usage and " 0 requests" not in usage, usage)
    mock.process.terminate()


def package(folder, count, start=0):
    """A package of so many functions without words."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in range((count + 9) // 10):
        text = '"""Rooms of a house."""\n'
        for at in range(file * 10, min(count, file * 10 + 10)):
            text += f"\n\ndef room_{start + at}(door, window=None):\n    if not door:\n        raise ValueError(door)\n    return door, window, {at}\n"
        (folder / f"rooms_{file}.py").write_text(text)


def redis(work):
    """A real server: shared, killed, full."""
    server = shutil.which("redis-server")
    stub = words_provider.Stub(delay=0.05)
    env = {"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": stub.url} | FAST

    def start(*more, port=None):
        port = port or free_port()
        command = [server, "--port", str(port), "--requirepass", "p@ss/w:rd", "--save", "", *more]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=work)
        for _ in range(100):
            with socket.socket() as it:
                if it.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        return process, port

    def fix(name, port, count=40, **more):
        folder = work / name
        package(folder, count)
        team = {"REDIS_HOST": "127.0.0.1", "REDIS_PORT": str(port), "REDIS_PASSWORD": "p@ss/w:rd"}
        return docgen(folder, "fix", "--all", "--provider", "openai", cache=work / f"cache-{name}", env=env | team, **more)

    process, port = start()
    first = fix("one", port)
    asked = stub.asked
    second = fix("two", port)
    judge("redis serves", asked > 0 and first.returncode == 0, first.stderr)
    judge("another machine is served by redis", stub.asked == asked and second.returncode == 0, second.stderr)
    wrong = fix("three", port + 1)
    judge("no server is told once", wrong.stderr.count("going on with") == 1 and wrong.returncode == 0, wrong.stderr)
    judge("no password is shown", "p@ss" not in wrong.stderr and "p%40ss" not in wrong.stderr, wrong.stderr)
    threading.Timer(1.0, process.kill).start()
    folder = work / "killed"
    package(folder, 400, start=1000)
    team = {"DOCGEN_REDIS_URL": f"redis://:p%40ss%2Fw%3Ard@127.0.0.1:{port}"}
    slow = {"DOCGEN_AI_CONCURRENCY": "1"}
    run = docgen(folder, "fix", "--all", "--provider", "openai", cache=work / "cache-killed", env=env | team | slow)
    judge("a killed server is told once", run.stderr.count("going on with") == 1, run.stderr)
    judge("a run outlives its server", run.returncode == 0, run.stderr)
    process, _ = start(port=port)
    fix("restarted", port)
    asked = stub.asked
    again = fix("restarted again", port)
    judge("a server that was restarted serves again", stub.asked == asked and again.returncode == 0, again.stderr)
    judge("and is not complained of", "going on with" not in again.stderr, again.stderr)
    process.kill()
    process, port = start("--maxmemory", "1mb", "--maxmemory-policy", "noeviction")
    full = fix("full", port)
    judge("a full server is told once", full.stderr.count("going on with") == 1 and full.returncode == 0, full.stderr)
    process.kill()


def interrupted(work):
    """Ctrl-C in the middle: no half file, and the next run goes on at no cost."""
    stub = words_provider.Stub(delay=0.3)
    env = {"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": stub.url, "DOCGEN_AI_CONCURRENCY": "2"} | FAST
    folder, cache = work / "cut", work / "cache-cut"
    package(folder, 200)
    before = {it: stripped(it) for it in folder.rglob("*.py")}
    clean = {k: v for k, v in os.environ.items() if not k.startswith(CLEAN)} | env | {"DOCGEN_CACHE_DIR": str(cache)}
    run = subprocess.Popen(
        ["docgen", "fix", "--all", "--provider", "openai"], cwd=folder, env=clean, stderr=subprocess.PIPE, text=True
    )
    time.sleep(2.5)
    run.send_signal(2)
    stopped = time.time()
    _, err = run.communicate(timeout=60)
    judge("an interrupted run ends", time.time() - stopped < 7 and run.returncode == 2, err)
    judge("it says so", "it was interrupted" in err, err)
    judge("files are whole", before == {it: stripped(it) for it in folder.rglob("*.py")})
    asked = stub.slots
    rest = docgen(folder, "fix", "--all", "--provider", "openai", cache=cache, env=env)
    judge("the next run ends the work", rest.returncode == 0, rest.stderr)
    judge("no symbol is asked for twice but what was in flight", stub.slots <= 200 + 2 * 8 * 2, (asked, stub.slots))


def on_terminal(folder, *args, env, answers=()):
    """Runs docgen on a terminal, where `answers` are typed, each behind its prompt; its exit code and the screen."""
    master, slave = pty.openpty()
    clean = {k: v for k, v in os.environ.items() if not k.startswith(CLEAN)}
    clean |= {"TERM": "xterm", "COLUMNS": "120"} | env

    def take_terminal():
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
        # A shell that starts tests in the background has them ignore Ctrl-C, and what they start too.
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    process = subprocess.Popen(
        ["docgen", *args], cwd=folder, env=clean, stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
        preexec_fn=take_terminal,
    )  # fmt: skip
    os.close(slave)
    screen, seen = "", 0
    for prompt, answer in [*answers, (None, "")]:
        while prompt is None or prompt not in screen[seen:]:
            if not select.select([master], [], [], 60)[0]:
                process.kill()
                raise TimeoutError(f"neither {prompt!r} nor an end: {screen}")
            try:
                part = os.read(master, 65536)
            except OSError:
                part = b""
            if not part:
                break
            screen += part.decode(errors="replace")
        seen = len(screen)
        if answer:
            os.write(master, answer.encode())
    code = process.wait(60)
    os.close(master)
    return code, screen


def terminal(work):
    """What people see and are asked: the cost before, how far it is, each file where they want that."""
    folder = work / "terminal"
    for at in range(3):
        package(folder / str(at), 1, start=at)
    old = {it: it.read_bytes() for it in folder.rglob("*.py")}
    stub = words_provider.Stub(delay=0.8)
    env = {"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": stub.url, "DOCGEN_CACHE_BACKEND": "off"} | FAST
    dear = env | {"DOCGEN_AI_CONFIRM_ABOVE": "0.000001"}
    fix = ("fix", "--all", "--provider", "openai")
    code, screen = on_terminal(folder, *fix, env=dear, answers=[("[y/N]", "n\n")])
    judge("what is dear is asked first", code == 2 and "nothing was asked" in screen and not stub.asked, screen)
    code, screen = on_terminal(folder, *fix, env=dear, answers=[("[y/N]", "\x03")])
    judge("Ctrl-C at the question ends it", code == -2 and not stub.asked, (code, screen))
    judge("nothing was written", old == {it: it.read_bytes() for it in folder.rglob("*.py")})
    asks = [("[q]uit: ", "x\n"), ("[q]uit: ", "y\n"), ("[q]uit: ", "n\n"), ("[q]uit: ", "q\n")]
    code, screen = on_terminal(folder, *fix, "--interactive", env=env, answers=asks)
    changed = sum(it.read_bytes() != text for it, text in old.items())
    judge("each file is shown and asked for", code == 1 and changed == 1 and screen.count("write ") == 4, (code, changed, screen))
    named = re.findall(r"write (\S+)\?", screen)
    judge("files are asked for in their order", named == sorted(named) and len(set(named)) == 3, named)
    judge("what was not wanted is told", screen.count("you did not want it") == 2 and "+" in screen, screen)
    piped = docgen(folder, *fix, "--interactive", cache=work / "cache-terminal", env=env)
    judge("without a terminal nobody is asked", piped.returncode == 2 and "needs a terminal" in piped.stderr, piped.stderr)
    for path, text in old.items():
        path.write_bytes(text)
    code, screen = on_terminal(folder, *fix, env=dear, answers=[("[y/N]", "y\n")])
    judge("yes goes on", code == 0 and "mended 3 findings" in screen, screen)
    judge("a line tells how far it is", "asking gpt-6-luna: 0 of 3 files, 3 requests" in screen, screen)
    judge("the line is gone before the end is told", "\r\x1b[K" in screen and "\x1b[Kasking" not in screen[screen.index("mended ") :], screen)
    for path, text in old.items():
        path.write_bytes(text)
    code, screen = on_terminal(folder, *fix, "--no-progress", env=env)
    judge("--no-progress draws none", code == 0 and "\x1b[Kasking" not in screen, screen)


def proxied(work):
    """Through a real tunnel: the proxy gets its own password and nothing else, the provider its key inside of TLS."""
    key, certificate = work / "key.pem", work / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "2"]
    names = ["-subj", "/CN=api.example.test", "-addext", "subjectAltName=DNS:api.example.test", "-addext", "basicConstraints=critical,CA:FALSE"]
    subprocess.run([*command, *names], check=True, capture_output=True)
    stub = words_provider.Stub()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    port, inner = stub.server.server_port, free_port()
    heads, seen = [], []

    def pump(source, sink, seen):
        try:
            while part := source.recv(65536):
                seen.append(part)
                sink.sendall(part)
        except OSError:
            pass
        sink.close()

    def tls():
        """What ends TLS before the provider."""
        with socket.create_server(("127.0.0.1", inner)) as listener:
            while True:
                try:
                    bare = context.wrap_socket(listener.accept()[0], server_side=True)
                except OSError:
                    continue
                plain = socket.create_connection(("127.0.0.1", port))
                for pair in ((bare, plain), (plain, bare)):
                    threading.Thread(target=pump, args=(*pair, []), daemon=True).start()

    proxy = socket.create_server(("127.0.0.1", 0))

    def tunnel():
        while True:
            client = proxy.accept()[0]
            head = b""
            while b"\r\n\r\n" not in head:
                head += client.recv(4096)
            heads.append(head.decode())
            server = socket.create_connection(("127.0.0.1", inner))
            client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            for pair in ((client, server), (server, client)):
                threading.Thread(target=pump, args=(*pair, seen), daemon=True).start()

    for it in (tls, tunnel):
        threading.Thread(target=it, daemon=True).start()
    time.sleep(0.2)
    folder = work / "proxied"
    package(folder, 10)
    env = {
        "OPENAI_API_KEY": "k3y-for-the-provider",
        "OPENAI_BASE_URL": "https://api.example.test/v1",
        "HTTPS_PROXY": f"http://ada:s3cret@127.0.0.1:{proxy.getsockname()[1]}",
        "SSL_CERT_FILE": str(certificate),
    }
    run = docgen(folder, "fix", "--all", "--provider", "openai", cache=work / "cache-proxied", env=env | FAST)
    judge("a tunnel leads to the provider", run.returncode == 0 and stub.asked, run.stderr)
    told = heads[0].lower() if heads else ""
    judge("the proxy is told where to and its password", told.startswith("connect api.example.test:443 ") and "proxy-authorization: basic " in told, heads)
    judge("the proxy sees no key", b"k3y-for" not in b"".join(seen) + "".join(heads).encode() and seen)
    judge("no password is shown", "s3cret" not in run.stderr, run.stderr)
    other, asked = work / "other.pem", stub.asked
    subprocess.run([*command[:7], work / "other-key.pem", "-out", other, "-days", "2", *names], check=True, capture_output=True)
    package(folder, 10, start=100)
    stranger = docgen(folder, "fix", "--all", "--provider", "openai", cache=work / "cache-none", env=env | {"SSL_CERT_FILE": str(other), "MAX_RETRIES": "0"} | FAST)
    judge("a certificate that nobody vouches for is not trusted", stranger.returncode and stub.asked == asked, stranger.stderr)


def quiet_check(work):
    """`check` opens no socket, no certificates, no store."""
    folder = work / "quiet"
    package(folder, 20)
    trace = work / "trace"
    env = {**os.environ, "OPENAI_API_KEY": "k", "DEFAULT_MODEL": "openai", "DOCGEN_CACHE_DIR": str(work / "none")}
    command = ["strace", "-f", "-o", trace, "docgen", "check", "--all", "--quiet"]
    subprocess.run(command, cwd=folder, env=env, capture_output=True, check=False)
    calls = trace.read_text()
    for what in ("socket(", "connect(", "sqlite", "ssl", "cert", "resolv.conf", "docgen-ai"):
        judge(f"check touches no {what}", what not in calls)


def large(work):
    """Pace, CPU and memory."""
    for count, name in ((1000, "pace"), (100, "small"), (1100, "grown")):
        stub = words_provider.Stub(delay=0.2 if name == "pace" else 0)
        env = {"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": stub.url} | FAST
        if name == "pace":
            env |= {"DOCGEN_AI_REQUESTS_PER_MINUTE": "600", "DOCGEN_AI_BURST": "10"}
        folder = work / name
        # One function a file, so that each is a request of its own.
        for at in range(count):
            package(folder / str(at), 1, start=at)
        command = ["docgen", "fix", "--all", "--provider", "openai", "--timeout", "60" if name == "pace" else "600"]
        clean = {k: v for k, v in os.environ.items() if not k.startswith(CLEAN)}
        start = time.time()
        process = subprocess.Popen(
            command, cwd=folder, env=clean | env | {"DOCGEN_CACHE_DIR": str(work / f"cache-{name}")}, stderr=subprocess.PIPE
        )
        threading.Thread(target=process.stderr.read).start()
        _, _, used = os.wait4(process.pid, 0)
        cpu = (used.ru_utime + used.ru_stime) * 1000
        print(
            f"{name}: {stub.asked} requests in {time.time() - start:.1f} s, {cpu / count:.2f} ms CPU a symbol, "
            f"{used.ru_maxrss // 1024} MB",
            flush=True,
        )
        if name == "pace":
            judge("at least 570 of 600 requests a minute", 570 <= stub.asked <= 610, stub.asked)
        if name == "grown":
            judge("at most 5 ms CPU a symbol", cpu / count <= 5, cpu / count)
            judge("at most 1 MB a hundred symbols", used.ru_maxrss // 1024 - small <= 10, used.ru_maxrss)
        small = used.ru_maxrss // 1024


def main():
    parts = [quiet_check, terminal, proxied, interrupted, redis, providers]
    named = [it for it in parts if it.__name__ in sys.argv]
    with tempfile.TemporaryDirectory() as name:
        for part in named or parts:
            part(pathlib.Path(name))
        if "--large" in sys.argv:
            large(pathlib.Path(name))
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
