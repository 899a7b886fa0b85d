// Making elements. Words become text nodes and attributes, never markup, so that no report can run as script.

const SVG = "http://www.w3.org/2000/svg";

/** An HTML element. `attrs` are attributes; functions under `onclick` and the like listen; null and false leave out. */
export function el(tag, attrs = {}, ...children) {
  return filled(document.createElement(tag), attrs, children);
}

/** An SVG element, in the same way. */
export function svg(tag, attrs = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attrs, children);
}

/** Empties a node and puts other children in. */
export function clear(node, ...children) {
  node.replaceChildren(...nodes(children));
  return node;
}

/** The address of a view with its parameters, those that are empty left out. */
export function address(view, params = {}) {
  const given = Object.entries(params).filter(([, value]) => value !== null && value !== undefined && value !== "");
  return `#/${view}${given.length ? `?${new URLSearchParams(given)}` : ""}`;
}

/** A link to a view. */
export function to(view, params, ...children) {
  return el("a", { href: address(view, params) }, ...children);
}

function filled(node, attrs, children) {
  for (const [name, value] of Object.entries(attrs)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") node.addEventListener(name.replace(/^on/, ""), value);
    else if (name === "href" && !safe(value)) continue;
    else node.setAttribute(name, value === true ? "" : ["href", "value"].includes(name) ? value : plain(value));
  }
  node.append(...nodes(children));
  return node;
}

function nodes(children) {
  const given = children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
  return given.map((child) => (child instanceof Node ? child : plain(child)));
}

/** A text with the signs that turn the direction of all that follows written out: they could make words read otherwise. */
function plain(text) {
  return String(text).replace(/[\u202a-\u202e\u2066-\u2069]/g, (sign) => `[U+${sign.codePointAt(0).toString(16).toUpperCase()}]`);
}

/** Whether an address may be followed: within the page, or on the web. */
function safe(href) {
  return /^(#|\/(?!\/)|https?:)/i.test(href);
}
