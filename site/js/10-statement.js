// One statement: who, what, through whom, on which page, and how to cite it.

const panel = document.getElementById("panel");
panel.addEventListener("close", () => state.statement && go({ statement: "" }));
panel.addEventListener("click", event => event.target === panel && panel.close());

function showStatement() {
  const row = statements.get(state.statement);
  if (!row) return panel.close();
  const then = on("statement_history", state.day).find(one => one.statement_id === row.statement_id);
  panel.replaceChildren(h("button", { class: "close", type: "button", onclick: () => panel.close() }, "Close"), h("h2", { id: "panel-title" }, text(row.summary)),
    h("p", { class: then ? null : "none" }, then ? reading(row, then) : `Not public on ${state.day}: public from ${row.known_from}.`),
    h("h3", {}, "Who, and what"), whatSaid(row, then), h("h3", {}, "How it reached us"), chain(row), h("h3", {}, "Source"), whereRead(row),
    h("h3", {}, "Cite as"), h("p", {}, `${page.head.citation} Record `, cite(row.statement_id), "."));
  if (!panel.open) panel.showModal();
  panel.scrollTop = 0;
}

function reading(row, then) {
  const counts = then.is_counting ? "It counts: asserted, explicit, no retelling, not withdrawn." : row.relays_statement_id ? "It retells another statement and adds nothing to support."
    : row.explicitness === "presupposed" ? "It takes the claim for granted; nothing is derived from it." : "It is no counting row: what is derived from assertions does not read it.";
  return `As known on ${state.day}. ${counts} Told on ${some(then.n_sources, "page")} by ${some(then.n_publishers, "publisher")}.${then.resolution ? ` What had become of the projection: ${then.resolution}.` : ""}`;
}

function whatSaid(row, then) {
  const meaning = column => row[column] ? `${words(row[column])}: ${page.words[`statements.${column}`][row[column]]}` : "";
  return facts([
    ["Speaker", [text(row.speaker), row.speaker_role ? ", " : "", text(row.speaker_role), note(`${words(row.authority)}; ${words(row.anonymity)}; attribution ${words(row.attribution)}`)]], ["Speaks for", text(row.speaks_for)],
    ["Says", stanceWords(row, then)], ["Stance", meaning("stance")], ["Limits", meaning("limits")], ["Certainty of its own", words(row.certainty)], ["Of", subjectLink(row)], ["Figure as worded", quoted(row)],
    ["Read as", bounds(row) ? `${bounds(row)} ${unitWords(row.canonical_unit)}${row.scope ? `, ${words(row.scope)}` : ""}` : ""], ["Pooled", row.pooled ? "The number covers more than this subject; it bounds nothing." : ""], ["Basis", meaning("basis")],
    ["Evidence", row.evidence === "none_shown" ? "" : meaning("evidence")], ["Said", `${row.said} (${words(row.said_basis)})`], ["Of the time", row.event], ["Coder’s note", text(row.coder_note)]]);
}

function chain(row) {
  const retold = known(state.day).filter(one => one.relays_statement_id === row.statement_id);
  return facts([
    ["Origin", [row.origin_name, note(row.origin_id ? "Counts once, with everything else of this origin." : "No origin can be told; all such rows are one pool."), row.origin_is_possible ? note("Possibly not its own: it may rest on another.") : ""]],
    ["Retells", row.relays_statement_id ? statementLink(row.relays_statement_id) : ""], ["Retold by", retold.map(one => note(statementLink(one.statement_id, text(one.outlet), `, ${one.published}`)))],
    ["Rests on", row.rests_on_statement_id ? [statementLink(row.rests_on_statement_id), note(row.rests_on_certainty)] : row.rests_on_actor_id ? [text(actors.get(row.rests_on_actor_id).name), note(row.rests_on_certainty)] : ""],
    ["Answers", row.targets_statement_id ? statementLink(row.targets_statement_id) : ""], ["Through", text(row.via)], ["Original page", row.original_source_id ? sourceTitle(sources.get(row.original_source_id)) : ""],
    ["Coded from", words(row.coded_from)], ["Chain to the speaker", row.chain_complete ? "complete" : "incomplete"]]);
}

function whereRead(row) {
  const source = sources.get(row.source_id);
  return facts([["Page", sourceTitle(source)], ["Publisher", text(row.outlet)], ["Published", row.published], ["Where in it", row.locator], ["Public from", row.known_from],
    ["Read", `${words(source.extent)}, ${words(source.kind)}, ${source.language}${source.url_kind === "copy" ? ", a copy of the publisher’s page" : ""}`], ["Cite as", cite(source.source_id)], ["More of it", link({ view: "statements", source: row.source_id, statement: "", q: "" }, "all statements read in this page")]]);
}
