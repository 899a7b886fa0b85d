// Figures of people killed, wounded, missing, captured or displaced, side by side, and the range that they make.
import { ask } from "../lib/api.js";
import { combobox } from "../lib/combobox.js";
import { checkDays, isDay, moment, stretch } from "../lib/dates.js";
import { address, el, svg, to } from "../lib/dom.js";
import { number, speakers } from "../lib/found.js";
import { some } from "../lib/more.js";
import { capital, counted, listed, named } from "../lib/words.js";

export const title = "Figures of people harmed";

const AT_ONCE = 20; // groups of figures that are shown before one asks for more
const HARMS = { killed: "Killed", wounded: "Wounded", missing: "Missing", captured: "Captured", displaced: "Displaced: fled or driven out" };

export async function render(params, main) {
  const asked = Object.fromEntries(["place", "harm", "from", "to", "range"].map((name) => [name, params.get(name)?.trim() ?? ""]));
  const form = main.appendChild(question(asked, null));
  checkDays(asked, ["from", "to"]);
  const { rows, notices } = await ask("casualty-range", { place: asked.place, harm: asked.harm });
  if (!asked.place) {
    main.append(...beginnings(rows));
    return;
  }
  const { rows: claims } = await ask("casualties", { place: asked.place, harm: asked.harm });
  if (asked.place.includes("://")) form.replaceWith(question(asked, claims[0] ?? rows[0] ?? null)); // now its name is known
  main.append(...notices.map((line) => el("p", { class: "notice" }, line)));
  const groups = grouped(rows, claims).filter(({ range, claims }) => during(asked, range, claims));
  if (groups.length === 0) {
    main.append(el("p", { class: "answer" }, "No report that was read gives such a figure."));
    return;
  }
  main.append(el("p", { class: "soft" }, "Figures are never added up. Those that count the same kind of people, at one place and in the same days, stand together; one speaker counts as one origin, however many reports print the words."), key());
  const voice = await speakers();
  const speaker = ({ according_to, document }) => listed(according_to.map((source) => voice(source, document)));
  for (const [harm, heading] of Object.entries(HARMS)) {
    const found = groups.filter((group) => group.harm === harm);
    found.sort((a, b) => (b.range?.range === asked.range) - (a.range?.range === asked.range)); // the one wanted is among the first
    if (found.length) main.append(el("h2", {}, heading), ...some(found, (group) => shown(group, asked, { all: claims, speaker }), AT_ONCE));
  }
  const wanted = asked.range && main.querySelector(".tally[aria-current]");
  if (wanted) {
    wanted.scrollIntoView({ block: "start" });
    wanted.focus({ preventScroll: true });
  }
}

// ---------------------------------------------------------------- asking

function question(asked, shown) {
  const value = shown && shown.place_id === asked.place ? shown.place : asked.place.includes("://") ? "" : asked.place;
  const place = combobox({ label: "Place", is: "place", value, id: asked.place || null, placeholder: "a town, a district, a country" });
  const harm = el("select", {}, el("option", { value: "" }, "All"), Object.keys(HARMS).map((name) => el("option", { value: name, selected: name === asked.harm }, capital(name))));
  const [from, until] = ["from", "to"].map((name) => el("input", { type: "date", value: isDay(asked[name]) ? asked[name] : null }));
  const submit = (event) => {
    event.preventDefault();
    location.hash = address("figures", { place: place.value(), harm: harm.value, from: from.value, to: until.value });
  };
  return el("form", { class: "query", onsubmit: submit }, place, el("label", {}, "People who were", harm),
    el("label", {}, "From the day (optional)", from), el("label", {}, "To the day (optional)", until), el("button", {}, "Show"));
}

/** The places that figures are given for, those with most of them first. */
function beginnings(rows) {
  const places = Map.groupBy(rows.filter((row) => row.place_id), (row) => row.place_id);
  const ordered = [...places.values()].sort((a, b) => figures(b) - figures(a) || a[0].place.localeCompare(b[0].place));
  if (ordered.length === 0) return [el("p", { class: "answer" }, "No report that was read gives a figure of people harmed.")];
  return [el("h2", {}, "Places that figures are given for"),
    el("ul", { class: "choices" }, ordered.map((found) => el("li", {}, to("figures", { place: found[0].place_id }, found[0].place), ` ${counted(figures(found), "figure")}`)))];
}

function figures(rows) {
  return new Set(rows.flatMap((row) => row.supporting.map(({ claim }) => claim))).size;
}

// ---------------------------------------------------------------- grouping

/** Ranges with their claims; claims without a number stand by themselves. */
function grouped(ranges, claims) {
  const own = ranges.map((range) => ({ range, harm: range.harm, claims: claims.filter((claim) => claim.range === range.range) }));
  const rest = Map.groupBy(claims.filter((claim) => !ranges.some(({ range }) => range === claim.range)), (claim) => `${claim.harm} ${claim.place_id} ${claim.victims ?? ""}`);
  return [...own.filter((group) => group.claims.length), ...[...rest.values()].map((found) => ({ range: null, harm: found[0].harm, claims: found }))];
}

/** Whether something may be about the days asked for. */
function during({ from, to }, range, claims) {
  const days = range ? [range.earliest, range.latest] : [claims[0].begin_earliest, claims[0].end_latest ?? claims[0].begin_latest ?? claims[0].reported_on];
  return (!from || !days[1] || from <= days[1]) && (!to || !days[0] || days[0] <= to);
}

// ---------------------------------------------------------------- showing

function shown({ range, claims }, asked, about) {
  const one = range ?? claims[0];
  const scale = Math.max(1, ...[range, ...claims].filter(Boolean).flatMap(({ low, best, high }) => [low ?? 0, best ?? 0, high ?? 0])) * 1.15;
  const days = range && (range.earliest && range.latest ? stretch(range.earliest, range.latest) : moment(range.earliest, range.latest));
  const nested = (claim) => claims.some((other) => other.claim === claim.included_in);
  const entry = (claim) => [row(claim, scale, about), claims.filter((other) => other.included_in === claim.claim).map((other) => el("div", { class: "included" }, entry(other)))];
  const current = range && range.range === asked.range;
  return el("section", { class: "tally", tabindex: current ? "-1" : null, "aria-current": current ? "true" : null },
    el("h3", {}, `${capital(one.victims ?? "people")}, ${named(one.place)}`, days ? el("span", { class: "days" }, ` ${days}`) : ""),
    range ? el("div", { class: "figure whole" }, el("p", {}, told(range)), bar(range, scale, "range")) : el("p", { class: "soft" }, "Told without a number that could be compared."),
    claims.filter((claim) => !nested(claim)).map(entry));
}

/** "Best 500; at least 200; no upper limit is told. 3 independent origins." */
function told({ low, best, high, origins }) {
  const bounds = low !== null && low === high ? [] : [low === null ? "no lower limit is told" : `at least ${number(low)}`, high === null ? "no upper limit is told" : `at most ${number(high)}`];
  const middle = best ?? (bounds.length ? null : low);
  return [el("strong", {}, middle === null ? "No single figure" : number(middle)), `${bounds.length ? `; ${bounds.join("; ")}` : ""}. ${counted(origins, "independent origin")}.`];
}

function row(claim, scale, { all, speaker }) {
  const other = (iri, words) => {
    const found = iri && all.find((one) => one.claim === iri);
    return iri ? el("p", { class: "origin" }, words, found ? `“${figure(found)}” (${speaker(found)})` : "another figure of the report", ".") : null;
  };
  const when = moment(claim.begin_earliest, claim.begin_latest);
  return el("article", { class: "figure" },
    el("div", {},
      el("p", {}, el("strong", {}, figure(claim)), " according to ", speaker(claim), claim.relayed_by.length ? `, through ${listed(claim.relayed_by.map(named))}` : "", when ? `; ${when}` : "", "."),
      other(claim.included_in, "Included in "), other(claim.additional_to, "On top of "),
      el("details", {}, el("summary", {}, "The sentence"), el("blockquote", {}, el("p", {}, `“${claim.quote.replace(/\s+/g, " ")}”`)),
        el("p", { class: "origin" }, to("report", { document: claim.document, claim: claim.claim }, "See it in its report")))),
    bar(claim, scale, "one"));
}

function figure({ count_text: count, victims, harm }) {
  return [count, victims, harm].filter(Boolean).join(" ");
}

/** A figure on the scale of its group: the line from low to high, a dot for the best; an end that is open fades out. */
function bar({ low, best, high }, scale, kind) {
  if (low === null && best === null && high === null) return el("p", { class: "soft" }, "no number");
  const at = (value) => `${(value / scale) * 100}%`;
  const [from, until] = [low ?? (high === null ? best : 0), high ?? (low === null ? best : scale)];
  const words = [low !== null ? `lowest ${number(low)}` : "", best !== null ? `best ${number(best)}` : "", high !== null ? `highest ${number(high)}` : ""].filter(Boolean).join(", ");
  const tick = (value) => svg("line", { x1: at(value), x2: at(value), y1: 6, y2: 18 });
  return svg("svg", { class: `bar ${kind}`, role: "img", "aria-label": words, height: 40, width: "100%" },
    svg("line", { class: "axis", x1: 0, x2: "100%", y1: 12, y2: 12 }),
    from < until ? svg("line", { class: low === null || high === null ? "open" : "span", x1: at(from), x2: at(until), y1: 12, y2: 12 }) : "",
    low === null ? "" : tick(low), high === null ? "" : tick(high),
    best === null ? "" : svg("circle", { cx: at(best), cy: 12, r: kind === "range" ? 7 : 5 }),
    labels({ low, best, high }, scale).map(([value, anchor]) => svg("text", { x: at(value), y: 34, "text-anchor": anchor }, number(value))));
}

/** The numbers to write, and how they hang on their places: those too close together are left out, the best last. */
function labels({ low, best, high }, scale) {
  const kept = [];
  for (const value of [best, low, high]) {
    if (value !== null && kept.every((other) => Math.abs(other - value) / scale > 0.2)) kept.push(value);
  }
  return kept.map((value) => [value, value / scale < 0.12 ? "start" : value / scale > 0.85 ? "end" : "middle"]);
}

function key() {
  return el("p", { class: "soft" }, "A dot is the figure given, or the best of several; a line leads from the lowest to the highest; a dashed line is an end that is left open, as in “at least”.");
}
