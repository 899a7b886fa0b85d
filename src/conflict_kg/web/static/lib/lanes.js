// Periods of control drawn on an axis of days, a lane for each place. Ends that are not known to the day fade.
import { day, fromNumber, moment, toNumber } from "./dates.js";
import { isLight } from "./colours.js";
import { clear, el, svg } from "./dom.js";
import { named } from "./words.js";

const HEIGHT = 26; // of a band, in pixels
const GAP = 4;
const LABEL = 20;
const AXIS = 24;
const FADE = 70; // of an end of which one bound is not known
const LETTER = 7.2;
let drawn = 0;

/**
 * Lanes `{ label, rows }`, rows as control-timeline has them. `colour` gives a holder's colour, `link` the address of a
 * band; `mark` is a day to mark, `from` and `to` cut the axis, `pick` is called with the row and the event of a click.
 */
export function lanes(list, { colour, link, pick = null, mark = null, from = null, to = null }) {
  const box = el("div", { class: "lanes" });
  const spans = list.flatMap((lane) => lane.rows.map(span));
  const axis = bounds(spans, mark, from, to);
  if (axis === null) return el("p", { class: "soft" }, "No day of it is known, so it cannot be drawn.");
  let width = 0;
  new ResizeObserver(() => {
    if (!box.clientWidth || box.clientWidth === width) return;
    width = box.clientWidth;
    clear(box, drawing(list, { colour, link, pick, mark, axis, width }));
  }).observe(box);
  return el("div", {}, box, el("ul", { class: "legend" }, holders(list.flatMap((lane) => lane.rows), colour), manners(list)));
}

/** The holders of some rows for a legend, each name once with the colours of all that bear it. */
export function holders(rows, colour) {
  const named_ = new Map();
  for (const row of rows.filter((one) => one.controller_id)) {
    named_.set(row.controller, (named_.get(row.controller) ?? new Set()).add(colour(row.controller_id)));
  }
  return [...named_].map(([name, fills]) => el("li", {}, [...fills].map((fill) => swatch(fill)), name));
}

/** A patch of a colour, for legends. */
export function swatch(fill, status = "held") {
  drawn += 1;
  return svg("svg", { class: "swatch", width: 22, height: 14, "aria-hidden": "true" }, ...patch(fill, status, `swatch-${drawn}`));
}

function patch(fill, status, id) {
  const half = status === "partly held";
  return [
    status === "contested" ? svg("defs", {}, stripes(id, fill)) : "",
    svg("rect", { x: 1, y: half ? 7 : 1, width: 20, height: half ? 6 : 12, fill: status === "contested" ? `url(#${id})` : status === "unknown" ? "#fff" : fill, stroke: status === "unknown" ? "#55606b" : fill, "stroke-dasharray": status === "unknown" ? "3 2" : null }),
    status === "besieged" ? svg("rect", { x: 3.5, y: 3.5, width: 15, height: 7, fill: "none", stroke: "#fff", "stroke-width": 1.5, "stroke-dasharray": "3 2" }) : "",
  ];
}

/** Legend of the states that occur besides plain holding. */
function manners(list) {
  const found = new Set(list.flatMap((lane) => lane.rows).map((row) => row.status));
  const words = { besieged: "besieged", contested: "contested", "partly held": "a part held", unknown: "holder unknown" };
  return Object.entries(words).filter(([status]) => found.has(status)).map(([status, text]) => el("li", {}, swatch("#55606b", status), text));
}

/** The days that bound a row's phase: when it began and ended, as numbers or null. */
export function span(row) {
  const begins = row.phase_since_earliest ?? row.phase_since_latest;
  const ends = row.phase_until_earliest ?? row.phase_until_latest;
  const number = (iso) => (iso ? toNumber(iso) : null);
  return {
    row,
    s0: number(begins ? row.phase_since_earliest : row.since_earliest),
    s1: number(begins ? row.phase_since_latest : row.since_latest),
    e0: number(ends ? row.phase_until_earliest : row.until_earliest),
    e1: number(ends ? row.phase_until_latest : row.until_latest),
    known: number(row.last_known),
  };
}

/** A row in words: "Islamic State, besieged (confirmed): from 26 May 2015 until …". */
export function words(row) {
  const { s0, s1, e0, e1 } = span(row);
  const told = (earliest, latest) => moment(fromNumber(earliest ?? NaN), fromNumber(latest ?? NaN));
  const [since, until] = [told(s0, s1), told(e0, e1)];
  const who = row.controller ? named(row.controller) : "nobody known";
  const marks = [row.basis, row.claims_against > 0 ? "disputed" : null].filter(Boolean).join(", ");
  return `${who}, ${row.status}${marks ? ` (${marks})` : ""}: begun ${since ?? "at a time not told"}, ${until ? `ended ${until}` : "no end told"}`;
}

function bounds(spans, mark, from, to) {
  const days = spans.flatMap(({ s0, s1, e0, e1, known }) => [s0, s1, e0, e1, known]).filter((one) => one !== null);
  if (mark) days.push(toNumber(mark));
  if (days.length === 0) return null;
  // Not spread into the arguments of Math.min, which takes only so many.
  const [low, high] = days.reduce(([a, b], one) => [Math.min(a, one), Math.max(b, one)], [Infinity, -Infinity]);
  const pad = Math.max(4, Math.round((high - low) * 0.06));
  const first = from ? toNumber(from) : low - pad;
  return { first, last: Math.max(to ? toNumber(to) : high + pad, first + 1) };
}

// ---------------------------------------------------------------- drawing

function drawing(list, { colour, link, pick, mark, axis, width }) {
  const x = (number) => Math.max(0, Math.min(width, ((number - axis.first) / (axis.last - axis.first)) * width));
  drawn += 1;
  const defs = svg("defs");
  const body = svg("g");
  let y = mark ? LABEL : 0;
  for (const lane of list) {
    if (lane.label) body.append(svg("text", { x: 0, y: y + 14, class: "lane" }, lane.label));
    y += lane.label ? LABEL : 0;
    const stacks = stacked(lane.rows.map(span).filter((one) => (one.e1 ?? one.e0 ?? Infinity) >= axis.first && (one.s0 ?? one.s1 ?? -Infinity) <= axis.last).map((one) => edges(one, x, width)));
    stacks.forEach((stack) => {
      stack.forEach((one) => body.append(band(one, y, { colour, link, pick, defs, id: `band-${drawn}-${defs.childElementCount}` })));
      y += HEIGHT + GAP;
    });
    if (stacks.length === 0) y += HEIGHT + GAP;
    y += 6;
  }
  const height = y + AXIS;
  const grid = svg("g", { class: "grid", "aria-hidden": "true" }, ticks(axis, width).map(({ number, text }) => [
    svg("line", { x1: x(number), x2: x(number), y1: mark ? LABEL : 0, y2: y }),
    x(number) < width - text.length * LETTER ? svg("text", { x: x(number) + 2, y: y + 16 }, text) : "",
  ]));
  return svg("svg", { width, height, viewBox: `0 0 ${width} ${height}` }, defs, grid, body, mark ? marker(x(toNumber(mark)), mark, y, width) : "");
}

function marker(x, mark, bottom, width) {
  const anchor = x > width - 60 ? "end" : x < 60 ? "start" : "middle";
  return svg("g", { class: "marker" }, svg("line", { x1: x, x2: x, y1: LABEL - 4, y2: bottom }), svg("text", { x, y: 12, "text-anchor": anchor }, day(mark)));
}

/** Where a band begins to show, is full, pales, begins to fade and is gone, in pixels. */
function edges(one, x, width) {
  const { s0, s1, e0, e1, known } = one;
  let full = s1 !== null ? x(s1) : s0 !== null ? x(s0) + FADE : FADE;
  const left = s0 !== null ? x(s0) : s1 !== null ? Math.max(0, full - FADE) : 0;
  const open = e0 === null && e1 === null;
  const right = e1 !== null ? x(e1) : e0 !== null ? Math.min(width, x(e0) + FADE) : width;
  let fading = e0 !== null ? x(e0) : e1 !== null ? Math.min(right, Math.max(full, known === null ? full : x(known))) : width;
  if (fading < full) fading = full = Math.max(left, Math.min(right, (full + fading) / 2));
  full = Math.min(full, right);
  const pale = open ? Math.min(width, Math.max(full + 3, known === null ? full + 3 : x(known))) : null;
  return { ...one, left, full, pale, fading, right: Math.max(right, left + 3) };
}

/** Bands of one lane in as few rows as they need: only ends that fade may lie over each other. */
function stacked(found) {
  const rows = [];
  for (const one of found) {
    const row = rows.find((others) => others.every((other) => !covers(one, other) && !covers(other, one)));
    if (row) row.push(one);
    else rows.push([one]);
  }
  return rows;
}

/** Whether the part of a band that is full, or pales, lies over some of another. */
function covers(one, other) {
  return other.left < (one.pale === null ? one.fading : one.right) - 1 && other.right > one.full + 1;
}

function band(one, y, { colour, link, pick, defs, id }) {
  const { row, left, full, pale, fading, right } = one;
  const base = row.status === "unknown" || !row.controller_id ? "#55606b" : colour(row.controller_id);
  const half = row.status === "partly held";
  const [top, height] = [half ? y + HEIGHT / 2 : y, half ? HEIGHT / 2 : HEIGHT];
  if (row.status === "contested") defs.append(stripes(`${id}-s`, base));
  const fill = row.status === "contested" ? `url(#${id}-s)` : base;
  const part = (from, to, attrs = {}) => (to - from > 0.5 ? svg("rect", { x: from, y: top, width: to - from, height, fill, ...attrs }) : "");
  const end = pale ?? fading;
  const group = svg("a", { href: link(row), class: "band", onclick: pick && ((event) => pick(row, event)) },
    svg("title", {}, words(row)),
    faded(part, defs, `${id}-i`, base, left, full, [0.08, 0.75]),
    part(full, Math.max(end, full + (left === full ? 3 : 0)), row.status === "unknown" ? { "fill-opacity": 0.25 } : {}),
    pale === null ? faded(part, defs, `${id}-o`, base, fading, right, [0.75, 0.08]) : part(pale, right, { "fill-opacity": 0.28 }),
    row.status === "besieged" ? svg("rect", { x: full + 3, y: top + 3, width: Math.max(2, end - full - 6), height: height - 6, fill: "none", stroke: "#fff", "stroke-width": 2, "stroke-dasharray": "6 4" }) : "",
    svg("rect", { x: left, y: top, width: right - left, height, fill: "none", stroke: base, "stroke-width": 1, "stroke-dasharray": "2 3" }),
    label(row, base, { full, end, right, y: top + height / 2 + 5 }));
  return group;
}

/** A stretch that fades in or out, between the earliest and the latest day. */
function faded(part, defs, id, base, from, to, [start, stop]) {
  if (to - from <= 0.5) return "";
  defs.append(svg("linearGradient", { id }, svg("stop", { offset: 0, "stop-color": base, "stop-opacity": start }), svg("stop", { offset: 1, "stop-color": base, "stop-opacity": stop })));
  return part(from, to, { fill: `url(#${id})` });
}

function stripes(id, base) {
  return svg("pattern", { id, width: 10, height: 10, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    svg("rect", { width: 10, height: 10, fill: "#fff" }), svg("rect", { width: 6, height: 10, fill: base }));
}

/** The holder's name and what is special, where there is room: on the band, or where it pales. */
function label(row, base, { full, end, right, y }) {
  const extra = [row.status === "held" ? null : row.status, row.claims_against > 0 ? "disputed" : null].filter(Boolean);
  const name = row.controller ?? "unknown";
  for (const text of [[name, ...extra].join(" · "), name]) {
    const need = text.length * LETTER + 12;
    if (row.status !== "partly held" && row.status !== "unknown" && end - full >= need) return svg("text", { x: full + 6, y, class: isLight(base) ? "on dark" : "on", stroke: base }, text);
    if (right - end >= need) return svg("text", { x: end + 6, y, class: "beside" }, text);
  }
  return "";
}

// ---------------------------------------------------------------- the axis

const STEPS = [[1, "d"], [2, "d"], [7, "d"], [14, "d"], [1, "m"], [3, "m"], [6, "m"], [1, "y"], [2, "y"], [5, "y"], [10, "y"], [25, "y"], [50, "y"], [100, "y"]];
const LENGTH = { d: 1, m: 30.4, y: 365.25 };

function ticks({ first, last }, width) {
  const most = Math.max(2, Math.floor(width / 95));
  const [count, unit] = STEPS.find(([number, kind]) => (last - first) / (number * LENGTH[kind]) <= most) ?? STEPS.at(-1);
  const found = [];
  const start = new Date(fromNumber(first));
  const at = new Date(Date.UTC(start.getUTCFullYear(), unit === "y" ? 0 : unit === "m" ? Math.floor(start.getUTCMonth() / count) * count : start.getUTCMonth(), unit === "d" ? start.getUTCDate() : 1));
  if (unit === "y") at.setUTCFullYear(Math.ceil(at.getUTCFullYear() / count) * count);
  for (; ; ) {
    const number = Math.round(at / 86_400_000);
    if (number > last) return found;
    if (number >= first) found.push({ number, text: tick(number, unit, found.length === 0) });
    if (unit === "d") at.setUTCDate(at.getUTCDate() + count);
    else if (unit === "m") at.setUTCMonth(at.getUTCMonth() + count);
    else at.setUTCFullYear(at.getUTCFullYear() + count);
  }
}

/** A tick's words: "17 May", the first with its year; "May 2015"; "2015". */
function tick(number, unit, first) {
  const [date, month, year] = day(fromNumber(number)).split(" ");
  const short = month.slice(0, 3);
  if (unit === "y") return year;
  return unit === "m" ? `${short} ${year}` : `${date} ${short}${first ? ` ${year}` : ""}`;
}
