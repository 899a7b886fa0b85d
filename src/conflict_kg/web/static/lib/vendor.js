// The libraries of other people, under vendor/, loaded when a view needs them.

const loaded = new Map();

/** Runs a script of `vendor/` once; what it defines is global. Scripts that build on each other are awaited in turn. */
export function script(path) {
  if (!loaded.has(path)) {
    loaded.set(path, new Promise((resolve, reject) => {
      const node = document.createElement("script");
      node.src = `/static/vendor/${path}`;
      node.onload = resolve;
      node.onerror = () => reject(new Error(`A part of the page is missing: ${path}.`));
      document.head.append(node);
    }));
  }
  return loaded.get(path);
}

/** Applies a style sheet of `vendor/` once. */
export function style(path) {
  const href = `/static/vendor/${path}`;
  if (!document.querySelector(`link[href="${href}"]`)) {
    const node = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
    document.head.append(node);
  }
}
