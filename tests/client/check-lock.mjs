/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Whether package-lock.json installs everywhere: every package runs on Debian 12's node and on the npm that
 * package.json names, and no entry says from which registry it came. Exit status 1 with a line for each fault.
 */
import fs from "node:fs";
import { createRequire } from "node:module";

const NODE = "18.20.4";
const semver = createRequire(import.meta.url)("semver");
const read = (name) => fs.readFileSync(new URL(`../../${name}`, import.meta.url), "utf8");
const npm = JSON.parse(read("package.json")).packageManager.replace(/^npm@/, "");
const faults = [];

for (const [path, entry] of Object.entries(JSON.parse(read("package-lock.json")).packages)) {
    const name = path || "package.json";
    const { node: wantsNode, npm: wantsNpm } = entry.engines ?? {};
    if (wantsNode && !semver.satisfies(NODE, wantsNode)) faults.push(`${name}: wants node ${wantsNode}`);
    if (wantsNpm && !semver.satisfies(npm, wantsNpm)) faults.push(`${name}: wants npm ${wantsNpm}`);
    if (entry.resolved && !entry.link) faults.push(`${name}: says where it came from`);
    if (path && !entry.link && !entry.integrity) faults.push(`${name}: has no integrity`);
}
for (const fault of faults) console.error(`check-lock: ${fault}`);
process.exitCode = faults.length === 0 ? 0 : 1;
