// Claims that contradict each other: in what, the two sides' sentences side by side, and which only seem to.
import { ask } from "../lib/api.js";
import { combobox } from "../lib/combobox.js";
import { address, el, to } from "../lib/dom.js";
import { DIMENSIONS, speakers } from "../lib/found.js";
import { some } from "../lib/more.js";
import { capital, counted, listed, named } from "../lib/words.js";

export const title = "Where reports disagree";

const AT_ONCE = 30; // disagreements that are shown before one asks for more
const FIRST = 3; // passages of a side that are open to view
/** By rule: what the two sides say; and why both may be right, where the contradiction is only apparent. */
const SIDES = {
  denied: ["It happened", "It is denied, or failed"],
  "not-yet": ["It has happened", "It is still planned or expected"],
  "hold-denied": ["Somebody holds the place", "They do not hold it"],
  rival: ["One side has the place", "Another side has it"],
  "part-remains": ["The whole was taken", "A rival still has a part"],
  "whole-or-part": ["The place was taken", "A part of it was taken", "The part may have fallen before the whole."],
  "part-apart": ["The place is in one side's hands", "Places inside it are in another's", "A part may be in other hands than the rest."],
  "other-place": ["Figures for the place", "Figures for a part of it", "The figures count people on different ground."],
  "days-apart": ["On earlier days", "On later days", "What happens at night is told of either day."],
  "figures-apart": ["Figures that allow the best one", "More, or fewer"],
  "other-victims": ["Figures for some people", "Figures for others", "The figures count different kinds of people."],
  "other-days": ["Figures for some days", "Figures for other days", "The figures count different days."],
  "days-not-told": ["Figures for some days", "Figures for other days", "One side does not say since when it counts, and people go on fleeing."],
};

export async function render(params, main) {
  const asked = Object.fromEntries(["place", "dimension", "contradiction", "disagreement"].map((name) => [name, params.get(name)?.trim() ?? ""]));
  const form = main.appendChild(question(asked, []));
  const { rows, notices } = await ask("disagreements", { place: asked.place, dimension: asked.dimension, contradiction: asked.contradiction });
  if (asked.place.includes("://")) form.replaceWith(question(asked, rows)); // now its name is known
  main.append(...notices.map((line) => el("p", { class: "notice" }, line)));
  if (rows.length === 0) return main.append(el("p", { class: "answer" }, "No claims that were read contradict each other here."));
  const voice = await speakers();
  const [real, apparent] = ["real", "apparent"].map((kind) => rows.filter((row) => row.contradiction === kind));
  main.append(
    listing(`Contradictions (${real.length})`, "Not both sides can be right.", real, asked, voice),
    listing(`Only seem to contradict (${apparent.length})`, "Both sides may be right: they speak of different people, days or places.", apparent, asked, voice));
  const wanted = asked.disagreement && main.querySelector(".disagreement[aria-current]");
  if (wanted) {
    wanted.scrollIntoView({ block: "start" });
    wanted.focus({ preventScroll: true });
  }
}

function question(asked, rows) {
  const shown = rows.find((row) => row.place_id === asked.place);
  const place = combobox({ label: "Place (optional)", is: "place", value: shown?.place ?? (asked.place.includes("://") ? "" : asked.place), id: asked.place || null, placeholder: "all places" });
  place.querySelector("input").required = false;
  const choice = (label, name, options) => {
    const select = el("select", {}, el("option", { value: "" }, "All"), Object.entries(options).map(([value, words]) => el("option", { value, selected: value === asked[name] }, words)));
    return [select, el("label", {}, label, select)];
  };
  const [dimension, dimensions] = choice("They differ in", "dimension", DIMENSIONS);
  const [contradiction, contradictions] = choice("Kind", "contradiction", { real: "real contradictions", apparent: "only apparent ones" });
  const submit = (event) => {
    event.preventDefault();
    location.hash = address("disagreements", { place: place.value(), dimension: dimension.value, contradiction: contradiction.value });
  };
  return el("form", { class: "query", onsubmit: submit }, place, dimensions, contradictions, el("button", {}, "Show"));
}

/** The disagreements of one kind, some at first and more when one asks; the one that is wanted is among the first. */
function listing(heading, words, rows, asked, voice) {
  if (rows.length === 0) return "";
  const ordered = [...rows].sort((a, b) => (b.disagreement === asked.disagreement) - (a.disagreement === asked.disagreement));
  return el("section", {}, el("h2", {}, heading), el("p", { class: "soft" }, words), some(ordered, (row) => disagreement(row, asked, voice), AT_ONCE));
}

function disagreement(row, asked, voice) {
  const [one, other, why] = SIDES[row.rule] ?? ["One side", "The other side"];
  const current = row.disagreement === asked.disagreement;
  return el("article", { class: "disagreement", tabindex: "-1", "aria-current": current ? "true" : null },
    el("h3", {}, row.place ? [to("disagreements", { place: row.place_id }, capital(named(row.place))), ": "] : "", DIMENSIONS[row.dimension] ?? row.dimension),
    row.contradiction === "apparent" && why ? el("p", { class: "notice" }, `No real contradiction: ${why[0].toLowerCase()}${why.slice(1)}`) : "",
    el("div", { class: "sides" }, side(one, row.one_side, voice), side(other, row.other_side, voice)));
}

/** Claims of one side; words that several claims rest on are shown once. */
function side(heading, claims, voice) {
  const passages = Map.groupBy(claims, ({ document, start, end }) => `${document} ${start} ${end}`);
  const cards = [...passages.values()].map((found) => passage(found, voice));
  return el("section", { class: "side" },
    el("h4", {}, heading, el("span", { class: "soft" }, ` (${counted(claims.length, "claim")})`)),
    cards.slice(0, FIRST),
    cards.length > FIRST ? el("details", {}, el("summary", {}, counted(cards.length - FIRST, "more passage")), cards.slice(FIRST)) : "");
}

function passage(claims, voice) {
  const [first] = claims;
  return el("div", { class: "claim" },
    el("blockquote", {}, el("p", {}, `“${first.quote.replace(/\s+/g, " ")}”`)),
    el("p", { class: "origin" }, "According to ", listed([...new Set(claims.map(({ source, document }) => voice(source, document)))]), ". ",
      to("report", { document: first.document, claim: first.claim }, "See it in its report")));
}
