// Two days side by side: what moved, and which statement moved it.

import { address, isDay } from "./address.js";
import { dated, folded, h, link, statementItem } from "./elements.js";
import { head, momentOf, plural, rowsOf, statementOf, tables } from "./record.js";

function yearBefore(day) {
  const before = `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`;
  return before < head.first ? head.first : before;
}

export function compareView({ day, params }) {
  const other = isDay(params.with) ? params.with : yearBefore(day);
  const [first, last] = [day, other].sort();
  const moved = tables.transfers
    .map((row) => ({ row, before: momentOf(row.id, first), after: momentOf(row.id, last) }))
    .filter(({ before, after }) => after && before?.short !== after.short);
  const pick = (event) => {
    if (isDay(event.target.value)) location.hash = address("compare", "", { with: event.target.value });
  };
  return [
    h("h1", { tabindex: -1 }, "Compare two days"),
    h("p", { class: "lead" }, `What moved between ${first} and ${last}, and which statements moved it.`),
    h(
      "p",
      {},
      h(
        "label",
        {},
        `${day} with `,
        h("input", {
          type: "text",
          inputmode: "numeric",
          placeholder: "2024-09-15",
          id: "with",
          value: other,
          onchange: pick,
        }),
      ),
    ),
    h("p", { role: "status" }, `${plural(moved.length, "transfer")} moved.`),
    moved
      .sort((a, b) => b.row.n - a.row.n)
      .map(({ row, before, after }) => change(row, before, after, first, last)),
  ];
}

function change(row, before, after, first, last) {
  const voices = rowsOf("voices", row.id);
  const positions = rowsOf("positions", row.id);
  const within = (day) => day && day > first && day <= last;
  const fresh = [...voices, ...positions]
    .filter((one) => within(one.from) && !within(one.to))
    .map((one) => one.statement);
  const ended = [...voices, ...positions]
    .filter((one) => one.from <= first && within(one.to))
    .map((one) => one.statement);
  const list = (ids) =>
    h(
      "ul",
      { class: "plain" },
      [...new Set(ids)].map((id) => statementItem(statementOf.get(id))),
    );
  const standing = new Set(
    [...voices, ...positions]
      .filter((one) => one.from <= last && (!one.to || one.to > last))
      .map((one) => one.statement),
  );
  const gone = ended.filter((id) => !standing.has(id));
  return h(
    "section",
    { class: "change" },
    h("h2", {}, link(row.title, "transfer", row.id, { day: last })),
    h(
      "div",
      { class: "cols" },
      h(
        "div",
        {},
        h("b", {}, first),
        h("p", {}, before ? dated(`${before.long}.`) : "Nothing had been said."),
      ),
      h("div", {}, h("b", {}, last), h("p", {}, dated(`${after.long}.`))),
    ),
    fresh.length > 0 &&
      folded(`New words: ${plural(new Set(fresh).size, "statement")}`, false, () => list(fresh)),
    gone.length > 0 &&
      folded(`No longer the latest word: ${plural(new Set(gone).size, "statement")}`, false, () =>
        list(gone),
      ),
  );
}
