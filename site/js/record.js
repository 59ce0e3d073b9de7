// The tables of the page, and the ways to find a row.

import { data } from "./data.js";

export const { head, labels, tables } = data;

export function groupBy(rows, key) {
  const groups = new Map();
  for (const row of rows) {
    const name = typeof key === "function" ? key(row) : row[key];
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(row);
  }
  return groups;
}

const byId = (rows) => new Map(rows.map((row) => [row.id, row]));

export const transferOf = byId(tables.transfers);
export const statementOf = byId(tables.statements);
export const sourceOf = byId(tables.sources);
export const systemOf = byId(tables.systems);
export const exhibitOf = byId(tables.exhibits);

const GROUPED = ["moments", "history", "voices", "positions", "figures", "estimates", "statements"];
const ofTransfer = Object.fromEntries(GROUPED.map((name) => [name, groupBy(tables[name], "transfer")]));
export const rowsOf = (name, transfer) => ofTransfer[name].get(transfer) ?? [];

// The rows that held on a day: known by then, and not yet ended.
export const asOf = (rows, day) => rows.filter((row) => row.from <= day && (!row.to || row.to > day));
export const knownBy = (rows, day) => rows.filter((row) => row.from <= day);

// The words about a transfer on a day; null before anything was said of it.
export const momentOf = (transfer, day) => knownBy(rowsOf("moments", transfer), day).at(-1) ?? null;

export const label = (set, code) => labels[set]?.[code]?.[0] ?? String(code ?? "").replaceAll("_", " ");
export const meaning = (set, code) => labels[set]?.[code]?.[1] ?? "";

// Days on which something became public, in order.
export const days = [...new Set(tables.statements.map((row) => row.from))]
  .filter((day) => day >= head.first)
  .sort();

export const daysOf = (transfer) =>
  [...new Set(rowsOf("statements", transfer).map((row) => row.from))].sort();

const NUMBERS = new Intl.NumberFormat("en");
export const numeral = (number) => NUMBERS.format(number);
export const plural = (number, one, many = `${one}s`) => `${numeral(number)} ${number === 1 ? one : many}`;

// Order of texts that are IDs, codes or days; names are put in order by localeCompare.
export const inOrder = (a, b) => Number(a > b) - Number(a < b);
