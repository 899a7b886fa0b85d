// A report with the passages marked that claims rest on; a mark opens what was read from it, and what follows from that.
import { ask, json } from "../lib/api.js";
import { day } from "../lib/dates.js";
import { address, clear, el, to } from "../lib/dom.js";
import { derivedAddress, particulars, sentence, standing } from "../lib/found.js";
import { paragraphs } from "../lib/passages.js";
import { counted, listed } from "../lib/words.js";

export const title = "Reports";

const MANY = 8; // reports from which on they can be searched
const KINDS = { "control claim": "control", "casualty claim": "casualty", "incident claim": "incident", statement: "statement" };
const LEGEND = { control: "who took, held or lost a place", casualty: "people harmed or displaced", incident: "an attack, a clash, a siege", statement: "what somebody said" };

export async function render(params, main) {
  const document = params.get("document");
  if (!document) return main.append(...(await list()));
  const report = await json(`/report?${new URLSearchParams({ document })}`);
  show(report, document, params.get("claim"), main);
}

// ---------------------------------------------------------------- all reports

async function list() {
  const { rows } = await ask("coverage");
  if (rows.length === 0) return [el("p", {}, "No report was read.")];
  const items = [...rows].sort(byDay).map((row) => ({ row, item: entry(row) }));
  const found = el("p", { class: "soft", role: "status" }, counted(items.length, "report"));
  const search = el("input", { type: "search", oninput: () => {
    const words = search.value.toLowerCase().split(/\s+/);
    for (const { row, item } of items) item.hidden = !words.every((word) => text(row).includes(word));
    found.textContent = counted(items.filter(({ item }) => !item.hidden).length, "report");
  } });
  return [
    el("p", {}, "Everything that is answered here was read from these reports. Open one to see each claim in its place."),
    items.length > MANY ? el("form", { class: "query", onsubmit: (event) => event.preventDefault() }, el("label", {}, "Only with these words", search)) : "",
    found,
    el("ul", { class: "reports" }, items.map(({ item }) => item)),
  ];
}

function entry(row) {
  const counts = [[row.control, "claim", "of control"], [row.casualties, "figure", "of people harmed"], [row.incidents, "incident", ""], [row.statements, "statement", ""]];
  return el("li", {},
    to("report", { document: row.document }, row.title ?? row.document),
    el("p", { class: "origin" }, [row.publisher, row.published ? day(row.published) : "no date"].filter(Boolean).join(" · ")),
    el("p", { class: "soft" }, counts.filter(([number]) => number > 0).map(([number, noun, of]) => `${counted(number, noun)} ${of}`.trim()).join(", ") || "nothing was read from it"));
}

function byDay(one, other) {
  return (one.published ?? "9999").localeCompare(other.published ?? "9999") || one.document.localeCompare(other.document);
}

function text(row) {
  return [row.title, row.publisher, row.document, row.published].join(" ").toLowerCase();
}

// ---------------------------------------------------------------- one report

function show(report, document_, wanted, main) {
  const marks = [];
  const heading = el("h2", { tabindex: "-1" });
  const panel = el("aside", { class: "panel", "aria-labelledby": "panel-heading", hidden: true });
  let opened = null;

  function open(mark, claim, { focus }) {
    for (const one of marks) one.node.removeAttribute("aria-current");
    mark.node.setAttribute("aria-current", "true");
    opened = mark.node;
    clear(heading, mark.found.length === 1 ? "What was read here" : `What was read here (${mark.found.length})`);
    heading.id = "panel-heading";
    const cards = [...mark.found].sort((a, b) => (b.node.iri === claim) - (a.node.iri === claim));
    clear(panel, el("button", { class: "plain close", onclick: close }, "Close"), heading, cards.map((one) => card(one, report, goto)));
    panel.hidden = false;
    panel.scrollTop = 0;
    if (focus) heading.focus({ preventScroll: true });
  }

  function close() {
    panel.hidden = true;
    opened?.removeAttribute("aria-current");
    opened?.focus();
  }

  /** Opens a claim from another one's card, and brings its mark into view. */
  function goto(iri) {
    const mark = marks.find((one) => one.found.some(({ node }) => node.iri === iri));
    if (!mark) return;
    visit(iri);
    open(mark, iri, { focus: true });
    reveal(mark);
  }

  function visit(claim) {
    history.replaceState(null, "", address("report", { document: document_, claim }));
  }

  function piece({ text, found }) {
    if (found.length === 0) return text;
    const kinds = [...new Set(found.map(({ node }) => KINDS[node.kind]))];
    const claim = found[0].node.iri;
    const node = el("a", { class: `mark ${kinds.join(" ")}`, href: address("report", { document: document_, claim }), onclick: (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      visit(claim);
      open(marks.find((one) => one.node === node), claim, { focus: true });
    } }, text);
    marks.push({ node, found });
    return node;
  }

  const words = report.text === null ? quotes(report, piece) : paragraphs(report.text, report.found).map(
    ({ pieces, wrapped }) => el("p", { dir: "auto", class: wrapped ? null : "lines" }, pieces.map(piece)));
  main.append(
    el("p", {}, to("report", {}, "All reports")),
    head(report),
    legend(report),
    el("div", { class: "reading" }, el("article", { class: "words", "aria-label": "The report's words" }, words), panel));
  main.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden) close();
  });
  if (!wanted) return;
  const mark = marks.find((one) => one.found.some(({ node }) => node.iri === wanted));
  if (!mark) {
    main.prepend(el("p", { class: "notice", role: "status" }, "The claim that the link leads to is not in this report."));
    return;
  }
  open(mark, wanted, { focus: false });
  reveal(mark);
  mark.node.focus({ preventScroll: true });
}

/** Brings a passage to where the panel leaves it in view. */
function reveal({ node }) {
  node.scrollIntoView({ block: matchMedia("(max-width: 56rem)").matches ? "start" : "center" });
}

function head(report) {
  const links = report.urls.map((url) => el("a", { href: url, rel: "noreferrer noopener" }, url));
  const about = [["Publisher", listed(report.publishers)], ["Published", report.published && day(report.published)], ["File", report.document]];
  return el("header", {},
    el("h2", { dir: "auto" }, report.title ?? report.document),
    el("dl", { class: "facts" },
      about.filter(([, value]) => value).map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))),
      links.length ? el("div", {}, el("dt", {}, "Address"), el("dd", { class: "addresses" }, links)) : null));
}

function legend(report) {
  if (report.found.length === 0) return el("p", { class: "notice" }, "Nothing was read from this report.");
  const kinds = Object.keys(LEGEND).filter((kind) => report.found.some(({ node }) => KINDS[node.kind] === kind));
  return el("p", { class: "soft" }, "Marked passages open what was read from them: ",
    kinds.map((kind, index) => [index ? "; " : "", el("span", { class: `mark ${kind}` }, LEGEND[kind])]), ".");
}

/** For a graph that was built without the reports' words: the passages alone. */
function quotes(report, piece) {
  const passages = Map.groupBy(report.found, (one) => `${one.start}-${one.end}`);
  return [el("p", { class: "notice" }, "The report's words are not kept with this graph; these are the passages that claims rest on. Build the graph anew to have the whole text."),
    [...passages.values()].map((found) => el("p", { dir: "auto" }, piece({ text: found[0].quote, found })))];
}

// ---------------------------------------------------------------- what a passage says

function card(one, report, goto) {
  const { node } = one;
  const link = (iri, words) => el("a", { href: address("report", { document: report.document, claim: iri }), onclick: (event) => { event.preventDefault(); goto(iri); } }, words);
  const others = [[one.stated_in, "The statement that says so"], ...(node.facts.includedIn ?? []).map((iri) => [iri, "The figure that this one is included in"]), ...(node.facts.additionalTo ?? []).map((iri) => [iri, "The figure that this one comes on top of"])];
  return el("section", { class: "claim" },
    el("p", { class: "says" }, el("span", { class: `tag ${node.facts.claimStatus?.[0] ?? ""}` }, standing(node)), " ", sentence(node)),
    el("dl", { class: "facts" }, particulars(one, report).map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value)))),
    others.filter(([iri]) => iri).map(([iri, words]) => el("p", {}, link(iri, words))),
    follows(one));
}

/** What rests on a claim, by what the claim is to it. */
function follows({ node, derived }) {
  if (derived.length === 0) return node.kind === "statement" ? null : el("p", { class: "soft" }, "Nothing was derived from it.");
  const groups = Map.groupBy(derived, (one) => one.how);
  return [...groups].map(([how, found]) => [
    el("h3", {}, { supports: "It speaks for", opposes: "It speaks against" }[how] ?? "It is one side of"),
    el("ul", {}, found.map(({ node: other }) => el("li", {}, derivedAddress(other) ? el("a", { href: derivedAddress(other) }, sentence(other)) : sentence(other)))),
  ]);
}
