// Sources: how many pages collapse into how many origins, what was retold most, and every page read.

function sourcesView() {
  const pages = chart("pages", "Pages and origins behind the stage chosen, by transfer.", pagesTable, openTransfer);
  const retold = h("div", {}), list = h("div", {});
  return {
    element: h("div", {}, h("h2", {}, "Sources"), h("div", { class: "tools" }, choice("stage", "Stage", ["agreed", "shipped", "delivered"].map(one => [one, one]))), pages.element,
      h("h3", {}, "Statements retold on several pages"), h("p", {}, "However many pages carry it, each has one origin, or none that can be told."), retold, h("h3", {}, "Pages"), list),
    update() {
      pages.update({ stage: state.stage });
      retold.replaceChildren(retoldTable());
      list.replaceChildren(sourceTable());
    },
    finish() { pages.finish(); },
  };
}

function pagesTable() {
  const rows = on("page_history", state.day).filter(row => row.stage === state.stage).sort((a, b) => b.n_sources - a.n_sources);
  return plainTable(`Pages and origins, ${state.stage}, as publicly known on ${state.day}`, [["Transfer", row => transferLink(row.transfer_id), "wide"], ["Pages", row => row.n_sources], ["Publishers", row => row.n_publishers], ["Origins", origins]], rows);
}

function retoldTable() {
  const rows = on("statement_history", state.day).filter(row => row.n_sources > 1 && !statements.get(row.statement_id).relays_statement_id).sort((a, b) => b.n_sources - a.n_sources || (a.statement_id < b.statement_id ? -1 : 1));
  return plainTable(`As publicly known on ${state.day}`, [["Statement", row => statementLink(row.statement_id), "wide"], ["Figure", row => quoted(statements.get(row.statement_id))], ["Pages", row => row.n_sources], ["Publishers", row => row.n_publishers],
    ["Origin", row => statements.get(row.statement_id).origin_name]], rows, "Nothing retold was public on this day.");
}

function sourceTable() {
  const rows = table.sources.filter(row => row.published_max <= state.day).sort((a, b) => a.published_max < b.published_max ? 1 : -1);
  return plainTable(`Pages published by ${state.day}`, [["Page", row => [sourceTitle(row), note(cite(row.source_id))], "wide"], ["Publisher", row => text(actors.get(row.publisher_id).name)], ["Kind", row => words(row.kind)], ["Published", row => row.published],
    ["Read", row => words(row.extent)], ["Statements", row => row.extent === "not_consulted" ? "none" : link({ view: "statements", source: row.source_id, q: "" }, "show")]], rows);
}

const sourceTitle = row => [outward(row.url, text(row.title, row.language)), row.archive_url ? [" ", outward(row.archive_url, "(archived)")] : ""];
