// Drawings: the network of a company in a week, lines, bars and the room's guesses. All sizes are those of a view box.

const places = company.places;

const shade = (morale) => {  // dark where morale is low; lightness alone tells it
  const share = Math.min(1, Math.max(0, (morale - 20) / 65));
  const mix = (from, to) => Math.round(from + (to - from) * share);
  return { fill: `rgb(${mix(58, 253)},${mix(12, 231)},${mix(76, 140)})`, dark: share < 0.55 };
};

// Requests run along their arrows, customers' words from the customers to those who are meant; a ring tells how much
// better (plain, blue) or worse (dashed, orange) a department feels than in the other company.
function network(which, shown, captions) {
  const svg = byId(`network-${which}`);
  svg.replaceChildren();
  const departments = shown.departments[which], links = shown.links[which];
  drawn(svg, "title", {}, `${captions[which]}, ${say("week")} ${shown.weeks[week]}`);
  const moves = playing && !calm.matches;
  const most = Math.max(...company.links.map((link) => links[link.name]?.requests[week] ?? 0), 1);
  for (const link of company.links) {
    const [from, to] = [places[link.supplier], places[link.customer]];
    const asked = links[link.name]?.requests[week] ?? 0, inTime = links[link.name]?.in_time[week] ?? 1;
    const path = `M${from[0]},${from[1]} Q${(from[0] + to[0]) / 2},${(from[1] + to[1]) / 2 - 18} ${to[0]},${to[1]}`;
    drawn(svg, "path", { d: path, fill: "none", stroke: "var(--faint)", "stroke-width": 1 + (4 * asked) / most });
    head(svg, from, to);
    if (!moves || asked === 0) continue;
    const dots = Math.max(1, Math.round((5 * asked) / most));
    for (let dot = 0; dot < dots; dot++) {
      const late = (dot + 0.5) / dots > inTime;
      const mark = drawn(svg, "circle", { r: 3.2, fill: late ? "var(--late)" : "var(--blue)" });
      drawn(mark, "animateMotion", { path, dur: "1.6s", begin: `${(-1.6 * dot) / dots}s`, repeatCount: "indefinite" });
    }
  }
  const [outside, level] = places.market;
  if (moves) words(svg, departments, shown.kept?.[which] ?? null);
  drawn(svg, "circle", { cx: outside, cy: level, r: 10, fill: "var(--blue)" });
  drawn(svg, "text", { x: outside, y: level - 16, "text-anchor": "middle", class: "name" }, say("customers"));
  const other = shown.departments.base;
  for (const part of company.departments) {
    const [x, y] = places[part.name], value = departments[part.name].morale[week];
    const apart = which === "tried" && value !== null ? value - (other[part.name].morale[week] ?? value) : 0;
    if (Math.abs(apart) >= 0.25) ring(svg, x, y, apart, moves);
    const colour = value === null ? { fill: "var(--pale)", dark: false } : shade(value);
    const marked = markedNow().includes(part.name);  // of whom the story speaks
    drawn(svg, "circle", { cx: x, cy: y, r: 14, fill: colour.fill, stroke: marked ? "var(--ink)" : "var(--soft)", "stroke-width": marked ? 3.5 : 1 });
    drawn(svg, "text", { x, y: y + 5, "text-anchor": "middle", class: "on", style: `fill:${colour.dark ? "#fff" : "#1d1f21"}` },
      value === null ? "–" : Math.round(value));
    drawn(svg, "text", { x, y: part.above[language] ? y - 19 : y + 29, "text-anchor": "middle", class: marked ? "name marked" : "name" }, part.title[language]);
  }
}

// An arrow's head, two thirds of the way along its curve.
function head(svg, from, to) {
  const bend = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2 - 18], t = 0.66;
  const at = (axis) => (1 - t) ** 2 * from[axis] + 2 * t * (1 - t) * bend[axis] + t ** 2 * to[axis];
  const slope = (axis) => (1 - t) * (bend[axis] - from[axis]) + t * (to[axis] - bend[axis]);
  const turned = (Math.atan2(slope(1), slope(0)) * 180) / Math.PI;
  drawn(svg, "path", { d: "M5,0 L-4,-4.5 L-4,4.5 Z", fill: "var(--arrow)", transform: `translate(${at(0).toFixed(1)},${at(1).toFixed(1)}) rotate(${turned.toFixed(1)})` });
}

function ring(svg, x, y, apart, moves) {
  const worse = apart < 0;
  const values = { cx: x, cy: y, r: 18, fill: "none", stroke: worse ? "var(--late)" : "var(--blue)",
    "stroke-width": Math.min(7, 1 + Math.abs(apart)), "stroke-dasharray": worse ? "5 3" : "none" };
  drawn(svg, "circle", values);
  if (!moves) return;
  const wave = drawn(svg, "circle", { ...values, "stroke-width": 2 });
  drawn(wave, "animate", { attributeName: "r", values: "18;34", dur: "1.8s", repeatCount: "indefinite" });
  drawn(wave, "animate", { attributeName: "opacity", values: "0.8;0", dur: "1.8s", repeatCount: "indefinite" });
}

function words(svg, departments, kept) {
  const [outside, level] = places.market;
  let seen = 0;
  for (const part of company.departments) {
    const said = departments[part.name].words[week] ?? 0;
    for (let place = 0; place < Math.min(3, Math.round(said)); place++) {
      const [x, y] = places[part.name], length = 2.4 + 0.3 * place;
      seen += 1;
      const arrives = kept === null || ((seen * 0.618) % 1) < kept;
      const mark = drawn(svg, "rect", { x: -4, y: -4, width: 8, height: 8, stroke: "var(--ink)", "stroke-width": 1.5,
        fill: "var(--orange)" });
      drawn(mark, "animateMotion", { path: `M${outside},${level} Q${(outside + x) / 2},${(level + y) / 2 + 26} ${x},${y}`,
        dur: `${length}s`, begin: `${-0.7 * place}s`, repeatCount: "indefinite" });
      if (!arrives) drawn(mark, "animate", { attributeName: "fill-opacity", values: "1;1;0;0", keyTimes: "0;0.45;0.5;1",
        dur: `${length}s`, begin: `${-0.7 * place}s`, repeatCount: "indefinite" });
    }
  }
}

// Money comes in lumps: the mean of five weeks around each, none of them over day 0, on which the levers move.
function smoothed(path, weeks) {
  const zero = weeks.indexOf(0);
  const around = (values) => values.map((_, place) => {
    const side = place < zero ? [0, zero] : [zero, values.length];
    const some = values.slice(Math.max(side[0], place - 2), Math.min(side[1], place + 3)).filter((value) => value !== null);
    return some.length ? some.reduce((sum, value) => sum + value, 0) / some.length : null;
  });
  return { mean: around(path.mean), low: around(path.low), high: around(path.high) };
}

function ticks(low, high) {
  const rough = (high - low) / 4, power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((factor) => factor * power >= rough);
  const found = [];
  for (let value = Math.ceil(low / step) * step; value <= high + step / 1000; value += step) found.push(value);
  return found;
}

const lastOf = (path) => {
  const values = path.mean.slice(-13).filter((value) => value !== null);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
};

// Lines over the weeks. rows: {mean, low, high, colour, dash, width, name}; names stand at the end of their line.
function lines(svg, weeks, rows, { title, least = 1, unit = 1, level = null }) {
  svg.replaceChildren();
  const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  const named = rows.some((row) => row.name);
  const left = 44, right = width - 8, top = named ? 8 + 17 * rows.length : 8, bottom = height - 21, count = weeks.length;
  const values = rows.flatMap((row) => row.mean).filter((value) => value !== null).map((value) => value / unit);
  let low = Math.min(...values), high = Math.max(...values);
  const room = Math.max(0.06 * (high - low), 0.5 * least);
  low -= room; high += room;
  const step = (right - left) / (count - 1);
  const x = (place) => left + step * place;
  const y = (value) => bottom - ((bottom - top) * (Math.min(high, Math.max(low, value / unit)) - low)) / (high - low);
  drawn(svg, "title", {}, title);
  for (const value of ticks(low, high)) {
    drawn(svg, "line", { x1: left, x2: right, y1: y(value * unit), y2: y(value * unit), stroke: "var(--faint)" });
    drawn(svg, "text", { x: left - 4, y: y(value * unit) + 5, "text-anchor": "end", class: "soft" }, number(value, high - low < 3 ? 1 : 0));
  }
  if (level !== null) drawn(svg, "line", { x1: left, x2: right, y1: y(level), y2: y(level), stroke: "var(--orange)", "stroke-width": 2, "stroke-dasharray": "6 4" });
  const zero = weeks.indexOf(0);
  drawn(svg, "line", { x1: x(zero), x2: x(zero), y1: top, y2: bottom, stroke: "var(--soft)", "stroke-dasharray": "3 3" });
  for (const place of [zero, Math.round((zero + count - 1) / 2), count - 1])
    drawn(svg, "text", { x: x(place), y: bottom + 16, "text-anchor": place === count - 1 ? "end" : "middle", class: "soft" },
      place === zero ? `${say("week")} 0` : weeks[place]);
  const points = (row) => row.map((value, place) => [place, value]).filter(([, value]) => value !== null)
    .map(([place, value]) => `${x(place).toFixed(1)},${y(value).toFixed(1)}`);
  for (const row of rows) {
    if (!row.band) continue;
    const band = points(row.low).concat(points(row.high).reverse());
    if (band.length > 2) drawn(svg, "polygon", { points: band.join(" "), fill: "var(--band)" });
  }
  rows.forEach((row, place) => {
    drawn(svg, "polyline", { points: points(row.mean).join(" "), fill: "none", stroke: row.colour,
      "stroke-width": row.width ?? 2.5, "stroke-dasharray": row.dash ?? "none" });
    if (!row.name) return;
    const level = 12 + 17 * place;
    drawn(svg, "line", { x1: left, x2: left + 26, y1: level, y2: level, stroke: row.colour, "stroke-width": row.width ?? 2.5, "stroke-dasharray": row.dash ?? "none" });
    drawn(svg, "text", { x: left + 32, y: level + 5 }, row.name);
  });
  const mark = drawn(svg, "line", { x1: x(week), x2: x(week), y1: top, y2: bottom, stroke: "var(--orange)", "stroke-width": 2, class: "now" });
  mark.dataset.left = left;
  mark.dataset.step = step;
}

// A text made smaller where it would be longer than its room.
function fitted(text, room) {
  const long = text.getComputedTextLength();
  if (long > room) text.style.fontSize = `${(15 * room) / long}px`;
}

// Horizontal bars with intervals. rows: {name, value, low, high, colour, said}; from zero.
function bars(svg, rows, title) {
  svg.replaceChildren();
  drawn(svg, "title", {}, title);
  const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  const ends = rows.flatMap((row) => [row.low ?? row.value, row.high ?? row.value, row.value, 0]);
  const low = Math.min(...ends), high = Math.max(...ends, low + 1e-9);
  const left = low < 0 ? 46 : 12, right = width - (high > 0 ? 50 : 14);
  const x = (value) => left + ((right - left) * (value - low)) / (high - low);
  const room = (height - 8) / rows.length, thick = Math.min(22, room - 24);
  rows.forEach((row, place) => {
    const top = 4 + room * place + 20;
    fitted(drawn(svg, "text", { x: low < 0 ? 6 : left, y: top - 5 }, row.name), width - 12 - (low < 0 ? 6 : left));
    drawn(svg, "line", { x1: x(0), x2: x(0), y1: top - 2, y2: top + thick + 2, stroke: "var(--soft)" });
    drawn(svg, "rect", { x: Math.min(x(0), x(row.value)), y: top, height: thick, width: Math.abs(x(row.value) - x(0)), fill: row.colour ?? "var(--blue)" });
    if (row.low !== null && row.low !== undefined)
      drawn(svg, "line", { x1: x(row.low), x2: x(row.high), y1: top + thick / 2, y2: top + thick / 2, stroke: "var(--ink)", "stroke-width": 2 });
    const beyond = row.value < 0 ? Math.min(row.low ?? row.value, row.value) : Math.max(row.high ?? row.value, row.value);
    drawn(svg, "text", { x: x(beyond) + (row.value < 0 ? -5 : 5), y: top + thick / 2 + 5, "text-anchor": row.value < 0 ? "end" : "start", class: "on" }, row.said);
  });
}

// The room's guesses of a number, with its middle, and, once told, what the company says.
function histogram(svg, votes, scale, truth, title) {
  svg.replaceChildren();
  drawn(svg, "title", {}, title);
  const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  const [low, high, step] = scale, left = 14, right = width - 14, top = 46, bottom = height - 22;
  const bins = Math.min(15, Math.round((high - low) / step) + 1), wide = (high - low + step) / bins;
  const x = (value) => left + ((right - left) * (Math.min(high, Math.max(low, value)) - low + step / 2)) / (high - low + step);
  const counts = Array(bins).fill(0);
  for (const vote of votes) counts[Math.min(bins - 1, Math.max(0, Math.floor((vote - low + step / 2) / wide)))] += 1;
  const most = Math.max(4, ...counts), labels = [];
  counts.forEach((count, bin) => {
    const from = left + ((right - left) * bin) / bins, size = (right - left) / bins, tall = ((bottom - top) * count) / most;
    if (count) drawn(svg, "rect", { x: from + 1, y: bottom - tall, width: size - 2, height: tall, fill: "var(--base)" });
    if (count) labels.push([from + size / 2, bottom - tall - 4, count]);
  });
  drawn(svg, "line", { x1: left, x2: right, y1: bottom, y2: bottom, stroke: "var(--soft)" });
  const marks = ticks(low, high), gap = marks[1] - marks[0];
  for (const value of [...marks.filter((mark) => high - mark > 0.6 * gap || mark === high), high].filter((mark, place, all) => all.indexOf(mark) === place))
    drawn(svg, "text", { x: x(value), y: bottom + 17, "text-anchor": "middle", class: "soft" }, brief(value));
  const flag = (value, level, colour, text, other) => {  // a label stands on the side where the other line is not
    drawn(svg, "line", { x1: x(value), x2: x(value), y1: level + 4, y2: bottom, stroke: colour, "stroke-width": 3 });
    const free = other === null ? x(value) < width / 2 : x(value) > x(other) || (value === other && x(value) < width / 2);
    const side = x(value) > width * 0.72 ? "end" : x(value) < width * 0.28 ? "start" : free ? "start" : "end";
    drawn(svg, "text", { x: x(value) + (side === "start" ? -2 : 2), y: level, "text-anchor": side, class: "flag name", style: `fill:${colour};font-size:15px` }, text);
  };
  const answer = truth && truth[0] !== null ? truth[0] : null, room = votes.length ? middle(votes) : null;
  if (truth && truth[0] !== null) {
    if (truth[1] !== null) drawn(svg, "rect", { x: x(truth[1]), y: top, width: Math.max(1, x(truth[2]) - x(truth[1])), height: bottom - top, fill: "var(--truth)" });
    flag(answer, 16, "var(--orange)", `${say("company_says")} ${brief(answer)}`, room);
  }
  if (room !== null) flag(room, 36, "var(--ink)", `${say("room_says")} ${brief(room)}`, answer);
  for (const [at, level, count] of labels) drawn(svg, "text", { x: at, y: level, "text-anchor": "middle", class: "name" }, count);
}

const middle = (votes) => {
  const sorted = [...votes].sort((a, b) => a - b), half = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
};
