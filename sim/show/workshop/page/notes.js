// The trainer's notes: on a window of their own, or, by a key, on the page itself.

let notesWindow = null;

function openNotes() {
  notesWindow = window.open("", "customer-chain-notes", "width=760,height=640");
  if (!notesWindow) {  // a browser that opens no windows
    byId("notes-here").hidden = false;
    showNotes();
    return;
  }
  const style = notesWindow.document.createElement("style");
  style.textContent = "body{font:20px/1.45 system-ui,sans-serif;margin:22px;max-width:42em;color:#1d1f21;background:#fff}" +
    "h1{font-size:24px;margin:0 0 6px}p{margin:0 0 12px}.soft{color:#565b60;font-size:17px}b{color:#b35900}";
  notesWindow.document.head.replaceChildren(style);
  notesWindow.document.addEventListener("keydown", pressed);
  showNotes();
}

function notesNow() {
  const step = stepNow(), chapter = chapterNow(), all = about.story[language];
  if (step === null) return { title: say("levers"), texts: all.levers.notes };
  if (!chapter) return { title: all[step].title, texts: all[step].notes };
  const words = wordsOf(chapter), place = company.chapters.indexOf(chapter);
  const until = company.chapters.slice(0, place + 1).reduce((sum, one) => sum + wordsOf(one).minutes, 3);
  const answer = answerOf(chapter);
  const truth = answer && (chapter.scale ? (answer.truth[0] === null ? null : brief(answer.truth[0])) : choiceSaid(chapter, answer.truth));
  return { title: `${words.title} · ${say(`step_${step}`)}`, texts: [storySaid(chapter, words.notes[step])],
    truth: step === "scene" || step === "question" ? truth : null, until };
}

function writeNotes(into) {
  into.replaceChildren();
  const { title, texts, truth, until } = notesNow();
  made(into, "h1", title);
  for (const text of texts) made(into, "p", text);
  if (truth) made(made(into, "p", `${say("will_say")} `), "b", truth);
  const next = slide === null ? null : slides[slide + 1];
  if (next) made(into, "p", `${say("then")} ${next[1] ? `${wordsOf(next[1]).title} · ${say(`step_${next[0]}`)}` : about.story[language][next[0]].title}`, { class: "soft" });
  const minutes = began === null ? 0 : Math.floor((Date.now() - began) / 60000);
  made(into, "p", until ? say("clock_until", { n: minutes, until }) : say("clock", { n: minutes }), { class: "soft" });
  made(into, "p", say("keys"), { class: "soft" });
}

function showNotes() {
  if (!byId("notes-here").hidden) writeNotes(byId("notes-here"));
  if (notesWindow && !notesWindow.closed) {
    notesWindow.document.title = say("notes");
    writeNotes(notesWindow.document.body);
  }
}

byId("notes").addEventListener("click", () => { byId("menu").open = false; openNotes(); });
setInterval(showNotes, 30000);
window.addEventListener("pagehide", () => {  // the window outlives this page, and must not look as if it still followed
  if (notesWindow && !notesWindow.closed) made(notesWindow.document.body, "p", say("notes_lost"));
});
