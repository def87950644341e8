// A shop on node:http around generated code for Express: the page, its script, and the relay behind it.
// Standard input: {app, capture, files}, a path and texts. It prints the port that it serves.
import { createServer } from "node:http";
import { createInterface } from "node:readline";

const [line] = await new Promise((given) => createInterface({ input: process.stdin }).once("line", (text) => given([text])));
const { app, capture, files } = JSON.parse(line);
const reach = globalThis.fetch;
globalThis.fetch = (address, options) => reach(String(address).replace("https://api.segment.io", capture), options);

const routes = new Map();
const shop = await import(app);
shop.addRelay({ post: (path, answer) => routes.set(path, answer) }, () => "session-user");

const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, "http://shop.test");
  const route = request.method === "POST" && routes.get(pathname);
  if (!route) {
    const name = pathname.slice(1) in files ? pathname.slice(1) : "page.html";
    response.setHeader("Content-Type", name.endsWith(".js") ? "text/javascript" : "text/html");
    return response.end(files[name]);
  }
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const type = request.headers["content-type"];
  // As much of Express as the generated code uses.
  request.is = (wanted) => wanted === type;
  request.body = request.is("application/json") ? JSON.parse(Buffer.concat(chunks)) : {};
  request.ip = request.socket.remoteAddress;
  response.cookie = (name, value) => response.appendHeader("Set-Cookie", `${name}=${encodeURIComponent(value)}; Path=/; SameSite=Lax`);
  let status;
  response.sendStatus = (code) => (status = code);
  route(request, response);
  await shop.analytics.flush();
  response.writeHead(status).end();
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
