// Claims that contradict each other, and in what.
import { el } from "../lib/dom.js";

export const title = "Disagreements";

export async function render(params, main) {
  main.append(el("p", {}, "Claims that contradict each other, and in what."));
}
