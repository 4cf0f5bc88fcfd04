// The page's elements and data, texts in the reader's language, and what is told aloud.

export const byId = (id) => document.getElementById(id);

export const data = JSON.parse(byId("data").textContent);

const decimal = new Intl.NumberFormat(data.locale, {maximumFractionDigits: 3});
export const number = (value) => decimal.format(value);

// A text with its values; `n` chooses between one and several.
export function say(code, values = {}) {
  const forms = data.words[code];
  const form = typeof forms === "string" ? forms : values.n === 1 ? forms.one : forms.other;
  return form.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

export const listed = new Intl.ListFormat(data.locale, {type: "conjunction"});

// Make an element: text is never taken for markup.
export function made(tag, attributes = {}, ...children) {
  const one = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) one.addEventListener(key.slice(2), value);
    else if (value === true) one.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) one.setAttribute(key, value);
  }
  one.append(...children.filter((child) => child !== null));
  return one;
}

export function drawn(tag, attributes = {}) {
  const one = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [key, value] of Object.entries(attributes)) one.setAttribute(key, value);
  return one;
}

let waiting;
// Tell those who do not see it what has happened; of several things at once the last.
export function tell(words) {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    byId("status").textContent = words;
  }, 150);
}
