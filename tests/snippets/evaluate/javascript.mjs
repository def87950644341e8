// Runs each line of standard input, a JSON text of code, and prints which calls it made.
import { createInterface } from "node:readline";

for await (const line of createInterface({ input: process.stdin })) {
  const calls = [];
  const analytics = new Proxy({}, { get: (_, method) => (...args) => void calls.push([method, ...args.map(resolved)]) });
  const handoff = JSON.parse(process.env.HANDOFF);
  const crypto = { randomUUID: () => "shared-id" };
  try {
    new Function("analytics", "handoff", "crypto", `"use strict";${JSON.parse(line)}`)(analytics, handoff, crypto);
    console.log(JSON.stringify({ calls }));
  } catch (error) {
    console.log(JSON.stringify({ error: String(error) }));
  }
}

// A closure is called with an event, and stands for what it makes of it.
function resolved(argument) {
  return typeof argument === "function" ? argument({}) : argument;
}
