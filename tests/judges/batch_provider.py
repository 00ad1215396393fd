"""A provider of jobs: OpenAI's and Azure's files and batches, Anthropic's batches of messages, answered as asked."""

import http.server
import json
import re
import socketserver
import threading

import words_provider

END = {"completed": "ended", "expired": "ended", "cancelled": "ended", "cancelling": "canceling"}


class Desk:
    """A server on a port of its own. What is sent is kept in files below `folder`, not in memory."""

    def __init__(self, folder, answers=True):
        self.folder, self.answers = folder, answers
        self.status, self.jobs, self.lines = "in_progress", {}, []
        self.lock = threading.Lock()
        # Names of requests that are not answered, and why.
        self.faults = {}
        desk = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1

            def log_message(self, *_):
                pass

            def do_GET(self):
                desk.serve(self)

            do_POST = do_GET

        class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
            daemon_threads = True

        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def serve(self, handler):
        """One exchange."""
        path = handler.path.split("?")[0]
        with self.lock:
            self.lines.append(f"{handler.command} {handler.path}")
        length = int(handler.headers.get("content-length") or 0)
        name = path.rsplit("/", 1)[-1]
        if handler.command == "POST" and name == "files":
            number = self.keep(handler, length)
            reply = {"id": f"file-{number}", "object": "file", "status": "processed"}
        elif handler.command == "POST" and name == "batches":
            if "/messages/" in path:
                number = self.keep(handler, length)
            else:
                number = int(json.loads(handler.rfile.read(length))["input_file_id"].rsplit("-", 1)[-1])
            self.jobs[number] = "messages" if "/messages/" in path else "files"
            reply = self.job(number)
        else:
            handler.rfile.read(length)
            number = int((re.findall(r"[-_](\d+)", path) or ["0"])[-1])
            if number not in self.jobs:
                return self.send(handler, b'{"error": {"message": "No such job", "code": "not_found"}}', 404)
            if name in ("content", "results"):
                return self.send(handler, b"".join(self.results(number, "errors" in path)))
            if name == "cancel":
                self.status = "cancelling"
            reply = self.job(number)
        return self.send(handler, json.dumps(reply).encode())

    def send(self, handler, body, status=200):
        """A response."""
        handler.send_response(status)
        handler.send_header("content-type", "application/json")
        handler.send_header("content-length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)
        handler.wfile.flush()

    def keep(self, handler, length):
        """Keeps what is sent; its number."""
        with self.lock:
            number = len(list(self.folder.iterdir())) + 1
            path = self.folder / str(number)
            path.touch()
        with open(path, "wb") as file:
            while length:
                part = handler.rfile.read(min(length, 1 << 20))
                length -= len(part)
                file.write(part)
        return number

    def items(self, number):
        """The requests of a job."""
        raw = (self.folder / str(number)).read_bytes()
        if self.jobs.get(number) == "messages":
            return json.loads(raw)["requests"]
        file = raw.split(b"application/jsonl\r\n\r\n", 1)[1].rsplit(b"\r\n--", 1)[0]
        return [json.loads(it) for it in file.decode().splitlines()]

    def job(self, number):
        """What is said of a job."""
        has_ended = END.get(self.status) == "ended"
        total = len(self.items(number)) if self.answers else 0
        if self.jobs[number] == "messages":
            counts = {"processing": 0 if has_ended else total, "succeeded": total if has_ended else 0}
            return {
                "id": f"msgbatch_{number}", "type": "message_batch", "processing_status": END.get(self.status, "in_progress"),
                "request_counts": counts | {"errored": 0, "canceled": 0, "expired": 0},
                "results_url": "https://example.org/results" if has_ended else None,
            }  # fmt: skip
        return {
            "id": f"batch_{number}", "object": "batch", "status": self.status,
            "output_file_id": f"file-out-{number}" if has_ended else None,
            "error_file_id": f"file-errors-{number}" if has_ended else None,
            "request_counts": {"total": total, "completed": total if has_ended else 0, "failed": 0},
        }  # fmt: skip

    def results(self, number, is_errors):
        """The lines of a result, the last request first."""
        for item in reversed(self.items(number)):
            fault = self.faults.get(item["custom_id"])
            if "params" in item:
                yield self.message(item, fault)
            elif bool(fault) == is_errors:
                yield self.completion(item, fault)

    def completion(self, item, fault):
        """A line of OpenAI's."""
        line = {"custom_id": item["custom_id"], "response": None, "error": {"code": fault, "message": fault}}
        if not fault:
            text = json.dumps(words_provider.answer(item["body"]["response_format"]["json_schema"]["schema"]))
            message = {"role": "assistant", "content": text}
            usage = {"prompt_tokens": 1500, "completion_tokens": len(text) // 4}
            body = {"choices": [{"index": 0, "finish_reason": "stop", "message": message}], "usage": usage}
            line |= {"response": {"status_code": 200, "body": body}, "error": None}
        return json.dumps(line).encode() + b"\n"

    def message(self, item, fault):
        """A line of Anthropic's."""
        result = {"type": fault}
        if not fault:
            text = json.dumps(words_provider.answer(item["params"]["output_config"]["format"]["schema"]))
            usage = {"input_tokens": 1500, "output_tokens": len(text) // 4}
            message = {"type": "message", "content": [{"type": "text", "text": text}], "stop_reason": "end_turn", "usage": usage}
            result = {"type": "succeeded", "message": message}
        return json.dumps({"custom_id": item["custom_id"], "result": result}).encode() + b"\n"
