// What the page knows from the start, and how it speaks: texts, numbers and drawings' first tools.
"use strict";
const about = JSON.parse(document.getElementById("about").textContent);
const company = about.company;
const byId = (id) => document.getElementById(id);
const svgNamespace = "http://www.w3.org/2000/svg";
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

let language = about.language;

const say = (key, values = {}) =>
  Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, () => value), about.texts[language][key]);
const number = (value, digits = 1) => {
  if (value === null || value === undefined) return "\u2013";  // not known
  const text = value.toFixed(digits);
  return (Number(text) === 0 ? text.replace("-", "") : text).replace("-", "\u2212").replace(".", about.texts[language].decimal);
};
const signed = (value, digits = 1) => (value !== null && Number(value.toFixed(digits)) > 0 ? "+" : "") + number(value, digits);
const brief = (value) => number(value, Number.isInteger(value) || Math.abs(value) >= 9.95 ? 0 : 1);
const firstPart = (key) => say(key).split(",")[0];
const titles = Object.fromEntries(company.departments.map((part) => [part.name, part.title]));

// A text of the story: {word} a number or a department, {word:+} a change, {word:k} a change in thousands.
const filled = (text, facts) => text.replace(/\{(\w+)(?::([+k]))?\}/g, (whole, name, form) => {
  const value = facts[name];
  if (value === undefined || value === null) return whole;
  if (typeof value === "string") return titles[value] ? titles[value][language] : value;
  return form === "+" ? signed(value) : form === "k" ? signed(value / 1000, 0) : brief(value);
});

function made(parent, kind, text, values = {}) {
  const element = document.createElement(kind);
  if (text !== undefined) element.textContent = text;
  for (const [name, value] of Object.entries(values)) element.setAttribute(name, value);
  parent.appendChild(element);
  return element;
}

function drawn(parent, kind, values, text) {
  const element = document.createElementNS(svgNamespace, kind);
  for (const [name, value] of Object.entries(values)) element.setAttribute(name, value);
  if (text !== undefined) element.textContent = text;
  parent.appendChild(element);
  return element;
}
