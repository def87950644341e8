// Put requests through generated code in a real Express app, over a socket. Standard input: a list of {code, request}, as
// tests/snippets/read_requests.mjs has it. It prints what readHandoff makes of each.
import { readFileSync } from "node:fs";
import { createServer, request as ask } from "node:http";
import { createRequire } from "node:module";

const express = createRequire(import.meta.url)("express");
const asked = JSON.parse(readFileSync(0, "utf-8"));
const readers = new Map();
for (const { code } of asked) readers.set(code, (await import(code)).readHandoff);

const app = express();
app.use((request, response, next) => {
  const { request: vector } = asked[Number(request.url.slice(1))];
  // The test's socket comes from this machine; the visitor's from where the vector says.
  Object.defineProperty(request.socket, "remoteAddress", { value: vector.peer || undefined, configurable: true });
  Date.now = () => vector.now;
  next();
});
app.use(express.json());
// What is no JSON is as if nothing was sent.
app.use((error, request, response, next) => next());
app.post("/:number", (request, response) => {
  const { code, request: vector } = asked[request.params.number];
  response.json(readers.get(code)(request, vector.session_user));
});

const server = createServer(app).listen(0, "127.0.0.1");
await new Promise((ready) => server.once("listening", ready));

function tell({ request: { headers, body = "" } }, number) {
  const length = ["Content-Length", String(Buffer.byteLength(body))];
  const options = {
    host: "127.0.0.1", port: server.address().port, path: `/${number}`, method: "POST", agent: false,
    headers: ["Host", "shop.test", ...headers.flat(), ...length],
  };
  return new Promise((answered, failed) => {
    const request = ask(options, async (response) => {
      const chunks = [];
      for await (const chunk of response) chunks.push(chunk);
      answered(JSON.parse(Buffer.concat(chunks)));
    });
    request.on("error", failed);
    request.end(body);
  });
}

const told = [];
for (const [number, each] of asked.entries()) told.push(await tell(each, number));
console.log(JSON.stringify(told));
server.close();
