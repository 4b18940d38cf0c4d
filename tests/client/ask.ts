/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A client as a partner would write one: the types come from the contract, the rest is fetch.
 *
 *     SOCIOPOINT_URL=http://127.0.0.1:8080 node build/client/ask.js
 *
 * Asks the first question of the README and looks at the answer. Exit status 0 when it is a good one, 1 when it is
 * not, 2 when there is no answer.
 */
import type { components, paths } from "./openapi.js";

type MatchOperation = paths["/v1/match"]["post"];
type Question = MatchOperation["requestBody"]["content"]["application/json"];
type Answer = MatchOperation["responses"][200]["content"]["application/json"];
type Problem = components["schemas"]["Problem"];

const base = process.env["SOCIOPOINT_URL"] ?? "http://127.0.0.1:8080";

class Refused extends Error {
    constructor(readonly problem: Problem) {
        super(`${problem.status} ${problem.title}`);
    }
}

async function ask(question: Question, language: "cs" | "en" | "uk"): Promise<Answer> {
    const response = await fetch(`${base}/v1/match`, {
        method: "POST",
        headers: { "Content-Type": "application/json", "Accept-Language": language },
        body: JSON.stringify(question),
    });
    if (!response.ok) throw new Refused((await response.json()) as Problem);
    return (await response.json()) as Answer;
}

/* What is wrong with an answer to the question of the README; empty when nothing is. */
function faults(answer: Answer): string[] {
    const found: string[] = [];
    const expect = (holds: boolean, fault: string): void => {
        if (!holds) found.push(fault);
    };
    expect(answer.situations[0]?.key === "debt-enforcement", "another situation was understood");
    expect(answer.results.length > 0, "there are no results");
    expect(
        answer.results.every((result) => result.reasons.some((reason) => reason.state === "met")),
        "a result has no reason that is met",
    );
    expect(answer.fallback.text !== "", "there is nobody to call");
    expect(!answer.generation.degraded, "the answer is degraded");
    return found;
}

function show(answer: Answer): void {
    for (const line of answer.crisis) console.log(`! ${line.number}  ${line.name}`);
    for (const { service, score, freshness } of answer.results) {
        const phone = service.phones?.[0]?.number ?? service.x_ostrava?.organization_phones?.[0]?.number;
        console.log(`${score}  ${service.name}  ${phone ?? "-"}  (${freshness.text})`);
    }
    for (const question of answer.questions) console.log(`? ${question.text}`);
    console.log(answer.fallback.text);
}

async function main(): Promise<number> {
    const answer = await ask({ situations: ["debt-enforcement"], district: "Slezská Ostrava", age: 34 }, "en");
    show(answer);
    const wrong = faults(answer);
    for (const fault of wrong) console.error(`ask: ${fault}`);
    return wrong.length === 0 ? 0 : 1;
}

main().then(
    (status) => {
        process.exitCode = status;
    },
    (reason: unknown) => {
        if (reason instanceof Refused) {
            console.error(`ask: ${reason.message}`);
            for (const item of reason.problem.problems ?? []) console.error(`ask: ${item.detail}`);
        } else {
            console.error(`ask: ${base} does not answer: ${String(reason)}`);
        }
        process.exitCode = 2;
    },
);
