// One transfer: who stands behind it, when, what the parties say, who says it is not so, the numbers.

import { address } from "./address.js";
import { citationOf, citeBox } from "./cite.js";
import {
  capital,
  chip,
  dataTable,
  dated,
  folded,
  foreign,
  h,
  link,
  part,
  save,
  shortened,
  statementItem,
  statementList,
  statementsOf,
  term,
  transferLink,
} from "./elements.js";
import {
  asOf,
  exhibitOf,
  groupBy,
  inOrder,
  knownBy,
  label,
  meaning,
  momentOf,
  plural,
  rowsOf,
  sourceOf,
  statementOf,
  systemOf,
  tables,
  transferOf,
} from "./record.js";
import { picture } from "./picture.js";
import { lanes, shortOf } from "./timeline.js";

export const STAGES = ["transferred", "agreed", "talks"];
export const KINDS = [
  "government",
  "international_body",
  "organisation",
  "person",
  "party_side",
  "unnamed",
  "second_hand",
  "outlet_only",
];
const KIND_NAMES = {
  government: ["Government", "Governments"],
  international_body: ["International body", "International bodies"],
  organisation: ["Organisation", "Organisations"],
  person: ["Person", "Persons"],
  party_side: ["A party’s side", "A party’s side"],
  unnamed: ["Report with unnamed sources", "Reports with unnamed sources"],
  second_hand: ["At second hand", "At second hand"],
  outlet_only: ["Outlet, source not told", "Outlets, source not told"],
};
const AGAINST = ["denies", "says_not", "expects_not", "doubts"];

export function transferView({ id, day }) {
  const row = transferOf.get(id);
  if (!row)
    return [h("h1", { tabindex: -1 }, "No such transfer"), h("p", {}, link("All transfers", "overview"))];
  const moment = momentOf(id, day);
  const top = [
    h("p", { class: "dim" }, link("All transfers", "overview"), ` · ${row.direction} · ${row.family}`),
    h("h1", { tabindex: -1 }, row.title),
  ];
  if (!moment) {
    return [
      ...top,
      h(
        "p",
        { class: "lead" },
        `Nothing had been said of it publicly by ${day}. First public on `,
        link(row.first, "transfer", id, { day: row.first }),
        ".",
      ),
    ];
  }
  const history = asOf(rowsOf("history", id), day)[0];
  const known = knownBy(rowsOf("statements", id), day);
  return [
    ...top,
    h("p", { class: "lead" }, dated(`As publicly known on ${day}: ${moment.long}.`)),
    h(
      "p",
      { class: "dim" },
      `First public ${row.first} · last word ${known
        .map((one) => one.from)
        .sort()
        .at(-1)} · `,
      link(plural(known.length, "statement"), "statements", "", { transfer: id }),
      ` on ${plural(new Set(known.map((one) => one.source)).size, "page")}`,
      row.event && ` · the event itself, as told: ${row.event}`,
    ),
    jumps(PLACES),
    h(
      "div",
      { class: "cols wide-first" },
      h(
        "div",
        {},
        part(
          "Who stands behind it",
          STAGES.map((stage) => stageBlock(id, stage, history, day)),
        ),
        part("When they said it", lanes(id, day) ?? h("p", {}, "Nobody, on this day.")),
        exhibits(known),
      ),
      h(
        "div",
        {},
        part(
          "What the parties say",
          ["supplier", "recipient"].map((party) => partyBox(row, party, history, day)),
        ),
        part("Who else says it did not happen, or doubts it", against(row, day)),
      ),
    ),
    part("Numbers as stated", numbers(id, day)),
    h(
      "div",
      { class: "cols" },
      h("div", {}, related(row, history, day)),
      h("div", {}, factBox(row, moment, day)),
    ),
    folded("All statements", false, () =>
      shortened(statementsOf(known.map((one) => one.id)), 25, statementList, "statements"),
    ),
  ];
}

const PLACES = [
  ["Who stands behind it", "Who stands behind it"],
  ["When they said it", "When"],
  ["What the parties say", "The parties"],
  ["Who else says it did not happen, or doubts it", "Who says it did not happen"],
  ["Numbers as stated", "Numbers"],
  ["Safe to write, and how to cite", "Cite"],
];

// Buttons to the parts of the page; its address already names the view.
export function jumps(places) {
  const to = (title) => () => {
    const heading = [...document.querySelectorAll("h2")].find((one) => one.textContent === title);
    heading.tabIndex = -1;
    heading.scrollIntoView();
    heading.focus({ preventScroll: true });
  };
  return h(
    "nav",
    { class: "jumps", "aria-label": "On this page" },
    places.map(([title, words]) => h("button", { type: "button", onclick: to(title) }, words)),
  );
}

function stageBlock(id, stage, history, day) {
  const status = history[`${stage}_status`];
  const mine = asOf(rowsOf("voices", id), day).filter((row) => row.stage === stage);
  const claims = mine.filter((row) => row.says === "asserts");
  const foreseen = mine.filter((row) => ["expects", "holds_possible"].includes(row.says));
  const within = history[`${stage}_within`];
  return h(
    "div",
    { class: "stage" },
    h(
      "div",
      {},
      h("b", {}, label("stage", stage)),
      " ",
      chip("status", status),
      h("span", { class: "dim" }, ` ${meaning("stage", stage)}`),
    ),
    h("p", { class: "definition" }, meaning("status", status)),
    byKind(claims),
    counted(history, stage),
    foreseen.length > 0 && h("div", {}, h("b", {}, "Foreseen or held possible by: "), names(foreseen)),
    within &&
      h(
        "p",
        { class: "dim" },
        "Of a narrower transfer, ",
        transferLink(within),
        `: “${label("status", history[`${stage}_within_status`])}”. Not counted here.`,
      ),
    mine.length > 0 &&
      folded(
        `Why: ${plural(new Set(mine.map((row) => row.statement)).size, "statement")} behind this`,
        false,
        () => why(mine),
      ),
  );
}

// Names in one line; many of them folded.
const listed = (voices) => shortened(voices, 6, (some) => h("span", {}, dated(some.join("; "))), "voices");
const names = (rows) => listed([...new Set(rows.map((row) => row.voice))]);

const SPOKEN = ["government", "international_body", "organisation", "person"];

// Voices by kind; of those with a name, who spoke and when.
function byKind(claims) {
  const groups = groupBy(claims, "kind");
  return h(
    "dl",
    { class: "kinds" },
    KINDS.filter((kind) => groups.has(kind)).map((kind) => {
      const voices = [...groupBy(groups.get(kind), "voice")];
      const title = KIND_NAMES[kind][voices.length > 1 ? 1 : 0];
      const words = SPOKEN.includes(kind)
        ? h(
            "ul",
            {},
            voices.map(([voice, rows]) => h("li", {}, voice, spokenBy(voice, rows))),
          )
        : listed(voices.map(([voice]) => voice));
      return h("div", {}, h("dt", {}, title, voices.length > 1 && ` (${voices.length})`), h("dd", {}, words));
    }),
  );
}

function spokenBy(voice, rows) {
  const isJoint = rows.some((row) => row.joint);
  const all = statementsOf(rows.map((row) => row.statement));
  const words = all.slice(0, 2).map((row) => {
    if (isJoint) return `joint text, ${row.said}`;
    return row.speaker === voice ? row.said : `${row.speaker}, ${row.said}`;
  });
  const more = all.length > 2 && `${all.length - 2} more`;
  const note = [rows[0].party && "a party", ...new Set(words), more].filter(Boolean).join("; ");
  return h("span", { class: "dim" }, dated(` (${note})`));
}

function counted(history, stage) {
  const notes = [];
  const adversaries = history[`${stage}_n_adversaries`];
  const resting = history[`${stage}_n_resting`];
  if (adversaries)
    notes.push(
      `${adversaries} ${adversaries === 1 ? "is a listed adversary" : "are listed adversaries"} of a party`,
    );
  if (resting) notes.push(`${resting} ${resting === 1 ? "repeats" : "repeat"} another’s information`);
  return notes.length > 0 && h("p", { class: "dim" }, `Of the governments and bodies, ${notes.join("; ")}.`);
}

function why(rows) {
  const ordered = [...rows].sort(
    (a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || inOrder(b.from, a.from),
  );
  return shortened(
    ordered,
    12,
    (some) =>
      h(
        "ul",
        { class: "plain" },
        some.map((row) =>
          h(
            "li",
            { class: "statement" },
            h("div", {}, h("b", {}, row.voice), `: ${row.words}`),
            h("ul", { class: "plain" }, statementItem(statementOf.get(row.statement))),
          ),
        ),
      ),
    "voices",
  );
}

function partyBox(row, party, history, day) {
  const all = asOf(rowsOf("positions", row.id), day).filter((one) => one.party === party);
  const own = all.filter((one) => !one.wider);
  const wider = all.filter((one) => one.wider);
  const told = negatives(row.id, day).filter(toldOf(row, party));
  const name = row[party];
  return h(
    "div",
    { class: "box" },
    h(
      "p",
      {},
      h("b", {}, name),
      `, the ${party}. Of the transfer itself: `,
      term("position", history[party]),
      ".",
    ),
    own.length === 0 &&
      h("p", {}, "It has said nothing of this very transfer on the record, in what was read."),
    h(
      "ul",
      { class: "plain" },
      own.map(positionItem),
      told.length > 0 &&
        h(
          "li",
          { class: "wider" },
          h("b", {}, "As others tell it, and not counted here:"),
          shortened(told, 2, (some) => h("ul", { class: "plain" }, some.map(toldItem)), "statements"),
        ),
      wider.length > 0 &&
        h(
          "li",
          { class: "wider" },
          h("b", {}, "Of a wider class, and not counted here:"),
          h("ul", { class: "plain" }, wider.map(positionItem)),
        ),
    ),
  );
}

function positionItem(one) {
  const row = statementOf.get(one.statement);
  return h(
    "li",
    { class: "position" },
    h("div", {}, chip("word", one.word), ` ${one.words}`),
    h("div", {}, row.summary),
    h(
      "div",
      { class: "dim" },
      dated(`${row.speaker}, said ${row.said}; `),
      h("a", { href: address("statement", row.id), "aria-label": `Details of: ${row.summary}` }, "details"),
    ),
  );
}

// What others tell a party to have said.
const toldOf = (row, party) => (one) => one.kind === "second_hand" && one.voice === row[party];

const negatives = (id, day) =>
  asOf(rowsOf("voices", id), day)
    .filter((one) => AGAINST.includes(one.says) && !one.party)
    .sort(
      (a, b) =>
        AGAINST.indexOf(a.says) - AGAINST.indexOf(b.says) ||
        KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) ||
        inOrder(b.from, a.from),
    );

function against(row, day) {
  const rows = negatives(row.id, day).filter(
    (one) => !["supplier", "recipient"].some((party) => toldOf(row, party)(one)),
  );
  if (!rows.length) return h("p", {}, "Nobody, on this day.");
  return [
    h(
      "p",
      { class: "dim" },
      "Only voices with a name, and unnamed sources that are described, enter a count, and only where they " +
        "say so without limits.",
    ),
    shortened(rows, 6, (some) => h("ul", { class: "plain" }, some.map(againstItem)), "voices"),
  ];
}

function againstItem(row) {
  const statement = statementOf.get(row.statement);
  return h(
    "li",
    { class: "position" },
    h(
      "div",
      {},
      chip("says", row.says),
      " ",
      h("b", {}, row.voice),
      h("span", { class: "dim" }, ` (${label("voice_kind", row.kind).toLowerCase()})`),
    ),
    h("div", {}, statement.summary),
    h("div", { class: "dim" }, dated(`said ${statement.said}; `), detailsLink(statement)),
  );
}

function toldItem(row) {
  const statement = statementOf.get(row.statement);
  return h(
    "li",
    { class: "position" },
    h("div", {}, chip("says", row.says), ` ${statement.summary}`),
    h(
      "div",
      { class: "dim" },
      dated(`${sourceOf.get(statement.source).publisher}; said ${statement.said}; `),
      detailsLink(statement),
    ),
  );
}

const detailsLink = (row) =>
  h("a", { href: address("statement", row.id), "aria-label": `Details of: ${row.summary}` }, "details");

export function figureRows(rows) {
  return rows.map((row) => {
    const statement = statementOf.get(row.statement);
    return [
      [
        label("measure", row.measure),
        row.scope &&
          h(
            "div",
            { class: "dim" },
            label("scope", row.scope).toLowerCase(),
            row.window ? `, ${row.window}` : "",
          ),
      ],
      [
        foreign(`“${row.stated}”`, statement.language),
        row.numbers && h("div", { class: "dim" }, row.numbers),
      ],
      [
        capital(row.speaker),
        row.says !== "asserts" && [" ", chip("says", row.says)],
        row.rests && h("div", { class: "dim" }, `on the information of ${row.rests}`),
      ],
      h(
        "a",
        {
          href: address("statement", row.statement),
          "aria-label": `said ${statement.said}: ${statement.summary}`,
        },
        statement.said,
      ),
    ];
  });
}

function numbers(id, day) {
  const rows = asOf(rowsOf("figures", id), day).sort(
    (a, b) =>
      inOrder(a.measure, b.measure) || inOrder(a.scope ?? "", b.scope ?? "") || inOrder(b.from, a.from),
  );
  const totals = asOf(rowsOf("estimates", id), day);
  if (!rows.length) return h("p", {}, "Nobody states a number that is of this transfer alone.");
  return [
    h("p", {}, h("b", {}, "Never add rows: "), "lots, times and totals overlap."),
    totals.length
      ? h(
          "ul",
          {},
          totals.map((row) => h("li", {}, row.words)),
        )
      : h("p", { class: "dim" }, "No counted voice states a total to date in numerals."),
    shortened(
      rows,
      10,
      (some) => dataTable("Each in its own words", ["What", "As stated", "Who", "Said"], figureRows(some)),
      "numbers",
    ),
  ];
}

function exhibits(known) {
  const ids = [...new Set(known.map((row) => row.exhibit).filter(Boolean))];
  if (!ids.length) return null;
  return part(
    "Items shown or inspected",
    h(
      "ul",
      {},
      ids.map((id) => {
        const row = exhibitOf.get(id);
        return h(
          "li",
          {},
          row.description,
          row.found && ` Found: ${row.found}.`,
          row.shown && ` Shown: ${row.shown}${row.by ? `, by ${row.by}` : ""}.`,
        );
      }),
    ),
  );
}

function lineage(id) {
  const above = [];
  for (let row = systemOf.get(id); row?.parent; row = systemOf.get(row.parent)) above.push(row.parent);
  return above;
}

function related(row, history, day) {
  const same = tables.transfers.filter(
    (one) =>
      one.id !== row.id && one.direction === row.direction && one.mode === row.mode && momentOf(one.id, day),
  );
  const above = lineage(row.system);
  const wider = same
    .filter((one) => above.includes(one.system))
    .sort((a, b) => above.indexOf(a.system) - above.indexOf(b.system));
  const narrower = same.filter((one) => lineage(one.system).includes(row.system));
  const links = tables.links.filter(
    (one) => one.transfer === row.id || one.transfer_id === row.id || one.linked_transfer_id === row.id,
  );
  if (wider.length + narrower.length + links.length === 0) return null;
  const list = (title, rows) =>
    rows.length > 0 && [
      h("h3", {}, title),
      h(
        "ul",
        {},
        rows.map((one) => h("li", {}, transferLink(one.id), `: ${shortOf(one.id, day)}.`)),
      ),
    ];
  return part(
    "Said of other transfers, and not counted here",
    list("Wider", wider),
    list("Narrower", narrower),
    links.length > 0 && [
      h("h3", {}, "Linked"),
      h(
        "ul",
        {},
        links.map((one) =>
          h(
            "li",
            {},
            one.transfer_id === row.id
              ? ["This is ", lowerTerm(one.kind), ": ", transferLink(one.linked_transfer_id)]
              : [transferLink(one.transfer_id), " is ", lowerTerm(one.kind), " to this"],
            `. ${one.reason}`,
          ),
        ),
      ),
    ],
  );
}

const lowerTerm = (kind) => h("span", { class: "lower" }, term("link", kind));

function factBox(row, moment, day) {
  const text = `${row.title}, as publicly known on ${day}: ${moment.long}.`;
  const known = `, as known on ${day}`;
  const citation = citationOf(row.id, row.title, known);
  const draw = () =>
    save(
      `${row.id}-${day}.svg`,
      "image/svg+xml",
      picture({ title: row.title, sentence: text, citation, transfer: row.id, day }),
    );
  return part(
    "Safe to write, and how to cite",
    h(
      "div",
      { class: "box" },
      h("p", {}, text),
      h("p", { class: "dim" }, "Avoid “confirmed”, and any sum of numbers."),
      citeBox({
        id: row.id,
        title: row.title,
        known,
        more: [["wording", text]],
        below: h("button", { type: "button", id: "picture", onclick: draw }, "Picture (SVG)"),
      }),
    ),
  );
}
