// Put requests through generated code for Express. Standard input: a list of {code, request}, code being a module's path and
// the request {peer, headers, body, now, session_user}. It prints what readHandoff makes of each.
// Here, requests are shaped as Node.js and express.json() shape them; tests/wire/express_vectors.mjs has the real ones.
import { readFileSync } from "node:fs";

const ONCE = ["content-type", "referer", "user-agent"];

export function headersOf(pairs) {
  const headers = {};
  for (const [name, value] of pairs.map(([name, value]) => [name.toLowerCase(), value])) {
    if (!(name in headers)) headers[name] = value;
    else if (!ONCE.includes(name)) headers[name] += (name === "cookie" ? "; " : ", ") + value;
  }
  return headers;
}

function bodyOf(headers, body) {
  try {
    return /^application\/json\b/i.test(headers["content-type"]) ? JSON.parse(body) : undefined;
  } catch {
    return undefined;
  }
}

const told = [];
for (const { code, request } of JSON.parse(readFileSync(0, "utf-8"))) {
  const { readHandoff } = await import(code);
  const headers = headersOf(request.headers);
  Date.now = () => request.now;
  told.push(readHandoff({ headers, ip: request.peer, body: bodyOf(headers, request.body) }, request.session_user));
}
console.log(JSON.stringify(told));
