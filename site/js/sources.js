// Sources: many pages, few voices.

import { address } from "./address.js";
import { citeBox } from "./cite.js";
import {
  dataTable,
  folded,
  foreign,
  h,
  link,
  outside,
  part,
  save,
  section,
  statementList,
  svg,
  term,
} from "./elements.js";
import { choicesOf, csv, dayFilter, options, select } from "./filters.js";
import { paged } from "./paging.js";
import {
  groupBy,
  head,
  inOrder,
  knownBy,
  label,
  plural,
  rowsOf,
  sourceOf,
  tables,
  transferOf,
} from "./record.js";
import { standing } from "./overview.js";

const bySource = groupBy(tables.statements, "source");
const UNCOUNTED = ["second_hand", "outlet_only", "party_side"];

const LANGUAGES = new Intl.DisplayNames(["en"], { type: "language" });
const languageName = (code) => LANGUAGES.of(code) ?? code;
const valuesOf = (name) => [...new Set(tables.sources.map((row) => row[name]).filter(Boolean))];
const speaksOf = (row, transfer) => (bySource.get(row.id) ?? []).some((one) => one.transfer === transfer);

const SOURCE_FILTERS = [
  {
    name: "kind",
    title: "Sort of page",
    options: () => options(valuesOf("kind"), (code) => label("source_kind", code)),
  },
  { name: "language", title: "Language", options: () => options(valuesOf("language"), languageName) },
  {
    name: "extent",
    title: "How much was read",
    options: () => options(valuesOf("extent"), (code) => label("extent", code)),
  },
  {
    name: "publisher",
    title: "Publisher",
    options: () => options(valuesOf("publisher"), (code) => code),
  },
  {
    name: "transfer",
    title: "Speaks of the transfer",
    holds: speaksOf,
    options: () =>
      options(
        tables.transfers.map((row) => row.id),
        (code) => transferOf.get(code).title,
      ),
  },
];

const textOfSource = (row) => `${row.title} ${row.publisher} ${row.published}`.toLocaleLowerCase();

// Those with statements, the newest first.
const readPages = tables.sources
  .filter((row) => bySource.has(row.id))
  .sort((a, b) => inOrder(b.from, a.from) || inOrder(a.id, b.id));

function filteredSources(day, params) {
  const wanted = (params.q ?? "").toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return knownBy(readPages, day).filter(
    (row) =>
      SOURCE_FILTERS.every(
        ({ name, holds }) => !params[name] || (holds ? holds(row, params[name]) : row[name] === params[name]),
      ) &&
      (!params.published || row.from.startsWith(params.published)) &&
      wanted.every((word) => textOfSource(row).includes(word)),
  );
}

const SOURCE_COLUMNS = {
  source_id: (row) => row.id,
  title: (row) => row.title,
  publisher: (row) => row.publisher,
  published: (row) => row.published,
  kind: (row) => row.kind,
  language: (row) => row.language,
  extent: (row) => row.extent,
  n_statements: (row) => bySource.get(row.id).length,
  copy_of_source_id: (row) => row.copy_of,
  url: (row) => row.url,
  archive_url: (row) => row.archive,
};

export function sourcesView({ day, params }) {
  const names = ["q", "published", ...SOURCE_FILTERS.map(({ name }) => name)];
  let chosen = Object.fromEntries(names.map((name) => [name, params[name] ?? ""]));
  const results = h("div", {});
  const draw = (page) => {
    const found = filteredSources(day, chosen);
    const keep = () =>
      save(`${head.name}-${head.version}-sources-${day}.csv`, "text/csv", csv(found, SOURCE_COLUMNS));
    results.replaceChildren(
      ...[
        h(
          "p",
          {},
          h(
            "button",
            { type: "button", id: "download", disabled: !found.length, onclick: keep },
            `Download ${plural(found.length, "row")} as CSV`,
          ),
        ),
        ...paged(found, page, "page", sourceList, (to) => {
          draw(to);
          results.querySelector("#found").scrollIntoView();
        }),
      ].filter(Boolean),
    );
  };
  const change = (name) => (event) => {
    chosen = { ...chosen, [name]: event.target.value.trim() };
    history.replaceState(null, "", address("sources", "", chosen));
    draw(1);
  };
  draw(1);
  const isFiltered = names.some((name) => name !== "q" && chosen[name]);
  const read = knownBy(readPages, day).length;
  return [
    h("h1", { tabindex: -1 }, "Sources"),
    h(
      "p",
      { class: "lead" },
      `${plural(read, "page")} read, as publicly known on ${day}. Many pages can carry one voice.`,
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
        "form",
        { role: "search", onsubmit: (event) => event.preventDefault() },
        h(
          "label",
          { class: "wide" },
          "Search title, publisher, day ",
          h("input", { type: "search", id: "search", value: chosen.q, oninput: change("q") }),
        ),
        folded("Filters", isFiltered, () =>
          h(
            "div",
            { class: "filters" },
            SOURCE_FILTERS.map((filter) =>
              h(
                "label",
                {},
                filter.title,
                select(filter.name, choicesOf(filter), chosen[filter.name], change(filter.name)),
              ),
            ),
            dayFilter("published", "Published that day or month", chosen.published, change("published")),
          ),
        ),
        h("p", {}, h("a", { href: address("sources") }, "Clear search and filters")),
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
      h("span", {}, String(number)),
      svg(
        "svg",
        { width: "100%", height: 14, "aria-hidden": "true" },
        svg("rect", { class: tone, width: `${(100 * number) / most}%`, height: 14 }),
      ),
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
    part(
      "How to cite it",
      h(
        "div",
        { class: "box" },
        citeBox({
          id: row.id,
          title: row.title,
          words: `${row.publisher}, “${row.title}”, ${row.published}, ${row.url}`,
        }),
      ),
    ),
  ];
}
