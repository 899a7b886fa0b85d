// The libraries of other people, under vendor/, loaded when a view needs them.

const loaded = new Map();

/** Runs a script of `vendor/` once; what it defines is global. Scripts that build on each other are awaited in turn. */
export function script(path) {
  return once(path, "script", (node, address) => { node.src = address; });
}

/** Applies a style sheet of `vendor/` once. What measures itself on the page waits for it. */
export function style(path) {
  return once(path, "link", (node, address) => Object.assign(node, { rel: "stylesheet", href: address }));
}

function once(path, tag, point) {
  if (!loaded.has(path)) {
    loaded.set(path, new Promise((resolve, reject) => {
      const node = document.createElement(tag);
      node.onload = resolve;
      node.onerror = () => reject(new Error(`A part of the page is missing: ${path}.`));
      point(node, `/static/vendor/${path}`);
      document.head.append(node);
    }));
  }
  return loaded.get(path);
}
