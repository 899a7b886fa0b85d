// Long lists: some at first, more when one asks.
import { el } from "./dom.js";

/** `make(item)` for each item, `atOnce` of them at first; a button adds as many more, and the first of these has the focus. */
export function some(items, make, atOnce) {
  const box = el("div");
  const button = el("button", { class: "plain", onclick: () => add() });
  let next = 0;
  function add() {
    const [from, until] = [next, Math.min(next + atOnce, items.length)];
    const made = items.slice(from, until).map(make);
    box.append(...made);
    next = until;
    button.textContent = `Show ${Math.min(atOnce, items.length - next)} more of ${items.length}`;
    button.hidden = next === items.length;
    if (from > 0) {
      made[0].tabIndex = -1;
      made[0].focus();
    }
  }
  add();
  return [box, button];
}
