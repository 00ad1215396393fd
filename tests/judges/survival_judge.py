#!/usr/bin/env python3
"""Holds `docgen fix` with an AI to what it may be trusted with: files, money and secrets, whatever the server does.

A real package is mended under a server that misbehaves in every known way, alone and in mixtures; runs are killed at
random moments and begun again; two runs at once share one budget, in SQLite and in Redis; planted keys stay here
(`detect-secrets` finds them, nothing of them is sent). `--large`: every way for itself, and fifty kills.

Usage: survival_judge.py [--large]
"""

import json
import os
import pathlib
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

import rogue_provider
import words_judge
import words_provider
from rogue_provider import ENDS, HOPELESS, HOSTILE, WAYS, Rogue
from words_judge import CLEAN, FAST, PURE, docgen, findings, judge, package, stripped

LARGE = "--large" in sys.argv
QUICK = {"RETRY_DELAY": "0.01", "REQUEST_TIMEOUT": "1", "DOCGEN_AI_MODEL": "gpt-4o-mini"}
IGNORED = shutil.ignore_patterns("__pycache__", "py.typed", "*.so")


def environment(url):
    return {"OPENAI_API_KEY": "sk-k3y-that-nobody-sees", "OPENAI_BASE_URL": url} | FAST | QUICK


def tree(folder):
    """All files of a folder, byte by byte."""
    return {str(it.relative_to(folder)): it.read_bytes() for it in sorted(folder.rglob("*")) if it.is_file()}


def real(folder):
    """A real package, some of whose findings need words."""
    shutil.copytree(PURE / "requests", folder / "requests", ignore=IGNORED)
    return folder


def wordless(found):
    return {(path, qualname) for path, qualname, code, _ in found if code in words_provider.CODES}


def misbehaving(work, name, way, hopeless=False, ends=False):
    """One run against a server that misbehaves."""
    folder, cache = real(work / f"rogue-{len(os.listdir(work))}"), work / "cache-rogue"
    shutil.rmtree(cache, ignore_errors=True)
    code = {it: stripped(it) for it in folder.rglob("*.py")}
    before, old = misbehaving.before, tree(folder)
    server = Rogue(way)
    start = time.time()
    args = ["fix", "--all", "--provider", "openai", "--failed", "failed.jsonl", "--timeout", "120"]
    run = docgen(folder, *args, cache=cache, env=environment(server.url))
    took = time.time() - start
    server.close()
    failed = (folder / "failed.jsonl").read_text() if (folder / "failed.jsonl").exists() else ""
    (folder / "failed.jsonl").unlink(missing_ok=True)
    after = findings(folder, cache)
    left = wordless(after)
    judge(f"{name}: files are whole", code == {it: stripped(it) for it in folder.rglob("*.py")}, run.stderr)
    judge(f"{name}: nothing else lies about", set(tree(folder)) == set(old), run.stderr)
    # What mends itself does so whatever the server does; nothing new is found.
    judge(f"{name}: nothing new", not {it[:3] for it in after} - {it[:3] for it in before}, after - before)
    told = set(re.findall(r'"path":"([^"]*)","qualname":"([^"]*)","reason":"[^"]', failed))
    untouched = int((re.search(r"(\d+) symbols untouched", run.stderr) or [0, 0])[1])
    judge(f"{name}: what is left is told", left <= told if not untouched else len(left) <= len(told) + untouched, (left - told, run.stderr))
    symbols = len(wordless(before))
    judge(f"{name}: tries stay in bounds", server.asked <= symbols * (3 + 5), (server.asked, symbols))
    asked = re.search(r"asked \S+ (\d+) times", run.stderr)
    judge(f"{name}: requests are counted", asked and int(asked[1]) >= server.asked, (asked, server.asked))
    dollars = float((re.search(r"out, \$([0-9.]+)", run.stderr) or [0, "99"])[1])
    judge(f"{name}: spending stays in bounds", dollars <= 5, run.stderr)
    judge(f"{name}: nothing hostile is written", not any(HOSTILE[:20].encode() in it or b"evil." in it for it in tree(folder).values()))
    judge(f"{name}: no key is shown", "k3y-that" not in run.stderr + run.stdout + failed)
    if hopeless:
        judge(f"{name}: nothing is made up", run.returncode in (1, 2) and len(left) == symbols, run.stderr)
    elif ends:
        judge(f"{name}: the run ends and says so", run.returncode == 2 and untouched and server.asked <= 10, run.stderr)
    else:
        judge(f"{name}: what can be mended is", len(left) <= symbols * misbehaving.share, (len(left), symbols, run.stderr))
    print(f"{name}: {symbols - len(left)} of {symbols} symbols, {server.asked} requests, {took:.1f} s, exit {run.returncode}", flush=True)


def rogues(work):
    misbehaving.before = findings(real(work / "rogue-first"), work / "cache-first")
    misbehaving.share = 0.2
    if LARGE:
        for name in WAYS:
            ends = name in ENDS
            # Alone: every request. And two of three, so that most is mended in the end.
            misbehaving(work, f"{name}, always", lambda _, name=name: name, name in HOPELESS, ends)
            if name in HOPELESS:
                # What is refused alone is not asked for again.
                misbehaving.share = 0.9 if name in {"a refusal", "a filter", "400"} else 0.5
                misbehaving(work, f"{name}, at times", lambda it, name=name: "good" if it % 3 == 2 else name)
                misbehaving.share = 0.2
    mixed = sorted(set(WAYS) - ENDS - {"a hang", "30 MB"})
    misbehaving.share = 1
    for seed in range(10 if LARGE else 1):
        chance = random.Random(seed)
        ways = [chance.choice(mixed + ["good"] * len(mixed)) for _ in range(5000)]
        misbehaving(work, f"mixture {seed}", lambda it, ways=ways: ways[it])
    if not LARGE:
        misbehaving(work, "quotes and code, always", lambda _: "quotes and code", hopeless=True)
        misbehaving(work, "a spend limit, always", lambda _: "a spend limit", ends=True)
        misbehaving(work, "a wrong key, always", lambda _: "a wrong key", ends=True)


class Till(words_provider.Stub):
    """A provider that knows when it has given each answer, and to what."""

    def __init__(self, delay):
        super().__init__(delay)
        self.given = []
        till, handler = self, self.server.RequestHandlerClass
        original = handler.do_POST

        def do_post(self):
            read = self.rfile.read
            kept = []
            self.rfile.read = lambda count: kept.append(read(count)) or kept[-1]
            original(self)
            self.rfile.read = read
            text = json.loads(kept[0])["messages"][1]["content"]
            slots = re.findall(r"^Slot s\d+: (.*)\n(?:Missing|Anew): (.*)\n(Your last answer.*\n)?", text, re.MULTILINE)
            with till.lock:
                till.given += [(slot, time.time()) for slot in slots]

        handler.do_POST = do_post


def kills(work):
    """Killed at random moments, and begun again: the tree is that of an undisturbed run, and nothing is paid for twice."""
    stub = Till(delay=0.02)
    env = environment(stub.url) | {"DOCGEN_AI_CONCURRENCY": "3", "REQUEST_TIMEOUT": "30"}
    calm = real(work / "calm")
    run = docgen(calm, "fix", "--all", "--provider", "openai", cache=work / "cache-calm", env=env)
    judge("an undisturbed run mends", run.returncode in (0, 1) and stub.given, run.stderr)
    wanted, chance = tree(calm), random.Random(11)
    count, most, rounds = 0, 50 if LARGE else 6, 0
    clean = {k: v for k, v in os.environ.items() if not k.startswith(CLEAN)} | env
    while count < most:
        rounds += 1
        folder, cache = real(work / f"killed-{rounds}"), work / f"cache-killed-{rounds}"
        stub.given, deaths = [], []
        variables = clean | {"DOCGEN_CACHE_DIR": str(cache), "HOME": str(cache)}
        command = ["docgen", "fix", "--all", "--provider", "openai", "--quiet"]
        while True:
            process = subprocess.Popen(command, cwd=folder, env=variables, stderr=subprocess.DEVNULL)
            try:
                process.wait(chance.uniform(0.05, 1.2) if count < most else 300)
                break
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
                deaths.append(time.time())
                count += 1
                for path in folder.rglob("*.py"):
                    stripped(path)
        judge(f"after {len(deaths)} kills the tree is that of an undisturbed run", tree(folder) == wanted, set(tree(folder)) ^ set(wanted))
        # An answer that was on its way when its asker died is lost; one that had come is not.
        seen = {}
        for slot, when in stub.given:
            seen.setdefault(slot, []).append(when)
        lost = [it for it in seen.items() if len(it[1]) > 1]
        paid = [it for it in lost if not all(any(-0.05 <= death - when < 0.15 for death in deaths) for when in it[1][:-1])]
        judge("nothing is paid for twice", not paid, paid[:2])
        print(f"{len(deaths)} kills, {len(seen)} answers, {len(lost)} of them lost on their way", flush=True)


def budgets(work):
    """Two runs at once never pass what they share."""
    server = shutil.which("redis-server")
    for name in ["SQLite"] + ["Redis"] * bool(server):
        stub = words_provider.Stub(delay=0.02)
        # Each answer takes some 1,600 tokens, and may take a few more than that before it is known.
        env = environment(stub.url) | {"DOCGEN_AI_TOKENS_PER_DAY": "60000"}
        shared, process = work / f"cache-{name}", None
        if name == "Redis":
            port = words_judge.free_port()
            process = subprocess.Popen([server, "--port", str(port), "--save", ""], stdout=subprocess.DEVNULL, cwd=work)
            time.sleep(1)
            env |= {"REDIS_HOST": "127.0.0.1", "REDIS_PORT": str(port)}
        runs = []

        def one(at, name=name, env=env, shared=shared):
            folder = work / f"{name}-{at}"
            for part in range(40):
                package(folder / str(part), 1, start=1000 * at + part)
            cache = shared if name == "SQLite" else work / f"cache-{name}-{at}"
            runs.append(docgen(folder, "fix", "--all", "--provider", "openai", cache=cache, env=env))

        threads = [threading.Thread(target=one, args=(at,)) for at in range(2)]
        for it in threads:
            it.start()
        for it in threads:
            it.join()
        used = stub.asked * 1500
        print(f"{name}: {stub.asked} requests, at least {used} of 60000 tokens", flush=True)
        judge(f"{name}: a day's budget is not passed by two runs", 20_000 <= used <= 60_000, (used, runs[0].stderr))
        judge(f"{name}: both say so", all(it.returncode == 2 and "tokens-per-day" in it.stderr for it in runs), runs[0].stderr)
        if process:
            process.kill()
    stub = words_provider.Stub()
    folder = work / "capped"
    for part in range(40):
        package(folder / str(part), 1, start=part)
    run = docgen(folder, "fix", "--all", "--provider", "openai", "--max-cost", "0.004", cache=work / "cache-capped", env=environment(stub.url))
    cost = stub.asked * (1500 * 0.15 + 60 * 0.60) / 1e6
    judge("the cap on money is not passed", stub.asked and cost <= 0.004 and "max-cost" in run.stderr, (cost, run.stderr))


def disks(work):
    """A cache that cannot be written, that is broken, that fills up: told once, and the work is done."""
    stub = words_provider.Stub(delay=0.01)
    env = environment(stub.url)

    def fix(name, cache, **more):
        folder = work / name
        package(folder, 60)
        run = docgen(folder, "fix", "--all", "--provider", "openai", cache=cache, env=env, **more)
        judge(f"{name}: the work is done", run.returncode == 0 and "no words" not in run.stderr, run.stderr)
        return run

    blocked = work / "blocked"
    blocked.write_text("no folder")
    run = fix("a file in place of the folder", blocked / "cache")
    judge("that nothing can be kept is told once", run.stderr.count("answers are not kept") == 1, run.stderr)
    broken = work / "broken"
    fix("a whole cache", broken)
    (broken / "docgen.sqlite3").write_bytes(b"no database at all" * 1000)
    run = fix("a broken cache", broken)
    judge("what is broken is put aside", (broken / "docgen.broken").exists(), run.stderr)
    start, run = stub.asked, fix("a cache made anew", broken)
    judge("and a new one serves", stub.asked == start, run.stderr)

    def small():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))

    run = fix("a disk that fills up", work / "full", preexec_fn=small)
    judge("that it is full is told once", run.stderr.count("going on with this process's memory") == 1, run.stderr)
    folder = work / "a full disk"
    package(folder, 60)
    old = tree(folder)

    def none():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))

    run = docgen(folder, "fix", "--all", "--provider", "openai", cache=work / "none", env=env, preexec_fn=none)
    judge("a full disk leaves files as they were", tree(folder) == old and run.returncode == 2, run.stderr)
    judge("it says so", "cannot be written" in run.stderr or "too large" in run.stderr.lower(), run.stderr)
    print("disks: done", flush=True)


def planted():
    """Secrets of many kinds, put together here, so that no scanner takes this file for a leak."""
    chance = random.Random(3)
    letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    draw = lambda count, of=letters: "".join(chance.choice(of) for _ in range(count))
    for _ in range(20):
        yield "AKIA" + draw(16, letters[26:]), 'key = "{}"'
        yield draw(40, letters + "/+"), 'aws_secret_access_key = "{}"'
        yield "ghp_" + draw(36), 'session.token = "{}"'
        yield "github_pat_" + draw(22) + "_" + draw(59), "token: str = '{}'"
        yield "xoxb-" + draw(12, letters[-10:]) + "-" + draw(24), 'slack("{}")'
        yield "sk_live_" + draw(24), 'stripe = "{}"'
        yield "sk-proj-" + draw(48), 'client(api_key="{}")'
        yield "sk-ant-api03-" + draw(80), 'headers = {{"x-api-key": "{}"}}'
        yield "AIza" + draw(35), '# the key is "{}"'
        yield "glpat-" + draw(20), "run('{}')"
        yield "npm_" + draw(36), '"""Use {} here."""'
        yield "pypi-AgEIcHlwaS5vcmc" + draw(60), 'upload("{}")'
        yield "SG." + draw(22) + "." + draw(43), 'mail("{}")'
        yield "eyJ" + draw(33) + ".eyJ" + draw(60) + "." + draw(43), 'jwt = "{}"'
        yield draw(40, "0123456789abcdef"), 'digest = "{}"'
        yield draw(64, "0123456789abcdef"), 'secret = b"{}"'
        yield draw(44), 'value = "{}"'
        yield draw(12), 'url = "postgres://ada:{}@db.example.org/main"'
        yield draw(9), 'password = "{}"'
        yield draw(10), 'connect(user="ada", passwd="{}")'
        yield draw(11), 'config = {{"secret_key": "{}"}}'
        yield draw(32), 'AccountKey = "{}"'
        yield draw(64) + "\n" + draw(64), '"""-----BEGIN RSA PRIVATE KEY-----\n{}\n-----END RSA PRIVATE KEY-----"""'


def secrets(work):
    """Nothing planted leaves, by none of the ways into a prompt."""
    folder = work / "secrets"
    folder.mkdir()
    all_of_them = []
    for at, (secret, line) in enumerate(planted()):
        all_of_them += secret.split("\n")
        line = line.format(secret).replace("\n", "\n    ")
        (folder / f"module_{at}.py").write_text(
            f'"""Module {at}."""\n\n\nclass House_{at}:\n    """A house."""\n\n    def __init__(self, rooms):\n        self.rooms = rooms\n\n'
            f"def room_{at}(door):\n    {line}\n    return door\n"
        )
    stub = words_provider.Stub()
    bodies, handler = [], stub.server.RequestHandlerClass
    original = handler.do_POST

    def do_post(self):
        read = self.rfile.read
        self.rfile.read = lambda count: bodies.append(read(count)) or bodies[-1]
        original(self)
        self.rfile.read = read

    handler.do_POST = do_post
    run = docgen(folder, "fix", "--all", "--provider", "openai", cache=work / "cache-secrets", env=environment(stub.url))
    sent = b"\n".join(bodies).decode()
    leaked = sorted({it for it in all_of_them if it in sent})
    judge("prompts were sent", len(bodies) >= 20, run.stderr)
    judge("nothing planted leaves", not leaked, {line for it, line in planted() if it in leaked})
    kept = "".join(it.read_bytes().decode("latin-1") for it in (work / "cache-secrets").rglob("*") if it.is_file())
    judge("nothing planted is kept or shown", not [it for it in all_of_them if it in kept + run.stdout + run.stderr])
    from detect_secrets import SecretsCollection
    from detect_secrets.settings import default_settings

    with default_settings():
        found = SecretsCollection()
        for path in sorted(folder.glob("*.py")):
            found.scan_file(str(path))
        values = {it[1].secret_value for it in found}
        # The first line of a private key tells nobody the key.
        leaked = {it for it in values if it and len(it) > 5 and "PRIVATE KEY" not in it and it in sent}
        judge("nothing that detect-secrets finds leaves", len(values) > 200 and not leaked, (len(values), sorted(leaked)[:5]))
    print(f"{len(all_of_them)} secrets planted, detect-secrets finds {len(values)}, {len(leaked)} of them were sent", flush=True)


PARTS = (secrets, disks, budgets, kills, rogues)


def main():
    parts = [it for it in PARTS if it.__name__ in sys.argv or not {it.__name__ for it in PARTS} & set(sys.argv)]
    for part in parts:
        with tempfile.TemporaryDirectory() as name:
            part(pathlib.Path(name))
    print(f"{words_judge.passed} passed, {words_judge.failed} failed")
    sys.exit(words_judge.failed > 0)


if __name__ == "__main__":
    main()
