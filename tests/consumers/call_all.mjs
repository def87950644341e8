// Calls every function of a client that Typewriter made for Node.js, and prints the names of the events that it sends.
const { setTypewriterOptions, default: _, ...functions } = await import(process.argv[2]);
const names = [];
setTypewriterOptions({ analytics: { track: (message) => names.push(message.event) } });
const calls = Object.values(functions).filter((each) => typeof each === "function");
for (const call of calls) call({ userId: "u", properties: {} });
process.stdout.write(JSON.stringify(names));
