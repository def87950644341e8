// A React Native app around a generated file: device-mode destinations that write down what they are given.
// Standard input: {capture, functions, destinations}. Segment's addresses are answered by the capture server; no other is.
import { readFileSync } from "node:fs";
import { DestinationPlugin } from "@segment/analytics-react-native";

const { capture, functions, destinations } = JSON.parse(readFileSync(0, "utf8"));
const reach = globalThis.fetch;
globalThis.fetch = (address, options) => {
  const path = String(address).replace(/^https:\/\/(api\.segment\.io|cdn-settings\.segment\.com)/, "");
  if (!path.startsWith("/")) throw new Error(`unexpected address ${address}`);
  return reach(capture + path, options);
};

const delivered = [];

class DeviceDestination extends DestinationPlugin {
  constructor(key, takes) {
    super();
    this.key = key;
    for (const type of takes) {
      this[type] = (event) => (delivered.push([key, event.messageId]), event);
    }
  }
}

const app = await import("generated");
for (const [key, takes] of destinations) {
  app.analytics.add({ plugin: new DeviceDestination(key, takes) });
}
await app.analytics.init();
for (const name of functions) {
  app[name]();
  await until(async () => (await app.analytics.pendingEvents()) > 0);
  await app.analytics.flush();
}
console.log(JSON.stringify({ delivered }));
process.exit(0);

async function until(happened) {
  for (let tries = 0; tries < 400 && !(await happened()); tries += 1) await new Promise((resolve) => setTimeout(resolve, 5));
}
