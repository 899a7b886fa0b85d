// Asking the server. What it refuses is a Refusal whose message is a line to show.

/** The server's word that it does not answer, and why; no fault of the page. */
export class Refusal extends Error {}

const kept = new Map();

/** What `make` promises, made once for each key until all is forgotten; a failure is not kept. */
export async function once(key, make) {
  if (!kept.has(key)) kept.set(key, make());
  try {
    return await kept.get(key);
  } catch (error) {
    kept.delete(key);
    throw error;
  }
}

/** Forgets all answers: the graph may be another by now. */
export function forget() {
  kept.clear();
}

/**
 * The rows of a stored question, as `conflict-kg ask NAME --format json` gives them, and what should be known besides.
 * Parameters that are empty are left out. An answer is kept until the address changes.
 */
export function ask(name, params = {}) {
  return remembered(`/ask/${encodeURIComponent(name)}?${query(params)}`);
}

/** The same, as it would be had one report never been read; `document` is what the report's IRI ends in. */
export function without(document, name, params = {}) {
  return remembered(`/without/${encodeURIComponent(document)}/ask/${encodeURIComponent(name)}?${query(params)}`);
}

function remembered(address) {
  return once(address, () => fetched(address));
}

/** The answer to a SELECT query: its columns, and rows of terms as SPARQL 1.1 Query Results JSON has them. */
export async function sparql(query) {
  const response = await sent("/sparql", {
    method: "POST",
    headers: { "Content-Type": "application/sparql-query", Accept: "application/sparql-results+json" },
    body: query,
  });
  const found = await response.json();
  return { columns: found.head.vars ?? [], rows: found.results?.bindings ?? [], notices: notices(response) };
}

/** The answer to any query, as it was sent in the first of the media types that the query can be answered in. */
export async function answered(query, accept) {
  const response = await sent("/sparql", { method: "POST", headers: { "Content-Type": "application/sparql-query", Accept: accept }, body: query });
  return { type: response.headers.get("Content-Type"), text: await response.text(), notices: notices(response) };
}

/** A JSON document of the server. */
export async function json(address) {
  return (await sent(address, { headers: { Accept: "application/json" } })).json();
}

function query(params) {
  return new URLSearchParams(Object.entries(params).filter(([, value]) => value !== null && value !== undefined && value !== ""));
}

async function fetched(address) {
  const response = await sent(address, { headers: { Accept: "application/json" } });
  return { rows: await response.json(), notices: notices(response) };
}

async function sent(address, options) {
  let response;
  try {
    response = await fetch(address, options);
  } catch {
    throw new Refusal("The server does not answer. Is conflict-kg serve still running?");
  }
  if (!response.ok) throw new Refusal(sentence(await response.text()) || `The server answered ${response.status}.`);
  return response;
}

function notices(response) {
  return JSON.parse(response.headers.get("Notices") ?? "[]");
}

/** What the server says as a sentence, without the name of the option that it is about on the command line. */
function sentence(text) {
  const line = text.trim().replace(/^--[\w-]+: /, "");
  return line && line[0].toUpperCase() + line.slice(1) + (/[.!?]$/.test(line) ? "" : ".");
}
