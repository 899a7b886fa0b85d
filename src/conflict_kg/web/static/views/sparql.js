// A query of one's own.
import { el } from "../lib/dom.js";

export const title = "SPARQL";

export async function render(params, main) {
  main.append(el("p", {}, "A query of one's own."));
}
