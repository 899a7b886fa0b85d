// A field for SPARQL with its words coloured: CodeMirror, out of vendor/.
import { script, style } from "./vendor.js";

/**
 * Turns a text area that is in the page into an editor, and returns it: `getValue()`, `setValue(text)`, `focus()`. The
 * tabulator leaves the field, as in any other; `run` is called for Ctrl-Enter.
 */
export async function editor(area, { label, run }) {
  await Promise.all([style("codemirror/codemirror.css"), script("codemirror/codemirror.js")]);
  await Promise.all([script("codemirror/sparql.js"), script("codemirror/matchbrackets.js")]);
  return window.CodeMirror.fromTextArea(area, {
    mode: "application/sparql-query",
    lineNumbers: true,
    lineWrapping: true,
    matchBrackets: true,
    viewportMargin: Infinity, // all of it is there for the browser's search and for screen readers
    screenReaderLabel: label,
    extraKeys: { Tab: false, "Shift-Tab": false, "Ctrl-Enter": run, "Cmd-Enter": run },
  });
}
