"""A provider that speaks OpenAI's chat completions and answers what is asked, after some time."""

import http.server
import json
import socketserver
import threading
import time

# The findings that words mend.
CODES = {f"DG10{it}" for it in range(9)} | {"DG201", "DG208", "DG301", "DG401", "DG501", "DG801", "DG802"}


def answer(schema):
    """An instance of a prompt's schema."""
    slots = {}
    for name, slot in schema["properties"].items():
        words = {}
        for part, shape in slot["properties"].items():
            if shape["type"] == "string":
                words[part] = "Do the work that the code shows here."
            elif shape["type"] == "array":
                text = "If the work cannot be done." if part in ("raises", "warns") else "What the work is done with in this place."
                names = shape["items"]["properties"]["name"]["enum"]
                words[part] = [{"name": it, "description": text} for it in names]
            else:
                words[part] = {"description": "What came of the work in the end."}
                if "type" in shape["properties"]:
                    words[part]["type"] = "object"
        slots[name] = words
    return slots


class Stub:
    """A server on a port of its own."""

    def __init__(self, delay=0.0):
        self.delay, self.asked, self.slots, self.bodies = delay, 0, 0, []
        self.lock = threading.Lock()
        stub = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # Header and body leave in one go: otherwise the client waits for an acknowledgement that is late.
            wbufsize = -1
            disable_nagle_algorithm = True

            def log_message(self, *_):
                pass

            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                text = json.dumps(answer(body["response_format"]["json_schema"]["schema"]))
                with stub.lock:
                    stub.asked += 1
                    stub.slots += len(json.loads(text))
                time.sleep(stub.delay)
                message = {"role": "assistant", "content": text}
                usage = {"prompt_tokens": 1500, "completion_tokens": len(text) // 4}
                reply = {"choices": [{"index": 0, "finish_reason": "stop", "message": message}], "usage": usage}
                out = json.dumps(reply).encode()
                self.send_response(200)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(out)))
                self.end_headers()
                self.wfile.write(out)
                self.wfile.flush()

        class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
            daemon_threads = True
            request_queue_size = 128

        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
