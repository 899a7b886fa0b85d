// Who controlled a place on a date, and why.
import { el } from "../lib/dom.js";

export const title = "Who controlled a place?";

export async function render(params, main) {
  main.append(el("p", {}, "Who controlled a place on a date, and why."));
}
