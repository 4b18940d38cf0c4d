/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * node fastify.mjs SOCKET_FOLDER DATABASE POOL: the two questions answered by Fastify and pg.
 *
 * The same statements as the SQL peer, prepared by their names; PostgreSQL's text is sent as it is. It serves a free
 * port of 127.0.0.1, which it prints, until it is told to end.
 */
import fs from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(process.env.BENCH_MODULES ?? import.meta.url);
const fastify = require("fastify");
const pg = require("pg");

const [socket, database, pool] = process.argv.slice(2);
const database_pool = new pg.Pool({ host: socket, database, user: "sociopoint", max: Number(pool) });
const statement = (name) => fs.readFileSync(new URL(name, import.meta.url), "utf8");
const get = statement("peer_get.sql");
const match = statement("peer_match.sql");

async function ask(reply, name, text, values) {
    const { rows } = await database_pool.query({ name, text, values, rowMode: "array" });
    if (rows.length === 0) return reply.code(404).type("application/json").send("{}");
    return reply.type("application/json").send(rows[0][0]);
}

const server = fastify();
server.get("/v1/services/:id", (request, reply) => ask(reply, "get", get, [request.params.id]));
server.post("/v1/match", (request, reply) =>
    ask(reply, "match", match, [request.body.situations[0], request.body.district, request.body.age]));
await server.listen({ host: "127.0.0.1", port: 0 });
console.log(`port ${server.server.address().port}`);
process.on("SIGTERM", () => process.exit(0));
