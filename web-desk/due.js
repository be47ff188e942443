// When a message or a callback is to be answered: the usual times to choose from, and how a time is said. Pure.

import { formatKept } from './format.js';

const HOUR_MS = 3_600_000;
/** The working day, as the presets see it. */
const [OPENS, CLOSES] = [9, 18];

/** @typedef {{word: 'due_hour'|'due_today'|'due_tomorrow'|'due_monday', at: number}} DuePreset */

/** @param {number} now @param {number} days @param {number} hour in the agent's own time zone */
function at(now, days, hour) {
  const day = new Date(now);
  day.setDate(day.getDate() + days);
  return day.setHours(hour, 0, 0, 0);
}

/** The usual times that are still to come. @param {number} now @returns {DuePreset[]} */
export function duePresets(now) {
  const toMonday = (8 - new Date(now).getDay()) % 7 || 7;
  /** @type {DuePreset[]} */
  const presets = [
    { word: 'due_hour', at: Math.ceil((now + HOUR_MS) / 300_000) * 300_000 },
    { word: 'due_today', at: at(now, 0, CLOSES) },
    { word: 'due_tomorrow', at: at(now, 1, OPENS) },
  ];
  if (toMonday > 1) presets.push({ word: 'due_monday', at: at(now, toMonday, OPENS) });
  return presets.filter((p) => p.at > now).sort((a, b) => a.at - b.at);
}

/** As an input of type datetime-local has it. @param {number} ms */
export function dueField(ms) {
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
  const d = new Date(ms);
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}T${two(d.getHours())}:${two(d.getMinutes())}`;
}

/** The ms that a field says, 0 = none or nonsense. @param {string} field */
export function dueRead(field) {
  const ms = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(field) ? new Date(field).getTime() : NaN;
  return Number.isFinite(ms) && ms > 0 ? ms : 0;
}

/** In the fewest words: the hour today, else the day too. @param {string} lang @param {number} ms @param {number} now */
export function dueWords(lang, ms, now) {
  const locale = lang === 'en' ? 'en-GB' : lang;
  const clock = /** @type {const} */ ({ hour: '2-digit', minute: '2-digit', hour12: false });
  const today = new Date(ms).toDateString() === new Date(now).toDateString();
  const day = /** @type {const} */ ({ weekday: 'short', day: 'numeric', month: 'short' });
  return formatKept(`due ${lang} ${today}`, () => (
    new Intl.DateTimeFormat(locale, today ? clock : { ...day, ...clock }))).format(ms);
}
