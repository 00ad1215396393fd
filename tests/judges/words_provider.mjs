// aimock with one fixture: whatever is asked is answered as the prompt's `Missing:` lines say.
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.env.AIMOCK_HOME, "package.json"));
const { LLMock } = require("@copilotkit/aimock");

const text = (content) =>
  typeof content === "string" ? content : (content ?? []).map((it) => it.text ?? "").join("\n");

const names = (line, part) => {
  const found = line.match(new RegExp(`${part} \\(([^)]*)\\)`));
  return found ? found[1].split(", ") : [];
};

const answer = (request) => {
  const user = request.messages.filter((it) => it.role === "user").map((it) => text(it.content)).join("\n");
  const slots = {};
  for (const [, slot, missing] of user.matchAll(/^Slot (s\d+): .*\n(?:Missing|Anew): (.*)$/gm)) {
    const words = {};
    const what = "What the work is done with in this place.";
    const when = "If the work cannot be done.";
    for (const part of missing.split("; ").map((it) => it.split(" ")[0])) {
      const list = { args: what, attributes: what, raises: when, warns: when }[part];
      if (list) words[part] = names(missing, part).map((name) => ({ name, description: list }));
      else if (part === "summary" || part === "description") words[part] = "Do the work that the code shows here.";
      else words[part] = { description: "What came of the work in the end." };
      if (missing.includes(`${part} (with its type)`)) words[part].type = "object";
    }
    slots[slot] = words;
  }
  return { content: JSON.stringify(slots) };
};

const mock = new LLMock({ port: Number(process.argv[2]), host: "127.0.0.1" });
mock.on({ predicate: () => true }, answer);
await mock.start();
console.log("ready");
