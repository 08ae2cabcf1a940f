// What is shown: the levers' companies or the story, in a language, and what keys do.

let levered = null;        // the last answer to the levers

const shownNow = () => (slide === null ? levered : (told[chapterNow()?.id] ?? null));

function captionsNow() {
  const chapter = chapterNow();
  if (stepNow() === "scene") return { base: say("today"), tried: "" };
  if (chapter) return { base: storySaid(chapter, wordsOf(chapter).left), tried: storySaid(chapter, wordsOf(chapter).right) };
  return { base: say(Object.keys(against).length ? "pinned" : "today"), tried: say("tried") };
}

const markedNow = () => Object.values(chapterNow()?.facts ?? {}).filter((value) => typeof value === "string");

function show(error) {
  document.body.dataset.view = slide === null ? "levers" : "story";
  document.body.dataset.step = stepNow() ?? "";
  document.body.dataset.chapter = chapterNow()?.id ?? "";
  byId("tell").textContent = say(slide === null ? "tell" : "untell");
  for (const [which, text] of Object.entries(captionsNow())) byId(`figure-${which}`).querySelector("figcaption").textContent = text;
  if (slide !== null) {
    showStory(error);
    if (chapterNow()) { showVotes(); showFigure(); }
  } else if (levered) {
    headline();
    outcomes();
    showNotes();
  }
  byId("network-note").textContent = say(stepNow() === "scene" ? "network_scene" : "network");
  showWeek();
}

function headline() {
  const line = byId("headline");
  if (refused) {
    line.textContent = refused.message;
    byId("method").textContent = "";
    return;
  }
  if (Object.keys(state).length + Object.keys(against).length === 0) {
    line.textContent = say("nothing");
    byId("method").textContent = "";
    return;
  }
  const [mean, low, high] = levered.change.customer_satisfaction, profit = levered.change.profit[0] === null ? null : levered.change.profit[0] / 1000;
  const sure = low > 0 || high < 0;
  const before = lastOf(levered.paths.base.customer_satisfaction);
  const [word, unit] = say("profit").split(", ");
  line.textContent =
    `${firstPart("satisfaction")} ${number(before)} \u2192 ${number(mean === null ? null : before + mean)} ` +
    `(${signed(mean)}${sure ? "" : `, ${say("luck")}`}), ${word} ${signed(profit, 0)} (${unit})`;
  byId("method").textContent = `${say("change")} · ${say("replications", { n: levered.replications })} · ` +
    (levered.parts === null ? say("same") : say("parts", { n: levered.parts }));
}

function outcomes() {
  for (const [outcome, unit, least, above] of [["customer_satisfaction", 1, 1, "customer_ceiling"], ["morale", 1, 1], ["sales", 1000, 20]]) {
    const of = (which, name) => levered.paths[which][name];
    const ready = (path) => (outcome === "sales" ? smoothed(path, levered.weeks) : path);
    const rows = [{ ...ready(of("base", outcome)), colour: "var(--base)" },
      { ...ready(of("tried", outcome)), colour: "var(--blue)", band: true }];
    if (above) rows.unshift({ ...of("base", above), colour: "var(--base)", dash: "2 4", width: 2 },
      { ...of("tried", above), colour: "var(--blue)", dash: "2 4", width: 2 });
    const name = say(outcome === "customer_satisfaction" ? "satisfaction" : outcome);
    const title = `${name}: ${["base", "tried"].map((which) => number(lastOf(of(which, outcome)) / unit)).join(", ")}`;
    lines(byId(`chart-${outcome}`), levered.weeks, rows, { title, least, unit });
  }
}

function speak() {
  document.documentElement.lang = language;
  document.title = say("title");
  byId("title").textContent = say("title");
  byId("company").textContent = company.title[language];
  byId("levers-title").textContent = say("levers");
  const caption = (id, text) => { byId(`figure-${id}`).querySelector("figcaption").textContent = text; };
  caption("satisfaction", `${say("satisfaction")} (··· ${say("ceiling")})`);
  caption("morale", say("morale"));
  caption("sales", say("sales"));
  byId("week").setAttribute("aria-label", say("week"));
  byId("name").placeholder = say("name");
  byId("name").setAttribute("aria-label", say("name"));
  byId("keep-button").textContent = say("keep");
  byId("menu-title").textContent = say("menu");
  byId("session-file").setAttribute("aria-label", say("open-session"));
  for (const id of ["undo", "reset", "pin", "notes", "link", "save-png", "save-svg", "save-session", "open-session", "begin", "look", "language"])
    byId(id).textContent = say(id);
  byId("play").textContent = say(playing ? "pause" : "play");
  byId("start").textContent = say("back");
  byId("day0").textContent = say(company.changes.length > 1 ? "next_change" : "day0");
  buildLevers();
  showLevers();
  showTries();
  show();
}

// One figure over the whole picture, and back.
function enlarge(figure) {
  const already = document.body.dataset.large === figure?.id;
  document.querySelectorAll("figure.large").forEach((one) => one.classList.remove("large"));
  delete document.body.dataset.large;
  if (!figure || already) return;
  figure.classList.add("large");
  document.body.dataset.large = figure.id;
}

// Keys, also those of a presenter's clicker (page up and page down).
function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const at = event.target, key = event.key, onPage = at.ownerDocument === document || at === document;
  const writes = at.matches?.("input[type=text], select"), turns = at.matches?.("input[type=range]");
  const presses = at.matches?.("button, summary, [role=button]");
  const nothingTyped = at.id === "vote-typed" && at.value === "" && !/^[\d ]$/.test(key) && key !== "Enter" && key !== "Tab";
  const forward = key === "PageDown" || (key === "ArrowRight" && !turns) || (key === " " && !presses && !turns && stepNow() !== "question");
  const backward = key === "PageUp" || (key === "ArrowLeft" && !turns);
  if (key === "Escape") {
    enlarge(null);
    byId("menu").open = false;
    byId("dark").hidden = true;
    byId("notes-here").hidden = true;
    if (writes) at.blur();
  } else if (slide !== null && (key === "PageDown" || key === "PageUp")) goToSlide(slide + (forward ? 1 : -1));
  else if (writes && !nothingTyped) return;
  else if (slide !== null && (forward || backward)) goToSlide(slide + (forward ? 1 : -1));
  else if (key === "b" || key === "B" || key === ".") byId("dark").hidden = !byId("dark").hidden;
  else if (key === "n" || key === "N") {
    if (!onPage) return;  // the notes' own window does not put them before the room
    byId("notes-here").hidden = !byId("notes-here").hidden;
    showNotes();
  } else if (key === "l" || key === "L") tell();
  else if (key === "p" || key === "P") byId("play").click();
  else if (stepNow() === "question" && !chapterNow().scale && chapterNow().choices[Number(key) - 1]) vote([chapterNow().choices[Number(key) - 1]]);
  else return;
  event.preventDefault();
}

const tell = () => goToSlide(slide === null ? left : null);

document.addEventListener("keydown", pressed);
byId("tell").addEventListener("click", tell);
byId("undo").addEventListener("click", () => { if (past.length) change(...past.pop(), false); });
byId("reset").addEventListener("click", () => change({}, {}));
byId("pin").addEventListener("click", () => change(state, state));
byId("look").addEventListener("click", () => {
  document.documentElement.dataset.look = document.documentElement.dataset.look === "dark" ? "light" : "dark";
  byId("menu").open = false;
  remembered();
});
byId("language").addEventListener("click", () => {
  language = language === "en" ? "es" : "en";
  remembered();
  speak();
});
byId("levers").addEventListener("submit", (event) => event.preventDefault());
byId("dark").addEventListener("click", () => { byId("dark").hidden = true; });
for (const figure of document.querySelectorAll("figure")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "larger";
  button.textContent = "⤢";
  button.addEventListener("click", () => enlarge(figure));
  figure.prepend(button);
}

const place = recalled();
speak();
document.querySelectorAll(".larger").forEach((one) => one.setAttribute("aria-label", say("larger")));
if (place === null) ask();
else goToSlide(place);
