// Sources: many pages, few voices.

import { address } from "./address.js";
import { dataTable, foreign, h, link, outside, part, section, statementList, svg, term } from "./elements.js";
import { paged } from "./paging.js";
import { groupBy, knownBy, label, plural, rowsOf, sourceOf, tables } from "./record.js";
import { standing } from "./overview.js";

const bySource = groupBy(tables.statements, "source");
const UNCOUNTED = ["second_hand", "outlet_only", "party_side"];

export function sourcesView(context) {
  const { day, params } = context;
  const rows = knownBy(tables.sources, day).filter((row) => bySource.has(row.id));
  const results = h("div", {});
  const draw = (text, page) => {
    const wanted = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const found = rows
      .filter((row) =>
        wanted.every((word) =>
          `${row.title} ${row.publisher} ${row.published}`.toLocaleLowerCase().includes(word),
        ),
      )
      .sort((a, b) => b.from.localeCompare(a.from));
    results.replaceChildren(
      ...paged(found, page, "page", sourceList, (to) => draw(text, to)).filter(Boolean),
    );
  };
  draw(params.q ?? "", 1);
  return [
    h("h1", { tabindex: -1 }, "Sources"),
    h(
      "p",
      { class: "lead" },
      `${plural(rows.length, "page")} read, as publicly known on ${day}. Many pages can carry one voice.`,
    ),
    section(
      "Many pages, few voices",
      h(
        "p",
        { class: "dim" },
        "Pages on which a transfer is spoken of, and voices that claim it: with a name, " +
          "or an unnamed source that is described.",
      ),
      pagesAndVoices(day),
    ),
    section(
      "All pages",
      h(
        "label",
        {},
        "Search title, publisher, day ",
        h("input", {
          type: "search",
          value: params.q ?? "",
          oninput: (event) => {
            history.replaceState(null, "", address("sources", "", { q: event.target.value }));
            draw(event.target.value, 1);
          },
        }),
      ),
      results,
    ),
  ];
}

function pagesAndVoices(day) {
  const rows = standing(day)
    .slice(0, 10)
    .map((row) => ({
      id: row.id,
      title: row.title,
      pages: new Set(knownBy(rowsOf("statements", row.id), day).map((one) => one.source)).size,
      voices: new Set(
        knownBy(rowsOf("voices", row.id), day)
          .filter((one) => one.says === "asserts" && !UNCOUNTED.includes(one.kind))
          .map((one) => one.voice),
      ).size,
    }));
  const most = Math.max(1, ...rows.map((row) => row.pages));
  const bar = (number, tone) =>
    h(
      "span",
      { class: "bar" },
      svg(
        "svg",
        { width: "100%", height: 14, "aria-hidden": "true" },
        svg("rect", { class: tone, width: `${(100 * number) / most}%`, height: 14 }),
      ),
      String(number),
    );
  return dataTable(
    "The ten busiest transfers",
    ["Transfer", "Pages", "Voices"],
    rows.map((row) => [link(row.title, "transfer", row.id), bar(row.pages, "grey"), bar(row.voices, "yes")]),
  );
}

function sourceList(rows) {
  return h(
    "ul",
    { class: "plain" },
    rows.map((row) =>
      h(
        "li",
        { class: "statement" },
        h("div", {}, h("a", { href: address("source", row.id) }, foreign(row.title, row.language))),
        h(
          "div",
          { class: "dim" },
          `${row.publisher}, ${row.published} · ${label("source_kind", row.kind).toLowerCase()} · `,
          plural(bySource.get(row.id)?.length ?? 0, "statement"),
        ),
      ),
    ),
  );
}

export function sourceView({ id, day }) {
  const row = sourceOf.get(id);
  if (!row) return [h("h1", { tabindex: -1 }, "No such source"), h("p", {}, link("All sources", "sources"))];
  const rows = knownBy(bySource.get(id) ?? [], day);
  return [
    h("p", { class: "dim" }, link("All sources", "sources")),
    h("h1", { tabindex: -1 }, foreign(row.title, row.language)),
    h(
      "p",
      { class: "lead" },
      `${row.publisher}, published ${row.published}. `,
      outside(row.url, "Open the page"),
      row.archive && [" · ", outside(row.archive, "archived copy")],
    ),
    h(
      "p",
      {},
      term("source_kind", row.kind),
      " · read: ",
      term("extent", row.extent),
      " · address: ",
      term("url_kind", row.url_kind),
      row.copy_of && [
        " · a copy of ",
        link(sourceOf.get(row.copy_of)?.publisher ?? row.copy_of, "source", row.copy_of),
      ],
    ),
    part(
      "Statements on this page",
      rows.length ? statementList(rows) : h("p", {}, `None publicly known on ${day}.`),
    ),
  ];
}
