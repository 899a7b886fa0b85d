// Figures side by side, by source, victims and period.
import { el } from "../lib/dom.js";

export const title = "Casualty figures";

export async function render(params, main) {
  main.append(el("p", {}, "Figures side by side, by source, victims and period."));
}
