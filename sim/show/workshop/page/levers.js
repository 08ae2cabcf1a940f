// The levers: what the room moves. A state holds only those that were moved.

let state = {};            // levers of the company on the right
let against = {};          // levers of the company on the left; none: as it is today
let past = [];             // both, before each move

const leverOf = Object.fromEntries(company.levers.map((lever) => [lever.id, lever]));
const nowOf = (lever, moved = state) => lever.of[moved.department ?? leverOf.department.now] ?? lever.now;
const valueOf = (lever) => (lever.id in state ? state[lever.id] : nowOf(lever));
const leverSaid = (lever, value) => {
  if (lever.kind === "switch") return say(value ? "yes" : "no");
  const step = lever.values[2];
  return number(value, step >= 1 ? 0 : step >= 0.1 ? 1 : 2);
};
// In a file a slider stands only where there is a company: at a place of the lever's grid.
const placeOf = (lever, value) => (lever.grid ? Math.max(0, lever.grid.indexOf(value)) : value);
const valueAt = (lever, place) => (lever.grid ? lever.grid[place] : place);

function buildLevers() {
  const form = byId("levers");
  form.querySelectorAll(".lever").forEach((one) => one.remove());
  for (const lever of company.levers) {
    const row = made(form, "div", undefined, { class: "lever", title: lever.about[language] });
    made(row, "label", lever.title[language], { for: `lever-${lever.id}` });
    const output = lever.kind === "slider" ? made(row, "output", "", { for: `lever-${lever.id}` }) : null;
    const input = made(row, lever.kind === "choice" ? "select" : "input", undefined,
      { id: `lever-${lever.id}`, "aria-describedby": `about-${lever.id}` });
    made(row, "span", lever.about[language], { class: "about", id: `about-${lever.id}` });
    if (lever.kind === "choice") {
      for (const name of lever.grid ?? lever.values) made(input, "option", titles[name][language], { value: name });
    } else if (lever.kind === "switch") {
      input.type = "checkbox";
      input.className = "switch";
    } else {
      input.type = "range";
      [input.min, input.max, input.step] = lever.grid ? [0, lever.grid.length - 1, 1] : lever.values;
    }
    const read = () => (lever.kind === "switch" ? input.checked
      : lever.kind === "choice" ? input.value : valueAt(lever, Number(input.value)));
    const told = () => {
      if (!output) return;
      output.value = leverSaid(lever, read());
      input.setAttribute("aria-valuetext", output.value);
    };
    input.addEventListener("input", told);
    input.addEventListener("change", () => move(lever, read()));
    row.told = told;
  }
}

function showLevers() {
  for (const lever of company.levers) {
    const input = byId(`lever-${lever.id}`), row = input.closest(".lever");
    if (lever.kind === "switch") input.checked = valueOf(lever);
    else input.value = lever.kind === "choice" ? valueOf(lever) : placeOf(lever, valueOf(lever));
    row.told();
    row.classList.toggle("moved", valueOf(lever) !== nowOf(lever));
  }
  byId("undo").disabled = past.length === 0;
  byId("reset").disabled = Object.keys(state).length + Object.keys(against).length === 0;
}

function move(lever, value) {
  const next = { ...state, [lever.id]: value };
  if (value === (lever.id === "department" ? lever.now : nowOf(lever))) delete next[lever.id];
  change(next);
}

function change(next, beside = against, remember = true) {
  if (remember) past.push([state, against]);
  [state, against] = [next, beside];
  remembered();
  showLevers();
  ask();
}

// Few replications at once, then more while one looks; a lever that moves cancels what is under way.

let asking = null;         // what ends the question under way
let refused = null;        // why there is no answer to the levers as they stand

async function ask() {
  const question = { state, against }, known = levered?.question;
  refused = null;
  byId("picture").toggleAttribute("data-waits", known !== undefined && known.state !== state);
  byId("keep-button").disabled = true;
  await refined(question, known === undefined || known.state !== state || known.against !== against ? 0 : levered.replications,
    async (answer, error) => {
      if (answer) {
        const first = levered === null;
        levered = { ...answer, question };
        if (first) week = levered.weeks.indexOf(0);
      } else if (levered === null) await showToday();  // there is a company to go on from
      refused = error;
      byId("picture").removeAttribute("data-waits");
      byId("picture").toggleAttribute("data-outside", Boolean(error));
      byId("keep-button").disabled = Boolean(error);
      show();
    });
}

async function refined(question, known, took) {
  if (asking) asking.abort();
  pursued = null;
  const mine = (asking = new AbortController());
  turn += 1;
  byId("picture").setAttribute("aria-busy", "true");
  for (const replications of rounds.filter((count, place) => count > known || place === rounds.length - 1)) {
    let answer = null, wrong = null;
    try {
      answer = await answered(question, replications, mine.signal);
    } catch (error) {
      if (!mine.signal.aborted && !(error instanceof Wrong)) throw error;
      wrong = error;
    }
    if (mine.signal.aborted) return;
    await took(answer, wrong);
    if (wrong) break;
  }
  byId("picture").removeAttribute("aria-busy");
}

async function showToday() {
  try {
    levered = { ...await answered({ state: {}, against: {} }, 2, asking.signal), question: { state: {}, against: {} } };
    week = levered.weeks.indexOf(0);
  } catch { /* the program does not answer at all: that is said already */ }
}
