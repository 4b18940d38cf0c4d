/* SPDX-License-Identifier: EUPL-1.2 */
/* One request over a connection of its own, and all that comes back. */
import http from "node:http";

const PATIENCE_MS = 5000 * Number(process.env["SOCIOPOINT_PATIENCE"] ?? 1);

/*
 * The answer as { status, headers, body }: names of headers in lower case, body as a Buffer. With `withheld` the header
 * section is sent and the body it announces never comes; `client` is the address that asks.
 */
export function ask(base, { method = "GET", path, headers = {}, body, withheld = false, client }) {
    return new Promise((resolve, reject) => {
        const options = { method, path, headers, localAddress: client, agent: false, timeout: PATIENCE_MS };
        const request = http.request(new URL(base), options);
        request.on("error", reject);
        request.on("timeout", () => request.destroy(new Error(`${method} ${path}: no answer in time`)));
        request.on("response", (response) => {
            const pieces = [];
            response.on("error", reject);
            response.on("data", (piece) => pieces.push(piece));
            response.on("end", () => {
                request.destroy();
                resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(pieces) });
            });
        });
        if (withheld) request.flushHeaders();
        else request.end(body);
    });
}
