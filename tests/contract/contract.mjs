/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The contract as a judge of answers: status, Content-Type, headers and body are held against what the operation says
 * for that status. Objects that the contract leaves open for others are closed here, because this server may not say
 * anything that its own contract does not have.
 */
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

/* Headers of every answer, which are no matter of one operation. */
const GENERAL =
    /^(date|connection|keep-alive|content-(length|type|security-policy)|x-request-id|x-content-type-options|referrer-policy|permissions-policy|ratelimit(-policy)?|access-control-[a-z-]+)$/;

/* Where a header that the contract names may be absent; everywhere else it must be there. */
const ABSENT = {
    allow: ({ status }) => status !== 405,
    link: ({ method, type }) => method === "POST" || type === "application/x-ndjson",
    vary: ({ status }) => status === 304, /* as the whole answer has it, which run.mjs compares */
    "retry-after": ({ status }) => status !== 429 && status !== 503,
};

const COMPONENTS = "#/components/schemas/";
const NOTES = new Set(["default", "example", "examples"]);
const VALUES = new Set(["const", "enum"]);
const leaves_open = (schema) =>
    "allOf" in schema || ("properties" in schema && !("additionalProperties" in schema));

/*
 * The schema with every object closed. A part of an allOf stays open, for the whole is closed; so each component is
 * there twice.
 */
function closed(schema, whole = true) {
    if (Array.isArray(schema)) return schema.map((item) => closed(item));
    if (typeof schema !== "object" || schema === null) return schema;
    const result = {};
    for (const [keyword, value] of Object.entries(schema)) {
        if (NOTES.has(keyword)) continue;
        if (VALUES.has(keyword)) result[keyword] = value;
        else if (keyword === "$ref") result.$ref = value.replace(COMPONENTS, `contract:#/$defs/${whole ? "whole" : "part"}-`);
        else if (keyword === "allOf") result.allOf = value.map((part) => closed(part, false));
        else if (keyword === "properties") result.properties = closed_each(value);
        else result[keyword] = closed(value);
    }
    if (whole && leaves_open(schema)) result.unevaluatedProperties = false;
    return result;
}
const closed_each = (schemas) =>
    Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, closed(schema)]));

function definitions(schemas) {
    const result = {};
    for (const [name, schema] of Object.entries(schemas)) {
        result[`whole-${name}`] = closed(schema);
        result[`part-${name}`] = closed(schema, false);
    }
    return result;
}

export class Contract {
    #document;
    #ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, strictRequired: false });
    #validators = new Map();
    #seen = new Set();

    constructor(document) {
        this.#document = document;
        addFormats.default(this.#ajv);
        this.#ajv.addSchema({ $id: "contract:", $defs: definitions(document.components.schemas) });
    }

    /* Each as { id, method, path, post, responses, examples }. */
    operations() {
        const result = [];
        for (const [path, item] of Object.entries(this.#document.paths))
            for (const method of ["get", "post"])
                if (item[method]) result.push(this.#operation(path, method, item[method]));
        return result;
    }
    #operation(path, method, { operationId, responses, requestBody }) {
        const examples = requestBody?.content["application/json"].examples ?? {};
        return {
            id: operationId, method: method.toUpperCase(), path, responses,
            examples: Object.values(examples).map(({ value }) => value),
        };
    }

    /* The methods that the contract has for a path. */
    methods(path) {
        return Object.keys(this.#document.paths[path]).filter((name) => name === "get" || name === "post");
    }

    /* What is wrong with the answer, as sentences; an answer without a fault counts as seen. */
    faults(operation, { method, status, headers, body }) {
        const said = status in operation.responses ? String(status) : "default";
        const response = this.#resolved(operation.responses[said]);
        const type = headers["content-type"]?.split(";")[0] ?? "";
        const found = [
            ...this.#faults_of_headers(response.headers ?? {}, headers, { method, status, type }),
            ...this.#faults_of_content(response.content, type, body, method === "HEAD"),
        ];
        if (found.length === 0) this.#seen.add(`${operation.id} ${said}`);
        return found;
    }

    /* Which statuses of which operations no answer has shown yet. */
    unseen() {
        return this.operations()
            .flatMap(({ id, responses }) => Object.keys(responses).map((status) => `${id} ${status}`))
            .filter((name) => !this.#seen.has(name));
    }

    #resolved(thing) {
        if (!thing.$ref) return thing;
        return thing.$ref.slice(2).split("/").reduce((node, name) => node[name], this.#document);
    }

    #faults_of_headers(named, headers, answer) {
        const found = [];
        const names = new Map(Object.entries(named).map(([name, header]) => [name.toLowerCase(), header]));
        for (const name of Object.keys(headers))
            if (!GENERAL.test(name) && !names.has(name)) found.push(`header ${name} is not in the contract`);
        for (const [name, header] of names) {
            if (headers[name] === undefined) {
                if (!ABSENT[name]?.(answer)) found.push(`header ${name} is missing`);
                continue;
            }
            const { schema } = this.#resolved(header);
            const value = schema.type === "integer" ? Number(headers[name]) : headers[name];
            found.push(...this.#faults_of_value(schema, value).map((fault) => `header ${name}: ${fault}`));
        }
        return found;
    }

    #faults_of_content(content, type, body, is_head) {
        if (content === undefined || is_head) {
            const found = body.length > 0 ? ["a body where there is none"] : [];
            return content === undefined && type ? [...found, "a Content-Type without a body"] : found;
        }
        if (!(type in content)) return [`Content-Type ${type} is not in the contract`];
        const { schema } = content[type];
        if (type === "application/x-ndjson") return this.#faults_of_lines(content, body);
        if (!type.endsWith("json")) return this.#faults_of_value(schema, String(body));
        return this.#faults_of_json(schema, String(body));
    }

    /* Each line is an item of the page that the same answer is as JSON. */
    #faults_of_lines(content, body) {
        const page = this.#resolved(content["application/json"].schema);
        const { items } = page.allOf.at(-1).properties.contents;
        const lines = String(body).split("\n");
        if (lines.pop() !== "") return ["the last line has no end"];
        return lines.flatMap((line) => this.#faults_of_json(items, line));
    }

    #faults_of_json(schema, text) {
        try {
            return this.#faults_of_value(schema, JSON.parse(text));
        } catch (error) {
            return [`no JSON: ${error.message}`];
        }
    }

    #faults_of_value(schema, value) {
        let validate = this.#validators.get(schema);
        if (!validate) this.#validators.set(schema, (validate = this.#ajv.compile(closed(schema))));
        if (validate(value)) return [];
        return validate.errors.map(
            ({ instancePath, message, params }) => `${instancePath || "/"} ${message} ${JSON.stringify(params)}`,
        );
    }
}
