// Transfers at a glance: support per stage beside the positions, and the numbers stated.

function transfersView() {
  const support = chart("support", "Support for each stage of every transfer, and what supplier and recipient say.", supportTable, openTransfer);
  const numbers = chart("numbers", "Numbers stated of transfers, with each origin's own value.", () => numbersTable(""), openTransfer);
  return {
    element: h("div", {}, h("h2", {}, "Transfers"), support.element, h("h2", {}, "Numbers"), numbers.element),
    update: () => Promise.all([support.update(), numbers.update({ subject: "" })]),
    finish() { support.finish(); numbers.finish(); },
  };
}

function supportTable() {
  const stood = on("position_words", state.day);
  const stage = name => row => [words(row[`support_${name}`]), row[`${name}_n_origins_max`] ? note(origins({ n_origins_min: row[`${name}_n_origins_min`], n_origins_max: row[`${name}_n_origins_max`] })) : ""];
  const side = name => row => [words(row[`${name}_position`]), stood.filter(one => one.transfer_id === row.transfer_id && one.side === name).map(one => note(positionWord(one)))];
  const rows = on("transfer_history", state.day).sort((a, b) => transfers.get(a.transfer_id).line.localeCompare(transfers.get(b.transfer_id).line));
  return plainTable(`Support and positions as publicly known on ${state.day}`, [["Transfer", row => transferLink(row.transfer_id), "wide"],
    ["Agreed", stage("agreed")], ["Shipped", stage("shipped")], ["Delivered", stage("delivered")], ["Supplier says", side("supplier")], ["Recipient says", side("recipient")]], rows);
}

function positionWord(one) {
  const row = statements.get(one.statement_id), limits = row.limits ? `, ${words(row.limits)}` : "";
  const wider = row.transfer_id === one.transfer_id ? "" : `, of: ${transfers.get(row.transfer_id).title}`;
  return statementLink(one.statement_id, text(row.speaker), `, ${row.said}${limits}${wider}`);
}

function numbersTable(subject) {
  const values = on("origin_values", state.day);
  const rows = on("estimate_history", state.day).filter(row => row.transfer_id !== null && (!subject || row.transfer_id === subject));
  return plainTable(`Numbers stated, as publicly known on ${state.day}; conditional on the transfer having happened`, [["Transfer", row => transferLink(row.transfer_id), "wide"],
    ["What", row => words(row.measure)], ["Over origins", estimateWords], ["Origins", origins], ["What each origin says", row => values.filter(one => one.estimate_id === row.estimate_id).map(originValue), "wide"]], rows, "No number was public on this day.");
}

function originValue(one) {
  return note(`${one.origin_name}: `, statementLink(one.statement_id, quoted(statements.get(one.statement_id))),
    ` ${bounds(one)}${one.is_total ? "" : ", part of a total"}${one.is_old ? ", its upper side is history" : ""}`);
}
