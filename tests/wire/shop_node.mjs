// A shop in Express around generated code: the page, its script, and the relay behind it.
// Standard input: {app, capture, files}, a path and texts. It prints the port that it serves.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const [line] = await new Promise((given) => createInterface({ input: process.stdin }).once("line", (text) => given([text])));
const { app, capture, files } = JSON.parse(line);
const express = createRequire(app)("express");
const reach = globalThis.fetch;
globalThis.fetch = (address, options) => reach(String(address).replace("https://api.segment.io", capture), options);

const generated = await import(app);
const shop = express();
shop.use(express.json());
shop.use((request, response, next) => {
  const answer = response.sendStatus.bind(response);
  response.sendStatus = (code) => generated.analytics.flush().then(() => answer(code));
  next();
});
generated.addRelay(shop, () => "session-user");
shop.get("/{*path}", (request, response) => {
  const name = request.path.slice(1) in files ? request.path.slice(1) : "page.html";
  response.type(name.endsWith(".js") ? "text/javascript" : "text/html").send(files[name]);
});
const server = shop.listen(0, "127.0.0.1", () => console.log(server.address().port));
