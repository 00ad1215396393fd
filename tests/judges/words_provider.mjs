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
  for (const [, slot, missing] of user.matchAll(/^Slot (s\d+): .*\nMissing: (.*)$/gm)) {
    const words = {};
    if (/\bsummary\b/.test(missing)) words.summary = "Do the work that the code shows here.";
    const args = names(missing, "args");
    const what = "What the work is done with in this place.";
    if (args.length) words.args = args.map((name) => ({ name, description: what }));
    if (/(^|; )returns/.test(missing)) words.returns = { description: "What came of the work in the end." };
    if (/(^|; )yields/.test(missing)) words.yields = { description: "One part of the work after another." };
    const raises = names(missing, "raises");
    if (raises.length) words.raises = raises.map((name) => ({ name, description: "If the work cannot be done." }));
    slots[slot] = words;
  }
  return { content: JSON.stringify(slots) };
};

const mock = new LLMock({ port: Number(process.argv[2]), host: "127.0.0.1" });
mock.on({ predicate: () => true }, answer);
await mock.start();
console.log("ready");
