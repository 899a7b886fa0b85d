// What the server tells besides an answer: which of several places was taken, what was left out.
import { el } from "./dom.js";

/** A paragraph for each line, each line once. */
export function notices(lines) {
  return [...new Set(lines)].map((line) => el("p", { class: "notice" }, line.replace(/^--/, "")));
}
