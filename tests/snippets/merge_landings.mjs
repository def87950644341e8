// Put landings through the generated code of the page. Standard input: {code, landings}. It prints what is kept of each.
import { readFileSync } from "node:fs";

const { code, landings } = JSON.parse(readFileSync(0, "utf-8"));
const nowhere = { getItem: () => null, setItem: () => {}, removeItem: () => {} };
Object.assign(globalThis, {
  document: { cookie: "", referrer: "", title: "" },
  location: new URL("https://shop.example/"),
  sessionStorage: nowhere,
  localStorage: nowhere,
});
const { mergeLanding } = await import(code);
console.log(JSON.stringify(landings.map(({ stored, url, referrer, now }) => mergeLanding(stored, url, referrer, now))));
