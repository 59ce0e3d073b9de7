// One transfer: what stood, on whose words, and every statement by origin and day.

function transferView() {
  const transfer = transfers.get(state.id);
  if (!transfer) return { element: h("p", { class: "none" }, "No such transfer in this version."), update() {}, finish() {} };
  const told = () => known(state.day).filter(row => row.transfer_id === transfer.transfer_id);
  const then = h("div", {});
  const timeline = chart("timeline", "Statements about this transfer by origin, stance and day.", () => statementTable(told()), openStatement);
  const numbers = chart("numbers", "Numbers stated of this transfer.", () => numbersTable(transfer.transfer_id), openStatement);
  const timelinePart = h("section", {}, h("h3", {}, "Who said what"), timeline.element), numbersPart = h("section", {}, h("h3", {}, "Numbers"), numbers.element);
  return {
    element: h("div", {}, h("p", {}, link({ view: "transfers", id: "" }, "← all transfers")), h("h2", {}, text(transfer.title)), then, timelinePart, numbersPart),
    update() {
      then.replaceChildren(transferFacts(transfer), transferThen(transfer));
      timelinePart.hidden = !told().length;
      if (!timelinePart.hidden) timeline.update({ subject: transfer.transfer_id, label: transfer.name });
      numbersPart.hidden = !on("estimate_history", state.day).some(row => row.transfer_id === transfer.transfer_id);
      if (!numbersPart.hidden) numbers.update({ subject: transfer.transfer_id });
    },
    finish() { numbers.finish(); timeline.finish(); },
  };
}

function transferFacts(transfer) {
  const own = row => row.transfer_id === transfer.transfer_id;
  const links = table.transfer_links.filter(row => own(row) || row.linked_transfer_id === transfer.transfer_id);
  const beneath = table.transfer_families.filter(row => own(row) && row.member_id !== transfer.transfer_id);
  return facts([["Moved", `${systems.get(transfer.system_id).name}, ${words(transfer.mode)}`], ["From and to", transfer.pair], ["Cite as", cite(transfer.transfer_id)],
    ["Supported too by what is said of", beneath.map(row => note("", transferLink(row.member_id), ""))],
    ["See also", links.map(row => note(own(row) ? `${words(row.kind)}: ` : `of it, ${words(row.kind)}: `, transferLink(own(row) ? row.linked_transfer_id : row.transfer_id), `. ${row.reason}`))]]);
}

function transferThen(transfer) {
  const mine = row => row.transfer_id === transfer.transfer_id;
  const history = on("transfer_history", state.day).find(mine), pages = on("page_history", state.day).filter(mine), stood = on("position_words", state.day).filter(mine);
  if (!history) return h("p", { class: "none" }, `Nothing about it was public on ${state.day}.`);
  const stages = ["agreed", "shipped", "delivered"].map(stage => ({ stage, pages: pages.find(row => row.stage === stage) }));
  return h("div", {},
    plainTable(`What stood on ${state.day}, unchanged since ${history.known_from}`, [["Stage", row => row.stage], ["Support", row => words(history[`support_${row.stage}`])],
      ["Carried by", row => row.pages ? `${some(row.pages.n_sources, "page")} of ${some(row.pages.n_publishers, "publisher")}` : "no page"], ["Origins", row => row.pages ? origins(row.pages) : "no origin"]], stages),
    plainTable("What the parties say, and the words they stand by", [["Party", side => `${side}, ${transfer[side]}`], ["Position", side => words(history[`${side}_position`])],
      ["Standing by", side => stood.filter(one => one.side === side).map(one => note(positionWord(one))), "wide"]], ["supplier", "recipient"]));
}
