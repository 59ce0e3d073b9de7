// Fields that narrow a list, and the list as CSV.

import { h } from "./elements.js";

export const options = (codes, naming) =>
  codes.map((code) => [code, naming(code)]).sort((a, b) => a[1].localeCompare(b[1]));

// The choices of a filter, which are the same on every day.
const choices = new Map();
export const choicesOf = (filter) => choices.get(filter) ?? choices.set(filter, filter.options()).get(filter);

export function select(name, choices, chosen, changed) {
  return h(
    "select",
    { id: `filter-${name}`, onchange: changed },
    h("option", { value: "" }, "any"),
    choices.map(([code, words]) => h("option", { value: code, selected: code === chosen }, words)),
  );
}

export const dayFilter = (name, title, value, changed) =>
  h(
    "label",
    {},
    title,
    h("input", {
      id: `filter-${name}`,
      inputmode: "numeric",
      placeholder: "2022-11-02 or 2022-11",
      value,
      oninput: changed,
    }),
  );

// A spreadsheet would run a cell that begins with one of these as a formula; an apostrophe keeps it text.
function guarded(cell) {
  const words = String(cell ?? "");
  const safe = /^[=+\-@\t\r]/.test(words) ? `'${words}` : words;
  return `"${safe.replaceAll('"', '""')}"`;
}

// CSV of rows; `columns` gives the cell of each name. With the mark that spreadsheets need to read UTF-8.
export function csv(rows, columns) {
  const names = Object.keys(columns);
  const lines = [names, ...rows.map((row) => names.map((name) => columns[name](row)))];
  return `\ufeff${lines.map((cells) => cells.map(guarded).join(",")).join("\r\n")}\r\n`;
}
