// Two days side by side: what moved, and which statement moved it.

import { address, isDay } from "./address.js";
import { capital, chip, dated, folded, h, link, shortened, statementItem, statementsOf } from "./elements.js";
import { asOf, head, label, momentOf, plural, rowsOf, statementOf, tables } from "./record.js";
import { KINDS, STAGES } from "./transfer.js";

const PARTIES = ["supplier", "recipient"];
const SHOWN = 4;

function yearBefore(day) {
  const before = `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`;
  return before < head.first ? head.first : before;
}

export function compareView({ day, params }) {
  const other = isDay(params.with) ? params.with : yearBefore(day);
  const [first, last] = [day, other].sort();
  const changes = tables.transfers
    .map((row) => ({ row, before: momentOf(row.id, first), after: momentOf(row.id, last) }))
    .filter(({ before, after }) => after && before?.short !== after.short)
    .map((change) => ({ ...change, moves: movesOf(change.row, first, last) }));
  const [moved, worded] = [true, false].map((isMoved) =>
    changes.filter(({ moves }) => moves.length > 0 === isMoved).sort((a, b) => b.row.n - a.row.n),
  );
  return [
    h("h1", { tabindex: -1 }, "Compare two days"),
    h("p", { class: "lead" }, `What moved between ${first} and ${last}, and which statement moved it.`),
    h(
      "div",
      { class: "two-days", role: "group", "aria-label": "Days compared" },
      dayField("First day", "with", first, (text) => address("compare", "", { day: last, with: text })),
      dayField("Second day", "second", last, (text) => address("compare", "", { day: text, with: first })),
    ),
    h(
      "p",
      { role: "status" },
      `${plural(moved.length, "transfer")} moved; ` +
        `${plural(worded.length, "other")} got newer words that moved no status.`,
    ),
    moved.map((change) => changeOf(change, first, last)),
    worded.length > 0 && h("h2", {}, "Newer words, no status moved"),
    worded.map((change) => changeOf(change, first, last, "h3")),
  ];
}

function dayField(title, id, value, target) {
  const pick = (event) => {
    const text = event.target.value.trim();
    if (isDay(text)) location.hash = target(text);
    else event.target.value = value;
  };
  return h(
    "label",
    {},
    title,
    h("input", { type: "text", inputmode: "numeric", placeholder: "2024-09-15", id, value, onchange: pick }),
  );
}

// Every status of a stage and every position of a party that is another on the last day than on the first.
function movesOf(row, first, last) {
  const history = rowsOf("history", row.id);
  const before = asOf(history, first)[0];
  const after = asOf(history, last)[0];
  const found = [
    ...STAGES.map((stage) => ({
      set: "status",
      title: label("stage", stage),
      column: `${stage}_status`,
      unsaid: "no_claim",
      rows: rowsOf("voices", row.id).filter((one) => one.stage === stage),
    })),
    ...PARTIES.map((party) => ({
      set: "position",
      title: `${row[party]}, the ${party}`,
      column: party,
      unsaid: "silent",
      rows: rowsOf("positions", row.id).filter((one) => one.party === party && !one.wider),
    })),
  ];
  return found
    .map((one) => ({ ...one, from: before?.[one.column] ?? one.unsaid, to: after[one.column] }))
    .filter((one) => one.from !== one.to && one.to !== "implied")
    .map((one) => ({ ...one, ...movers(one, history, first, last) }));
}

// The day on which a cell got the value that it has on the last day, and what moved it there: the words that
// became public on that day and count for this value, or else those that ended on it.
function movers({ set, column, to, rows }, history, first, last) {
  const within = history
    .filter((one) => one.from <= last && (!one.to || one.to > first))
    .sort((a, b) => b.from.localeCompare(a.from));
  const differing = within.findIndex((one) => one[column] !== to);
  const now = within[differing === -1 ? within.length - 1 : differing - 1];
  const day = now.from;
  if (to === "inspected") return { day, ids: [now.inspection], ended: [] };
  const counting = rows.filter((one) => set === "position" || COUNTS[to]?.(one));
  const fresh = counting
    .filter((one) => one.from === day)
    .sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
  const isOld = ({ voice, word }) =>
    counting.some(
      (one) => one.voice === voice && one.word === word && one.from < day && (!one.to || one.to >= day),
    );
  const newcomers = fresh.filter((one) => !isOld(one));
  const isRestated = ({ voice, word, says }) =>
    rows.some((one) => one.from === day && one.voice === voice && one.word === word && one.says === says);
  const ended = fresh.length ? [] : rows.filter((one) => one.to === day && !isRestated(one));
  return { day, ids: idsOf(newcomers.length ? newcomers : fresh), ended: idsOf(ended) };
}

const idsOf = (rows) => [...new Set(rows.map((one) => one.statement))];

// The words that count for a status of a stage.
const isOfficial = (one) => ["government", "international_body"].includes(one.kind);
const claims = (one) => one.says === "asserts";
const COUNTS = {
  acknowledged: (one) => claims(one) && one.party && one.limits === "total",
  officials: (one) => claims(one) && isOfficial(one) && !one.party,
  one_official: (one) => claims(one) && isOfficial(one) && !one.party,
  reported: (one) => claims(one) && ["organisation", "person", "unnamed"].includes(one.kind),
  party_side: (one) => claims(one) && (one.party || one.kind === "party_side"),
  outlet_only: (one) => claims(one) && ["outlet_only", "second_hand"].includes(one.kind) && !one.disputed,
  held_possible: (one) => one.says === "holds_possible",
  expected: (one) => one.says === "expects",
};

function changeOf({ row, before, after, moves }, first, last, heading = "h2") {
  const all = [...rowsOf("voices", row.id), ...rowsOf("positions", row.id)];
  const isWithin = (day) => day && day > first && day <= last;
  const told = new Set(moves.flatMap(({ ids }) => ids.slice(0, SHOWN)));
  const standing = new Set(asOf(all, last).map((one) => one.statement));
  const fresh = new Set(
    asOf(all, last)
      .filter((one) => isWithin(one.from))
      .map((one) => one.statement),
  );
  const gone = new Set(
    all.filter((one) => one.from <= first && isWithin(one.to)).map((one) => one.statement),
  );
  const rest = [...fresh].filter((id) => !told.has(id));
  const ended = [...gone].filter((id) => !standing.has(id));
  const list = (rows) => h("ul", { class: "plain" }, rows.map(statementItem));
  const words = (ids) => shortened(statementsOf(ids), 10, list, "statements");
  return h(
    "section",
    { class: "change" },
    h(heading, {}, link(row.title, "transfer", row.id, { day: last })),
    h(
      "div",
      { class: "cols sides" },
      side(first, before ? before.long : "Nothing had been said"),
      side(last, after.long),
    ),
    moves.length > 0 && h("ul", { class: "plain moves" }, moves.map(moveItem)),
    rest.length > 0 &&
      (moves.length === 0 && rest.length <= 2
        ? list(statementsOf(rest))
        : folded(
            `${moves.length > 0 ? "Other new words" : "New words"}: ${plural(rest.length, "statement")}`,
            false,
            () => words(rest),
          )),
    ended.length > 0 &&
      folded(`No longer the latest word: ${plural(ended.length, "statement")}`, false, () => words(ended)),
  );
}

const side = (day, words) =>
  h("div", {}, h("b", { class: "whole" }, day), h("p", {}, dated(`${capital(words)}.`)));

function moveItem({ set, title, from, to, day, ids, ended }) {
  const rows = (ids.length ? ids : ended).map((id) => statementOf.get(id));
  const told = ids.length ? ", moved by" : ", when this no longer held";
  return h(
    "li",
    { class: "move" },
    h(
      "div",
      {},
      h("b", {}, title),
      ": ",
      chip(set, from),
      " → ",
      chip(set, to),
      h("span", { class: "dim" }, " on ", h("span", { class: "whole" }, day), rows.length ? told : ""),
    ),
    rows.length
      ? h("ul", { class: "plain" }, rows.slice(0, SHOWN).map(statementItem))
      : h(
          "p",
          { class: "dim" },
          "Nothing new was said of it on that day: a day for which it was foreseen had passed.",
        ),
    rows.length > SHOWN &&
      h("p", { class: "dim" }, `and ${plural(rows.length - SHOWN, "more statement")} of that day, below.`),
  );
}
