// What was read from a report, and what follows from it, in words; `facts` are lists of names and codes by property.
import { ask } from "./api.js";
import { day, moment } from "./dates.js";
import { address } from "./dom.js";
import { HOLDING, STANDING, capital, listed, named, says } from "./words.js";

/** What each dimension of a disagreement is about. */
export const DIMENSIONS = {
  holder: "who had the place",
  date: "on which day it was",
  figure: "how many they were",
  victims: "who the victims were",
  period: "which days it is about",
  part: "whether it was the whole or a part",
  happened: "whether it happened, or was so",
};

const SAYS = {
  "control claim": (facts) => says({ ...codes(facts), winners: names(facts.winner), losers: names(facts.loser) }),
  "casualty claim": (facts) => `${[one(facts.countText), one(facts.victims), one(facts.harm)].filter(Boolean).join(" ")}${at(facts)}.`,
  "incident claim": incident,
  statement: (facts) => `“${flat(one(facts.text) ?? "")}”`,
  "control change": change,
  "control period": period,
  "casualty range": range,
  disagreement: (facts) => `${one(facts.atPlace) ? `${capital(named(one(facts.atPlace)))}: two` : "Two"} sides ${facts.apparent?.[0] === "true" ? "only seem to disagree; they differ in" : "disagree on"} ${DIMENSIONS[one(facts.dimension)] ?? one(facts.dimension)}.`,
};

/** A claim, a statement or something derived as a sentence. */
export function sentence(node) {
  return capital(SAYS[node.kind](node.facts));
}

/** A function from a source and the report that it stands in to words; a report that names no source speaks itself. */
export async function speakers() {
  const { rows } = await ask("coverage");
  const titles = new Map(rows.map((row) => [row.document, row.title ?? row.document]));
  return (source, document) => (source === titles.get(document) ? "the report itself" : named(source));
}

/** How far a claim may be taken as having happened, in words; what kind of thing it is where that says nothing. */
export function standing(node) {
  return STANDING[one(node.facts.claimStatus)] ?? node.kind;
}

/** What more there is to know of a claim: pairs of a name and words. */
export function particulars({ node }, report) {
  const { facts } = node;
  const when = moment(one(facts.beginEarliest), one(facts.beginLatest));
  const until = moment(one(facts.endEarliest), one(facts.endLatest));
  return [
    ["According to", [listed(names(facts.accordingTo).map((name) => (name === named(report.title ?? report.document) ? "the report itself" : name))), one(facts.speakerRole) && `(${one(facts.speakerRole)})`].filter(Boolean).join(" ")],
    ["Through", facts.relayedBy ? listed(facts.relayedBy) : null],
    ["In", report.publishers.length ? `${listed(report.publishers)}${report.published ? `, ${day(report.published)}` : ""}` : null],
    ["When", [when && capital(when), one(facts.timeText) && `“${flat(one(facts.timeText))}”`].filter(Boolean).join(", ")],
    ["Until", until && capital(until)],
    ["Loser", facts.presumedLoser ? `Not named; presumably ${listed(names(facts.presumedLoser))}` : null],
    ["Blamed", facts.blamed ? capital(listed(names(facts.blamed))) : null],
    ["Said on", facts.saidOn ? day(one(facts.saidOn)) : null],
    ["The report adds", facts.note ? `“${listed(facts.note)}”` : null],
    ["Rule", one(facts.rule)],
  ].filter(([, value]) => value);
}

/** The address of the view that shows something derived. */
export function derivedAddress(node) {
  const place = node.place_id;
  switch (node.kind) {
    case "control period":
      return place && address("timeline", { place, period: node.iri });
    case "control change":
      return place && address("timeline", { place });
    case "casualty range":
      return address("figures", { place, range: node.iri });
    default:
      return address("disagreements", { place, disagreement: node.iri });
  }
}

function codes(facts) {
  return { place: one(facts.atPlace), kind: one(facts.controlKind), status: one(facts.claimStatus), extent: one(facts.extent) };
}

function incident(facts) {
  const kind = one(facts.incidentKind).replace(/_/g, " ");
  const where = one(facts.atPlace) ? ` ${facts.nearby?.[0] === "true" ? "near" : "at"} ${named(one(facts.atPlace))}` : "";
  const [agents, targets] = [names(facts.agent), names(facts.target)];
  const means = one(facts.means) ? ` (${one(facts.means).replace(/_/g, " ")})` : "";
  const sides = [agents.length && `by ${listed(agents)}`, targets.length && `against ${listed(targets)}`].filter(Boolean).join(" ");
  return `${kind}${means}${where}${sides && `, ${sides}`}.`;
}

function change(facts) {
  const when = moment(one(facts.beginEarliest), one(facts.beginLatest));
  const part = one(facts.extent) === "partial" ? "part of " : "";
  const to = facts.winner ? ` to ${listed(names(facts.winner))}` : "";
  const from = facts.loser ? ` from ${listed(names(facts.loser))}` : "";
  return `${part}${named(one(facts.atPlace))} passed${from}${to}${when ? ` ${when}` : ""} (${one(facts.basis)}).`;
}

function period(facts) {
  const status = HOLDING[one(facts.holding)] ?? one(facts.holding);
  const [since, until] = ["since", "until"].map((word) => moment(one(facts[`${word}Earliest`]), one(facts[`${word}Latest`])));
  const who = facts.holder ? named(one(facts.holder)) : "nobody known";
  return `${named(one(facts.atPlace))}: ${who}, ${status}${one(facts.basis) ? ` (${one(facts.basis)})` : ""}${since ? `, begun ${since}` : ""}${until ? `, ended ${until}` : ""}.`;
}

function range(facts) {
  const [low, best, high] = ["low", "best", "high"].map((bound) => one(facts[bound]));
  const figures = [low && `at least ${number(low)}`, best && `best ${number(best)}`, high && `at most ${number(high)}`].filter(Boolean);
  return `${[one(facts.victims) ?? "people", one(facts.harm)].join(" ")}${at(facts)}: ${figures.join(", ")}.`;
}

/** "24,000". */
export function number(value) {
  return Number(value).toLocaleString("en");
}

function at(facts) {
  return one(facts.atPlace) ? ` at ${named(one(facts.atPlace))}` : "";
}

function names(values) {
  return (values ?? []).map(named);
}

function one(values) {
  return values?.[0] ?? null;
}

function flat(text) {
  return text.replace(/\s+/g, " ").trim();
}
