// Systems: specifications as stated, each with its basis; families together, names in every script.

const MEASURES = table.aspects.filter(row => row.is_specification).map(row => row.aspect);

function systemsView() {
  const ranges = chart("ranges", "What was stated of the measure chosen, by system and basis.", specificationTable, openStatement);
  const none = h("p", { class: "none" });
  return {
    element: h("div", {}, h("h2", {}, "Systems"), h("div", { class: "tools" }, choice("measure", "Specification", MEASURES.map(one => [one, words(one)]))), none, ranges.element,
      h("h3", {}, "Systems and their names"), h("p", {}, "A service name is what a user calls it: Geran-2 is what Russia calls its Shahed-136. Statements of use never imply deliveries."), systemTable()),
    update() {
      const any = known(state.day).some(row => row.aspect === state.measure && (row.low !== null || row.high !== null));
      none.textContent = any ? "" : `No ${words(state.measure)} was public on ${state.day}.`;
      ranges.element.hidden = !any;
      if (any) ranges.update({ measure: state.measure });
    },
    finish() { ranges.finish(); },
  };
}

function specificationTable() {
  const then = by(on("statement_history", state.day), "statement_id");
  const bounding = row => !then.get(row.statement_id).is_counting ? "no: it retells, or is no plain assertion" : row.pooled ? "no: said of several systems at once" : systems.get(row.system_id).kind === "class" ? "no: said of a class" : "yes";
  const place = row => `${systems.get(row.system_id).line} ${row.basis} ${row.statement_id}`;
  const rows = known(state.day).filter(row => row.aspect === state.measure).sort((a, b) => place(a) < place(b) ? -1 : 1);
  return plainTable(`${words(state.measure)}, as publicly known on ${state.day}`, [["System", row => systems.get(row.system_id).name], ["Basis", row => words(row.basis)], ["As worded", row => statementLink(row.statement_id, quoted(row))],
    ["Bounds", row => `${bounds(row)} ${unitWords(row.canonical_unit)}`], ["Bounds the system", bounding], ["Speaker", row => text(row.speaker)], ["Read in", row => [text(row.outlet), note(row.known_from)]]], rows);
}

function systemTable() {
  const names = row => table.system_names.filter(one => one.system_id === row.system_id && one.kind !== "designation");
  return plainTable("Wider classes first, families together", [["System", row => [h("span", { "aria-hidden": "true" }, "· ".repeat(row.depth)), text(row.name)], "wide"], ["Kind", row => `${row.kind}, ${words(row.category)}`],
    ["Other names", row => names(row).map((one, i) => [i ? ", " : "", text(one.name, one.language), one.kind === "service_name" ? " (service name)" : ""]), "wide"], ["Cite as", row => cite(row.system_id)]], table.systems);
}
