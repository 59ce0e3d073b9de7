// Elements from text; text never becomes markup.

import { address } from "./address.js";
import { inOrder, label, meaning, sourceOf, statementOf, transferOf } from "./record.js";

const SVG = "http://www.w3.org/2000/svg";
const RTL = /^(ar|fa|he|ur)\b/;

function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value") element.value = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(
    ...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false),
  );
  return element;
}

export const h = (tag, properties, ...children) => fill(document.createElement(tag), properties, children);
export const svg = (tag, properties, ...children) =>
  fill(document.createElementNS(SVG, tag), properties, children);

export const link = (text, view, id, params) => h("a", { href: address(view, id, params) }, text);

export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

// A sentence whose days are not broken at the end of a line.
export const dated = (text) =>
  text.split(/(\d{4}-\d\d-\d\d)/).map((part, i) => (i % 2 ? h("span", { class: "whole" }, part) : part));

// Text in another language, with its direction.
export const foreign = (text, language, tag = "bdi") =>
  h(tag, { lang: language, dir: RTL.test(language ?? "") ? "rtl" : "auto" }, text);

const TONES = {
  yes: ["inspected", "acknowledged", "officials", "one_official", "asserts", "admits"],
  no: ["denies", "says_not"],
  other: ["no_claim", "implied", "silent", "retells", "taken_for_granted", "taken_back", "takes_back"],
};

const toneOf = (code) => Object.keys(TONES).find((tone) => TONES[tone].includes(code)) ?? "maybe";

export const chip = (set, code) => h("span", { class: `chip ${toneOf(code)}` }, label(set, code));

// A label with its definition at the word.
export const term = (set, code) =>
  h(
    "a",
    { class: "term", href: address("words", `${set}.${code}`), title: meaning(set, code) },
    label(set, code),
  );

export const section = (title, ...children) => h("section", {}, h("h2", {}, title), ...children);
export const part = (title, ...children) => h("section", {}, h("h2", { class: "part" }, title), ...children);

export const transferLink = (id) => link(transferOf.get(id)?.title ?? id, "transfer", id);

export function outside(url, text) {
  if (!/^https?:/.test(url ?? "")) return text;
  return h("a", { href: url, rel: "noreferrer noopener", target: "_blank" }, text);
}

export const speakerWords = (row) =>
  row.for && row.for !== row.speaker ? `${row.speaker}, for ${row.for}` : row.speaker;

// One statement: who says what sort of thing, when, the summary, and the page.
export function statementItem(row) {
  const source = sourceOf.get(row.source);
  return h(
    "li",
    { class: "statement" },
    h(
      "div",
      { class: "who" },
      h("b", {}, speakerWords(row)),
      " ",
      chip("use_as", row.use_as),
      " ",
      dated(`said ${row.said}`),
    ),
    h("div", {}, row.summary),
    h(
      "div",
      { class: "dim" },
      dated(`${source.publisher}, ${source.published}; public from ${row.from} · `),
      h("a", { href: address("statement", row.id), "aria-label": `Details of: ${row.summary}` }, "details"),
    ),
  );
}

export const statementList = (rows) => h("ul", { class: "plain" }, rows.map(statementItem));

// Statements by ID, each once, newest words first.
export function statementsOf(ids) {
  const rows = [...new Set(ids)].map((id) => statementOf.get(id)).filter(Boolean);
  return rows.sort((a, b) => inOrder(b.said_max ?? b.from, a.said_max ?? a.from));
}

// A table that becomes a list of cards on a phone: every cell carries the head of its column.
export function dataTable(caption, heads, rows) {
  return h(
    "table",
    { class: "cards-on-phone" },
    h("caption", {}, caption),
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        heads.map((text) => h("th", { scope: "col" }, text)),
      ),
    ),
    h(
      "tbody",
      {},
      rows.map((cells) =>
        h(
          "tr",
          {},
          cells.map((cell, i) => h("td", { "data-head": heads[i] }, cell)),
        ),
      ),
    ),
  );
}

// A fold; a function among the children is called when the fold is first opened.
export function folded(summary, isOpen, ...children) {
  const element = h("details", { open: isOpen }, h("summary", {}, summary));
  const unfold = () =>
    fill(
      element,
      {},
      children.splice(0).map((child) => (typeof child === "function" ? child() : child)),
    );
  if (isOpen || !children.some((child) => typeof child === "function")) unfold();
  else element.addEventListener("toggle", unfold, { once: true });
  return element;
}

// Long lists show their first rows; the rest unfolds.
export function shortened(rows, limit, draw, what) {
  if (rows.length <= limit + 2) return draw(rows);
  return [
    draw(rows.slice(0, limit)),
    folded(`${rows.length - limit} more ${what}`, false, () => draw(rows.slice(limit))),
  ];
}

// Saves text as a file.
export function save(name, type, ...texts) {
  const url = URL.createObjectURL(new Blob(texts, { type }));
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
