/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Good requests of each operation beside the examples of the contract. `shows` says what the answer must have, so that
 * a row does not silently turn into another one that shows less.
 */
const some = (list) => Array.isArray(list) && list.length > 0;
const text_of = (text, more = {}) => ({ body: { text, ...more } });

const MATCH = [
    { ...text_of("dostal jsem exekuci a nemám na nájem"), shows: (a) => a.understood.state === "sure" && some(a.results) },
    { ...text_of("nemam kde dnes spat", { language: "cs" }), shows: (a) => a.language === "cs" && some(a.crisis) },
    { ...text_of("muž ma bije, bojím sa ísť domov"), shows: (a) => some(a.crisis) },
    { ...text_of("чоловік мене б'є, боюся йти додому", { language: "uk" }), shows: (a) => a.language === "uk" && some(a.crisis) },
    { ...text_of("I lost my job and cannot pay the rent", { language: "en" }), shows: (a) => a.language === "en" && some(a.situations) },
    { ...text_of("chci umřít"), shows: (a) => some(a.crisis) },
    { ...text_of("kolik stojí lístek do kina"), shows: (a) => a.understood.state === "none" },
    { ...text_of("zkouška hodin a volných míst"), shows: (a) => a.understood.state !== "none" || a.results.length > 0 },
    { ...text_of("hledám Jekhetane"), shows: (a) => a.results.some((result) => some(result.named)) },
    { ...text_of("jsem máma, 27 let, mám tříletého syna a nemáme kde bydlet"), shows: (a) => some(a.understood.people.ages) && some(a.understood.people.words) },
    { ...text_of("muj syn bere pernik ".repeat(400)), shows: (a) => a.understood.cut },
    { ...text_of("exekutor", { situations: ["debt-enforcement"] }), shows: (a) => a.situations.length >= 1 },
    {
        body: { situations: ["early-childhood-development"], ages: [40], with_children: false },
        shows: (a) => a.results.length === 0 && some(a.near_misses) && some(a.suggestions) && a.fallback.phone,
    },
    { body: { situations: ["leaving-care"], municipality: "brno" }, shows: (a) => a.fallback.kind === "lines" },
    { body: { situations: ["preschool-preparation"] }, shows: (a) => a.results.some((result) => some(result.events)) },
    { body: { situations: ["debt-enforcement"], limit: 50, open_at: "2026-12-24T10:00" }, shows: (a) => some(a.questions) },
    {
        body: { situations: ["debt-enforcement"], open_at: "now", lat: 49.83, lon: 18.28, radius_m: 100000, limit: 50 },
        shows: (a) => a.results.some((result) => result.distance?.from === "place"),
    },
    {
        body: {
            situations: ["roofless-tonight"], age: 44, sex: "male", target_groups: ["homeless"],
            circumstances: { "active-addiction": true, residence: false }, forms: ["residential"], languages: ["cs", "uk"],
            accessibility: ["wheelchair"], free_of_charge: true, with_capacity: true, locality: "Přívoz",
        },
        shows: (a) => a.crisis !== undefined,
    },
];

const LISTS = [{}, { per_page: 2, page: 2 }, { page: 1000000 }, { format: "ndjson" }, { search: "a" }];
const queries = (...more) => [...LISTS, ...more].map((query) => ({ query }));
const bodies = (...more) => [{ body: undefined }, ...[...LISTS, ...more].map((body) => ({ body }))];
const services = [{ full: true, per_page: 100 }, { minimal: true }, { municipality: "brno" }, { modified_after: "2020-01-01" },
    { format: "ndjson", full: true }];
const organizations = [{ full: true }, { full_service: true }, { full: true, full_service: true }];
const places = [{ postcode: "702 00" }, { full: true, per_page: 100 }];
const terms = [{ top_only: true }];
const in_each = (requests) => ["cs", "en", "uk"].flatMap((language) =>
    requests.map((request) => ({ ...request, headers: { "Accept-Language": language } })));

export const GOOD = {
    getStart: [{ status: 307 }],
    getApiRoot: [{}],
    matchServices: MATCH,
    suggest: [
        { body: { text: "" }, shows: (a) => a.items.length === 0 },
        { body: { text: "exek" }, shows: (a) => a.items.some((item) => item.kind === "situation") },
        { body: { text: "jekheane" }, shows: (a) => a.items.some((item) => item.kind === "organization") },
        { body: { text: "azylov" }, shows: (a) => a.items.some((item) => item.kind === "service") },
        { body: { text: "porub" }, shows: (a) => a.items.some((item) => item.kind === "place") },
        { body: { text: "житло", language: "uk", limit: 2 }, shows: (a) => a.language === "uk" && a.items.length <= 2 },
        { body: { text: "debt", language: "en" }, shows: (a) => a.language === "en" },
    ],
    listSituations: in_each([{}, { query: { municipality: "brno" } }]),
    getSituation: in_each([{ id: "debt-enforcement" }, { id: "domestic-violence" }]),
    listEvents: in_each([
        { shows: (a) => some(a.contents) },
        { query: { from: "2026-12-01", to: "2027-11-30", per_page: 5, page: 2 }, shows: (a) => a.size === 5 },
        { query: { municipality: "ostrava", district: "slezska-ostrava", situation: "preschool-preparation" } },
    ]),
    getCalendar: in_each([{}, { query: { municipality: "ostrava" } }]),
    getEvent: [{ from: "/v1/events", pick: (a) => a.contents.map((item) => item.event.id) }],
    getEventCalendar: in_each([{ from: "/v1/events", pick: (a) => a.contents.map((item) => item.event.id) }]),
    listServices: queries(...services),
    searchServices: bodies(...services),
    getService: [{ from: "/v1/services?per_page=100" }, { from: "/v1/services?search=zkou%C5%A1ka+hodin" }],
    listOrganizations: queries(...organizations),
    searchOrganizations: bodies(...organizations),
    getOrganization: [{ from: "/v1/organizations?per_page=20" }, { from: "/v1/organizations?per_page=20", query: { full_service: true } }],
    listServiceAtLocations: queries(...places),
    searchServiceAtLocations: bodies(...places),
    getServiceAtLocation: [{ from: "/v1/service_at_locations?per_page=50" },
        { from: "/v1/service_at_locations?search=zkou%C5%A1ka+hodin" }],
    listTaxonomies: in_each(queries()),
    searchTaxonomies: in_each(bodies()),
    getTaxonomy: in_each([{ from: "/v1/taxonomies" }]),
    listTaxonomyTerms: in_each(queries(...terms)),
    searchTaxonomyTerms: in_each(bodies(...terms)),
    getTaxonomyTerm: in_each([{ from: "/v1/taxonomy_terms?per_page=20" }]),
    getLiveness: [{}],
    getReadiness: [{}],
    getMetrics: [{}],
    getContract: [{}],
    getDocumentation: [{}],
    getSecurityContact: [{}],
};
