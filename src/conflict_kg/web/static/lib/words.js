// Answers in words. Everything is plain text; where a part is to stand out, it is an element made by `strong`.
import { el } from "./dom.js";
import { day } from "./dates.js";

export const BASIS = {
  confirmed: "A reporter says so in their own voice, or the side that loses by it admits it, or two independent sources of different sides say so.",
  claimed: "It rests on the word of one side, or of an official with an interest, and on nothing more.",
  inferred: "No report says so itself; it follows from what reports say of the time before or after.",
};

export const HOLDING = {
  held: "held",
  "partly held": "holds a part",
  contested: "contested",
  besieged: "besieged",
  unknown: "unknown",
};

export const STANDING = {
  asserted: "told as fact",
  claimed: "claimed",
  denied: "denied",
  failed: "failed",
  planned: "planned, not done",
  expected: "expected, not yet so",
};

const VERBS = {
  capture: ["take", "took"],
  recapture: ["retake", "retook"],
  partial_capture: ["take part of", "took part of"],
  withdrawal: ["leave", "left"],
  loss: ["lose", "lost"],
  siege: ["besiege", "besieged"],
  holds: ["hold", "held"],
};
const LOSES = new Set(["withdrawal", "loss"]);

/** A name as it stands in a sentence: "the Iraqi government", "Islamic State", "the centre of Ramadi", "al-Tash". */
export function named(name) {
  const words = name.split(" ");
  const [first, last] = [words[0], words.at(-1)];
  if (/^(the|a|an|one|two|some|several|parts?)$/i.test(first)) return name;
  const common = (word) => /^\p{Ll}/u.test(word) && !word.includes("-");
  return common(first) || common(last) ? `the ${name}` : name;
}

export function capital(text) {
  return text && text[0].toUpperCase() + text.slice(1);
}

/** "A", "A and B", "A, B and C". */
export function listed(names) {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** "1 claim", "2 claims". */
export function counted(number, noun) {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** Rows of who-controlled about one place as sentences. */
export function answer(rows, date) {
  const last = rows.map((row) => row.last_known).filter(Boolean).sort().at(-1);
  return [outcome(rows, date), last && last < date ? ` No report speaks of it after ${day(last)}.` : null];
}

function outcome(rows, date) {
  const place = strong(named(rows[0].place));
  const when = `on ${day(date)}`;
  const holders = rows.filter((row) => row.controller !== null);
  if (holders.length === 0) return nobody(rows[0], place, when);
  const top = holders[0];
  const dispute = top.opposing.length ? ", but this is disputed" : "";
  const contested = holders.filter((row) => row.status === "contested");
  if (contested.length > 1) return ["On ", day(date), " ", place, " was contested between ", joined(contested), "."];
  const parts = holders.filter((row) => row.status === "partly held");
  const whole = holders.filter((row) => row.status !== "partly held");
  if (whole.length > 1) {
    return ["Either ", joined(whole, " or "), " held ", place, ` ${when}: the reports leave open on which day it changed hands.`];
  }
  if (whole.length && parts.length) return [opening(whole[0]), ` ${place.textContent} ${when}`, ", and ", joined(parts), " a part of it", dispute, "."];
  return [opening(top), top.status === "partly held" ? "a part of " : "", place, ` ${when}`, manner(top), dispute, "."];
}

function nobody(row, place, when) {
  if (row.status === "contested") return [place, ` was fought over ${when}; who held it is not known.`];
  if (row.period) return ["Who held ", place, ` ${when} is not known: the holder before had left, and no report says who followed.`];
  return ["No report that was read says who held ", place, ` ${when}.`];
}

function opening(row) {
  const who = strong(row.basis === "confirmed" && row.certain ? capital(named(row.controller)) : named(row.controller));
  const held = row.certain ? " held " : " may have held ";
  if (row.basis === "claimed") return ["By what is claimed, ", who, held];
  if (row.basis === "inferred") return ["As far as can be inferred, ", who, held];
  return [row.certain ? null : "As the dates go, ", who, held];
}

function manner(row) {
  return { besieged: ", and was besieged there", contested: ", which was contested" }[row.status] ?? "";
}

function joined(rows, last = " and ") {
  const names = [...new Set(rows.map((row) => named(row.controller)))];
  return names.map((name, index) => [index === 0 ? "" : index === names.length - 1 ? last : ", ", strong(name)]);
}

function strong(text) {
  return el("strong", {}, text);
}

/** What a claim says: "Iraqi forces would retake Ramadi from Islamic State". */
export function says(claim) {
  const [winners, losers] = [claim.winners, claim.losers].map((names) => listed(names.map(named)));
  const place = named(claim.place ?? "the place");
  if (claim.kind === "handover") return said(claim, losers || "somebody", ["hand", "handed"], `${place} over${winners && ` to ${winners}`}`);
  const verb = VERBS[claim.kind];
  if (!verb) return `${claim.kind}, ${place}`;
  const [who, other] = LOSES.has(claim.kind) ? [losers, winners && ` to ${winners}`] : [winners, losers && ` from ${losers}`];
  const part = claim.extent === "partial" && claim.kind !== "partial_capture" ? "a part of " : "";
  const rest = claim.kind === "siege" ? (losers && `, held by ${losers}`) : claim.kind === "withdrawal" || claim.kind === "holds" ? "" : other;
  return said(claim, who || "somebody", verb, `${part}${place}${rest}`);
}

function said(claim, who, [base, past], rest) {
  const phrase = {
    denied: `did not ${base}`,
    failed: `failed to ${base}`,
    planned: `would ${base}`,
    expected: `would ${base}`,
  }[claim.status] ?? past;
  return capital(`${who} ${phrase} ${rest}.`);
}

/** Why an answer is disputed, a line for each reason. */
export function reasons(row, claims) {
  const against = claims.filter((claim) => claim.side === "opposing");
  const of = (...standings) => against.filter((claim) => standings.includes(claim.status));
  const lines = [];
  const later = of("expected", "planned");
  if (later.length) lines.push(`${counted(later.length, "claim")} of that time ${later.length === 1 ? "speaks" : "speak"} of it as still to come (by ${voices(later)}).`);
  const denied = of("denied");
  if (denied.length) lines.push(`${capital(voices(denied))} ${denied.length === 1 ? "denies" : "deny"} it.`);
  const failed = of("failed");
  if (failed.length) lines.push(`It was tried and failed, according to ${voices(failed)}.`);
  const rival = of("asserted", "claimed");
  if (rival.length) lines.push(`Something else is said by ${voices(rival)}.`);
  return lines;
}

/** Who speaks in some claims, each once. */
export function voices(claims) {
  return listed([...new Set(claims.map(voice))]);
}

/** Who speaks in a claim. */
export function voice(claim) {
  return claim.own_voice ? "the report itself" : listed(claim.according_to);
}
