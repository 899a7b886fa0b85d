// How control of a place and of its parts changed, with the sources of each band, and what changes without a report.
import { ask, without } from "../lib/api.js";
import { side } from "../lib/claims.js";
import { colours } from "../lib/colours.js";
import { combobox } from "../lib/combobox.js";
import { checkDays, day, isDay } from "../lib/dates.js";
import { difference } from "../lib/difference.js";
import { address, clear, el, to } from "../lib/dom.js";
import { lanes, swatch, words } from "../lib/lanes.js";
import { notices } from "../lib/notices.js";
import { capital, counted, listed, named } from "../lib/words.js";

export const title = "Control of a place over time";

const NAMES = ["place", "known-by", "without", "from", "to", "period"];

export async function render(params, main) {
  const given = Object.fromEntries(NAMES.map((name) => [name, params.get(name)?.trim() ?? ""]));
  const reports = await ask("coverage");
  const field = combobox({ label: "Place", is: "place", value: given.place.includes("://") ? "" : given.place, placeholder: "a town, a district, a base" });
  main.append(form(field, given, reports.rows));
  checkDays(given, ["from", "to"]);
  const found = given.place ? await ask("control-timeline", wanted(given)) : null;
  const rows = found?.rows ?? [];
  if (rows.length) field.stand(rows[0].place, given.place);
  if (!given.place) return main.append(await beginnings());
  main.append(...notices(found.notices));
  if (rows.length === 0) return main.append(el("p", { class: "answer" }, "No report that was read says who held this place, or a part of it."));
  const [sources, colour, other] = await Promise.all([ask("control-sources", wanted(given)), colours(), given.without ? without(given.without, "control-timeline", wanted(given)) : null]);
  const changed = other && difference(rows, other.rows);
  const titles = new Set(reports.rows.map((one) => one.title));
  const panel = el("section", { class: "behind", tabindex: "-1", hidden: true });
  const link = (row) => address("timeline", { ...given, period: row.period });
  const pick = (row, event) => {
    event.preventDefault();
    history.replaceState(null, "", link(row));
    return open(row, panel, true);
  };
  main.append(
    el("figure", {}, lanes(drawnLanes(rows, other?.rows, changed, given), { colour, link, pick, from: limit(given.from), to: limit(given.to) }),
      el("figcaption", { class: "soft" }, "Choose a band to see what it rests on. Faded ends are the days between the earliest and the latest that the reports allow. Where a band pales, no report speaks of the place any more.")),
    panel,
    changed ? told(changed, reports.rows.find((one) => one.document_id.endsWith(given.without))) : "",
    el("h2", {}, "The same in words, with the sources"),
    ...perPlace(rows).map((lane) => list(lane, sources.rows, titles, colour, { link, pick })));
  const chosen = [...rows, ...(other?.rows ?? [])].find((row) => row.period === given.period);
  if (chosen) await open(chosen, panel, false);
  else if (given.period) main.prepend(el("p", { class: "notice", role: "status" }, "The period that the link leads to is not in this timeline."));
}

function wanted(given) {
  return { place: given.place, "known-by": given["known-by"] };
}

function limit(text) {
  return isDay(text) ? text : null;
}

// ---------------------------------------------------------------- asking

function form(field, given, reports) {
  const dates = Object.fromEntries(["known-by", "from", "to"].map((name) => [name, el("input", { type: "date", value: isDay(given[name]) ? given[name] : null })]));
  const left = el("select", {}, el("option", { value: "" }, "none"), reports.map((one) => {
    const value = one.document_id.split("/").at(-1);
    return el("option", { value, selected: value === given.without }, [one.published, one.publisher, one.title ?? one.document].filter(Boolean).join(" · "));
  }));
  const submit = (event) => {
    event.preventDefault();
    location.hash = address("timeline", { place: field.value(), ...Object.fromEntries(Object.entries(dates).map(([name, input]) => [name, input.value])), without: left.value });
  };
  return el("form", { class: "query", onsubmit: submit }, field, el("label", {}, "As known by (optional)", dates["known-by"]),
    el("label", { class: "long" }, "Leave out a report", left),
    el("div", { class: "pair" }, el("label", {}, "Drawn from", dates.from), el("label", {}, "to", dates.to)), el("button", {}, "Show"));
}

async function beginnings() {
  const { rows } = await ask("names", { is: "place" });
  return el("section", {}, el("h2", {}, "Places of which most is said"),
    el("ul", { class: "choices" }, rows.slice(0, 12).map((row) => el("li", {}, to("timeline", { place: row.name_id }, row.name), ` ${counted(row.claims, "claim")}`))));
}

// ---------------------------------------------------------------- showing

/** The rows of each place, in the order in which they come. */
function perPlace(rows) {
  const found = new Map();
  for (const row of rows) (found.get(row.place_id) ?? found.set(row.place_id, { label: row.place, place_id: row.place_id, rows: [] }).get(row.place_id)).rows.push(row);
  return [...found.values()];
}

/** A lane for each place, and a second one where it differs without the report. */
function drawnLanes(rows, others, changed) {
  if (!others) return perPlace(rows);
  const all = new Map([...perPlace(rows), ...perPlace(others)].map((lane) => [lane.place_id, lane.label]));
  const of = (some, place) => some.filter((row) => row.place_id === place);
  return [...all].flatMap(([place, label]) => [
    { label: changed.places.has(place) ? `${label}, by all reports` : label, rows: of(rows, place) },
    ...(changed.places.has(place) ? [{ label: `${label}, without the report`, rows: of(others, place) }] : []),
  ]);
}

/** What changes without the report. */
function told({ lines, weaker }, report) {
  const name = report?.title ?? report?.document ?? "this report";
  return el("section", { class: "without" },
    el("h2", {}, `Without “${name}”${report?.published ? ` (${day(report.published)})` : ""}`),
    el("p", { class: "soft" }, "Worked out anew by the same rules from the claims of all other reports, as if this one had never been read."),
    lines.length ? el("ul", {}, lines.map(({ place, text }) => el("li", {}, el("strong", {}, place), `: ${text}`)))
      : el("p", {}, "Who held what and when stays as it is."),
    weaker ? el("p", {}, `${counted(weaker, "other period")} ${weaker === 1 ? "stays" : "stay"} as ${weaker === 1 ? "it was" : "they were"}, with fewer claims behind ${weaker === 1 ? "it" : "them"}.`) : null);
}

/** The periods of a place as a list, each with who stands for and against it. */
function list(lane, sources, titles, colour, { link, pick }) {
  return el("section", {}, el("h3", {}, lane.label),
    el("ol", { class: "periods" }, lane.rows.map((row) => {
      const of = (name) => sources.find((one) => one.period === row.period && one.side === name)?.sources.map((one) => (titles.has(one) ? `“${one}”` : one)) ?? [];
      const [supporting, opposing] = [of("supporting"), of("opposing")];
      return el("li", {}, swatch(row.controller_id ? colour(row.controller_id) : "#55606b", row.status),
        el("a", { href: link(row), onclick: (event) => pick(row, event) }, capital(words(row))), ".",
        el("br"), el("span", { class: "soft" }, `For it ${listed(supporting) || "nobody"} (${counted(row.claims_for, "claim")})`,
          opposing.length ? `; against it ${listed(opposing)} (${counted(row.claims_against, "claim")})` : "", "."));
    })));
}

/** Opens what a period rests on. */
async function open(row, panel, move) {
  const close = el("button", { class: "plain", onclick: () => { panel.hidden = true; } }, "Close");
  panel.hidden = false;
  clear(panel, el("h2", {}, `${row.place}: ${words(row)}`), el("p", {}, "…"));
  let claims;
  try {
    ({ rows: claims } = await ask("claims-behind", { node: row.period }));
  } catch (error) {
    return clear(panel, el("p", { class: "problem", role: "alert" }, error.message), close);
  }
  const of = (name) => claims.filter((claim) => claim.side === name);
  const middle = row.last_known;
  clear(panel, el("h2", {}, `${capital(named(row.place))}: ${words(row)}`), close,
    middle ? el("p", {}, to("ask", { place: row.place_id, date: middle }, `Who held it on ${day(middle)}?`)) : null,
    el("div", { class: "sides" }, side("For it", "for", of("supporting")), side("Against it", "against", of("opposing"))));
  if (move) panel.focus();
}
