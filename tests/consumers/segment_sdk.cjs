// Runs calls of Segment's public API SDK against a server on this machine, and checks values against the SDK's models.
//
// Standard input is a JSON object: "url", "token", "plan", "calls" (a list of [function, argument]), "values" (a list of
// [model, value]). It prints "replies", the body of each reply as it came, and "problems", what the models do not accept.
// The SDK itself drops unknown members and never misses one; so this file reads its maps of types and its declarations.
const { readFileSync } = require("node:fs");
const { dirname, join } = require("node:path");

const sdk = require("@segment/public-api-sdk-typescript");

const folder = join(dirname(require.resolve("@segment/public-api-sdk-typescript")), "model");
const problems = [];

function requiredMembers(model) {
  const file = `${model[0].toLowerCase()}${model.slice(1)}.d.ts`;
  const declared = readFileSync(join(folder, file), "utf8").matchAll(/^ {4}'(\w+)'(\??): /gm);
  return [...declared].filter(([, , optional]) => !optional).map(([, name]) => name);
}

function check(value, type, where) {
  const list = /^Array<(.+)>$/.exec(type);
  if (type === "any") return;
  if (list) {
    if (!Array.isArray(value)) problems.push(`${where}: no list`);
    else value.forEach((each, index) => check(each, list[1], `${where}/${index}`));
  } else if (["string", "number", "boolean"].includes(type)) {
    if (typeof value !== type) problems.push(`${where}: no ${type}`);
  } else if (type.includes(".")) {
    const [model, name] = type.split(".");
    if (!(value in sdk[model][name])) problems.push(`${where}: ${value} is no ${type}`);
  } else {
    checkObject(value, type, where);
  }
}

function checkObject(value, model, where) {
  const types = new Map(sdk[model].getAttributeTypeMap().map((each) => [each.baseName, each.type]));
  for (const name of requiredMembers(model)) if (!(name in value)) problems.push(`${where}: no ${name}`);
  for (const [name, member] of Object.entries(value)) {
    if (!types.has(name)) problems.push(`${where}: ${name} is unknown`);
    else check(member, types.get(name), `${where}/${name}`);
  }
}

const ARGUMENTS = {
  createTrackingPlan: "CreateTrackingPlanV1Input",
  listRulesFromTrackingPlan: "PaginationInput",
  removeRulesFromTrackingPlan: "Array<RemoveRuleV1>",
  updateRulesInTrackingPlan: "UpdateRulesInTrackingPlanV1Input",
};

async function main({ url, token, plan, calls = [], values = [] }) {
  const api = new sdk.TrackingPlansApi(url);
  api.accessToken = token;
  const replies = [];
  for (const [name, argument] of calls) {
    check(argument, ARGUMENTS[name], name);
    const before = name === "createTrackingPlan" ? [] : [plan];
    const { response } = await api[name](...before, argument);
    const model = `${name[0].toUpperCase()}${name.slice(1)}200Response`;
    check(response.body, model, `reply to ${name}`);
    replies.push(response.body);
  }
  values.forEach(([model, value], index) => check(value, model, `${index}`));
  process.stdout.write(JSON.stringify({ replies, problems }));
}

main(JSON.parse(readFileSync(0, "utf8")));
