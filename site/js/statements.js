// Statements: search, filters, pages, download; and one statement in full.

import { address, readAddress } from "./address.js";
import { citeBox, wordsOf } from "./cite.js";
import {
  chip,
  dated,
  foreign,
  h,
  link,
  outside,
  part,
  save,
  speakerWords,
  statementItem,
  statementList,
  term,
  transferLink,
} from "./elements.js";
import { choicesOf, csv, dayFilter, options, select } from "./filters.js";
import { paged } from "./paging.js";
import {
  exhibitOf,
  head,
  inOrder,
  knownBy,
  label,
  meaning,
  momentOf,
  plural,
  sourceOf,
  statementOf,
  systemOf,
  tables,
  transferOf,
} from "./record.js";

const text = (row) =>
  [
    row.summary,
    row.speaker,
    row.role,
    row.for,
    row.stated,
    row.said,
    row.from,
    label("voice_kind", row.voice_kind),
    sourceOf.get(row.source).publisher,
    sourceOf.get(row.source).title,
    transferOf.get(row.transfer)?.title,
    systemOf.get(row.system)?.name,
  ]
    .join(" ")
    .toLocaleLowerCase();
const texts = new Map();
const textOf = (row) => texts.get(row) ?? texts.set(row, text(row)).get(row);
const distinct = (name) => [...new Set(tables.statements.map((row) => row[name]).filter(Boolean))];

const OFFICES = ["state_position", "official_capacity", "individual_official"];

const FILTERS = [
  {
    name: "direction",
    title: "Direction",
    of: (row) => transferOf.get(row.transfer)?.direction,
    options: () => options([...new Set(tables.transfers.map((row) => row.direction))], (code) => code),
  },
  {
    name: "transfer",
    title: "Transfer",
    options: () => options(distinct("transfer"), (code) => transferOf.get(code).title),
  },
  {
    name: "system",
    title: "System",
    options: () => options(distinct("system"), (code) => systemOf.get(code).name),
  },
  {
    name: "use_as",
    title: "What it does",
    options: () => options(distinct("use_as"), (code) => label("use_as", code)),
  },
  {
    name: "stance",
    title: "Stance",
    options: () => options(distinct("stance"), (code) => label("stance", code)),
  },
  { name: "state", title: "Speaker’s state", options: () => options(distinct("state"), (code) => code) },
  {
    name: "authority",
    title: "Capacity of the speaker",
    of: (row, wanted) => (wanted === "official" && OFFICES.includes(row.authority) ? wanted : row.authority),
    options: () => [
      ["official", "Officials of any kind"],
      ...options(distinct("authority"), (code) => label("authority", code)),
    ],
  },
  {
    name: "voice_kind",
    title: "Kind of voice",
    options: () => options(distinct("voice_kind"), (code) => label("voice_kind", code)),
  },
  {
    name: "aspect",
    title: "About",
    options: () => options(distinct("aspect"), (code) => label("aspect", code)),
  },
];

// A day, month or year in which the words were said, as far as is known.
const saidIn = (row, wanted) =>
  (row.said_max ?? "").startsWith(wanted) && (wanted.length < 10 || row.said_min === row.said_max);

// Words dated within some weeks, among them the day wanted.
const isNear = (row, wanted) =>
  row.said_min &&
  row.said_min !== row.said_max &&
  row.said_min <= wanted &&
  row.said_max >= wanted &&
  Date.parse(row.said_max) - Date.parse(row.said_min) <= WEEKS;
const WEEKS = 31 * 86400000;

const SECONDARY = ["retells", "taken_for_granted"];

let ordered = null; // put in order once

function newestFirst() {
  ordered ??= [...tables.statements].sort(
    (a, b) => inOrder(b.said_max ?? b.from, a.said_max ?? a.from) || inOrder(a.id, b.id),
  );
  return ordered;
}

// Whole words of the summary first, then parts of it, then the rest; own words before those retold.
export function filtered(day, params) {
  const words = (params.q ?? "").toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const rows = knownBy(newestFirst(), day).filter(
    (row) =>
      FILTERS.every(
        ({ name, of }) => !params[name] || (of ? of(row, params[name]) : row[name]) === params[name],
      ) &&
      (!params.said || (params.near ? isNear(row, params.said) : saidIn(row, params.said))) &&
      (!params.published || row.from.startsWith(params.published)) &&
      words.every((word) => textOf(row).includes(word)),
  );
  const whole = words.map(wholeWord);
  const rank = (row) => {
    const summary = row.summary.toLocaleLowerCase();
    const isRetold = Number(SECONDARY.includes(row.use_as));
    if (whole.every((pattern) => pattern.test(summary))) return isRetold;
    return 2 * (words.every((word) => summary.includes(word)) ? 1 : 2) + isRetold;
  };
  if (!words.length) return rows;
  const ranks = new Map(rows.map((row) => [row, rank(row)]));
  return rows.sort((a, b) => ranks.get(a) - ranks.get(b));
}

// A word that is no part of a longer word or number: 450, but not 2,450.
const wholeWord = (word) =>
  new RegExp(`(?<![\\p{L}\\d.,])${word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![\\p{L}\\d])`, "u");

// Transfers and systems whose name holds every word of the search.
function named(day, q) {
  const words = q.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length) return null;
  const holds = (name) => words.every((word) => name.toLocaleLowerCase().includes(word));
  const transfers = tables.transfers.filter((row) => holds(row.title) && momentOf(row.id, day));
  const systems = tables.systems.filter((row) => holds(row.name));
  const found = [
    ...transfers.map((row) => [row.title, "transfer", row.id]),
    ...systems.map((row) => [`${row.name}: numbers and names`, "system", row.id]),
  ];
  if (!found.length) return null;
  return h(
    "div",
    { class: "box" },
    h("b", {}, "Pages of that name"),
    h(
      "ul",
      { class: "plain" },
      found.slice(0, 6).map(([words, view, id]) => h("li", {}, link(words, view, id))),
    ),
  );
}

// The rows to show. Where none is dated to the very day asked for, those that may have been said on it.
function found(day, chosen) {
  const rows = filtered(day, chosen);
  if (rows.length || chosen.said.length !== 10 || chosen.near) return { rows, isNear: Boolean(chosen.near) };
  const near = filtered(day, { ...chosen, near: "1" });
  return { rows: near, isNear: near.length > 0 };
}

// Where a day was asked for: what else may have been said on it, or became public on it.
function besides(day, chosen, isNear) {
  if (chosen.said.length !== 10) return null;
  const others = [
    ["may have been said on that day, dated less exactly", { ...chosen, near: "1" }],
    ["became public on that day", { ...chosen, near: "", said: "", published: chosen.said }],
  ]
    .filter(([, params]) => !(isNear && params.near))
    .map(([words, params]) => [words, params, filtered(day, params).length])
    .filter(([, , number]) => number > 0);
  return [
    isNear &&
      h(
        "p",
        {},
        h("b", {}, `None of these is dated to ${chosen.said} itself`),
        "; each may have been said on it.",
      ),
    others.length > 0 &&
      h(
        "p",
        { class: "dim" },
        others.map(([words, params, number], i) => [
          i > 0 && "; ",
          h("a", { href: address("statements", "", params) }, plural(number, "statement")),
          ` ${words}`,
        ]),
        ".",
      ),
  ];
}

const QUICK = [
  ["Officials only", "authority", "official"],
  ["Denials only", "use_as", "denies"],
];

// On a phone the filters stay folded, and their fold says what is chosen.
const PHONE = "(max-width: 760px)";

function chosenWords(chosen) {
  const told = FILTERS.filter(({ name }) => chosen[name]).map(
    (filter) => choicesOf(filter).find(([code]) => code === chosen[filter.name])?.[1] ?? chosen[filter.name],
  );
  if (chosen.said) told.push(`${chosen.near ? "may have been said on" : "said"} ${chosen.said}`);
  if (chosen.published) told.push(`published ${chosen.published}`);
  return told.length ? `Filters: ${told.join("; ")}` : "Filters";
}

export function statementsView({ day, params }) {
  const results = h("div", { id: "results" });
  let chosen = Object.fromEntries(
    ["q", "said", "near", "published", ...FILTERS.map(({ name }) => name)].map((name) => [
      name,
      params[name] ?? "",
    ]),
  );
  const summary = h("summary", {});
  const quick = QUICK.map(([words, name, code]) => ({
    name,
    code,
    button: h("button", { type: "button", class: "quick", onclick: () => toggle(name, code) }, words),
  }));
  const draw = (page) => {
    const { rows, isNear: isDatedNear } = found(day, chosen);
    const isNarrowed = Object.entries(chosen).some(([name, value]) => name !== "q" && value);
    const list = (some) => h("ul", { class: "plain" }, some.map(statementItem));
    summary.replaceChildren(...dated(chosenWords(chosen)));
    for (const { name, code, button } of quick)
      button.setAttribute("aria-pressed", String(chosen[name] === code));
    results.replaceChildren(
      ...[
        isNarrowed ? null : named(day, chosen.q),
        besides(day, chosen, isDatedNear),
        ...paged(rows, page, "statement", list, (to) => {
          draw(to);
          results.querySelector("#found").scrollIntoView();
        }),
        h(
          "p",
          {},
          h(
            "button",
            { type: "button", id: "download", disabled: !rows.length, onclick: () => download(rows) },
            `Download ${plural(rows.length, "row")} as CSV`,
          ),
        ),
      ]
        .flat(Infinity)
        .filter(Boolean),
    );
  };
  const set = (name, value) => {
    chosen = { ...chosen, [name]: value, near: "" };
    history.replaceState(null, "", address("statements", "", chosen));
    draw(1);
  };
  const change = (name) => (event) => set(name, event.target.value.trim());
  const toggle = (name, code) => {
    set(name, chosen[name] === code ? "" : code);
    document.getElementById(`filter-${name}`).value = chosen[name];
  };
  draw(1);
  const isFiltered = FILTERS.some(({ name }) => chosen[name]) || chosen.said || chosen.published;
  return [
    h("h1", { tabindex: -1 }, "Statements"),
    h(
      "p",
      { class: "lead" },
      `As publicly known on ${day}. The label behind a speaker says what the statement does. `,
      "What is only retold is listed, and never counted.",
    ),
    h(
      "form",
      { role: "search", onsubmit: (event) => event.preventDefault() },
      h(
        "label",
        { class: "wide" },
        "Search ",
        h("input", { type: "search", id: "search", value: chosen.q, oninput: change("q") }),
      ),
      h(
        "details",
        { open: Boolean(isFiltered) && !matchMedia(PHONE).matches },
        summary,
        h(
          "div",
          { class: "filters" },
          FILTERS.map((filter) =>
            h(
              "label",
              {},
              filter.title,
              select(filter.name, choicesOf(filter), chosen[filter.name], change(filter.name)),
            ),
          ),
          dayFilter("said", "Said that day or month", chosen.said, change("said")),
          dayFilter("published", "Published that day or month", chosen.published, change("published")),
        ),
      ),
      h(
        "p",
        { class: "buttons" },
        quick.map(({ button }) => button),
        h("a", { class: "clear", href: address("statements") }, "Clear search and filters"),
      ),
    ),
    results,
  ];
}

// Download

const STATEMENT_COLUMNS = {
  claim_id: (row) => row.id,
  summary: (row) => row.summary,
  use_as: (row) => row.use_as,
  stance: (row) => row.stance,
  speaker: (row) => row.speaker,
  says: (row) => row.says,
  stage: (row) => row.stage,
  aspect: (row) => row.aspect,
  transfer: (row) => transferOf.get(row.transfer)?.title,
  system: (row) => systemOf.get(row.system)?.name,
  limits: (row) => row.limits,
  said: (row) => row.said,
  known_from: (row) => row.from,
  value_text: (row) => row.stated,
  voice_kind: (row) => row.voice_kind,
  speaks_for: (row) => row.for,
  outlet: (row) => sourceOf.get(row.source).publisher,
  published: (row) => sourceOf.get(row.source).published,
  title: (row) => sourceOf.get(row.source).title,
  url: (row) => sourceOf.get(row.source).url,
  locator: (row) => row.locator,
};

function download(rows) {
  const name = `${head.name}-${head.version}-statements-${readAddress().day}.csv`;
  save(name, "text/csv", csv(rows, STATEMENT_COLUMNS));
}

// One statement

export function statementView({ id }) {
  const row = statementOf.get(id);
  if (!row)
    return [h("h1", { tabindex: -1 }, "No such statement"), h("p", {}, link("All statements", "statements"))];
  const source = sourceOf.get(row.source);
  const facts = [
    ["What it does", defined("use_as", row.use_as)],
    [
      "Speaker",
      [
        speakerWords(row),
        row.role && ` (${row.role})`,
        row.state && h("span", { class: "dim" }, ` · ${row.state}`),
      ],
    ],
    ["Whose word it is", row.voice_kind && defined("voice_kind", row.voice_kind)],
    ["Said", row.said],
    ["Public from", row.from],
    ["About", [term("aspect", row.aspect), row.stage && [", stage: ", term("stage", row.stage)]]],
    ["Transfer", row.transfer && transferLink(row.transfer)],
    ["System", row.system && link(systemOf.get(row.system)?.name ?? row.system, "system", row.system)],
    ["When it happened, as told", row.event],
    ["Limits", row.limits && defined("limits", row.limits)],
    [
      "Number as stated",
      row.stated && [
        foreign(`“${row.stated}”`, row.language),
        row.numbers && ` (${row.numbers})`,
        row.pooled && " It covers more than this subject, and enters no figure.",
      ],
    ],
    ["What the number covers", row.scope && defined("scope", row.scope)],
    ["Basis", row.basis && defined("basis", row.basis)],
    ["Certainty", row.certainty && defined("certainty", row.certainty)],
    ["Evidence", row.evidence && defined("evidence", row.evidence)],
    ["Item", row.exhibit && exhibitOf.get(row.exhibit)?.description],
    ["What became of it", row.resolution && defined("resolution", row.resolution)],
    ["Through", row.via],
    ["Retells", row.relays && statementLink(row.relays)],
    ["Rests on", row.rests && statementLink(row.rests)],
    ["How near to the words", row.coded_from && defined("coded_from", row.coded_from)],
    [
      "Page",
      [
        h("a", { href: address("source", source.id) }, foreign(source.title, source.language)),
        ` ${source.publisher}, ${source.published}; `,
        outside(source.url, "open it"),
        `, ${row.locator}`,
      ],
    ],
    ["Note of the coder", row.note],
  ];
  return [
    h("p", { class: "dim" }, link("All statements", "statements")),
    h("h1", { tabindex: -1 }, row.summary),
    h(
      "dl",
      { class: "facts" },
      facts
        .filter(([, words]) => words)
        .map(([title, words]) => h("div", {}, h("dt", {}, title), h("dd", {}, words))),
    ),
    part(
      "How to cite it",
      h("div", { class: "box" }, citeBox({ id: row.id, title: row.summary, words: wordsOf(row) })),
    ),
    part(
      "Others on the same page",
      statementList(tables.statements.filter((one) => one.source === row.source && one.id !== row.id)),
    ),
  ];
}

// A word with its definition behind it.
const defined = (set, code) => [
  chip(set, code),
  h(
    "span",
    { class: "dim" },
    " ",
    h("a", { class: "term", href: address("words", `${set}.${code}`) }, meaning(set, code)),
  ),
];

const statementLink = (id) => h("a", { href: address("statement", id) }, statementOf.get(id)?.summary ?? id);
