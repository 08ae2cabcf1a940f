// What the room has done: tries in a table, a link, a file that brings it all back, pictures for slides.

let tries = [];
const FORMAT = "customer-chain workshop 1";
const storedAs = `customer-chain:${company.name}`;

// Kept over a reload, in the address what is shown and in this tab what was gathered.
function remembered() {
  const now = {};
  if (Object.keys(state).length) now.state = state;
  if (Object.keys(against).length) now.against = against;
  if (slide !== null) now.slide = slide;
  history.replaceState(null, "", Object.keys(now).length ? `#${encodeURIComponent(JSON.stringify(now))}` : "#");
  try {
    const look = document.documentElement.dataset.look;
    sessionStorage.setItem(storedAs, JSON.stringify({ tries, votes, left, began, language, look }));
  } catch { /* a browser that keeps nothing for files */ }
}

const isPlain = (value) => Boolean(value) && typeof value === "object" && !Array.isArray(value);

// What this tab and the address know from before; where in the story that was, or null.
function recalled() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(storedAs) ?? "{}");
    gathered(kept);
    if (Number.isInteger(kept.left) && slides[kept.left]) left = kept.left;
    if (typeof kept.began === "number") began = kept.began;
    if (kept.language in about.texts) language = kept.language;
    if (kept.look === "dark") document.documentElement.dataset.look = "dark";
  } catch { /* nothing was kept */ }
  try {
    const given = JSON.parse(decodeURIComponent(location.hash.slice(1)) || "{}");
    if (isPlain(given.state)) state = given.state;
    if (isPlain(given.against)) against = given.against;
    return Number.isInteger(given.slide) && slides[given.slide] ? given.slide : null;
  } catch {
    return null;  // no state in the address
  }
}

// Of what is given only what can be shown; nothing of it is ever taken for markup.
function gathered(kept) {
  if (Array.isArray(kept.tries)) tries = kept.tries.filter((one) => typeof one?.name === "string" && isPlain(one.state) &&
    isPlain(one.against) && ["customer_satisfaction", "morale", "profit"].every((outcome) => Array.isArray(one.change?.[outcome]) && typeof one.change[outcome][0] === "number"));
  if (!isPlain(kept.votes)) return;
  votes = {};
  for (const chapter of company.chapters) {
    const given = kept.votes[chapter.id];
    if (Array.isArray(given)) votes[chapter.id] = given.filter((one) =>
      chapter.scale ? typeof one === "number" && one >= chapter.scale[0] && one <= chapter.scale[1] : chapter.choices.includes(one));
  }
}

function showTries() {
  const table = byId("tries"), body = table.querySelector("tbody");
  table.hidden = tries.length === 0;
  byId("tries-title").textContent = `${say("kept")} · ${say("change").toLowerCase()}`;
  const head = byId("tries-head");
  head.replaceChildren();
  for (const text of [say("name"), firstPart("satisfaction"), firstPart("morale"), say("profit")]) made(head, "th", text, { scope: "col" });
  body.replaceChildren();
  for (const one of [...tries].sort((a, b) => b.change.customer_satisfaction[0] - a.change.customer_satisfaction[0])) {
    const row = body.insertRow();
    made(row.insertCell(), "button", one.name, { type: "button" }).addEventListener("click", () => change(one.state, one.against));
    for (const [outcome, unit, digits] of [["customer_satisfaction", 1, 1], ["morale", 1, 1], ["profit", 1000, 0]]) {
      const [mean, low, high] = one.change[outcome];
      row.insertCell().textContent = signed(mean / unit, digits) + (low > 0 || high < 0 ? "" : " (?)");
    }
  }
}

function keep(event) {
  event.preventDefault();
  const name = byId("name").value.trim();
  if (!name || !levered || refused || levered.question.state !== state) return;  // only what was answered
  tries = tries.filter((one) => one.name !== name).concat({ name, ...levered.question, change: levered.change });
  byId("name").value = "";
  remembered();
  showTries();
}

function saved(name, parts, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(parts, { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  byId("menu").open = false;
}

function saveSession() {
  const kept = { format: FORMAT, company: company.name, state, against, slide, tries, votes };
  saved("workshop.json", [JSON.stringify(kept, null, 1)], "application/json");
}

// Another group begins: its guesses and tries, with the company as it is.
function beginAnew() {
  byId("menu").open = false;
  if (!window.confirm(say("begin_sure"))) return;
  if (slide !== null) goToSlide(null);
  [tries, votes, left, began, past] = [[], {}, 0, null, []];
  for (const id of ["vote-slider", "name", "vote-typed"]) { byId(id).value = ""; delete byId(id).dataset.chapter; }
  change({}, {}, false);
  showTries();
}

async function openSession() {
  const [file] = byId("session-file").files;
  byId("session-file").value = "";
  byId("menu").open = false;
  if (!file) return;
  let kept = null;
  try {
    kept = JSON.parse(await file.text());
  } catch { /* no JSON: it is said below */ }
  const wrong = kept?.format !== FORMAT ? say("no_session", { file: file.name })
    : kept.company !== company.name ? say("other_company", { file: file.name, company: String(kept.company) }) : null;
  if (wrong) {
    byId("headline").textContent = wrong;
    if (slide !== null) showStory(new Wrong(wrong));
    return;
  }
  gathered(kept);
  change(isPlain(kept.state) ? kept.state : {}, isPlain(kept.against) ? kept.against : {});
  goToSlide(Number.isInteger(kept.slide) ? kept.slide : null);
  showTries();
}

// Pictures: what is shown, laid out as it is shown, with the colours of the look.

function sheet() {
  const colours = getComputedStyle(document.documentElement), all = byId("picture").getBoundingClientRect();
  const drawing = document.createElementNS(svgNamespace, "svg");
  const figures = [...document.querySelectorAll("#picture figure")].filter((one) => one.offsetParent !== null);
  const boxes = figures.map((one) => one.querySelector("svg").getBoundingClientRect());
  const top = Math.min(...boxes.map((box) => box.top)) - 70, height = Math.max(...boxes.map((box) => box.bottom)) - top + 10;
  drawing.setAttribute("xmlns", svgNamespace);
  drawing.setAttribute("viewBox", `0 0 ${Math.round(all.width + 20)} ${Math.round(height)}`);
  drawing.setAttribute("width", Math.round(all.width + 20));
  drawing.setAttribute("height", Math.round(height));
  drawn(drawing, "rect", { width: "100%", height: "100%", fill: colours.getPropertyValue("--ground") });
  const title = slide === null ? byId("headline").textContent : byId("story-title").textContent;
  drawn(drawing, "text", { x: 10, y: 28, style: "font-weight:700;font-size:19px" }, title);
  figures.forEach((figure, place) => {
    const box = boxes[place], one = figure.querySelector("svg").cloneNode(true);
    const at = { x: box.left - all.left + 10, y: box.top - top, width: box.width, height: box.height };
    for (const [name, value] of Object.entries(at)) one.setAttribute(name, value);
    drawing.appendChild(one);
    const caption = figure.querySelector("figcaption").textContent;
    drawn(drawing, "text", { x: at.x + 4, y: at.y - 7, style: `font-weight:600;font-size:${Math.min(15, (1.6 * at.width) / caption.length)}px` }, caption);
  });
  const rules = `text{font:15px sans-serif;fill:${colours.getPropertyValue("--ink")}}.on,.flag{font-weight:700}.soft{fill:${colours.getPropertyValue("--soft")}}.name{font-size:13.5px}`;
  drawn(drawing, "style", {}, rules);
  const text = new XMLSerializer().serializeToString(drawing)
    .replace(/var\((--[a-z]+)\)/g, (_, name) => colours.getPropertyValue(name).trim());
  return { text, width: Math.round(all.width + 20), height: Math.round(height) };
}

function savePng() {
  const { text, width, height } = sheet();
  const picture = new Image(), address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  picture.addEventListener("load", () => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [2 * width, 2 * height];
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(address);
    canvas.toBlob((blob) => saved("workshop.png", [blob], "image/png"));
  });
  picture.src = address;
}

byId("keep").addEventListener("submit", keep);
byId("link").addEventListener("click", () => {
  byId("menu").open = false;
  if (navigator.clipboard) navigator.clipboard.writeText(location.href);
  else window.prompt(say("link"), location.href);  // over plain http from another machine there is none
});
window.addEventListener("hashchange", () => {  // a link was pasted into this tab
  const place = recalled();
  past = [];
  showLevers();
  if (place === null && slide === null) ask();
  else goToSlide(place);
});
byId("save-svg").addEventListener("click", () => saved("workshop.svg", [sheet().text], "image/svg+xml"));
byId("save-png").addEventListener("click", savePng);
byId("save-session").addEventListener("click", saveSession);
byId("open-session").addEventListener("click", () => byId("session-file").click());
byId("begin").addEventListener("click", beginAnew);
byId("session-file").addEventListener("change", openSession);
