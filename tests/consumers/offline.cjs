// Refuses every connection that would leave this machine.
const net = require("node:net");

const connect = net.Socket.prototype.connect;

net.Socket.prototype.connect = function (...given) {
  const [options] = Array.isArray(given[0]) ? given[0] : given;
  const host = typeof options === "object" ? (options.path ? "127.0.0.1" : (options.host ?? "127.0.0.1")) : "elsewhere";
  if (host === "127.0.0.1" || host === "localhost" || host === "::1") return connect.apply(this, given);
  process.nextTick(() => this.destroy(new Error(`no connection to ${host}: tests stay on this machine`)));
  return this;
};
