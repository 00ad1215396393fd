"""Two servers on this machine: an `/embeddings` of OpenAI's kind, and a search service as Azure AI Search documents its REST
interface (2024-07-01). Both refuse what is not documented; the second one really searches, by words and by vectors.
"""

import base64
import collections
import http.server
import json
import math
import operator
import re
import socketserver
import struct
import threading
import urllib.parse
import zlib


class Refusal(Exception):
    def __init__(self, status, message):
        super().__init__(message)
        self.status, self.message = status, message


def need(good, message, status=400):
    if not good:
        raise Refusal(status, message)


class Server:
    """A server of JSON on a port of its own. `fault` may answer in its place: (status, headers, body) or None."""

    def __init__(self, fault=None):
        self.asked, self.fault, self.lock, self.bodies = collections.Counter(), fault, threading.Lock(), []
        server = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1
            disable_nagle_algorithm = True

            def log_message(self, *_):
                pass

            def answer(self):
                raw = self.rfile.read(int(self.headers.get("content-length", 0)))
                url = urllib.parse.urlsplit(self.path)
                with server.lock:
                    number = server.asked.total()
                    server.asked[f"{self.command} {url.path.rsplit('/', 1)[-1]}"] += 1
                    server.bodies.append(raw.decode())
                status, headers, body = server.fault(number, self.command, url.path) or (0, {}, "") if server.fault else (0, {}, "")
                if not status:
                    try:
                        if raw:
                            need(self.headers.get("content-type", "").startswith("application/json"), "no JSON", 415)
                        query = dict(urllib.parse.parse_qsl(url.query))
                        body = json.loads(raw) if raw else None
                        with server.lock:
                            status, body = server.serve(self.command, url.path, query, self.headers, body, len(raw))
                    except Refusal as it:
                        status, body = it.status, {"error": {"code": "", "message": it.message}}
                    body = "" if body is None else json.dumps(body)
                out = body.encode()
                self.send_response(status)
                for name, value in ({"content-type": "application/json", "content-length": str(len(out))} | headers).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(out)
                self.wfile.flush()

            do_GET = do_POST = do_PUT = answer

        class Threads(socketserver.ThreadingMixIn, http.server.HTTPServer):
            daemon_threads = True
            request_queue_size = 128

        self.http = Threads(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def close(self):
        self.http.shutdown()
        self.http.server_close()


def words(text):
    """The parts of names and words, in lower case."""
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    return [it for it in re.split(r"[^a-z0-9]+", text.lower()) if it]


def hashed(text, dimension=128):
    """A vector of a text without a model: its words and their parts of three letters, each at a place of its own."""
    vector = [0.0] * dimension
    for word in words(text):
        parts = [(word, 2.0)] + [(f"<{word}>"[at : at + 3], 1.0) for at in range(len(word))]
        for part, weight in parts:
            code = zlib.crc32(part.encode())
            vector[code % dimension] += weight if code & 1 << 20 else -weight
    return vector if any(vector) else [1.0] + vector[1:]


class Embeddings(Server):
    """`POST /v1/embeddings`."""

    KEY = "sk-of-the-embeddings"

    def __init__(self, embed=None, fault=None, form="float"):
        self.embed, self.form, self.texts = embed or (lambda all: [hashed(it) for it in all]), form, []
        super().__init__(fault)
        self.url += "/v1"

    def serve(self, method, path, query, headers, body, size):
        need(method == "POST" and path == "/v1/embeddings" and not query, "not found", 404)
        need(headers.get("authorization") == f"Bearer {self.KEY}", "Incorrect API key provided", 401)
        need(set(body) <= {"model", "input", "encoding_format", "dimensions", "user"}, "unknown parameter")
        need(isinstance(body.get("model"), str), "no model")
        texts = body["input"] if isinstance(body["input"], list) else [body["input"]]
        need(texts and len(texts) <= 2048 and all(isinstance(it, str) and it for it in texts), "input")
        need(body.get("encoding_format", "float") in ("float", "base64"), "encoding_format")
        self.texts += texts
        vectors = self.embed(texts)
        if self.form == "base64":
            vectors = [base64.b64encode(struct.pack(f"<{len(it)}f", *it)).decode() for it in vectors]
        data = [{"object": "embedding", "index": at, "embedding": it} for at, it in enumerate(vectors)]
        tokens = sum(len(it) // 4 + 1 for it in texts)
        usage = {"prompt_tokens": tokens, "total_tokens": tokens}
        # The order is the server's.
        return 200, {"object": "list", "data": data[::-1], "model": body["model"], "usage": usage}


VERSION = "2024-07-01"
NAME = re.compile(r"(?!.*--)[a-z0-9](?:[a-z0-9-]{0,126}[a-z0-9])")
KEYS = re.compile(r"[A-Za-z0-9_\-=]{1,1024}")
INDEX = {
    "name", "fields", "scoringProfiles", "defaultScoringProfile", "corsOptions", "suggesters", "analyzers", "tokenizers",
    "tokenFilters", "charFilters", "encryptionKey", "similarity", "semantic", "vectorSearch", "@odata.etag",
}  # fmt: skip
FIELD = {
    "name", "type", "key", "retrievable", "stored", "searchable", "filterable", "sortable", "facetable", "analyzer",
    "searchAnalyzer", "indexAnalyzer", "dimensions", "vectorSearchProfile", "vectorEncoding", "synonymMaps", "fields",
}  # fmt: skip
SEARCH = {
    "count", "facets", "filter", "highlight", "highlightPostTag", "highlightPreTag", "minimumCoverage", "orderby", "queryType",
    "scoringStatistics", "sessionId", "scoringParameters", "scoringProfile", "semanticQuery", "semanticConfiguration",
    "semanticErrorHandling", "semanticMaxWaitInMilliseconds", "answers", "captions", "search", "searchFields", "searchMode",
    "select", "skip", "top", "vectorQueries", "vectorFilterMode",
}  # fmt: skip
VECTOR = {"kind", "vector", "fields", "k", "exhaustive", "oversampling", "weight"}


class Search(Server):
    """Indexes, documents, and questions by words and vectors, whose rankings become one by reciprocal ranks."""

    KEY = "search-admin-key"

    def __init__(self, fault=None, reject=()):
        self.indexes, self.documents, self.bags, self.reject = {}, {}, {}, list(reject)
        super().__init__(fault)

    def serve(self, method, path, query, headers, body, size):
        need(headers.get("api-key") == self.KEY, "Access denied due to invalid api-key", 403)
        need(query == {"api-version": VERSION}, "api-version", 400)
        parts = path.strip("/").split("/")
        need(parts[0] == "indexes" and len(parts) in (2, 4), "not found", 404)
        name, rest = parts[1], "/".join(parts[2:])
        need(NAME.fullmatch(name), "the name of an index holds lower-case letters, digits and dashes")
        if rest == "" and method == "PUT":
            return self.make(name, headers, body)
        need(name in self.indexes, f"No index with the name '{name}' was found in the service.", 404)
        if rest == "" and method == "GET":
            return 200, self.indexes[name]
        if rest == "docs/index" and method == "POST":
            return self.put(name, body, size)
        need(rest == "docs/search" and method == "POST", "not found", 404)
        return self.find(name, body)

    def make(self, name, headers, body):
        need(headers.get("prefer") == "return=representation", "the Prefer header is required")
        need(set(body) <= INDEX and body.get("name") == name, "unknown property of an index")
        vectors = body.get("vectorSearch") or {}
        need(set(vectors) <= {"profiles", "algorithms", "vectorizers", "compressions"}, "vectorSearch")
        for it in vectors.get("algorithms", []):
            need(set(it) <= {"name", "kind", "hnswParameters", "exhaustiveKnnParameters"}, "algorithm")
            need(it["kind"] in ("hnsw", "exhaustiveKnn"), "kind of algorithm")
            need(set(it.get("hnswParameters", {})) <= {"m", "efConstruction", "efSearch", "metric"}, "hnswParameters")
            need(it.get("hnswParameters", {}).get("metric", "cosine") in ("cosine", "euclidean", "dotProduct", "hamming"), "metric")
        algorithms = {it["name"] for it in vectors.get("algorithms", [])}
        for it in vectors.get("profiles", []):
            need(set(it) <= {"name", "algorithm", "vectorizer", "compression"} and it["algorithm"] in algorithms, "profile")
        profiles = {it["name"] for it in vectors.get("profiles", [])}
        keys = 0
        for it in body["fields"]:
            need(set(it) <= FIELD, f"unknown property of a field: {set(it) - FIELD}")
            need(re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,127}", it["name"]), "name of a field")
            if it["type"] == "Collection(Edm.Single)":
                need(2 <= it.get("dimensions", 0) <= 4096, "dimensions")
                need(it.get("vectorSearchProfile") in profiles and it.get("searchable", True), "vectorSearchProfile")
                need(not any(it.get(on) for on in ("filterable", "sortable", "facetable", "key")), "a vector field is only searchable")
                need(it.get("stored", True) or it.get("retrievable") is False, "what is not stored is not retrievable")
            else:
                need(it["type"] == "Edm.String" and "dimensions" not in it and "stored" not in it, "type")
            if it.get("key"):
                keys += 1
                need(it["type"] == "Edm.String" and it.get("retrievable", True), "the key")
        need(keys == 1, "one field is the key")
        is_new = name not in self.indexes
        if not is_new:
            old = {it["name"]: it for it in self.indexes[name]["fields"]}
            new = {it["name"]: it for it in body["fields"]}
            need(all(new.get(at) == it for at, it in old.items()), "Existing field cannot be changed.")
        self.indexes[name] = body
        self.documents.setdefault(name, {})
        return 201 if is_new else 200, body

    def put(self, name, body, size):
        need(set(body) == {"value"} and 1 <= len(body["value"]) <= 1000, "a batch has 1 to 1000 documents")
        need(size <= 16 << 20, "a batch has 16 MB at most", 413)
        fields = {it["name"]: it for it in self.indexes[name]["fields"]}
        key = next(it for it, field in fields.items() if field.get("key"))
        results = []
        for document in body["value"]:
            action = document.pop("@search.action", "upload")
            need(action in ("upload", "merge", "mergeOrUpload", "delete"), "@search.action")
            need(KEYS.fullmatch(document[key]) and not document[key].startswith("_"), f"Invalid document key: '{document[key]}'")
            need(set(document) <= set(fields), "a field that the index does not have")
            for at, value in document.items():
                if fields[at]["type"] == "Edm.String":
                    need(isinstance(value, str), f"{at} is no text")
                else:
                    need(len(value) == fields[at]["dimensions"], "The vector field has another number of dimensions.")
                    need(all(isinstance(it, (int, float)) for it in value), "a vector holds numbers")
            status = 200 if document[key] in self.documents[name] else 201
            if self.reject and (code := self.reject.pop(0)):
                results.append({"key": document[key], "status": False, "errorMessage": "not now", "statusCode": code})
                continue
            need(action == "upload", "only uploads are looked for here")
            self.documents[name][document[key]] = document
            results.append({"key": document[key], "status": True, "errorMessage": None, "statusCode": status})
        good = all(it["status"] for it in results)
        return 200 if good else 207, {"value": results}

    def find(self, name, body):
        need(set(body) <= SEARCH, f"unknown property of a question: {set(body) - SEARCH}")
        fields = {it["name"]: it for it in self.indexes[name]["fields"]}
        need(body.get("queryType", "simple") == "simple" and body.get("searchMode", "any") == "any", "queryType")
        need(not set(body.get("search", "")) & set("+|\"()'*~"), "what is special in a question has to be escaped")
        top = body.get("top", 50)
        need(0 <= top <= 1000, "top")
        searched = [it.strip() for it in body["searchFields"].split(",")]
        need(all(fields[it]["type"] == "Edm.String" and fields[it].get("searchable") for it in searched), "searchFields")
        selected = [it.strip() for it in body["select"].split(",")]
        need(all(fields[it].get("retrievable", True) for it in selected), "select")
        documents = self.documents[name]
        rankings = [self.by_words(documents, body.get("search", ""), searched)]
        for it in body.get("vectorQueries", []):
            need(set(it) <= VECTOR and it["kind"] == "vector" and 1 <= it["k"] <= 1000, "vectorQueries")
            need(fields[it["fields"]]["dimensions"] == len(it["vector"]), "The vector query has another number of dimensions.")
            rankings.append(self.by_vector(documents, it["vector"], it["fields"])[: it["k"]])
        scores = collections.Counter()
        for ranking in rankings:
            for rank, key in enumerate(ranking):
                scores[key] += 1 / (60 + rank + 1)
        best = sorted(scores, key=lambda it: (-scores[it], it))[:top]
        value = [{"@search.score": scores[it]} | {at: documents[it].get(at) for at in selected} for it in best]
        return 200, {"@odata.context": f"{self.url}/indexes('{name}')/$metadata#docs(*)", "value": value}

    def by_words(self, documents, text, fields):
        for key, it in documents.items():
            if self.bags.get(key, (None,))[0] is not it:
                self.bags[key] = it, collections.Counter(words(" ".join(it.get(at) or "" for at in fields)))
        bags = {key: self.bags[key][1] for key in documents}
        average = sum(it.total() for it in bags.values()) / max(1, len(bags))
        scores = collections.Counter()
        for word in set(words(text)):
            having = [key for key, it in bags.items() if word in it]
            weight = math.log(1 + (len(bags) - len(having) + 0.5) / (len(having) + 0.5))
            for key in having:
                count = bags[key][word]
                scores[key] += weight * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * bags[key].total() / average))
        return sorted(scores, key=lambda it: (-scores[it], it))[:1000]

    def by_vector(self, documents, asked, field):
        def cosine(key):
            own = documents[key][field]
            return sum(map(operator.mul, own, asked)) / (math.hypot(*own) * length or 1)

        length = math.hypot(*asked)
        scores = {key: cosine(key) for key in documents}
        return sorted(documents, key=lambda it: (-scores[it], it))
