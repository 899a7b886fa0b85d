// Places by holder on a date.
import { el } from "../lib/dom.js";

export const title = "Who held what on a date";

export async function render(params, main) {
  main.append(el("p", {}, "Places by holder on a date."));
}
