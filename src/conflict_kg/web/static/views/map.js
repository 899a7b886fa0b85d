// Places on a map, coloured by who held them on a day that a slider chooses.
import { ask, json } from "../lib/api.js";
import { colours } from "../lib/colours.js";
import { checkDays, day, fromNumber, isDay, toNumber } from "../lib/dates.js";
import { address, clear, el, svg, to } from "../lib/dom.js";
import { holders, span } from "../lib/lanes.js";
import { notices } from "../lib/notices.js";
import { onDay } from "../lib/onday.js";
import { script } from "../lib/vendor.js";
import { HOLDING, capital, named } from "../lib/words.js";

export const title = "Who held what on a day";

const RADIUS = 9;
const LETTER = 8; // width of a letter of a name, at most

export async function render(params, main) {
  const [asked, known, place] = ["date", "known-by", "place"].map((name) => params.get(name)?.trim() ?? "");
  checkDays({ date: asked }, ["date"]);
  const [{ rows, notices: told_ }, colour, world] = await Promise.all([ask("control-map", { "known-by": known, place }), colours(), base()]);
  const days = rows.map(span).flatMap(({ s0, s1, e0, e1, known: last }) => [s0, s1, e0, e1, last]).filter((one) => one !== null).sort((a, b) => a - b);
  if (days.length === 0) return main.append(el("p", { class: "answer" }, "No report that was read says who held a place on a day."));
  const [first, last] = [Math.min(days[0], isDay(asked) ? toNumber(asked) : Infinity), Math.max(days.at(-1), isDay(asked) ? toNumber(asked) : -Infinity)];
  const places = gathered(rows);
  const state = { number: isDay(asked) ? toNumber(asked) : days.at(-1), known, colour };
  const chart = drawnMap(places.filter((one) => one.latitude !== null), world, state);
  const table = el("div", { class: "wide" });
  const shown = el("p", { class: "shown" });
  const legend = el("ul", { class: "legend" });

  const update = (number) => {
    state.number = number;
    slider.value = number;
    slider.setAttribute("aria-valuetext", day(fromNumber(number)));
    date.value = fromNumber(number);
    shown.textContent = capital(day(fromNumber(number)));
    const now = places.map((one) => ({ ...one, holders: onDay(one.rows, number) }));
    chart.update(now);
    clear(table, tableOf(now, state));
    clear(legend, legendOf(now, colour));
  };
  const keep = () => history.replaceState(null, "", address("map", { date: fromNumber(state.number), "known-by": known, place }));
  const slider = el("input", { type: "range", min: first, max: last, step: 1, oninput: () => update(Number(slider.value)), onchange: keep });
  const date = el("input", { type: "date", onchange: () => { if (isDay(date.value)) { update(toNumber(date.value)); keep(); } } });
  const changes = [...new Set(rows.map(span).flatMap(({ s1, s0 }) => [s1 ?? s0]).filter((one) => one !== null))].sort((a, b) => a - b);
  const step = (found) => { if (found !== undefined) { update(found); keep(); } };
  const until = el("input", { type: "date", value: isDay(known) ? known : null, onchange: () => { location.hash = address("map", { date: fromNumber(state.number), "known-by": until.value, place }); } });

  main.append(el("div", { class: "map" },
    ...notices(told_),
    shown,
    el("label", { class: "slider" }, "Day", slider),
    el("div", { class: "buttons" },
      el("button", { type: "button", class: "plain", onclick: () => step(changes.findLast((one) => one < state.number)) }, "Previous change"),
      el("button", { type: "button", class: "plain", onclick: () => step(changes.find((one) => one > state.number)) }, "Next change")),
    chart.node, legend,
    el("form", { class: "query", onsubmit: (event) => event.preventDefault() }, el("label", {}, "On the day", date), el("label", {}, "As known by (optional)", until)),
    el("p", { class: "soft" }, "Borders: Natural Earth. A place is drawn where the gazetteer puts it; parts and sites without a position stand in the list only.")),
    el("h2", {}, "The same as a list"), table);
  update(state.number);
}

async function base() {
  await script("d3-array/d3-array.min.js");
  await Promise.all([script("d3-geo/d3-geo.min.js"), script("topojson-client/topojson-client.min.js")]);
  const world = await json("/static/vendor/world-atlas/countries-50m.json");
  return globalThis.topojson.feature(world, world.objects.countries).features;
}

/** The places with their rows. */
function gathered(rows) {
  const found = new Map();
  for (const row of rows) {
    if (!found.has(row.place_id)) found.set(row.place_id, { ...row, rows: [] });
    found.get(row.place_id).rows.push(row);
  }
  return [...found.values()];
}

// ---------------------------------------------------------------- the map

/** The map: `node` to put into the page, `update` to show other holders. */
function drawnMap(places, world, state) {
  const node = el("div");
  const land = svg("g");
  const marks = svg("g");
  const view = { scale: 1, x: 0, y: 0 };
  let [width, height, projection, now] = [0, 0, null, []];
  const picture = svg("svg", { class: "picture", role: "group", "aria-label": "Map of the places; the list below says the same" }, land, marks);

  function fit(shown) {
    const points = { type: "MultiPoint", coordinates: shown.map((one) => [one.longitude, one.latitude]) };
    const edge = Math.min(90, width / 6);
    projection = globalThis.d3.geoMercator().fitExtent([[edge, edge / 1.5], [width - edge, height - edge / 1.5]], points);
    if (projection.scale() > 12_000) projection.scale(12_000).translate([0, 0]).translate(centred(projection, points));
    projection.clipExtent([[-width, -height], [2 * width, 2 * height]]);
    const path = globalThis.d3.geoPath(projection);
    clear(land, world.map((one) => [path(one), one]).filter(([line]) => line).map(([line]) => svg("path", { d: line, class: "land" })));
    names = world.map((one) => ({ name: one.properties.name, at: path.centroid(one) })).filter(({ at }) => Number.isFinite(at[0]));
  }

  let names = [];
  const centred = (wanted, points) => {
    const [x, y] = wanted(globalThis.d3.geoCentroid(points));
    return [width / 2 - x, height / 2 - y];
  };

  function draw() {
    if (projection === null) return;
    land.setAttribute("transform", `translate(${view.x} ${view.y}) scale(${view.scale})`);
    const put = ([x, y]) => [x * view.scale + view.x, y * view.scale + view.y];
    const taken = [];
    const free = (box) => {
      const clash = taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]);
      if (!clash) taken.push(box);
      return !clash;
    };
    const spots = now.map((one) => ({ one, at: put(projection([one.longitude, one.latitude])) })).filter(({ at }) => at[0] > -20 && at[0] < width + 20 && at[1] > -20 && at[1] < height + 20);
    spots.forEach(({ at: [x, y] }) => taken.push([x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS]));
    const marked = spots.map(({ one, at }) => mark(one, at, state, free, width));
    const countries = names.map(({ name, at }) => ({ name, at: put(at) })).filter(({ name, at: [x, y] }) => x > 0 && x < width && y > 12 && y < height && free([x - name.length * 4.5, y - 12, x + name.length * 4.5, y + 4]));
    clear(marks, countries.map(({ name, at: [x, y] }) => svg("text", { x, y, class: "country" }, name)), marked);
  }

  function zoom(factor, [x, y] = [width / 2, height / 2]) {
    const scale = Math.max(0.5, Math.min(40, view.scale * factor));
    view.x = x - ((x - view.x) * scale) / view.scale;
    view.y = y - ((y - view.y) * scale) / view.scale;
    view.scale = scale;
    draw();
  }

  let from = null;
  picture.addEventListener("pointerdown", (event) => { from = [event.clientX - view.x, event.clientY - view.y]; });
  picture.addEventListener("pointermove", (event) => {
    if (from === null || event.buttons === 0) return;
    [view.x, view.y] = [event.clientX - from[0], event.clientY - from[1]];
    draw();
  });
  const move = (x, y) => { view.x += x; view.y += y; draw(); };
  const button = (text, label, act) => el("button", { class: "plain", "aria-label": label, title: label, onclick: act }, text);
  node.append(picture, el("div", { class: "buttons" },
    button("+", "Nearer", () => zoom(1.6)), button("−", "Farther", () => zoom(1 / 1.6)),
    button("←", "West", () => move(80, 0)), button("→", "East", () => move(-80, 0)), button("↑", "North", () => move(0, 80)), button("↓", "South", () => move(0, -80)),
    button("All places", "All places", () => { Object.assign(view, { scale: 1, x: 0, y: 0 }); fit(places); draw(); })));
  new ResizeObserver(() => {
    if (!node.clientWidth || node.clientWidth === width) return;
    width = node.clientWidth;
    height = Math.round(Math.min(560, Math.max(300, width * 0.6)));
    picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
    fit(together(places));
    draw();
  }).observe(node);
  return { node, update: (places_) => { now = places_.filter((one) => one.latitude !== null); draw(); } };
}

/** The places without those that lie far from the others, which would make the map of these small. */
function together(places) {
  const middle = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
  const [longitude, latitude] = ["longitude", "latitude"].map((name) => middle(places.map((one) => one[name])));
  const distances = new Map(places.map((one) => [one, Math.hypot(one.longitude - longitude, one.latitude - latitude)]));
  const usual = middle([...distances.values()]);
  return places.filter((one) => distances.get(one) <= Math.max(8 * usual, 3));
}

/** A place: a disc in the colours of all that may hold it, marked by its status, and its name where there is room. */
function mark(one, [x, y], state, free, width) {
  const holders = one.holders;
  const date = fromNumber(state.number);
  const text = one.place.length * LETTER;
  const right = { left: x + RADIUS + 4, x: x + RADIUS + 4, anchor: "start" };
  const left = { left: x - RADIUS - 4 - text, x: x - RADIUS - 4, anchor: "end" };
  const side = (right.left + text < width ? [right, left] : [left]).find((one_) => free([one_.left, y - 8, one_.left + text, y + 8]));
  return svg("a", { href: address("ask", { place: one.place_id, date, "known-by": state.known }), "aria-label": told(one, date) },
    svg("title", {}, told(one, date)),
    ...disc(holders, [x, y], state),
    side ? svg("text", { x: side.x, y: y + 5, class: "name", "text-anchor": side.anchor }, one.place) : "");
}

function disc(holders, [x, y], { colour, number }) {
  const known = holders.filter((row) => row.controller_id);
  if (known.length === 0) {
    return [svg("circle", { cx: x, cy: y, r: RADIUS, fill: "#fff", stroke: "#55606b", "stroke-width": 2, "stroke-dasharray": "3 2" }),
      svg("text", { x, y: y + 4, "text-anchor": "middle", "font-size": 12, "aria-hidden": "true" }, "?")];
  }
  const ground = svg("circle", { cx: x, cy: y, r: RADIUS, fill: "#fff" });
  const look = (row) => ({ fill: colour(row.controller_id), "fill-opacity": isOld(row, number) ? 0.4 : null });
  const parts = known.length === 1 ? [ground, svg("circle", { cx: x, cy: y, r: RADIUS, ...look(known[0]) })]
    : [ground, ...known.map((row, index) => svg("path", { d: slice(x, y, index / known.length, (index + 1) / known.length), ...look(row) }))];
  const sure = known.length === 1 && known[0].certain;
  const rings = [svg("circle", { cx: x, cy: y, r: RADIUS, fill: "none", stroke: "#1d2329", "stroke-width": 1.5, "stroke-dasharray": sure ? null : "3 2" })];
  if (known.some((row) => row.status === "besieged")) rings.push(svg("circle", { cx: x, cy: y, r: RADIUS + 4, fill: "none", stroke: "#1d2329", "stroke-width": 2, "stroke-dasharray": "4 3" }));
  if (known.some((row) => row.status === "contested" || row.claims_against > 0)) rings.push(svg("text", { x: x + RADIUS - 2, y: y - RADIUS + 4, class: "name", "aria-hidden": "true" }, "!"));
  return [...parts, ...rings];
}

/** Whether the last word for a row is of an earlier day. */
function isOld(row, number) {
  return row.last_known !== null && toNumber(row.last_known) < number;
}

function slice(x, y, from, to_) {
  const at = (turn) => `${x + RADIUS * Math.sin(turn * 2 * Math.PI)} ${y - RADIUS * Math.cos(turn * 2 * Math.PI)}`;
  return `M ${x} ${y} L ${at(from)} A ${RADIUS} ${RADIUS} 0 ${to_ - from > 0.5 ? 1 : 0} 1 ${at(to_)} Z`;
}

function told(one, date) {
  return `${one.place} on ${day(date)}: ${one.holders.map(brief).join("; ") || "nothing known"}`;
}

function brief(row) {
  const notes = [row.status === "held" ? null : row.status, row.basis, row.claims_against > 0 ? "disputed" : null, row.certain ? null : "not certain for this day", row.last_known ? `last told of ${day(row.last_known)}` : null].filter(Boolean);
  return `${row.controller ?? "holder unknown"}${notes.length ? ` (${notes.join(", ")})` : ""}`;
}

// ---------------------------------------------------------------- legend and list

function legendOf(places, colour) {
  return [...holders(places.flatMap((one) => one.holders), colour),
    el("li", {}, "◌ ? nothing known that day"), el("li", {}, "! contested or disputed"), el("li", {}, "dashed edge: not certain that day"), el("li", {}, "pale: last told of an earlier day"), el("li", {}, "outer ring: besieged")];
}

function tableOf(places, state) {
  const heads = ["Place", "Where", "Holder", "Status", "Basis", "Last told of"];
  const date = fromNumber(state.number);
  const row = (one, holder) => el("tr", {}, [
    to("ask", { place: one.place_id, date, "known-by": state.known }, one.place),
    `${one.kind}${one.around ? ` in ${named(one.around)}` : ""}${one.latitude === null ? ", not on the map" : ""}`,
    holder?.controller ?? "not known",
    holder ? `${HOLDING[holder.status]}${holder.certain ? "" : ", not certain"}` : "nothing known that day",
    [holder?.basis, holder?.claims_against ? "disputed" : null].filter(Boolean).join(", "),
    holder?.last_known ? day(holder.last_known) : "",
  ].map((cell, index) => el("td", { "data-label": heads[index] }, cell)));
  return el("table", { class: "stack" }, el("thead", {}, el("tr", {}, heads.map((name) => el("th", { scope: "col" }, name)))),
    el("tbody", {}, places.flatMap((one) => (one.holders.length ? one.holders.map((holder) => row(one, holder)) : [row(one, null)]))));
}
