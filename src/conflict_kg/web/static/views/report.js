// A report with its claims marked in the text.
import { el } from "../lib/dom.js";

export const title = "Reports";

export async function render(params, main) {
  main.append(el("p", {}, "A report with its claims marked in the text."));
}
