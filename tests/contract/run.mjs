/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Asks running servers everything that the contract has and holds each answer against it.
 *
 *     node tests/contract/run.mjs NODE BUSY BARE LIMITED
 *
 * URLs of a whole node, of one that takes one request at a time, of one that has never seen a directory (and has no
 * security contact), and of one that lets a client ask once a minute. Exit status 1 with a line for each fault.
 */
import fs from "node:fs";
import { isDeepStrictEqual } from "node:util";
import yaml from "js-yaml";
import { ask } from "./ask.mjs";
import { Contract } from "./contract.mjs";
import { GOOD } from "./questions.mjs";

const [node, busy, bare, limited] = process.argv.slice(2);
const text = fs.readFileSync(new URL("../../api/openapi.yaml", import.meta.url), "utf8");
const document = yaml.load(text, { schema: yaml.CORE_SCHEMA });
const contract = new Contract(document);
const JSON_TYPE = { "Content-Type": "application/json" };
const BAD_KEY = { ...JSON_TYPE, Authorization: "Bearer socio_nonsense" };
const NOBODY = "00000000-0000-4000-8000-000000000000";
const MOST_FAULTS = 4; /* of one answer; one wrong item mostly means all */
const found = new Set();
let answers = 0;

const report = (what, fault) => found.add(`${what}: ${fault}`);

/* One request of an operation; its answer has this status and is as the contract says. */
async function expect(base, operation, status, { id, query, ...request }) {
    const path = operation.path.replace("{id}", id ?? "") + (query ? `?${new URLSearchParams(query)}` : "");
    const answer = await ask(base, { method: operation.method, ...request, path });
    const what = `${request.method ?? operation.method} ${path} ${request.body ?? ""}`.slice(0, 120).trim();
    answers += 1;
    if (answer.status !== status) report(what, `${answer.status} where ${status} is expected: ${answer.body}`.slice(0, 300));
    const faults = contract.faults(operation, { ...answer, method: request.method ?? operation.method });
    for (const fault of faults.slice(0, MOST_FAULTS)) report(what, fault);
    return answer;
}

const in_json = ({ body, headers = {}, ...request }) =>
    body === undefined ? { headers, ...request }
        : { body: JSON.stringify(body), headers: { ...JSON_TYPE, ...headers }, ...request };
const parsed = (answer) => JSON.parse(String(answer.body));

/* The rows of GOOD and the contract's own examples, with the ids that a list names filled in. */
async function good_requests(operation) {
    const rows = [...operation.examples.map((body) => ({ body })), ...(GOOD[operation.id] ?? [])];
    if (rows.length === 0) report(operation.id, "no good request");
    const requests = [];
    for (const { from, pick = (page) => page.contents.map(({ id }) => id), ...row } of rows) {
        const ids = from ? pick(parsed(await ask(node, { path: from }))) : [row.id];
        if (ids.length === 0) report(operation.id, `${from} lists nothing`);
        for (const id of new Set(ids)) requests.push({ ...row, id });
    }
    return requests;
}

async function good(operation) {
    for (const { status = 200, shows, ...row } of await good_requests(operation)) {
        const answer = await expect(node, operation, status, in_json(row));
        if (shows && !(answer.status === status && shows(parsed(answer))))
            report(`${operation.id} ${JSON.stringify(row)}`, "does not show what it is for");
        notices_more(operation, answer);
        if (operation.method === "GET") await same_without_body(operation, status, row, answer);
    }
}

/* HEAD has GET's headers; who has the answer already is told so, with what a cache wants to know. */
const OF_GET = ["content-type", "content-length", "etag", "cache-control", "content-language", "link", "vary"];
const OF_UNCHANGED = ["etag", "cache-control", "vary"];
const CHANGING = new Set(["getMetrics", "getReadiness"]); /* from one second to the next */

async function same_without_body(operation, status, row, answer) {
    const head = await expect(node, operation, status, { ...row, method: "HEAD" });
    if (!CHANGING.has(operation.id)) same_headers(`HEAD ${operation.path}`, OF_GET, head, answer);
    if (!("304" in operation.responses)) return;
    const headers = { ...row.headers, "If-None-Match": answer.headers["etag"] };
    same_headers(`304 ${operation.path}`, OF_UNCHANGED, await expect(node, operation, 304, { ...row, headers }), answer);
}
function same_headers(what, names, { headers }, answer) {
    for (const name of names)
        if (headers[name] !== answer.headers[name]) report(what, `${name} is not that of GET`);
}

/* Every kind of object in a body once: by the names that lead to it. */
function objects(value, place = "", found = new Map()) {
    if (Array.isArray(value)) for (const item of value) objects(item, `${place}[]`, found);
    else if (typeof value === "object" && value !== null) {
        if (!found.has(place)) found.set(place, value);
        for (const [name, member] of Object.entries(value)) objects(member, `${place}/${name}`, found);
    }
    return found;
}

/* Whether the judge notices a field too many, wherever it stands; a judge that does not would let everything pass. */
function notices_more(operation, answer) {
    if (answer.headers["content-type"] !== "application/json" || operation.id === "getContract") return;
    const body = parsed(answer);
    for (const [place, object] of objects(body)) {
        object.nonsense = 1;
        const faults = contract.faults(operation, { ...answer, method: operation.method, body: JSON.stringify(body) });
        if (faults.length === 0) report(`${operation.id} ${place}`, "a field that the contract does not have is not noticed");
        delete object.nonsense;
    }
}

/* An id that lets the request get as far as its fault. */
const some_id = ({ id }) => (id === "getSituation" ? "debt-enforcement" : NOBODY);

async function bad(operation) {
    const id = some_id(operation);
    await expect(node, operation, 400, { id, query: { nonsense: 1 } });
    if (operation.method === "GET") await expect(node, operation, 400, { id, query: { nonsense: 1 }, method: "HEAD" });
    if (operation.path.includes("{id}")) {
        await expect(node, operation, 400, { id: "%ff" });
        await expect(node, operation, 404, { id: operation.id === "getSituation" ? "no-such-situation" : NOBODY });
    }
    if ("401" in operation.responses) await bad_key(operation, id);
    if (operation.method === "POST") await bad_bodies(operation);
    const refused = await expect(node, operation, 405, { id, method: "DELETE" });
    const methods = contract.methods(operation.path);
    const allow = [...(methods.includes("get") ? ["GET", "HEAD"] : []), ...(methods.includes("post") ? ["POST"] : []), "OPTIONS"];
    if (refused.headers["allow"] !== allow.join(", ")) report(operation.path, `Allow: ${refused.headers["allow"]}`);
}

/* Each operation is another client's, because who tries out keys is soon refused. */
let clients = 0;
async function bad_key(operation, id) {
    clients += 1;
    const body = operation.method === "POST" ? "{}" : undefined;
    await expect(node, operation, 401, { id, body, headers: BAD_KEY, client: `127.0.8.${clients}` });
}

async function bad_bodies(operation) {
    await expect(node, operation, 400, { body: "{", headers: JSON_TYPE });
    await expect(node, operation, 415, { body: "{}", headers: { "Content-Type": "text/plain" } });
    await expect(node, operation, 422, { body: '{"nonsense":1}', headers: JSON_TYPE });
    await expect(node, operation, 413, { headers: { ...JSON_TYPE, "Content-Length": 70000 }, withheld: true });
    await expect(node, operation, 417, { body: "{}", headers: { ...JSON_TYPE, "Content-Length": 2, Expect: "nonsense" } });
}

/* What there is on a node without a directory, and what a client may ask however much it has asked. */
const WITHOUT_DIRECTORY = new Set(["getStart", "getApiRoot", "matchServices", "listSituations", "getSituation",
    "getLiveness", "getMetrics", "getContract", "getDocumentation"]);
const SUPERVISION = new Set(["getLiveness", "getReadiness", "getMetrics"]);
const USUAL = { getStart: 307, getSecurityContact: 404 };

async function refused(operation) {
    const request = in_json({ id: some_id(operation), body: operation.examples[0] });
    const usual = USUAL[operation.id] ?? (WITHOUT_DIRECTORY.has(operation.id) ? 200 : 503);
    await expect(bare, operation, usual, request);
    if (!SUPERVISION.has(operation.id)) await expect(limited, operation, 429, request);
}

/* Long stories all at once, until one of them is too much for a node that takes one at a time. */
async function overload(operation) {
    const story = { method: "POST", path: operation.path, headers: JSON_TYPE,
        body: JSON.stringify({ text: "syn bere pernik, dluhy a nemáme kde bydlet ".repeat(200) }) };
    const refused = (all) => all.find(({ status }) => status !== 200);
    let answer;
    for (let round = 0; round < 100 && !answer; round++)
        answer = refused(await Promise.all(Array.from({ length: 16 }, () => ask(busy, story))));
    if (answer?.status !== 503) report(operation.id, `${answer?.status} where 503 is expected`);
    else for (const fault of contract.faults(operation, { ...answer, method: "POST" })) report("overload", fault);
}

const served = parsed(await ask(node, { path: "/openapi.json" }));
if (!isDeepStrictEqual(served, document)) report("/openapi.json", "is not api/openapi.yaml");
for (const operation of contract.operations()) {
    await good(operation);
    await bad(operation);
}
await ask(limited, { path: "/v1" });
for (const operation of contract.operations()) await refused(operation);
await overload(contract.operations().find(({ id }) => id === "matchServices"));
for (const name of contract.unseen()) report(name, "no answer has shown it");

for (const line of found) console.log(line);
console.log(`${answers} answers held against the contract, ${found.size} faults`);
process.exitCode = found.size === 0 ? 0 : 1;
