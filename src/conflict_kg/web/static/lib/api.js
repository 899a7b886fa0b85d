// Asking the server. What goes wrong is an Error whose message is a line to show.

const asked = new Map();

/**
 * The rows of a stored question, as `conflict-kg ask NAME --format json` gives them, and what should be known besides.
 * Parameters that are empty are left out. An answer is kept while the page is open.
 */
export async function ask(name, params = {}) {
  const given = Object.entries(params).filter(([, value]) => value !== null && value !== undefined && value !== "");
  const address = `/ask/${encodeURIComponent(name)}?${new URLSearchParams(given)}`;
  if (!asked.has(address)) asked.set(address, fetched(address));
  try {
    return await asked.get(address);
  } catch (error) {
    asked.delete(address);
    throw error;
  }
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

/** A JSON document of the server. */
export async function json(address) {
  return (await sent(address, { headers: { Accept: "application/json" } })).json();
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
    throw new Error("The server does not answer. Is conflict-kg serve still running?");
  }
  if (!response.ok) throw new Error(sentence(await response.text()) || `The server answered ${response.status}.`);
  return response;
}

function notices(response) {
  return JSON.parse(response.headers.get("Notices") ?? "[]");
}

function sentence(text) {
  const line = text.trim();
  return line && line[0].toUpperCase() + line.slice(1) + (/[.!?]$/.test(line) ? "" : ".");
}
