// Shows the view that the address names: #/ask?place=Ramadi&date=2015-12-28 is views/ask.js with these parameters.
import { Refusal, forget } from "./lib/api.js";
import { clear, el } from "./lib/dom.js";

const VIEWS = ["ask", "timeline", "map", "report", "figures", "disagreements", "sparql", "programs"];
const main = document.getElementById("main");
let shown = null;
let turn = 0;

async function show() {
  const mine = (turn += 1);
  main.setAttribute("aria-busy", "true");
  forget();
  const [name, params, unknown] = route();
  const module = await import(`./views/${name}.js`);
  if (mine !== turn) return; // the address has changed meanwhile
  const body = el("div", { class: `view ${name}` });
  const heading = el("h1", { tabindex: "-1" }, module.title);
  clear(main, heading, unknown ? el("p", { class: "notice", role: "status" }, `There is no view '${unknown}'.`) : "", body);
  document.title = `${module.title} · conflict-kg`;
  markCurrent(name);
  if (shown !== null && shown !== name) heading.focus();
  shown = name;
  try {
    await module.render(params, body);
  } catch (error) {
    if (!(error instanceof Refusal)) console.error(error); // a fault of the page
    body.append(el("p", { class: "problem", role: "alert" }, error.message));
  }
  if (mine === turn) main.removeAttribute("aria-busy");
}

/** The view, its parameters, and what names no view; an address without the name of one is the first view. */
function route() {
  const [path, query] = location.hash.replace(/^#\/?/, "").split(/\?(.*)/s);
  const known = VIEWS.includes(path);
  return [known ? path : VIEWS[0], new URLSearchParams(query ?? ""), known ? "" : path];
}

function markCurrent(name) {
  for (const link of document.querySelectorAll("nav a")) {
    if (link.hash === `#/${name}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault(); // the fragment is the view's address
  main.focus();
});
window.addEventListener("hashchange", show);
show();
