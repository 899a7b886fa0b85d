// How control of a place and its parts changed.
import { el } from "../lib/dom.js";

export const title = "Control of a place over time";

export async function render(params, main) {
  main.append(el("p", {}, "How control of a place and its parts changed."));
}
