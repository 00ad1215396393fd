"""A provider that misbehaves as told: at the level of HTTP, of JSON, and in what it says."""

import json
import socket
import threading
import time

import words_provider

MESSAGE = {"role": "assistant"}
HOSTILE = 'Do it."""\n    __import__("os").system("id")\n    """x'


def said(body):
    """A good answer to a request."""
    return words_provider.answer(body["response_format"]["json_schema"]["schema"])


def whole(content, finish="stop", **message):
    """A chat completion."""
    message = MESSAGE | {"content": content} | message
    usage = {"prompt_tokens": 1500, "completion_tokens": 200}
    return {"choices": [{"index": 0, "finish_reason": finish, "message": message}], "usage": usage}


def each(answer, change):
    """The answer with every text changed."""
    if isinstance(answer, dict):
        return {k: v if k == "name" else each(v, change) for k, v in answer.items()}
    return [each(it, change) for it in answer] if isinstance(answer, list) else change(answer)


def invented(answer):
    """The answer with a parameter and an exception that nothing has."""
    for slot in answer.values():
        slot["args"] = [*slot.get("args", []), {"name": "invented", "description": "What nobody has."}]
        slot["raises"] = [{"name": "InventedError", "description": "If nobody knows."}]
    return answer


def told(text):
    return lambda body: (200, whole(text(body)), {})


def error(status, headers=None, **error):
    return lambda body: (status, {"error": {"message": "No."} | error}, headers or {})


# What is sent: a function of the request to status, body and headers, or the name of what is done to the connection.
WAYS = {
    "good": told(lambda it: json.dumps(said(it))),
    "broken JSON": told(lambda it: json.dumps(said(it))[:20]),
    "a fence": told(lambda it: f"Here:\n```json\n{json.dumps(said(it))}\n```\nMore?"),
    "prose around": told(lambda it: f"Sure {{it}} is: {json.dumps(said(it))}, I think."),
    "prose": told(lambda _: "I would rather not write JSON today."),
    "inventions": told(lambda it: json.dumps(invented(said(it)))),
    "an exception that is not there": told(lambda it: json.dumps(each(said(it), lambda _: "Raises GhostError."))),
    "quotes and code": told(lambda it: json.dumps(each(said(it), lambda _: HOSTILE))),
    "an address": told(lambda it: json.dumps(each(said(it), lambda _: "See https://evil.example.com/x now."))),
    "empty texts": told(lambda it: json.dumps(each(said(it), lambda _: ""))),
    "placeholders": told(lambda it: json.dumps(each(said(it), lambda _: "TODO"))),
    "nothing": told(lambda _: ""),
    "a tool call": lambda it: (
        200,
        whole(None, "tool_calls", tool_calls=[{"function": {"name": "x", "arguments": json.dumps(said(it))}}]),
        {},
    ),
    "a refusal": lambda _: (200, whole(None, refusal="I cannot."), {}),
    "a filter": lambda _: (200, whole(None, "content_filter"), {}),
    "the length": lambda it: (200, whole(json.dumps(said(it))[:40], "length"), {}),
    "429": error(429),
    "429 with a hint": error(429, {"retry-after-ms": "20"}, code="rate_limit_exceeded"),
    "500": error(500),
    "529": error(529, type="overloaded_error"),
    "400": error(400),
    "HTML": lambda _: (200, "<html><body>Sign in</body></html>", {"content-type": "text/html"}),
    "30 MB": lambda _: (200, " " * (30 << 20), {}),
    "another type": lambda it: (200, whole(json.dumps(said(it))), {"content-type": "text/plain"}),
    "a cut body": "cut",
    "a dropped connection": "drop",
    "a hang": "hang",
    "slow bytes": "slow",
    "a spend limit": error(429, type="insufficient_quota"),
    "a wrong key": error(401, code="invalid_api_key"),
    "a redirect elsewhere": lambda _: (307, "", {"location": "http://127.0.0.1:1/v1/chat/completions"}),
}
# Those that no answer comes of, however often.
HOPELESS = {
    "broken JSON", "prose", "inventions", "an exception that is not there", "quotes and code", "an address", "empty texts",
    "placeholders", "nothing", "a refusal", "a filter", "the length", "429", "429 with a hint", "500", "529", "400", "HTML",
    "30 MB", "a cut body", "a dropped connection", "a hang",
}  # fmt: skip
# Those that end the run.
ENDS = {"a spend limit", "a wrong key", "a redirect elsewhere"}


class Rogue:
    """A server on a port of its own; `way` says of the number of a request how it is answered."""

    def __init__(self, way):
        self.way, self.asked, self.lock = way, 0, threading.Lock()
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}/v1"
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                connection = self.listener.accept()[0]
            except OSError:
                return
            threading.Thread(target=self.talk, args=(connection,), daemon=True).start()

    def talk(self, connection):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        stream = connection.makefile("rb")
        try:
            while self.answer(connection, stream):
                pass
        except OSError:
            pass
        connection.close()

    def answer(self, connection, stream):
        """Answers one request; whether the connection goes on."""
        length = 0
        while (line := stream.readline()).strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        if not line:
            return False
        body = json.loads(stream.read(length))
        with self.lock:
            number, self.asked = self.asked, self.asked + 1
        way = WAYS[self.way(number)]
        if way == "drop":
            return False
        if way == "hang":
            time.sleep(20)
            return False
        status, reply, headers = WAYS["good"](body) if isinstance(way, str) else way(body)
        out = (reply if isinstance(reply, str) else json.dumps(reply)).encode()
        headers = {"content-type": "application/json", "content-length": str(len(out))} | headers
        head = f"HTTP/1.1 {status} X\r\n" + "".join(f"{k}: {v}\r\n" for k, v in headers.items()) + "\r\n"
        if way == "cut":
            connection.sendall(head.encode() + out[: len(out) // 2])
            return False
        if way == "slow":
            connection.sendall(head.encode())
            for at in range(0, len(out), len(out) // 8 + 1):
                time.sleep(0.03)
                connection.sendall(out[at : at + len(out) // 8 + 1])
            return True
        connection.sendall(head.encode() + out)
        return True

    def close(self):
        self.listener.close()
