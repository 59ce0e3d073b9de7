// The opening view: what stands, when most was said, and every transfer in short.

import { address, isDay } from "./address.js";
import { dated, folded, h, link, section } from "./elements.js";
import { groupBy, knownBy, momentOf, plural, rowsOf, tables } from "./record.js";
import { busiestDays, timeline, titleOf } from "./timeline.js";

const SENTENCES = 5;

// Transfers known on a day with their words, busiest first.
export function standing(day) {
  return tables.transfers
    .map((row) => ({
      ...row,
      words: momentOf(row.id, day),
      known: knownBy(rowsOf("statements", row.id), day).length,
    }))
    .filter((row) => row.words)
    .sort((a, b) => b.known - a.known || a.title.localeCompare(b.title));
}

// Families of a direction, busiest first.
export function families(rows) {
  const groups = [...groupBy(rows, (row) => `${row.direction}|${row.family}`).values()];
  return groups
    .map((group) => ({
      direction: group[0].direction,
      family: group[0].family,
      rows: group,
      known: group.reduce((sum, row) => sum + row.known, 0),
    }))
    .sort((a, b) => b.known - a.known);
}

export function overview({ day }) {
  const rows = standing(day);
  const groups = families(rows);
  const known = knownBy(tables.statements, day);
  const pages = new Set(known.map((row) => row.source)).size;
  return [
    h("h1", { tabindex: -1 }, "Who said what about arms between Iran and Russia"),
    h(
      "p",
      { class: "lead" },
      `${plural(known.length, "statement")} from ${plural(pages, "page")}, as publicly known on ${day}. `,
      h("b", {}, "A row says that somebody said it, never that it is so."),
    ),
    h(
      "form",
      { role: "search", onsubmit: search },
      h(
        "label",
        {},
        "Search the statements ",
        h("input", { type: "search", id: "find", name: "q", placeholder: "missiles 2024-09-10" }),
      ),
      " ",
      h("button", {}, "Search"),
    ),
    section(
      `What stands on ${day}`,
      rows.length ? h("ol", { class: "find" }, findings(groups)) : h("p", {}, "Nothing had been said."),
    ),
    section("When it was said", timeline(day), tenDays(day)),
    section(
      "Transfers",
      h("p", { class: "dim" }, "By direction and family, busiest first. Open a family for its transfers."),
      h(
        "div",
        { class: "cols" },
        [...groupBy(groups, "direction")].map(([direction, list]) =>
          h("div", {}, h("h3", {}, direction), list.map(familyList)),
        ),
      ),
    ),
  ];
}

function search(event) {
  event.preventDefault();
  const words = new FormData(event.target).get("q").trim().split(/\s+/);
  const said = words.find(isDay);
  const q = words.filter((word) => word !== said).join(" ");
  location.hash = address("statements", "", { q, said });
}

// The busiest transfer of each of the busiest families.
function findings(groups) {
  return groups
    .slice(0, SENTENCES)
    .map(({ rows: [row] }) =>
      h(
        "li",
        {},
        link(row.title, "transfer", row.id),
        ": ",
        dated(row.words.long),
        ". ",
        link(plural(row.known, "statement"), "statements", "", { transfer: row.id }),
      ),
    );
}

function familyList({ family, rows, known }) {
  return folded(
    [
      h("b", {}, family),
      h("span", { class: "dim" }, ` ${plural(rows.length, "transfer")}, ${plural(known, "statement")}`),
    ],
    false,
    h(
      "ul",
      { class: "plain" },
      rows.map((row) =>
        h(
          "li",
          { class: "transfer" },
          link(row.title, "transfer", row.id),
          h("div", {}, `${row.words.short}.`),
          h("div", { class: "dim" }, `${plural(row.known, "statement")}, first public ${row.first}`),
        ),
      ),
    ),
  );
}

function tenDays(day) {
  const rows = busiestDays(day);
  if (!rows.length) return null;
  return [
    h(
      "h3",
      {},
      rows.length === 10 ? "The ten days on which most was said" : "The days on which most was said",
    ),
    h(
      "ul",
      { class: "days" },
      rows.map(({ said, claims, denials, about }) =>
        h(
          "li",
          {},
          link(said, "statements", "", { said }),
          ` ${plural(claims, "claim")}, ${plural(denials, "denial")}; most of them: `,
          link(titleOf(about), "transfer", about),
        ),
      ),
    ),
  ];
}
