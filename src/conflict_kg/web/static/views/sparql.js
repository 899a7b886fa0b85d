// A query of one's own, with the stored questions as examples, and what it gives.
import { Refusal, answered, json } from "../lib/api.js";
import { address, clear, el, to } from "../lib/dom.js";
import { editor } from "../lib/editor.js";
import { counted } from "../lib/words.js";

export const title = "SPARQL";

const FIRST = "PREFIX ckg: <https://w3id.org/conflict-kg/ns#>\nPREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\nSELECT ?place (COUNT(?claim) AS ?claims) WHERE {\n  ?claim a ckg:Claim ; ckg:atPlace/rdfs:label ?place .\n}\nGROUP BY ?place\nORDER BY DESC(?claims) ?place";
const AT_MOST = 1000; // rows that are shown; the files have all
const ACCEPT = "application/sparql-results+json, text/turtle";
const FILES = { CSV: ["text/csv", "csv"], JSON: ["application/sparql-results+json", "json"], XML: ["application/sparql-results+xml", "xml"] };
const GRAPH_FILES = { Turtle: ["text/turtle", "ttl"], "N-Triples": ["application/n-triples", "nt"], "JSON-LD": ["application/ld+json", "jsonld"] };

export async function render(params, main) {
  const { paths } = await json("/openapi.json");
  const questions = new Map(Object.values(paths).map(({ get }) => [get.operationId, get]));
  const chosen = questions.get(params.get("question"));
  const text = params.get("query") ?? (chosen ? bare(chosen) : FIRST);
  const area = el("textarea", { rows: 12, spellcheck: "false", "aria-label": "Query" }, text);
  const results = el("section", { "aria-label": "Result", "aria-live": "polite" });
  const button = el("button", { onclick: () => run() }, "Run");
  const summary = el("p", { class: "soft" }, chosen ? chosen.summary : "");
  const example = el("select", { onchange: () => {
    const question = questions.get(example.value);
    if (!question) return;
    field.setValue(bare(question));
    summary.textContent = `${question.summary}. The line with VALUES holds the example's parameters.`;
    clear(results);
    history.replaceState(null, "", address("sparql", { question: example.value }));
  } }, el("option", { value: "" }, "Choose a stored question"),
    [...questions].map(([name]) => el("option", { value: name, selected: name === params.get("question") }, name)));
  main.append(
    el("p", {}, "The whole graph can be asked in ", el("abbr", { title: "SPARQL Protocol and RDF Query Language" }, "SPARQL"), ", for reading only. A stored question is a query like any other: choose one to begin with."),
    el("div", { class: "query-bar" }, el("label", {}, "Example", example), button, el("span", { class: "soft" }, "or Ctrl-Enter")),
    summary, el("div", { class: "editor" }, area), results);
  const field = await editor(area, { label: "Query", run });
  if (params.has("query")) await run();
  else if (params.get("question") && !chosen) throw new Refusal(`There is no stored question '${params.get("question")}'.`);

  async function run() {
    const query = field.getValue();
    history.replaceState(null, "", address("sparql", { query }));
    button.disabled = true;
    try {
      clear(results, shown(await answered(query, ACCEPT), query));
    } catch (error) {
      clear(results, el("p", { class: "problem", role: "alert" }, error.message));
    } finally {
      button.disabled = false;
    }
    if (results.getBoundingClientRect().top > innerHeight / 2) results.scrollIntoView({ block: "center" });
  }
}

/** A stored question's query without its header. */
function bare(question) {
  return question["x-sparql"].split("\n").filter((line) => !line.startsWith("#+")).join("\n").trim();
}

// ---------------------------------------------------------------- what comes back

function shown({ type, text, notices }, query) {
  const told = notices.map((line) => el("p", { class: "notice" }, line));
  if (!type.startsWith("application/sparql-results+json")) {
    return [told, files(query, GRAPH_FILES), el("pre", { class: "turtle", tabindex: "0", "aria-label": "Triples" }, text)];
  }
  const found = JSON.parse(text);
  if (found.boolean !== undefined) return [told, el("p", { class: "answer" }, found.boolean ? "Yes." : "No.")];
  const rows = found.results.bindings;
  if (rows.length > AT_MOST) told.push(el("p", { class: "notice" }, `These are the first ${AT_MOST.toLocaleString("en")} rows; the files have all of them.`));
  return [el("p", {}, `${counted(rows.length, "row")}.`), told, files(query, FILES), table(found.head.vars, rows.slice(0, AT_MOST), prefixes(query))];
}

function table(columns, rows, known) {
  return el("div", { class: "wide", tabindex: "0", role: "region", "aria-label": "Rows" }, el("table", {},
    el("thead", {}, el("tr", {}, columns.map((name) => el("th", { scope: "col" }, name)))),
    el("tbody", {}, rows.map((row) => el("tr", {}, columns.map((name) => el("td", {}, row[name] ? term(row[name], known) : "")))))));
}

/** A term as text; a node that a view is about leads there. */
function term({ type, value }, known) {
  if (type !== "uri") return value;
  const words = short(value, known);
  const [, kind] = value.match(/\/(place|document|disagreement)\/[^/]+$/) ?? [];
  switch (kind) {
    case "place":
      return to("ask", { place: value }, words);
    case "document":
      return to("report", { document: value }, words);
    case "disagreement":
      return to("disagreements", { disagreement: value }, words);
    default:
      return el("span", { title: value }, words);
  }
}

/** An IRI with the prefix that the query has for it; of the graph's own nodes what tells them apart. */
function short(iri, known) {
  const [prefix, namespace] = known.find(([, start]) => iri.startsWith(start)) ?? [];
  if (namespace) return `${prefix}:${iri.slice(namespace.length)}`;
  const own = iri.match(/\/((?:actor|change|claim|disagreement|document|graph|passage|period|place|range|statement)\/[^/]+)$/);
  return own ? own[1] : iri;
}

function prefixes(query) {
  return [...query.matchAll(/^\s*PREFIX\s+([\w-]*):\s*<([^<>]+)>/gim)].map(([, prefix, namespace]) => [prefix, namespace]);
}

/** Buttons that save the whole result. */
function files(query, formats) {
  const problem = el("span", { class: "problem", role: "alert" });
  const save = async ([type, ending]) => {
    try {
      const { text } = await answered(query, type);
      const href = URL.createObjectURL(new Blob([text], { type }));
      const link = document.createElement("a");
      Object.assign(link, { href, download: `result.${ending}` }).click();
      URL.revokeObjectURL(href);
      problem.textContent = "";
    } catch (error) {
      problem.textContent = error.message;
    }
  };
  return el("p", { class: "files" }, "Save as ", Object.entries(formats).map(([name, format]) => [el("button", { class: "plain", onclick: () => save(format) }, name), " "]), problem);
}
