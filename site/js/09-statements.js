// Statements: search, filter, sort, and the filtered rows as CSV.

const OFFICIALS = ["state_position", "official_capacity", "individual_official"];
const CHOICES = {
  stance: ["Stance", [["", "all"], ["assert", "asserts"], ["deny", "denies"], ["project", "projects"], ["doubt", "doubts"], ["decline", "declines"], ["withdraw", "withdraws"]]],
  who: ["Speaker", [["", "everybody"], ["officials", "officials"], ["named", "named"], ["anonymous", "anonymous"]]],
  when: ["Public", [["", "by the day"], ["that", "on that very day"]]],
};
const COLUMNS = [ // title, what is shown, what is sorted and searched
  ["Public", row => row.known_from, row => row.known_from],
  ["Statement", row => h("span", {}, statementLink(row.statement_id), note(subjectLink(row))), row => [row.summary, row.transfer, ancestry(row), row.statement_id].join(" ")],
  ["Speaker", row => h("span", {}, text(row.speaker), note([row.speaker_role, row.authority === "none" ? "no office" : words(row.authority)].filter(Boolean).join("; "))), row => [row.speaker, row.speaker_role, row.speaks_for].join(" ")],
  ["Says", row => stanceWords(row, row.then), row => [row.stance, words(row.limits), words(row.aspect), row.then?.resolution].join(" ")],
  ["Figure", row => h("span", {}, quoted(row), note(bounds(row) ? `${bounds(row)} ${unitWords(row.canonical_unit)}` : ""), row.pooled ? note("pooled: covers more than this") : ""), row => row.value_text ?? ""],
  ["Origin", row => h("span", {}, row.origin_name, row.origin_is_possible ? note("possibly another’s") : ""), row => row.origin_name],
  ["On pages", row => String(row.then?.n_sources ?? ""), row => row.then?.n_sources ?? 0],
  ["Read in", row => h("span", {}, outward(row.url, text(row.outlet)), note(row.published)), row => [row.outlet, row.title].join(" ")],
];
const plain = value => typeof value === "string" ? value.replace(/[&<]/g, " ") : value; // the library parses what it searches where it finds an entity
const kindOf = title => ({ Statement: "wide", Public: "date" })[title] ?? "";
const tablesReady = window.DataTable ? Promise.resolve() : new Promise(ready => addEventListener("datatables", ready, { once: true })); // the library comes last: the first view needs none
const subjectLink = row => row.transfer_id ? transferLink(row.transfer_id) : text(systems.get(row.system_id).name);

function ancestry(row) {
  const system = systems.get(row.system_id ?? transfers.get(row.transfer_id).system_id);
  return `${system.name} ${system.above} ${system.category}`;
}

function wanted(row) {
  return (!state.stance || row.stance === state.stance) && (!state.source || row.source_id === state.source) && (!state.when || row.known_from === state.day)
    && (state.who !== "officials" || OFFICIALS.includes(row.authority)) && (state.who !== "named" || row.anonymity === "named") && (state.who !== "anonymous" || row.anonymity.startsWith("anonymous"));
}

function withThen(rows) {
  const then = by(on("statement_history", state.day), "statement_id");
  return rows.map(row => ({ ...row, then: then.get(row.statement_id) }));
}

function statementsView() {
  const host = h("table", { "aria-label": "Statements" }), tools = h("div", { class: "tools" }), source = h("p", {});
  const save = h("button", { type: "button", onclick: () => saveRows(list) }, "Download these rows as CSV");
  let list = null;
  return {
    element: h("div", {}, h("h2", {}, "Statements"), tools, source, h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Statements found" }, host)),
    async update() {
      if (!tools.contains(document.activeElement) || document.activeElement === save) tools.replaceChildren(...Object.entries(CHOICES).map(([name, [title, options]]) => choice(name, title, options)), save);
      source.replaceChildren(...(state.source ? ["Only from ", text(sources.get(state.source)?.title ?? state.source), ". ", link({ source: "" }, "Show all")] : []));
      await tablesReady;
      list ??= host.isConnected && new DataTable(host, {
        columns: COLUMNS.map(([title, shown, sorted]) => ({ title, data: null, className: kindOf(title), type: title === "On pages" ? "num" : "string", render: (_, kind, row) => kind === "display" ? shown(row) : plain(sorted(row)) })),
        order: [[0, "desc"]], pageLength: 25, deferRender: true, autoWidth: false, layout: { topStart: "info", topEnd: null, bottomStart: "pageLength", bottomEnd: "paging" },
        language: { emptyTable: "Nothing was public on this day.", zeroRecords: "Nothing fits.", info: "_START_ to _END_ of _TOTAL_ statements found", infoFiltered: "" },
      });
      if (list) list.clear().rows.add(withThen(known(state.day).filter(wanted))).search(state.q).draw();
    },
    finish() { list?.destroy(); },
  };
}

function saveRows(list) {
  const cell = value => value === null || value === undefined ? "" : typeof value === "string" ? `"${value.replaceAll('"', '""')}"` : String(value);
  const columns = page.flat;
  const lines = [columns, ...list.rows({ search: "applied", order: "applied" }).data().toArray().map(row => columns.map(column => row[column]))];
  download(`statements-as-known-${state.day}-version-${page.head.version}.csv`, lines.map(line => line.map(cell).join(",") + "\n").join(""), "text/csv");
}

function statementTable(rows) {
  return plainTable(`Statements as publicly known on ${state.day}`, COLUMNS.map(([title, shown]) => [title, shown, kindOf(title)]), withThen(rows).sort((a, b) => a.known_from < b.known_from ? -1 : 1));
}
