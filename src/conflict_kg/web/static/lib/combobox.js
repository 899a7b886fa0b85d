// A text field that offers names of the graph while one types (WAI-ARIA combobox with a list of options).
import { ask } from "./api.js";
import { clear, el } from "./dom.js";
import { counted } from "./words.js";

let made = 0;

/**
 * A labelled field for a place or an actor. `value` is what it shows at first, `id` the node that this stands for, if
 * known; `field.value()` is the node that was chosen, or the words as typed; `field.stand(name, id)` says which node the words
 * that it shows turn out to stand for, unless others have been typed meanwhile.
 */
export function combobox({ label, is, value = "", id = null, placeholder = "" }) {
  const name = `names-${(made += 1)}`;
  const list = el("ul", { id: name, role: "listbox", "aria-label": label, hidden: true });
  const input = el("input", {
    type: "text", role: "combobox", value, placeholder, required: true, autocomplete: "off", spellcheck: "false",
    "aria-expanded": "false", "aria-controls": name, "aria-autocomplete": "list",
  });
  let chosen = { name: value, id };
  let options = [];
  let active = -1;
  let asked = 0;

  async function offer() {
    const number = (asked += 1);
    let rows = [];
    try {
      ({ rows } = await ask("names", { containing: input.value.trim(), is }));
    } catch {
      rows = []; // the field works without suggestions
    }
    if (number !== asked || document.activeElement !== input) return;
    options = rows.slice(0, 8);
    clear(list, options.map(option));
    open(options.length > 0);
  }

  function option(row, index) {
    return el("li", { role: "option", id: `${name}-${index}`, onmousedown: (event) => { event.preventDefault(); take(row); } },
      el("span", {}, row.name), " ",
      el("span", { class: "soft" }, [row.kind.replace("_", " "), row.around && `in ${row.around}`, counted(row.claims, "claim")].filter(Boolean).join(", ")));
  }

  function open(shown) {
    list.hidden = !shown;
    input.setAttribute("aria-expanded", String(shown));
    move(-1);
  }

  function move(to) {
    active = to;
    [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === to)));
    if (to < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", `${name}-${to}`);
      list.children[to].scrollIntoView({ block: "nearest" });
    }
  }

  function take(row) {
    chosen = { name: row.name, id: row.name_id };
    input.value = row.name;
    open(false);
  }

  input.addEventListener("input", () => setTimeout(offer, 120));
  input.addEventListener("blur", () => open(false));
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && list.hidden) offer();
    else if (event.key === "ArrowDown") move(Math.min(active + 1, options.length - 1));
    else if (event.key === "ArrowUp") move(Math.max(active - 1, -1));
    else if (event.key === "Escape") open(false);
    else if (event.key === "Enter" && active >= 0) take(options[active]);
    else return;
    if (event.key !== "Escape") event.preventDefault();
  });

  const field = el("div", { class: "combobox" }, el("label", {}, label, input), list);
  field.value = () => (input.value === chosen.name && chosen.id ? chosen.id : input.value.trim());
  field.stand = (name, id) => {
    if (input.value !== value) return;
    chosen = { name, id };
    input.value = name;
  };
  return field;
}
