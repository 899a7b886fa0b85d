// What programs can ask: the protocols, and the stored questions with an example each.
import { json } from "../lib/api.js";
import { el } from "../lib/dom.js";

export const title = "For programs";

const ADDRESSES = [
  ["/sparql", "SPARQL 1.1 Protocol, for reading; without a query what the service is"],
  ["/store?default", "Graph Store Protocol, for reading: ?graph=IRI or ?default"],
  ["/openapi.json", "the stored questions, described as OpenAPI 3.1"],
];

export async function render(params, main) {
  const { paths } = await json("/openapi.json");
  const questions = Object.entries(paths).map(([path, { get }]) => [example(path, get.parameters), get.summary]);
  main.append(list(ADDRESSES), el("h2", {}, "Stored questions"), list(questions));
}

function list(entries) {
  return el("dl", {}, entries.map(([href, text]) => [el("dt", {}, el("a", { href }, href)), el("dd", {}, text)]));
}

/** The question's address with an example of each parameter that it needs. */
function example(path, parameters) {
  const given = parameters.filter((one) => one.required).map((one) => [one.name, one.example ?? ""]);
  return given.length ? `${path}?${new URLSearchParams(given)}` : path;
}
