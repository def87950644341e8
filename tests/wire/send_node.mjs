// Calls every function of a generated file for Node.js, and waits for each message to leave.
// Standard input: {file, capture, functions, handoff}. Segment's address is answered by the capture server; no other is.
import { readFileSync } from "node:fs";

const { file, capture, functions, handoff } = JSON.parse(readFileSync(0, "utf8"));
const reach = globalThis.fetch;
globalThis.fetch = (address, options) => {
  const path = String(address).replace(/^https:\/\/api\.segment\.io/, "");
  if (!path.startsWith("/")) throw new Error(`unexpected address ${address}`);
  return reach(capture + path, options);
};

const app = await import(file);
for (const name of functions) {
  app[name](handoff);
  await app.analytics.flush({ timeout: 30_000 });
}
await app.analytics.closeAndFlush();
console.log(JSON.stringify({ handoff }));
