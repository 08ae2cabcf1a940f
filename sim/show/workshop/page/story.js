// The story: an opening, chapters of five steps each, and a closing with the room's guesses beside the answers.

const steps = ["scene", "question", "answer", "company", "talk"];
const slides = [["opening"], ...company.chapters.flatMap((chapter) => steps.map((step) => [step, chapter])), ["closing"]];

let slide = null;          // place in slides; null while the levers are shown
let left = 0;              // where the story was left
let told = {};             // by chapter, its answer as far as it is known
let votes = {};            // by chapter, what the room has guessed
let began = null;          // when the story left its opening, in milliseconds
let pursued = null;        // the chapter that is being asked for
let failed = {};           // by chapter, why it has no answer

const touched = window.matchMedia("(pointer: coarse)");  // a keyboard on the screen would hide the question

const stepNow = () => (slide === null ? null : slides[slide][0]);
const chapterNow = () => (slide === null ? null : slides[slide][1] ?? null);
const wordsOf = (chapter) => about.story[language].chapters[chapter.id];

function factsOf(chapter) {
  const answer = told[chapter.id]?.told;
  const facts = { ...chapter.facts, ...(answer?.facts ?? {}) };
  if (answer && chapter.scale) [facts.value, facts.low, facts.high] = answer.truth;
  if (answer && !chapter.scale) facts.choice = say("quoted", { text: choiceSaid(chapter, answer.truth) });
  return facts;
}
// The answer of a chapter as soon as it has enough companies that it will hardly turn round.
const answerOf = (chapter) =>
  (isFile || told[chapter.id]?.replications >= Math.min(12, about.most) ? told[chapter.id]?.told : undefined);
const storySaid = (chapter, text) => filled(text, factsOf(chapter));
const choiceSaid = (chapter, choice) => filled(wordsOf(chapter).choices[choice], chapter.facts);

function goToSlide(place) {
  const wasTold = slide !== null;
  if (wasTold) left = slide;
  if (place === null) failed = {};
  slide = place === null ? null : Math.max(0, Math.min(place, slides.length - 1));
  if (slide > 0) began ??= Date.now();
  play(false);
  enlarge(null);
  byId("picture").removeAttribute("data-outside");
  remembered();
  if (slide !== null) pursue();
  else if (wasTold) {
    pursued = null;
    ask();
  }
  const chapter = chapterNow();
  if (stepNow() === "scene" && told[chapter.id]) week = told[chapter.id].weeks.indexOf(0);
  show();
  if (stepNow() === "question" && chapter.scale && !touched.matches) byId("vote-typed").focus({ preventScroll: true });
  else if (slide !== null) byId("story-title").focus({ preventScroll: true });
  window.scrollTo(0, 0);
  if (stepNow() === "company" && !calm.matches) {
    week = Math.max(0, (shownNow()?.weeks.indexOf(0) ?? 2) - 2);
    play(true);
  }
}

// The chapter that is shown is asked for first; when its answer is whole the next one, and in the end all that lack theirs.
function pursue() {
  const whole = (chapter) => told[chapter.id]?.replications >= (isFile ? 1 : about.most);
  const place = company.chapters.indexOf(chapterNow());
  const order = stepNow() === "closing" ? company.chapters : place < 0 ? company.chapters.slice(0, 1) : company.chapters.slice(place, place + 2);
  const wanted = order.find((chapter) => !whole(chapter) && !(chapter.id in failed));
  if (!wanted || wanted === pursued) return;
  refined({ chapter: wanted.id }, told[wanted.id]?.replications ?? 0, (answer, error) => {
    if (answer) told[wanted.id] = answer;
    if (error) failed[wanted.id] = error;
    const done = error || whole(wanted);
    if (done) pursued = null;
    if (slide !== null && (chapterNow() === wanted || stepNow() === "closing")) show();
    if (done) setTimeout(() => { if (slide !== null) pursue(); });
  });
  pursued = wanted;
}

function showStory(error) {
  const step = stepNow(), chapter = chapterNow(), all = about.story[language];
  const words = chapter ? wordsOf(chapter) : all[step];
  const nth = company.chapters.indexOf(chapter) + 1;
  byId("story-title").textContent = !chapter ? words.title  // a title would tell the answer
    : step === "scene" || step === "question" ? say("question_of", { n: nth, all: company.chapters.length })
    : `${nth}/${company.chapters.length} · ${words.title}`;
  const text = byId("story-text");
  text.replaceChildren();
  const paragraph = (said, kind = "p") => made(text, kind, chapter ? storySaid(chapter, said) : said);
  const wrong = error ?? failed[chapter?.id];
  if (wrong) paragraph(wrong.message);
  else if (step === "scene") words.scene.forEach((one) => paragraph(one));
  else if (step === "question") made(text, "p", storySaid(chapter, words.question), { class: "question" });
  else if (step === "answer" || step === "company") answerSaid(chapter, words, paragraph);
  else if (step === "talk") {
    made(text, "p", storySaid(chapter, words.idea), { class: "idea" });
    const list = made(text, "ul");
    words.talk.forEach((one) => made(list, "li", storySaid(chapter, one)));
  } else words.text.forEach((one) => paragraph(one));
  byId("story-back").textContent = say("story_back");
  byId("story-next").textContent = say("story_next");
  byId("story-back").disabled = slide === 0;
  byId("story-next").disabled = slide === slides.length - 1;
  byId("story-place").textContent = `${slide + 1} / ${slides.length}`;
  showVote();
  showScores();
  showNotes();
}

function answerSaid(chapter, words, paragraph) {
  const answer = answerOf(chapter);
  if (!answer) return paragraph(say("waiting"));
  const unknown = chapter.scale ? answer.truth[0] === null : answer.truth === "none";
  paragraph(unknown ? words.unknown : words.answer);
  const companies = told[chapter.id].replications;
  if (!isFile && companies < about.most) made(byId("story-text"), "p", say("so_far", { n: companies, all: about.most }), { class: "note" });
}

// What the room guesses ----------------------------------------------------------------------------------------------

function showVote() {
  const chapter = chapterNow(), words = chapter && wordsOf(chapter), asked = stepNow() === "question";
  byId("vote").hidden = !asked;
  if (!asked) return;
  const given = votes[chapter.id] ?? [];
  const choices = byId("vote-choices"), byNumber = byId("vote-number");
  choices.hidden = Boolean(chapter.scale);
  byNumber.hidden = !chapter.scale;
  choices.replaceChildren();
  choices.setAttribute("aria-label", storySaid(chapter, words.question));
  chapter.choices.forEach((choice, place) => {
    const button = made(choices, "button", `${place + 1}  ${choiceSaid(chapter, choice)}`, { type: "button" });
    made(button, "b", String(given.filter((one) => one === choice).length));
    button.addEventListener("click", () => vote([choice]));
  });
  if (chapter.scale) {
    const slider = byId("vote-slider"), before = slider.dataset.chapter;
    [slider.min, slider.max, slider.step] = chapter.scale;
    if (before !== chapter.id) slider.value = chapter.scale[0];  // its middle might be the answer
    slider.dataset.chapter = chapter.id;
    slider.setAttribute("aria-label", storySaid(chapter, words.question));
    showSlider();
    byId("vote-add").textContent = say("vote_add");
    const [low, high] = chapter.scale, example = [0.2, 0.5, 0.7].map((share) => Math.round(low + share * (high - low)));
    byId("vote-typed-title").textContent = say("vote_typed", { example: example.join(" ") });
  }
  byId("vote-back").textContent = say("vote_back");
  byId("vote-back").disabled = given.length === 0;
  const count = byId("vote-count");
  if (count.classList.contains("wrong") && count.dataset.chapter === chapter.id) return;  // said until something else is guessed
  count.classList.remove("wrong");
  count.value = say(given.length === 1 ? "vote_one" : "votes", { n: given.length });
}

function showSlider() {
  const chapter = chapterNow();
  const said = `${brief(Number(byId("vote-slider").value))} ${wordsOf(chapter).unit}`;
  byId("vote-said").value = said;
  byId("vote-slider").setAttribute("aria-valuetext", said);
}

function vote(more) {
  const chapter = chapterNow();
  votes[chapter.id] = (votes[chapter.id] ?? []).concat(more);
  byId("vote-count").classList.remove("wrong");
  remembered();
  show();
}

// Numbers as people type them: apart by spaces, commas or semicolons, with or without a percent sign.
function typedVotes(text, [low, high]) {
  const parts = text.split(/[\s;,]+/).map((part) => part.replace(/%$/, "")).filter(Boolean);
  const found = parts.map(Number);
  const wrong = parts.filter((_, place) => !(found[place] >= low && found[place] <= high));
  return { found, wrong };
}

function typed() {
  const chapter = chapterNow(), input = byId("vote-typed");
  const { found, wrong } = typedVotes(input.value, chapter.scale);
  if (wrong.length) {
    byId("vote-count").classList.add("wrong");
    byId("vote-count").dataset.chapter = chapter.id;
    byId("vote-count").value = say("vote_wrong", { value: wrong[0], low: brief(chapter.scale[0]), high: brief(chapter.scale[1]) });
    return;
  }
  if (found.length) vote(found);
  input.value = "";
  input.focus();
}

function showVotes() {
  const chapter = chapterNow(), svg = byId("chart-votes"), given = votes[chapter.id] ?? [];
  const answer = stepNow() === "question" ? null : answerOf(chapter);
  byId("figure-votes").querySelector("figcaption").textContent = `${say("guesses")}${chapter.scale ? `, ${wordsOf(chapter).unit}` : ""}`;
  if (chapter.scale) return histogram(svg, given, chapter.scale, answer?.truth, say("guesses"));
  bars(svg, chapter.choices.map((choice) => {
    const count = given.filter((one) => one === choice).length, right = answer && answer.truth === choice;
    return { name: (right ? "✓ " : "") + choiceSaid(chapter, choice), value: count, low: null, high: null,
      colour: right ? "var(--orange)" : "var(--base)", said: String(count) };
  }), say("guesses"));
}

function showFigure() {
  const chapter = chapterNow(), figure = answerOf(chapter)?.figure, words = wordsOf(chapter);
  byId("figure-answer").hidden = !figure;
  if (!figure) return;
  const svg = byId("chart-answer");
  const name = (key) => storySaid(chapter, words.labels[key]);
  byId("figure-answer").querySelector("figcaption").textContent =
    words.figure + (figure.kind === "bars" ? ` (${say("range")})` : "");
  if (figure.kind === "bars") {
    bars(svg, Object.entries(figure.rows).map(([key, [value, low, high]]) => ({ name: name(key), value, low, high,
      said: figure.is_change ? signed(value) : brief(value) })).filter((row) => row.value !== null), words.figure);
    return;
  }
  const styles = [{ colour: "var(--base)" }, { colour: "var(--base)", dash: "2 4" }, { colour: "var(--blue)" }, { colour: "var(--blue)", dash: "2 4" }];
  const keys = Object.keys(figure.rows), four = keys.length > 2;
  lines(svg, figure.weeks, keys.map((key, place) => ({ ...styles[four ? place : 2 * place], mean: figure.rows[key], width: 3, name: name(key) })),
    { title: words.figure, least: 2, level: figure.mark });
}

// How near the room was, said kindly: all of it in words, nothing in marks.
function nearness(chapter) {
  const given = votes[chapter.id] ?? [], answer = told[chapter.id]?.told;
  if (!answer || given.length === 0) return null;
  if (!chapter.scale) {
    const right = given.filter((one) => one === answer.truth).length / given.length;
    return right >= 0.5 ? "near" : right > 0 ? "partly" : "surprise";
  }
  const [value, low, high] = answer.truth;
  if (value === null) return null;
  const guess = middle(given), wide = chapter.scale[1] - chapter.scale[0], off = Math.abs(guess - value);
  return off <= 0.1 * wide || (low !== null && guess >= low && guess <= high) ? "near" : off <= 0.25 * wide ? "partly" : "surprise";
}

function showScores() {
  const table = byId("scores");
  table.hidden = stepNow() !== "closing";
  if (table.hidden) return;
  byId("scores-title").textContent = "";
  const head = byId("scores-head"), body = table.querySelector("tbody");
  head.replaceChildren();
  body.replaceChildren();
  for (const key of ["chapter", "room_says", "company_says", "how_near"]) made(head, "th", say(key).replace(":", ""), { scope: "col" });
  const found = [];
  for (const chapter of company.chapters) {
    const row = body.insertRow(), given = votes[chapter.id] ?? [], truth = told[chapter.id]?.told.truth, near = nearness(chapter);
    if (near) found.push(near);
    const most = [...new Set(given)].sort((a, b) => given.filter((one) => one === b).length - given.filter((one) => one === a).length)[0];
    const guess = given.length === 0 ? "–" : chapter.scale ? `${brief(middle(given))} ${wordsOf(chapter).unit}` : choiceSaid(chapter, most);
    const answer = truth === undefined || truth[0] === null ? "–" : chapter.scale ? brief(truth[0]) : choiceSaid(chapter, truth);
    const how = near ?? (given.length === 0 ? "none" : truth === undefined ? "open" : "unknown");
    for (const text of [wordsOf(chapter).title, guess, answer, say(`score_${how}`)]) row.insertCell().textContent = text;
  }
  if (found.length) byId("scores-title").textContent =
    say("score", { n: found.filter((one) => one === "near").length, all: found.length });
}

byId("vote").addEventListener("submit", (event) => { event.preventDefault(); if (chapterNow().scale) typed(); });
byId("vote-slider").addEventListener("input", showSlider);
byId("vote-add").addEventListener("click", () => vote([Number(byId("vote-slider").value)]));
byId("vote-back").addEventListener("click", () => {
  votes[chapterNow().id].pop();
  byId("vote-count").classList.remove("wrong");
  remembered();
  show();
});
byId("story-next").addEventListener("click", () => goToSlide(slide + 1));
byId("story-back").addEventListener("click", () => goToSlide(slide - 1));
