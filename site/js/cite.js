// How to cite a record: a sentence, BibTeX, and the address of what is shown.

import { folded, h, save, speakerWords } from "./elements.js";
import { head, sourceOf } from "./record.js";

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const LATEX = {
  "\\": "\\textbackslash{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
};

export const latex = (text) => text.replace(/[\\~^&%$#_{}]/g, (found) => LATEX[found] ?? `\\${found}`);

const closed = (text) => (/[.!?]$/.test(text) ? text : `${text}.`);

export const citationOf = (id, words, known = "") =>
  `${closed(words)} ${head.citation} Record ${id}@${head.version}${known}.`;

// Who said what, and on which page.
export function wordsOf(row) {
  const source = sourceOf.get(row.source);
  return (
    `${speakerWords(row)}, said ${row.said}: ${closed(row.summary)} ` +
    `In: ${source.publisher}, “${source.title}”, ${source.published}, ${source.url}`
  );
}

export function bibtexOf(id, title, known = "") {
  const fields = [
    ["author", `{${latex(head.steward)}}`],
    ["title", `{${latex(title)}}`],
    ["year", head.date.slice(0, 4)],
    ["version", head.version],
    ["howpublished", `Record in a data set: ${latex(head.title)}`],
    ["note", latex(`Record ${id}@${head.version}${known}, ${head.licence}`)],
    ["url", head.address],
  ].filter(([, value]) => value);
  const month = `  month = ${MONTHS[Number(head.date.slice(5, 7)) - 1]},\n`;
  const lines = fields.map(([name, value]) => `  ${name} = {${value}},\n`).join("");
  return `@misc{${id}-${head.version},\n${lines}${month}}\n`;
}

// The citation on screen, with buttons. `more` are further buttons: [words of the button, text to copy].
export function citeBox({ id, title, words = title, known = "", more = [], below = null }) {
  const cited = citationOf(id, words, known);
  const bibtex = bibtexOf(id, title, known);
  const told = h("span", { role: "status" });
  const copy = (what, text) =>
    h(
      "button",
      {
        type: "button",
        onclick: async () => {
          try {
            await navigator.clipboard.writeText(text());
            told.textContent = `${what} copied`;
          } catch {
            told.textContent = "Copying is not allowed here; select the text instead";
          }
        },
      },
      `Copy ${what}`,
    );
  return [
    h("p", { class: "cite" }, cited),
    h(
      "p",
      { class: "buttons" },
      more.map(([what, text]) => copy(what, () => text)),
      copy("citation", () => cited),
      copy("BibTeX", () => bibtex),
      copy("link", () => location.href),
      below,
    ),
    told,
    folded(
      "BibTeX",
      false,
      h("pre", { class: "cite" }, bibtex),
      h(
        "button",
        { type: "button", onclick: () => save(`${id}-${head.version}.bib`, "text/x-bibtex", bibtex) },
        "Save as a file",
      ),
    ),
  ];
}
