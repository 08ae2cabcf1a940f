"use strict";
const about = JSON.parse(document.getElementById("about").textContent);
const company = about.company;
const byId = (id) => document.getElementById(id);
const svgNamespace = "http://www.w3.org/2000/svg";
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

let language = about.language;
let state = {};            // levers that were moved
let past = [];             // states before
let shown = null;          // the last answer
let asking = null;         // the request under way
let week = 0;              // index into shown.weeks
let playing = false;
let tries = [];
const pageId = crypto.randomUUID ? crypto.randomUUID() : String(Math.random());
let turn = 0;              // questions so far

const say = (key, values = {}) =>
  Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), about.texts[language][key]);
const number = (value, digits = 1) =>
  value.toFixed(digits).replace("-", "\u2212").replace(".", about.texts[language].decimal);
const signed = (value, digits = 1) => (value > 0 ? "+" : "") + number(value, digits);

function drawn(parent, kind, values, text) {
  const made = document.createElementNS(svgNamespace, kind);
  for (const [name, value] of Object.entries(values)) made.setAttribute(name, value);
  if (text !== undefined) made.textContent = text;
  parent.appendChild(made);
  return made;
}

// Levers ------------------------------------------------------------------------------------------------------------

const valueOf = (lever) => (lever.id in state ? state[lever.id] : lever.now);
const leverSaid = (lever) => {
  const value = valueOf(lever);
  if (lever.kind === "switch") return say(value ? "yes" : "no");
  const step = lever.values[2];
  return number(value, step >= 1 ? 0 : step >= 0.1 ? 1 : 2);
};

function buildLevers() {
  const form = byId("levers");
  form.querySelectorAll(".lever").forEach((one) => one.remove());
  for (const lever of company.levers) {
    const row = document.createElement("div");
    row.className = "lever";
    const label = document.createElement("label");
    label.htmlFor = `lever-${lever.id}`;
    label.textContent = lever.title[language];
    let input;
    if (lever.kind === "choice") {
      input = document.createElement("select");
      for (const part of company.departments) {
        const option = document.createElement("option");
        option.value = part.name;
        option.textContent = part.title[language];
        input.appendChild(option);
      }
    } else {
      input = document.createElement("input");
      input.type = lever.kind === "switch" ? "checkbox" : "range";
      if (lever.kind === "switch") input.className = "switch";
      else [input.min, input.max, input.step] = lever.values;
    }
    input.id = `lever-${lever.id}`;
    input.setAttribute("aria-describedby", `about-${lever.id}`);
    const output = document.createElement("output");
    output.htmlFor = input.id;
    const note = document.createElement("span");
    note.className = "about";
    note.id = `about-${lever.id}`;
    note.textContent = lever.about[language];
    row.title = lever.about[language];
    if (lever.kind === "switch") row.append(label, input, note);
    else if (lever.kind === "choice") row.append(label, input, note);
    else row.append(label, output, input, note);
    const read = () =>
      lever.kind === "switch" ? input.checked : lever.kind === "choice" ? input.value : Number(input.value);
    input.addEventListener("input", () => { if (output.isConnected) output.value = leverSaid({ ...lever, id: "", now: read() }); });
    input.addEventListener("change", () => move(lever, read()));
    form.appendChild(row);
  }
  form.addEventListener("submit", (event) => event.preventDefault());
}

function showLevers() {
  for (const lever of company.levers) {
    const input = byId(`lever-${lever.id}`), row = input.closest(".lever"), output = row.querySelector("output");
    if (lever.kind === "switch") input.checked = valueOf(lever);
    else input.value = valueOf(lever);
    if (output) output.value = leverSaid(lever);
    row.classList.toggle("moved", valueOf(lever) !== lever.now);
  }
  byId("undo").disabled = past.length === 0;
  byId("reset").disabled = Object.keys(state).length === 0;
}

function move(lever, value) {
  const next = { ...state, [lever.id]: value };
  if (value === lever.now) delete next[lever.id];
  change(next);
}

function change(next, remember = true) {
  if (remember) past.push(state);
  state = next;
  history.replaceState(null, "", Object.keys(state).length ? `#${encodeURIComponent(JSON.stringify(state))}` : "#");
  showLevers();
  ask();
}

// Answers: two replications at once, then more while one looks; a lever that moves cancels what is under way ------------

async function ask() {
  if (asking) asking.abort();
  const mine = (asking = new AbortController());
  turn += 1;
  byId("picture").setAttribute("aria-busy", "true");
  for (const replications of [2, 6, 12, 24, about.most]) {
    let answer;
    try {
      answer = await answered(state, replications, mine.signal);
    } catch (error) {
      if (mine.signal.aborted) return;
      if (!shown) await showToday(mine.signal);  // there is a company to go on from
      byId("headline").textContent = error.message;
      break;
    }
    if (mine.signal.aborted) return;
    showAnswer(answer);
  }
  byId("picture").removeAttribute("aria-busy");
}

function showAnswer(answer) {
  const first = shown === null;
  shown = answer;
  if (first) week = shown.weeks.indexOf(0);
  show();
}

async function showToday(signal) {
  try {
    showAnswer(await answered({}, 2, signal));
  } catch { /* the program does not answer at all: that is said already */ }
}

async function answered(wanted, replications, signal) {
  let response;
  try {
    response = await fetch(`attempt${location.search}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ state: wanted, replications, page: pageId, turn }),
      signal,
    });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new Error(say("broken"));
  }
  const found = await response.json();
  if (!response.ok) throw new Error(found.error);
  return found;
}

// What is shown -----------------------------------------------------------------------------------------------------

const last = (path) => {
  const values = path.mean.slice(-13).filter((value) => value !== null);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
};

function show() {
  headline();
  const slider = byId("week");
  slider.max = shown.weeks.length - 1;
  slider.value = week;
  showWeek();
  chart("customer_satisfaction", 1, "customer_ceiling");
  chart("morale", 1);
  chart("sales", 1000);
}

function headline() {
  const line = byId("headline");
  if (Object.keys(state).length === 0) {
    line.textContent = say("nothing");
    byId("method").textContent = "";
    return;
  }
  const [mean, low, high] = shown.change.customer_satisfaction, profit = shown.change.profit[0] / 1000;
  const sure = low > 0 || high < 0;
  const before = last(shown.paths.base.customer_satisfaction);
  line.textContent =
    `${say("satisfaction").split(",")[0]} ${number(before)} \u2192 ${number(before + mean)} ` +
    `(${signed(mean)}${sure ? "" : `, ${say("luck")}`}), ${say("profit").split(",")[0]} ${signed(profit, 0)} (${say("profit").split(", ")[1]})`;
  byId("method").textContent = `${say("change")} · ${say("replications", { n: shown.replications })} · ` +
    (shown.parts === null ? say("same") : say("parts", { n: shown.parts }));
}

function showWeek() {
  if (!shown) return;
  byId("week-said").value = `${say("week")} ${shown.weeks[week]}`.replace("-", "\u2212");
  network("base");
  network("tried");
  for (const mark of document.querySelectorAll(".now")) mark.setAttribute("x1", mark.dataset.left * 1 + mark.dataset.step * week);
  for (const mark of document.querySelectorAll(".now")) mark.setAttribute("x2", mark.getAttribute("x1"));
}

const places = company.places;

const shade = (morale) => {  // dark where morale is low; lightness alone tells it
  const share = Math.min(1, Math.max(0, (morale - 20) / 65));
  const mix = (from, to) => Math.round(from + (to - from) * share);
  return { fill: `rgb(${mix(58, 253)},${mix(12, 231)},${mix(76, 140)})`, dark: share < 0.55 };
};

function network(which) {
  const svg = byId(`network-${which}`);
  svg.replaceChildren();
  const morale = shown.departments[which], links = shown.links[which];
  drawn(svg, "title", {}, `${say(which === "base" ? "today" : "tried")}, ${say("week")} ${shown.weeks[week]}`);
  const most = Math.max(...company.links.map((link) => links[link.name]?.requests[week] ?? 0), 1);
  for (const link of company.links) {
    const [from, to] = [places[link.supplier], places[link.customer]];
    const asked = links[link.name]?.requests[week] ?? 0, inTime = links[link.name]?.in_time[week] ?? 1;
    const path = `M${from[0]},${from[1]} Q${(from[0] + to[0]) / 2},${(from[1] + to[1]) / 2 - 18} ${to[0]},${to[1]}`;
    drawn(svg, "path", { d: path, fill: "none", stroke: "var(--faint)", "stroke-width": 1 + (4 * asked) / most });
    if (!playing || calm.matches || asked === 0) continue;
    const dots = Math.max(1, Math.round((5 * asked) / most));
    for (let dot = 0; dot < dots; dot++) {
      const late = (dot + 0.5) / dots > inTime;
      const mark = drawn(svg, "circle", { r: 3.2, fill: late ? "var(--late)" : "var(--blue)" });
      drawn(mark, "animateMotion", { path, dur: "1.6s", begin: `${(-1.6 * dot) / dots}s`, repeatCount: "indefinite" });
    }
  }
  const [outside, level] = places.market;
  drawn(svg, "circle", { cx: outside, cy: level, r: 9, fill: "var(--blue)" });
  drawn(svg, "text", { x: outside, y: level - 15, "text-anchor": "middle", class: "name" }, say("customers"));
  for (const part of company.departments) {
    const [x, y] = places[part.name], value = morale[part.name][week];
    const colour = value === null ? { fill: "var(--pale)", dark: false } : shade(value);
    drawn(svg, "circle", { cx: x, cy: y, r: 13, fill: colour.fill, stroke: "var(--soft)" });
    drawn(svg, "text", { x, y: y + 4.5, "text-anchor": "middle", class: "on", style: `fill:${colour.dark ? "#fff" : "#1d1f21"}` },
      value === null ? "–" : Math.round(value));
    drawn(svg, "text", { x, y: y + 24, "text-anchor": "middle", class: "name" }, part.title[language]);
  }
}

// Money comes in lumps: the mean of five weeks around each.
function smoothed(path) {
  const around = (values) => values.map((_, place) => {
    const some = values.slice(Math.max(0, place - 2), place + 3).filter((value) => value !== null);
    return some.length ? some.reduce((sum, value) => sum + value, 0) / some.length : null;
  });
  return { mean: around(path.mean), low: around(path.low), high: around(path.high) };
}

function ticks(low, high) {
  const rough = (high - low) / 4, power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((factor) => factor * power >= rough);
  const found = [];
  for (let value = Math.ceil(low / step) * step; value <= high; value += step) found.push(value);
  return found;
}

function chart(outcome, unit, above) {
  const svg = byId(`chart-${outcome}`);
  svg.replaceChildren();
  const left = 40, right = 292, top = 8, bottom = 146, count = shown.weeks.length;
  const rows = [shown.paths.base[outcome], shown.paths.tried[outcome]].map((row) => (outcome === "sales" ? smoothed(row) : row));
  if (above) rows.push(shown.paths.base[above], shown.paths.tried[above]);
  const values = rows.flatMap((row) => row.mean).filter((value) => value !== null).map((value) => value / unit);
  let low = Math.min(...values), high = Math.max(...values);
  const room = Math.max(0.06 * (high - low), 0.5 * (outcome === "sales" ? 20 : 1));
  low -= room; high += room;
  const step = (right - left) / (count - 1);
  const x = (place) => left + step * place;
  const y = (value) => bottom - ((bottom - top) * (Math.min(high, Math.max(low, value / unit)) - low)) / (high - low);
  drawn(svg, "title", {}, `${say(outcome === "customer_satisfaction" ? "satisfaction" : outcome)}: ${number(last(rows[0]) / unit)}, ${number(last(rows[1]) / unit)}`);
  for (const value of ticks(low, high)) {
    drawn(svg, "line", { x1: left, x2: right, y1: y(value * unit), y2: y(value * unit), stroke: "var(--faint)" });
    drawn(svg, "text", { x: left - 4, y: y(value * unit) + 4, "text-anchor": "end", class: "soft" }, number(value, high - low < 3 ? 1 : 0));
  }
  const zero = shown.weeks.indexOf(0);
  drawn(svg, "line", { x1: x(zero), x2: x(zero), y1: top, y2: bottom, stroke: "var(--soft)", "stroke-dasharray": "3 3" });
  for (const place of [zero, Math.round((zero + count - 1) / 2), count - 1])
    drawn(svg, "text", { x: x(place), y: bottom + 15, "text-anchor": place === count - 1 ? "end" : "middle", class: "soft" }, shown.weeks[place]);
  drawn(svg, "text", { x: left, y: bottom + 15, "text-anchor": "middle", class: "soft" }, say("week"));
  const points = (row, of) => row.map((value, place) => [place, value]).filter(([, value]) => value !== null)
    .map(([place, value]) => `${x(place).toFixed(1)},${y(value).toFixed(1)}`);
  const band = points(rows[1].low).concat(points(rows[1].high).reverse());
  if (band.length > 2) drawn(svg, "polygon", { points: band.join(" "), fill: "var(--band)" });
  const line = (row, colour, dash = "none", width = 2.5) =>
    drawn(svg, "polyline", { points: points(row.mean).join(" "), fill: "none", stroke: colour, "stroke-width": width, "stroke-dasharray": dash });
  if (above) { line(rows[2], "var(--base)", "2 4", 1.5); line(rows[3], "var(--blue)", "2 4", 1.5); }
  line(rows[0], "var(--base)");
  line(rows[1], "var(--blue)");
  const mark = drawn(svg, "line", { x1: x(week), x2: x(week), y1: top, y2: bottom, stroke: "var(--orange)", "stroke-width": 2, class: "now" });
  mark.dataset.left = left;
  mark.dataset.step = step;
}

// The room's tries --------------------------------------------------------------------------------------------------

function showTries() {
  const table = byId("tries"), body = table.querySelector("tbody");
  table.hidden = tries.length === 0;
  byId("tries-title").textContent = `${say("kept")} · ${say("change").toLowerCase()}`;
  const head = byId("tries-head");
  head.replaceChildren();
  for (const text of [say("name"), say("satisfaction").split(",")[0], say("morale").split(",")[0], say("profit")]) {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.textContent = text;
    head.appendChild(cell);
  }
  body.replaceChildren();
  for (const one of [...tries].sort((a, b) => b.change.customer_satisfaction[0] - a.change.customer_satisfaction[0])) {
    const row = body.insertRow();
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = one.name;
    button.addEventListener("click", () => change(one.state));
    row.insertCell().appendChild(button);
    for (const [outcome, unit, digits] of [["customer_satisfaction", 1, 1], ["morale", 1, 1], ["profit", 1000, 0]]) {
      const [mean, low, high] = one.change[outcome];
      row.insertCell().textContent = signed(mean / unit, digits) + (low > 0 || high < 0 ? "" : " (?)");
    }
  }
}

function keep(event) {
  event.preventDefault();
  const name = byId("name").value.trim();
  if (!name || !shown) return;
  tries = tries.filter((one) => one.name !== name).concat({ name, state, change: shown.change });
  byId("name").value = "";
  showTries();
}

// A picture for slides: all drawings on one sheet, with the colours of the look -----------------------------------------

function picture() {
  const colours = getComputedStyle(document.documentElement);
  const sheet = document.createElementNS(svgNamespace, "svg");
  sheet.setAttribute("xmlns", svgNamespace);
  sheet.setAttribute("viewBox", "0 0 920 520");
  drawn(sheet, "rect", { width: 920, height: 520, fill: colours.getPropertyValue("--ground") });
  drawn(sheet, "text", { x: 12, y: 26, style: "font-weight:700;font-size:17px" }, byId("headline").textContent);
  const parts = [["network-base", 10, 60, 440, 250], ["network-tried", 470, 60, 440, 250],
    ["chart-customer_satisfaction", 10, 345, 290, 165], ["chart-morale", 315, 345, 290, 165], ["chart-sales", 620, 345, 290, 165]];
  for (const [id, x, y, width, height] of parts) {
    const one = byId(id).cloneNode(true);
    for (const [name, value] of Object.entries({ x, y, width, height })) one.setAttribute(name, value);
    sheet.appendChild(one);
    drawn(sheet, "text", { x: x + 4, y: y - 6, style: "font-weight:600" }, byId(id).closest("figure").querySelector("figcaption").textContent);
  }
  const rules = `text{font:13px sans-serif;fill:${colours.getPropertyValue("--ink")}}.on{font-weight:700;font-size:12px}.soft{fill:${colours.getPropertyValue("--soft")}}`;
  drawn(sheet, "style", {}, rules);
  const text = new XMLSerializer().serializeToString(sheet)
    .replace(/var\((--[a-z]+)\)/g, (_, name) => colours.getPropertyValue(name).trim());
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  link.download = "workshop.svg";
  link.click();
  URL.revokeObjectURL(link.href);
}

// Words, and what is pressed ----------------------------------------------------------------------------------------

function speak() {
  document.documentElement.lang = language;
  document.title = say("title");
  byId("title").textContent = say("title");
  byId("company").textContent = company.title[language];
  byId("levers-title").textContent = say("levers");
  byId("caption-base").textContent = say("today");
  byId("caption-tried").textContent = say("tried");
  byId("caption-satisfaction").textContent = `${say("satisfaction")} (··· ${say("ceiling")})`;
  byId("caption-morale").textContent = say("morale");
  byId("caption-sales").textContent = say("sales");
  byId("network-note").textContent = say("network");
  byId("week").setAttribute("aria-label", say("week"));
  byId("name").placeholder = say("name");
  byId("name").setAttribute("aria-label", say("name"));
  byId("keep-button").textContent = say("keep");
  for (const id of ["undo", "reset", "link", "save", "look", "language"]) byId(id).textContent = say(id);
  byId("play").textContent = say(playing ? "pause" : "play");
  byId("start").textContent = say("back");
  byId("day0").textContent = say("day0");
  buildLevers();
  showLevers();
  showTries();
  if (shown) show();
}

let ticking = 0;
function play(on) {
  playing = on;
  byId("play").textContent = say(on ? "pause" : "play");
  clearInterval(ticking);
  if (on) ticking = setInterval(() => {
    if (!shown || week >= shown.weeks.length - 1) return play(false);
    week += 1;
    byId("week").value = week;
    showWeek();
  }, calm.matches ? 900 : 450);
  showWeek();
}

const goTo = (place) => { week = Math.max(0, Math.min(place, shown ? shown.weeks.length - 1 : 0)); byId("week").value = week; showWeek(); };
byId("play").addEventListener("click", () => { if (!playing && shown && week >= shown.weeks.length - 1) week = 0; play(!playing); });
byId("start").addEventListener("click", () => goTo(0));
byId("day0").addEventListener("click", () => goTo(shown ? shown.weeks.indexOf(0) : 0));
byId("week").addEventListener("input", (event) => goTo(Number(event.target.value)));
byId("undo").addEventListener("click", () => { if (past.length) change(past.pop(), false); });
byId("reset").addEventListener("click", () => change({}));
byId("look").addEventListener("click", () => {
  document.documentElement.dataset.look = document.documentElement.dataset.look === "dark" ? "light" : "dark";
});
byId("language").addEventListener("click", () => { language = language === "en" ? "es" : "en"; speak(); });
byId("link").addEventListener("click", () => navigator.clipboard?.writeText(location.href));
byId("save").addEventListener("click", picture);
byId("keep").addEventListener("submit", keep);

try {
  const given = JSON.parse(decodeURIComponent(location.hash.slice(1)));
  if (given && typeof given === "object" && !Array.isArray(given)) state = given;
} catch { /* no state in the address */ }
speak();
ask();
