#!/usr/bin/env python3
"""Holds what a run tells of itself to programs that know nothing of docgen.

`docgen fix` asks a provider on this machine. Its figures are read by prometheus-client, by Python's csv and by jsonschema; its
report is opened in headless Chromium, light and dark, wide and narrow, and must ask nobody for anything; its log is read
line by line. A key that the provider repeats in a complaint, and a password in an address, are in none of them.

Usage: runs_judge.py [FOLDER]  (screenshots of the reports are left in FOLDER)
"""

import csv
import http.server
import io
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading

import jsonschema
from prometheus_client.parser import text_string_to_metric_families

import words_provider

ROOT = pathlib.Path(__file__).resolve().parents[2]
CLEAN = ("AZURE_", "OPENAI_", "ANTHROPIC_", "CLAUDE_", "GOOGLE_", "GEMINI_", "OLLAMA_", "DOCGEN_", "REDIS_", "CI", "LOG_", "DEBUG")
# Put together here, so that no scanner takes this file for a leak.
KEY = "sk-proj-" + "aB3dE5gH7jK9mN1pQ2sT" * 2
PASSWORD = "of nobody/at-all"
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-default-apps --disable-extensions --hide-scrollbars"
).split()
passed = failed = 0


def judge(what, good, why=""):
    """Counts a verdict and tells of a bad one."""
    global passed, failed
    passed, failed = passed + bool(good), failed + (not good)
    if not good:
        print(f"FAILED: {what}: {str(why)[-1500:]}", flush=True)


class Moody(words_provider.Stub):
    """Complains at times, and repeats the key in doing so."""

    def __init__(self):
        super().__init__(delay=0.02)
        inner, stub = self.server.RequestHandlerClass, self
        stub.seen = 0

        class Handler(inner):
            def do_POST(self):
                with stub.lock:
                    stub.seen += 1
                    seen = stub.seen
                if seen % 4 != 1:
                    return super().do_POST()
                self.rfile.read(int(self.headers["content-length"]))
                said = {"error": {"message": f"slow down, {self.headers['authorization']} at https://me:{PASSWORD.split()[0]}@host/"}}
                out = json.dumps(said).encode()
                self.send_response(429)
                self.send_header("retry-after-ms", "10")
                self.send_header("content-length", str(len(out)))
                self.end_headers()
                self.wfile.write(out)
                self.wfile.flush()

        self.server.RequestHandlerClass = Handler


def docgen(folder, *args, env=None):
    """Runs docgen with a clean environment; its answer."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(CLEAN)}
    clean |= {"HOME": str(folder), "DOCGEN_CACHE_DIR": str(folder / ".cache"), **(env or {})}
    return subprocess.run(["docgen", *args], cwd=folder / "shop", env=clean, capture_output=True, text=True, timeout=120)


def package(folder):
    """A package that lacks words, in two of which the model may not be believed."""
    folder.mkdir()
    for file in range(4):
        text = '"""Rooms of a house."""\n'
        for at in range(6):
            text += f"\n\ndef room_{file}_{at}(door, window=None):\n    if not door:\n        raise ValueError(door)\n    return door, window, {at}\n"
        (folder / f"rooms_{file}.py").write_text(text)
    # There is no place for these words without `--unsafe-fixes`.
    (folder / "<b>odd & \"names\".py").write_text('"""Odd."""\n\n\ndef odd(x): return x\n')


def figures(folder, env):
    """Three runs, each with its figures in another form."""
    told = {}
    for ending in ("json", "csv", "prom"):
        package(folder / "shop") if not (folder / "shop").exists() else None
        run = docgen(folder, "fix", "--all", "--provider", "openai", "--metrics", f"../out.{ending}", env=env)
        judge(f"a run with figures as {ending}", run.returncode == 1, run.stderr)
        judge("what was refused is told", "no words for" in run.stderr, run.stderr)
        told[ending] = (folder / f"out.{ending}").read_text()
        shutil.rmtree(folder / "shop")
        shutil.rmtree(folder / ".cache") if ending != "prom" and False else None
    package(folder / "shop")
    return told


def of_json(text):
    """The figures as JSON keep to their schema and add up."""
    run = json.loads(text)
    schema = json.loads((ROOT / "schemas/metrics.schema.json").read_text())
    jsonschema.validators.validator_for(schema).check_schema(schema)
    errors = [it.message for it in jsonschema.validators.validator_for(schema)(schema).iter_errors(run)]
    judge("JSON keeps to its schema", not errors, errors)
    items, symbols = run["items"], run["symbols"]
    judge("every symbol is told of", len(items) == 24 + 4 + 2, len(items))
    judge("24 are mended, one is refused", (symbols["mended"], symbols["refused"]) == (24, 1), symbols)
    judge("the success rate is theirs", abs(symbols["success_rate"] - 24 / 25) < 1e-6, symbols)
    refused = [it for it in items if it["outcome"] == "refused"]
    judge("with the reason", refused[0]["qualname"] == "odd" and "--unsafe-fixes" in refused[0]["reason"], refused)
    judge("tokens add up", sum(it["tokens"]["input"] for it in items) == run["tokens"]["input"] > 0, run["tokens"])
    judge("money adds up", abs(sum(it["cost_usd"] for it in items) - run["cost_usd"]) < 1e-5 and run["cost_usd"] > 0)
    names = {it["name"]: it for it in run["operations"]}
    judge("operations are told of", {"file", "answer", "request", "wait", "store-read", "store-write"} <= set(names), names)
    for it in names.values():
        seconds = it["seconds"]
        rising = [seconds["p50"], seconds["p95"], seconds["p99"], seconds["longest"]]
        judge(f"percentiles of {it['name']} rise", rising == sorted(rising) and seconds["mean"] <= seconds["longest"], it)
    judge("retries are counted", run["retries"] > 0 and names["request"]["success_rate"] < 1, run["retries"])
    judge("errors are told of", run["errors"] and run["errors"][0]["kind"] == "busy", run["errors"])
    process, machine = run["process"], run["machine"]
    judge("the process is told of", process["peak_memory_bytes"] > 1 << 20 and process["cpu_seconds"] > 0, process)
    judge("the machine is told of", machine["cores"] == len(os.sched_getaffinity(0)) and machine["free_disk_bytes"] > 0, machine)
    return run


def of_csv(text):
    """The figures as CSV."""
    rows = list(csv.DictReader(io.StringIO(text)))
    judge("CSV has cells in every column", all(None not in it and None not in it.values() for it in rows), rows[:2])
    value = lambda of, name, figure: [float(it["value"]) for it in rows if (it["of"], it["name"], it["figure"]) == (of, name, figure)]
    judge("CSV counts symbols", value("symbols", "refused", "count") == [1.0], rows)
    judge("CSV tells of percentiles", len(value("operation", "file", "p99_seconds")) == 1, rows)


def of_prometheus(text):
    """The figures as Prometheus reads them."""
    families = {it.name: it for it in text_string_to_metric_families(text)}
    judge("every family has help and a type", all(it.documentation and it.type != "unknown" for it in families.values()), families)
    total = lambda name: sum(it.value for it in families[name].samples)
    judge("Prometheus counts symbols", total("docgen_symbols") == 24 + 4 + 2, families["docgen_symbols"])
    judge("counters are counters", families["docgen_tokens"].type == "counter", families["docgen_tokens"])
    times = families["docgen_operation_duration_seconds"]
    quantiles = {it.labels.get("quantile") for it in times.samples}
    judge("durations are summaries", times.type == "summary" and {"0.5", "0.95", "0.99"} <= quantiles, times)
    samples = [(it.name, tuple(sorted(it.labels.items()))) for family in families.values() for it in family.samples]
    judge("no sample stands twice", len(samples) == len(set(samples)))
    judge("all began with docgen_", all(it.startswith("docgen_") for it in families), list(families))


def history(folder):
    """What is kept of the runs."""
    table = docgen(folder, "metrics")
    judge("the history is a table", table.returncode == 0 and len(table.stdout.splitlines()) == 4, table)
    runs = json.loads(docgen(folder, "metrics", "--output-format", "json").stdout)
    schema = json.loads((ROOT / "schemas/history.schema.json").read_text())
    errors = [it.message for it in jsonschema.validators.validator_for(schema)(schema).iter_errors(runs)]
    judge("the history keeps to its schema", not errors, errors)
    judge("three runs are kept", [it["run"]["command"] for it in runs["runs"]] == ["fix"] * 3, runs)
    judge("the store served the later ones", runs["runs"][0]["cache"]["hits"] == 24, runs["runs"][0]["cache"])
    rows = list(csv.DictReader(io.StringIO(docgen(folder, "metrics", "--output-format", "csv").stdout)))
    judge("the history is CSV", len(rows) == 3 and rows[0]["symbols_mended"] == "24", rows)
    return table.stdout + json.dumps(runs)


class Watched(http.server.SimpleHTTPRequestHandler):
    """Serves a folder and remembers what was asked for."""

    asked = []

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.asked.append(self.path)
        super().do_GET()


def chromium(folder, *args):
    """Runs Chromium with a profile of its own."""
    with tempfile.TemporaryDirectory(dir=folder) as profile:
        command = [shutil.which("chromium") or "chromium", *FLAGS, f"--user-data-dir={profile}", *args]
        return subprocess.run(command, capture_output=True, text=True, timeout=60, env={**os.environ, "HOME": profile})


def outside(net, address):
    """What a page asked others for, by Chromium's log; what Chromium asks for itself has no page behind it."""
    origin = address.rsplit("/", 1)[0]
    params = [it.get("params", {}) for it in json.loads(net.read_text())["events"]]
    asked = {it["url"] for it in params if it.get("initiator", "").startswith(origin) and "url" in it}
    return sorted(it for it in asked if not it.startswith((origin, "data:")))


def report(folder, pictures):
    """The report in a browser."""
    markdown = docgen(folder, "report", "-o", "../report.md")
    page = docgen(folder, "report", "-o", "../report.html")
    judge("a report is written", (markdown.returncode, page.returncode) == (0, 0), page.stderr)
    judge("nothing else is", not [it for it in folder.iterdir() if it.name.startswith(".docgen-")])
    html, text = (folder / "report.html").read_text(), (folder / "report.md").read_text()
    judge("no way leads out of it", not re.findall(r"\b(?:src|href)=|url\(|@import|<script|<link", html))
    judge("Markdown tells the rest", "24 of 25 incomplete symbols mended" in text and "### Trend" in text, text)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), lambda *it: Watched(*it, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/report.html"
    net = folder / "net.json"
    dump = chromium(folder, "--enable-logging=stderr", f"--log-net-log={net}", "--dump-dom", address)
    dom = dump.stdout
    judge("Chromium opens it", "<h1>docgen fix: shop</h1>" in dom, dump)
    judge("charts are drawn", dom.count("<svg") >= 10 and dom.count("<circle") >= 9, dom.count("<svg"))
    judge("odd names stay names", "&lt;b&gt;odd &amp; \"names\".py" in dom and "<b>odd" not in dom, dom[-3000:])
    console = [it for it in dump.stderr.splitlines() if "CONSOLE" in it]
    judge("the console is silent", not console, console)
    ours = [it for it in Watched.asked if it not in ("/report.html", "/favicon.ico")]
    judge("it asks its server for nothing more", not ours, ours)
    judge("it asks nobody else", not outside(net, address), outside(net, address))
    # A page that does is seen to.
    (folder / "loud.html").write_text(f'<img src="http://localhost:{server.server_port}/x.png">')
    loud = address.replace("report.html", "loud.html")
    chromium(folder, f"--log-net-log={net}", "--dump-dom", loud)
    judge("a page that asks others is seen", outside(net, loud))
    for name, size, scheme in [("light", "1200,1900", 1), ("dark", "1200,1900", 0), ("narrow", "500,2600", 1)]:
        picture = pictures / f"report-{name}.png"
        colours = [f"--blink-settings=preferredColorScheme={scheme}"]
        shot = chromium(folder, *colours, f"--screenshot={picture}", f"--window-size={size}", address)
        judge(f"a picture of it, {name}", picture.exists() and picture.stat().st_size > 20_000, shot.stderr)
    server.shutdown()
    return html + text


def logs(folder, env):
    """What is logged, and what never is."""
    where = folder / "logs"
    run = docgen(folder, "fix", "--all", "--provider", "openai", env=env | {"LOG_DIR": str(where), "LOG_LEVEL": "DEBUG", "DOCGEN_CACHE_DIR": str(folder / ".other")})
    lines = [json.loads(it) for it in (where / "docgen.log").read_text().splitlines()]
    judge("a log is JSON", len(lines) > 30 and all({"time", "level", "run", "message"} <= set(it) for it in lines), lines[:2])
    judge("all lines are of one run", len({it["run"] for it in lines}) == 1 and len(lines[0]["run"]) == 32, lines[:2])
    said = " | ".join(it["message"] for it in lines)
    for part in ("the run begins", "asking", "answered", "asking again", "words found", "no words", "file written", "the run ends"):
        judge(f"it is logged: {part}", part in said, said[:1500])
    judge("people read it on the screen", len(re.findall(r"(?m)^\d{4}-\d\d-\d\dT\S+Z +(?:DEBUG|INFO|WARN) ", run.stderr)) > 30, run.stderr)
    hidden = docgen(folder, "fix", "--all", "--provider", "openai", "--log-level", "debug", "--log-format", "json", "--log-redact-paths", env=env)
    lines = [it for it in hidden.stderr.splitlines() if it.startswith("{")]
    judge("JSON on the screen", lines and all(json.loads(it) for it in lines), hidden.stderr)
    judge("paths are hidden", not [it for it in lines if "rooms_" in it and ".py" in it or str(folder) in it], lines[:3])
    blocked = folder / "blocked"
    blocked.write_text("")
    run2 = docgen(folder, "fix", "--all", "--provider", "openai", env=env | {"LOG_DIR": str(blocked / "x")})
    judge("a folder that takes no log is a warning", "no log is written" in run2.stderr and run2.returncode in (0, 1), run2.stderr)
    return run.stderr + hidden.stderr + "".join(it.read_text() for it in where.iterdir())


def main():
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder).resolve()
        pictures = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else folder
        stub = Moody()
        env = {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": stub.url, "RETRY_DELAY": "0.01", "REDIS_PASSWORD": PASSWORD}
        env |= {"DOCGEN_AI_REQUESTS_PER_MINUTE": "60000", "DOCGEN_AI_TOKENS_PER_MINUTE": "100000000"}
        told = figures(folder, env)
        of_json(told["json"])
        of_csv(told["csv"])
        of_prometheus(told["prom"])
        all_of_it = "".join(told.values()) + history(folder) + report(folder, pictures)
        all_of_it += logs(folder, env)
        judge("no key is anywhere", KEY not in all_of_it and KEY[8:20] not in all_of_it)
        judge("no password is anywhere", PASSWORD.split()[0] + "@" not in all_of_it)
        kept = b"".join(it.read_bytes() for it in (folder / ".cache").iterdir())
        judge("nor in what is kept", KEY.encode() not in kept)
    print(f"{passed} passed, {failed} failed")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
