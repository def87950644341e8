// A destination in device mode, built like Segment's own, that writes down the messages it is given.
const integration = require("@segment/analytics.js-integration");

window.delivered = [];

window.classicDestination = (key, takes) => {
  const Destination = integration(key);
  Destination.prototype.initialize = function () {
    this.ready();
  };
  for (const type of takes) {
    Destination.prototype[type] = (message) => window.delivered.push([key, message.json().messageId]);
  }
  return Destination;
};

window.actionsDestination = (key, name, takes) => () => {
  // Segment names a plugin after its destination and its action; an entry in a call may use that name, too.
  const plugin = { name: `${name} ${takes[0]}`, version: "1.0.0", type: "destination", isLoaded: () => true, load: async () => {} };
  for (const type of takes) {
    plugin[type] = (context) => (window.delivered.push([key, context.event.messageId]), context);
  }
  return [plugin];
};
