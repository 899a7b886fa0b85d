// Who held a place on a day: the answer in a sentence, how firm it is and why, and the claims for and against it.
import { ask } from "../lib/api.js";
import { colours } from "../lib/colours.js";
import { combobox } from "../lib/combobox.js";
import { day, isDay, moment } from "../lib/dates.js";
import { side } from "../lib/claims.js";
import { address, el, to } from "../lib/dom.js";
import { lanes } from "../lib/lanes.js";
import { notices } from "../lib/notices.js";
import { BASIS, HOLDING, answer, capital, counted, listed, named, reasons, voices } from "../lib/words.js";

export const title = "Who controlled a place?";

export async function render(params, main) {
  const [place, date, known] = ["place", "date", "known-by"].map((name) => params.get(name)?.trim() ?? "");
  const field = combobox({ label: "Place", is: "place", value: place.includes("://") ? "" : place, placeholder: "a town, a district, a base" });
  main.append(question(field, place, date, known));
  const found = place ? await ask("control-timeline", { place, "known-by": known }) : null;
  if (found?.rows.length) field.stand(found.rows[0].place, place);
  if (!place) return main.append(await beginnings());
  if (!date) return main.append(...notices(found.notices), ...(await days(found.rows, place, known)));
  const { rows, notices: told } = await ask("who-controlled", { place, date, "known-by": known });
  const asked = rows[0]?.place_id;
  const [here, parts] = [rows.filter((row) => row.place_id === asked), rows.filter((row) => row.place_id !== asked)];
  const claims = await Promise.all(here.map((row) => (row.period ? ask("claims-behind", { node: row.period }).then((one) => one.rows) : [])));
  main.append(el("p", { class: "answer" }, answer(here, date)),
    ...notices(told),
    await drawn(found.rows.filter((row) => row.place_id === asked), date, { place, known }),
    ...here.filter((row) => row.period).map((row, index) => holder(row, claims[index], here.length > 1)),
    partTable(parts, here[0].place, date, known) ?? "",
    el("p", {}, to("map", { date, "known-by": known }, `The map of ${day(date)}`)));
}

// ---------------------------------------------------------------- asking

function question(field, place, date, known) {
  const when = el("input", { type: "date", value: isDay(date) ? date : null, required: true });
  const until = el("input", { type: "date", value: isDay(known) ? known : null });
  const submit = (event) => {
    event.preventDefault();
    location.hash = address("ask", { place: field.value(), date: when.value, "known-by": until.value });
  };
  return el("form", { class: "query", onsubmit: submit }, field, el("label", {}, "On the day", when),
    el("label", {}, "As known by (optional)", until), el("button", {}, "Answer"));
}

/** Where somebody begins who has asked nothing yet. */
async function beginnings() {
  const [{ rows }, reports] = await Promise.all([ask("names", { is: "place" }), ask("coverage")]);
  const read = reports.rows.map((row) => row.published).filter(Boolean).sort();
  const first = rows.find((row) => row.kind === "settlement") ?? rows[0];
  const example = first ? (await ask("control-timeline", { place: first.name_id })).rows : [];
  return el("section", {},
    el("p", {}, `${counted(reports.rows.length, "report")} ${reports.rows.length === 1 ? "was" : "were"} read`,
      read.length ? `, published ${read[0] === read.at(-1) ? `on ${day(read[0])}` : `from ${day(read[0])} to ${day(read.at(-1))}`}` : "",
      ". The answers say what follows from these, how firmly, and which sentences speak for and against it."),
    el("h2", {}, "Places of which most is said"),
    el("ul", { class: "choices" }, rows.slice(0, 12).map((row) => el("li", {}, to("ask", { place: row.name_id }, row.name), ` ${counted(row.claims, "claim")}`))),
    example.length ? await days(example, first.name_id, "", `For example ${named(first.name)}: choose a day on which something changed`) : null);
}

/** For a place without a day: the days on which something changed there. */
async function days(rows, place, known, heading = null) {
  const here = rows.filter((row) => row.place_id === rows[0].place_id);
  if (here.length === 0) return [el("p", { class: "answer" }, "No report that was read says who held this place, or a part of it.")];
  const lines = here.map((row) => {
    const [from, by] = [row.phase_since_earliest ?? row.since_earliest, row.phase_since_latest ?? row.since_latest];
    const known_ = by ?? from ?? row.last_known;
    const words = [from || by ? capital(moment(from, by)) : `Before, last known ${day(row.last_known)}`, ": ", row.controller ? named(row.controller) : "nobody known", `, ${HOLDING[row.status]}`, row.basis ? ` (${row.basis}${row.claims_against ? ", disputed" : ""})` : ""];
    return el("li", {}, known_ ? to("ask", { place, date: known_, "known-by": known }, words.join("")) : words.join(""));
  });
  return [el("h2", {}, heading ?? `Choose a day: what changed in ${named(here[0].place)}`), await drawn(here, null, { place, known }), el("ul", { class: "choices days" }, lines)];
}

// ---------------------------------------------------------------- answering

/** The place's periods with the day marked. */
async function drawn(rows, date, { place, known }) {
  if (rows.length === 0) return "";
  const colour = await colours();
  return el("figure", { class: "strip" }, lanes([{ label: null, rows }], { colour, mark: date, link: (row) => address("timeline", { place, "known-by": known, period: row.period }) }),
    el("figcaption", { class: "soft" }, "Faded ends are the days between the earliest and the latest that the reports allow. Where a band pales, no report speaks of the place any more. ", to("timeline", { place, "known-by": known }, "The whole timeline, with its parts")));
}

/** One holder that the day allows: how firm, since when, and why. */
function holder(row, claims, several) {
  const against = claims.filter((claim) => claim.side === "opposing");
  const sure = row.certain ? "" : "Not certain for this day: the dates that are known leave room for it to have begun later, or to have ended.";
  return el("section", { class: "holder" },
    several || row.controller === null ? el("h2", {}, capital(row.controller ? named(row.controller) : "No known holder")) : el("h2", {}, "How firm this is"),
    el("dl", { class: "facts" },
      fact("Status", `${capital(row.status)}. ${sure}`),
      row.basis ? fact("Basis", [el("strong", {}, capital(row.basis)), `. ${BASIS[row.basis]}`]) : null,
      fact("Since", sentence(moment(row.since_earliest, row.since_latest), "Not told.")),
      fact("Until", sentence(moment(row.until_earliest, row.until_latest), "No report tells of an end.")),
      row.last_known ? fact("Last told of", `${day(row.last_known)}.`) : null),
    against.length ? el("div", { class: "dispute" }, el("h3", {}, "Why it is disputed"),
      el("p", {}, `For it: ${voices(claims.filter((claim) => claim.side === "supporting"))}.`),
      reasons(row, claims).map((line) => el("p", {}, line)),
      el("p", {}, to("disagreements", { place: row.place_id }, "All disagreements about this place"))) : null,
    el("div", { class: "sides" }, side("For it", "for", claims.filter((claim) => claim.side === "supporting")), side("Against it", "against", against)));
}

function fact(name, value) {
  return el("div", {}, el("dt", {}, name), el("dd", {}, value));
}

function sentence(text, otherwise) {
  return text ? `${capital(text)}.` : otherwise;
}

/** The parts of the place, which may be in other hands. */
function partTable(rows, place, date, known) {
  if (rows.length === 0) return null;
  const heads = ["Part", "Holder", "Status", "Basis", "Since", "According to"];
  const cells = (row) => [
    to("ask", { place: row.place_id, date, "known-by": known }, row.place),
    row.controller ?? "not known",
    `${HOLDING[row.status]}${row.certain ? "" : ", not certain"}`,
    [row.basis, row.opposing.length ? "disputed" : ""].filter(Boolean).join(", "),
    moment(row.since_earliest, row.since_latest)?.replace(/^on /, "") ?? "not told",
    listed([...new Set(row.supporting.map((claim) => claim.source))].slice(0, 3)),
  ].map((cell, index) => el("td", { "data-label": heads[index] }, cell));
  return el("section", {}, el("h2", {}, `Parts of ${named(place)} on that day`),
    el("p", { class: "soft" }, "A part is never taken for the whole: who holds a part holds no more than that."),
    el("div", { class: "wide" }, el("table", { class: "stack" },
      el("thead", {}, el("tr", {}, heads.map((name) => el("th", { scope: "col" }, name)))),
      el("tbody", {}, rows.map((row) => el("tr", {}, cells(row)))))));
}
