// Systems: every specification by voice and basis, disagreement on one scale.

import { address } from "./address.js";
import { citeBox } from "./cite.js";
import {
  capital,
  dataTable,
  foreign,
  h,
  link,
  part,
  shortened,
  statementList,
  statementsOf,
  svg,
  term,
  transferLink,
} from "./elements.js";
import { figureRows, jumps } from "./transfer.js";
import {
  asOf,
  groupBy,
  inOrder,
  knownBy,
  label,
  numeral,
  plural,
  statementOf,
  systemOf,
  tables,
} from "./record.js";
import { shortOf } from "./timeline.js";

const figuresOf = groupBy(tables.figures, "system");
const statementsAbout = groupBy(tables.statements, "system");
const children = groupBy(tables.systems, "parent");
const byName = (a, b) => a.name.localeCompare(b.name);

export function systemsView({ day }) {
  const roots = (children.get(null) ?? []).sort(byName);
  return [
    h("h1", { tabindex: -1 }, "Systems"),
    h(
      "p",
      { class: "lead" },
      `Every number said of a system, by voice and basis, as publicly known on ${day}. `,
      "Families stand together.",
    ),
    h(
      "div",
      { class: "families" },
      roots.map((root) =>
        belowOf(root).map((row) =>
          h("section", {}, h("h2", { class: "part" }, line(row, day)), tree(row, day)),
        ),
      ),
    ),
  ];
}

const belowOf = (row) => [...(children.get(row.id) ?? [])].sort(byName);

function tree(row, day) {
  const below = belowOf(row);
  if (!below.length) return null;
  return h(
    "ul",
    { class: "tree" },
    below.map((one) => h("li", {}, line(one, day), tree(one, day))),
  );
}

// The span of the numbers of one basis, never across bases or systems.
function spanOf(basis, rows) {
  const low = Math.min(...rows.map((one) => one.low));
  const high = Math.max(...rows.map((one) => one.high));
  const words = [...new Set([low, high])].map((one) => numeral(Math.round(one))).join(" to ");
  return `${words} km (${basis === "not_stated" ? "basis not stated" : label("basis", basis).toLowerCase()})`;
}

function line(row, day) {
  const figures = asOf(figuresOf.get(row.id) ?? [], day);
  const ranges = groupBy(
    figures.filter((one) => one.measure === "range" && one.low !== null),
    "basis",
  );
  const told = [...ranges]
    .sort((a, b) => a[0].localeCompare(b[0]))
    .map(([basis, rows]) => spanOf(basis, rows));
  return [
    link(row.name, "system", row.id),
    h(
      "span",
      { class: "dim" },
      figures.length > 0 && ` ${plural(figures.length, "number")}`,
      told.length > 0 && ` · range ${told.join("; ")}`,
    ),
  ];
}

export function systemView({ id, day }) {
  const row = systemOf.get(id);
  if (!row) return [h("h1", { tabindex: -1 }, "No such system"), h("p", {}, link("All systems", "systems"))];
  const figures = asOf(figuresOf.get(id) ?? [], day);
  const specifications = groupBy(
    figures.filter((one) => one.basis),
    "measure",
  );
  const others = figures.filter((one) => !one.basis);
  const known = knownBy(statementsAbout.get(id) ?? [], day);
  const names = tables.names.filter((one) => one.system_id === id && one.name !== row.name);
  const transfers = tables.transfers.filter((one) => one.system === id && shortOf(one.id, day));
  const below = belowOf(row);
  const measures = [...specifications].sort((a, b) => b[1].length - a[1].length);
  return [
    h(
      "p",
      { class: "dim" },
      link("All systems", "systems"),
      row.parent && [" · part of ", link(systemOf.get(row.parent).name, "system", row.parent)],
    ),
    h("h1", { tabindex: -1 }, row.name),
    h(
      "p",
      { class: "lead" },
      label("system_kind", row.kind),
      ` of ${label("category", row.category).toLowerCase()}`,
      row.origin && `, from ${row.origin}`,
      row.developer && `, made by ${row.developer}`,
      ". ",
      `As publicly known on ${day}.`,
    ),
    names.length > 0 &&
      h(
        "p",
        {},
        "Also called: ",
        names.map((one, i) => [
          i > 0 && ", ",
          foreign(one.name, one.language),
          h("span", { class: "dim" }, ` (${label("name_kind", one.kind).toLowerCase()})`),
        ]),
      ),
    measures.length > 2 &&
      jumps(
        measures.map(([measure, rows]) => [
          label("measure", measure),
          `${label("measure", measure)} (${rows.length})`,
        ]),
      ),
    measures.map(([measure, rows]) => part(label("measure", measure), specification(rows))),
    specifications.size === 0 && h("p", {}, "Nobody states a specification of it, in what was read."),
    others.length > 0 &&
      part(
        "Other numbers",
        h("p", { class: "dim" }, "Never add rows."),
        shortened(
          others,
          10,
          (some) =>
            dataTable("Each in its own words", ["What", "As stated", "Who", "Said"], figureRows(some)),
          "numbers",
        ),
      ),
    transfers.length > 0 &&
      part(
        "Transfers of it",
        h(
          "ul",
          {},
          transfers.map((one) => h("li", {}, transferLink(one.id), `: ${shortOf(one.id, day)}.`)),
        ),
      ),
    below.length > 0 &&
      part(
        "Narrower",
        h(
          "ul",
          {},
          below.map((one) => h("li", {}, line(one, day))),
        ),
      ),
    known.length > 0 &&
      part(
        "Statements",
        shortened(statementsOf(known.map((one) => one.id)), 10, statementList, "statements"),
      ),
    part(
      "How to cite it",
      h("div", { class: "box" }, citeBox({ id: row.id, title: row.name, known: `, as known on ${day}` })),
    ),
  ];
}

// Said without a numeral ("dozens"): the page has its unit, and no number of its own.
const isWorded = (row) => Number(!row.numbers || row.numbers.includes("in words only"));

// Rows of one measure, each with its span on a scale that all share.
function specification(rows) {
  const units = groupBy(rows, "unit");
  return [...units.values()].map((same) => {
    const high = Math.max(...same.map((row) => row.high ?? 0)) || 1;
    const ordered = [...same].sort(
      (a, b) =>
        isWorded(a) - isWorded(b) || inOrder(a.basis ?? "", b.basis ?? "") || (a.low ?? 0) - (b.low ?? 0),
    );
    return shortened(
      ordered,
      12,
      (some) =>
        dataTable(
          "By basis, smallest first; last what is said without a numeral",
          [`From 0 to ${numeral(Math.round(high))}`, "As stated", "Who", "Basis", "Said"],
          some.map((row) => [scale(row, high), ...specificationCells(row)]),
        ),
      "numbers",
    );
  });
}

const NAMED = ["government", "international_body", "organisation", "person"];
const dimKind = (row) => h("span", { class: "dim" }, ` (${label("voice_kind", row.kind).toLowerCase()})`);

function specificationCells(row) {
  const statement = statementOf.get(row.statement);
  return [
    [foreign(`“${row.stated}”`, statement.language), row.numbers && h("div", { class: "dim" }, row.numbers)],
    [capital(row.speaker), NAMED.includes(row.kind) && dimKind(row)],
    term("basis", row.basis),
    h(
      "a",
      {
        href: address("statement", row.statement),
        "aria-label": `said ${statement.said}: ${statement.summary}`,
      },
      statement.said,
    ),
  ];
}

function scale(row, high) {
  if (row.low === null) return "";
  const left = (100 * row.low) / high;
  const width = Math.max(0, (100 * row.high) / high - left);
  return svg(
    "svg",
    { class: "scale", width: "100%", height: 16, role: "img", "aria-label": row.numbers ?? row.stated },
    svg("line", { class: "axis", x1: 0, x2: "100%", y1: 8, y2: 8 }),
    svg("rect", {
      class: "yes",
      x: `${Math.min(left, 98)}%`,
      y: 3,
      width: `${Math.max(2, width)}%`,
      height: 10,
      rx: 4,
    }),
  );
}
