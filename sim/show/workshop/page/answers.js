// Where answers come from: the program that serves this page, or, in a file, the companies packed into it.

const packed = byId("pack").textContent.trim();
const isFile = packed.length > 0;
const pageId = crypto.randomUUID ? crypto.randomUUID() : String(Math.random());
let turn = 0;              // questions so far; the program answers the newest only
let opened = null;         // the pack, once it is read

class Wrong extends Error {}

// Of levers (state beside against) or of a chapter of the story, from so many replications.
async function answered(question, replications, signal) {
  if (isFile) return fromFile(question);
  let response;
  try {
    response = await fetch(`attempt${location.search}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ ...question, replications, page: pageId, turn }),
      signal,
    });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new Wrong(say("broken"));
  }
  const found = await response.json();
  if (!response.ok) throw new Wrong(found.error);
  return found;
}

const rounds = isFile ? [1] : [2, 6, 12, 24].filter((few) => few < about.most).concat(about.most);

async function fromFile(question) {
  opened ??= unpacked();
  const pack = await opened;
  if (question.chapter) return pack.chapters[question.chapter];
  const base = pack.places.get(keyOf(question.against)), tried = pack.places.get(keyOf(question.state));
  if (base === undefined || tried === undefined) throw new Wrong(say("outside"));
  return compared(pack, base, tried);
}

// A state without what is as in the base, in the order of the levers: two of the same company are equal.
function keyOf(state) {
  const kept = {};
  let ofDepartment = false;
  for (const lever of company.levers) {
    if (lever.id === "department" || !(lever.id in state) || state[lever.id] === nowOf(lever, state)) continue;
    kept[lever.id] = state[lever.id];
    ofDepartment ||= lever.of_department;
  }
  if (ofDepartment) kept.department = state.department ?? leverOf.department.now;
  return JSON.stringify(Object.entries(kept).sort());
}

async function unpacked() {
  const bytes = Uint8Array.from(atob(packed), (sign) => sign.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  const buffer = await new Response(stream).arrayBuffer();
  const length = new DataView(buffer).getUint32(0, true);
  const pack = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  pack.places = new Map(pack.states.map((state, place) => [keyOf(state), place]));
  const cells = pack.states.length, weeks = pack.weeks.length;
  let from = 4 + length;
  const taken = (count) => new Uint8Array(buffer, (from += count) - count, count);
  const whole = pack.steps.length * weeks;
  pack.low = taken(cells * whole);
  pack.high = taken(cells * whole);
  const few = (name, things, each) => {
    const values = Math.ceil(weeks / each);
    return { name, values, each, size: things * values, bytes: taken(cells * things * values) };
  };
  pack.blocks = [
    few("morale", company.departments.length, pack.of_departments),
    few("words", company.departments.length, pack.of_links),
    few("requests", company.links.length, pack.of_links),
    few("in_time", company.links.length, pack.of_links),
  ];
  pack.last = new Float32Array(buffer.slice(from));
  return pack;
}

// The weekly values of a row of a company: differences from the first one, modulo 2^16.
function weekly(pack, cell, row) {
  const weeks = pack.weeks.length, size = pack.steps.length * weeks;
  return pack.weeks.map((_, week) => {
    const at = row * weeks + week;
    let value = pack.low[at] + 256 * pack.high[at];
    if (cell) value = (value + pack.low[cell * size + at] + 256 * pack.high[cell * size + at]) % 65536;
    if (value >= 32768) value -= 65536;
    return value === pack.nothing ? null : value * pack.steps[row];
  });
}

function few(pack, name, cell, thing) {
  const block = pack.blocks.find((one) => one.name === name);
  return pack.weeks.map((_, week) => {
    const at = thing * block.values + Math.floor(week / block.each);
    const value = cell ? (block.bytes[at] + block.bytes[cell * block.size + at]) % 256 : block.bytes[at];
    return value === 255 ? null : value * pack.units_of_bytes[name];
  });
}

function compared(pack, base, tried) {
  const both = { base, tried };
  const answer = { weeks: pack.weeks, replications: pack.replications, paths: {}, departments: {}, links: {}, change: {} };
  for (const [which, cell] of Object.entries(both)) {
    answer.paths[which] = {};
    let row = 0;
    for (const [outcome, banded] of pack.rows) {
      const [mean, low, high] = (banded ? [0, 1, 2] : [0]).map((more) => weekly(pack, cell, row + more));
      answer.paths[which][outcome] = { mean, low: low ?? [], high: high ?? [] };
      row += banded ? 3 : 1;
    }
    answer.departments[which] = Object.fromEntries(company.departments.map((part, place) =>
      [part.name, { morale: few(pack, "morale", cell, place), words: few(pack, "words", cell, place) }]));
    answer.links[which] = Object.fromEntries(company.links.map((link, place) =>
      [link.name, { requests: few(pack, "requests", cell, place), in_time: few(pack, "in_time", cell, place) }]));
  }
  const n = pack.replications, outcomes = pack.ends;
  outcomes.forEach((outcome, place) => {
    const of = (cell) => pack.last.subarray((cell * outcomes.length + place) * n, (cell * outcomes.length + place + 1) * n);
    const known = (values) => Array.from(values).filter((value) => !Number.isNaN(value));
    const mean = (values) => (values.length ? values.reduce((sum, value) => sum + value, 0) / values.length : null);
    const before = of(base), differences = known(Array.from(of(tried), (value, at) => value - before[at]));
    const middle = mean(differences), count = differences.length;
    const spread = Math.sqrt(differences.reduce((sum, value) => sum + (value - middle) ** 2, 0) / Math.max(1, count - 1));
    const half = count > 1 ? (pack.student[count] * spread) / Math.sqrt(count) : null;
    answer.change[outcome] = half === null ? [middle, null, null] : [middle, middle - half, middle + half];
    if (outcome === "messages_intact_share") answer.kept = { base: mean(known(before)), tried: mean(known(of(tried))) };
  });
  // Of two that were both moved, the week in which the first of them left the company as it is.
  const known = [base, tried].map((cell) => pack.parts[cell]).filter((week) => week !== null);
  answer.parts = base === tried || known.length === 0 ? null : Math.min(...known);
  return answer;
}
