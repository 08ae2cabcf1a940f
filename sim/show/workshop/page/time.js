// The bar of weeks: both companies are shown in the same one.

let week = 0;              // index into the weeks that are shown
let playing = false;
let ticking = 0;

function showWeek() {
  const shown = shownNow();
  if (!shown) return;
  week = Math.max(0, Math.min(week, shown.weeks.length - 1));
  byId("week").max = shown.weeks.length - 1;
  byId("week").value = week;
  const said = `${say("week")} ${shown.weeks[week]}`.replace("-", "\u2212");
  byId("week-said").value = said;
  byId("week").setAttribute("aria-valuetext", said);
  for (const which of ["base", "tried"]) network(which, shown, captionsNow());
  for (const mark of document.querySelectorAll(".now")) {
    const x = Number(mark.dataset.left) + Number(mark.dataset.step) * week;
    mark.setAttribute("x1", x);
    mark.setAttribute("x2", x);
  }
}

function play(on) {
  playing = on;
  byId("play").textContent = say(on ? "pause" : "play");
  clearInterval(ticking);
  if (on) ticking = setInterval(() => {
    if (!shownNow() || week >= shownNow().weeks.length - 1) return play(false);
    week += 1;
    showWeek();
  }, calm.matches ? 900 : 450);
  showWeek();
}

function goTo(place) {
  week = place;
  showWeek();
}

byId("play").addEventListener("click", () => {
  if (!playing && shownNow() && week >= shownNow().weeks.length - 1) week = 0;
  play(!playing);
});
byId("start").addEventListener("click", () => goTo(0));
// To day 0, on which the levers move; where the company itself changes later on, from one such day to the next.
byId("day0").addEventListener("click", () => {
  if (!shownNow()) return;
  const places = company.changes.map((day) => shownNow().weeks.indexOf(Math.floor(day / 5))).filter((place) => place >= 0);
  goTo(places.find((place) => place > week) ?? places[0]);
});
byId("week").addEventListener("input", (event) => goTo(Number(event.target.value)));
