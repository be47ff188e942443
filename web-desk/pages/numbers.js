// The numbers of the live view as values and words. Pure.

/** @typedef {Record<string, number|null>} Values */
/** @typedef {{name: string, unit: 'count'|'ms'|'minutes'|'mark', by_department: boolean, rows: string}} Definition */

/** The numbers of the assistant, and those of the people behind the counter, in the order they are shown. */
export const ASSISTANT = ['asked', 'answered', 'offered', 'rephrased', 'passed_on', 'conversations', 'contained'];
export const COUNTER = ['handed_over', 'joined', 'abandoned', 'waited_median', 'waited_p90', 'handling', 'satisfaction', 'messages', 'callbacks'];

/** How long, to a precision that helps: 40 sec, 4.5 min, 1.2 hr. @param {string} lang @param {number} ms */
export function spanOf(lang, ms) {
  const [value, unit] = ms < 60_000 ? [Math.round(ms / 1000), 'second']
    : ms < 3_600_000 ? [ms / 60_000, 'minute'] : [ms / 3_600_000, 'hour'];
  return new Intl.NumberFormat(lang, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: value < 10 ? 1 : 0 })
    .format(value);
}

/** A number in words; a dash where there is none. @param {string} lang @param {Definition} definition @param {number|null|undefined} value */
export function valueOf(lang, definition, value) {
  if (value === null || value === undefined) return '–';
  if (definition.unit === 'ms') return spanOf(lang, value);
  return new Intl.NumberFormat(lang, { maximumFractionDigits: 1 }).format(value);
}

/** Which number a number is a share of. @type {Record<string, string>} */
export const SHARE_OF = {
  answered: 'asked', offered: 'asked', rephrased: 'asked', passed_on: 'asked', contained: 'conversations',
  abandoned: 'handed_over', joined: 'handed_over', told_over: 'told',
};

/** The share 0–1, null where it is of nothing. @param {Values} values @param {string} name */
export function shareOf(values, name) {
  const of = values[SHARE_OF[name]];
  const value = values[name];
  return of && value !== null && value !== undefined ? value / of : null;
}

/** A cell of CSV; what a spreadsheet would take for a formula is a text. @param {string|number|null} value */
function cell(value) {
  if (value === null) return '';
  const text = String(value);
  const safe = /^[=+@\t\r-]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * The table of days as CSV: the names of docs/numbers.md, times in seconds.
 * @param {Definition[]} numbers
 * @param {{day: string, values: Values}[]} days
 */
export function csvOf(numbers, days) {
  const seconds = (/** @type {Definition} */ { unit }, /** @type {number|null} */ value) => (
    unit === 'ms' && value !== null ? Math.round(value / 1000) : value);
  const head = ['day', ...numbers.map(({ name, unit }) => (unit === 'ms' ? `${name}_seconds` : name))];
  const rows = days.map(({ day, values }) => [day, ...numbers.map((n) => seconds(n, values[n.name] ?? null))]);
  return [head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n';
}
