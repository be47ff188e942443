// Times and shares for people, in their language.

/** Waiting time as 0:42, 12:05, 1:02:05. @param {number} ms */
export function clockOf(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** Making a formatter costs more than using it a thousand times, and each row of a list needs some every second. */
/** @type {Map<string, any>} */
const kept = new Map();

/**
 * @template T
 * @param {string} key
 * @param {() => T} make
 * @returns {T}
 */
export function formatKept(key, make) {
  let found = kept.get(key);
  if (found === undefined) kept.set(key, (found = make()));
  return found;
}

/** @param {string} lang @param {number} at */
export function timeOf(lang, at) {
  return formatKept(`time ${lang}`, () => (
    new Intl.DateTimeFormat(lang, { hour: '2-digit', minute: '2-digit', hour12: false }))).format(at);
}

/** English here is the European one. @param {string} lang */
const localeOf = (lang) => (lang === 'en' ? 'en-GB' : lang);

/** How long, in the one unit that says enough: 40 sec, 7 min, 15 hr. @param {string} lang @param {number} ms */
export function lengthOf(lang, ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [value, unit] = seconds < 60 ? [seconds, 'second']
    : seconds < 3600 ? [Math.floor(seconds / 60), 'minute']
      : seconds < 172_800 ? [Math.floor(seconds / 3600), 'hour'] : [Math.floor(seconds / 86_400), 'day'];
  return formatKept(`length ${lang} ${unit}`, () => (
    new Intl.NumberFormat(lang, { style: 'unit', unit, unitDisplay: 'short' }))).format(value);
}

/** Whether two readings differ by more than capitals and punctuation. @param {string} a @param {string} b */
export function differs(a, b) {
  const bare = (/** @type {string} */ text) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
  return bare(a) !== bare(b);
}

/** Its words as they count when two texts are compared. @param {string} text @returns {Set<string>} */
export const wordsOf = (text) => new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu));

/** @param {string} lang @param {number} at */
export function dateTimeOf(lang, at) {
  return formatKept(`moment ${lang}`, () => new Intl.DateTimeFormat(localeOf(lang), {
    day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', hour12: false,
  })).format(at);
}

/** Today, yesterday or the date. @param {string} lang @param {number} at @param {number} now */
export function dayOf(lang, at, now) {
  const midnight = (/** @type {number} */ t) => new Date(t).setHours(0, 0, 0, 0);
  const days = Math.round((midnight(at) - midnight(now)) / 86_400_000);
  if (days === 0 || days === -1) {
    const word = new Intl.RelativeTimeFormat(lang, { numeric: 'auto' }).format(days, 'day');
    return word.charAt(0).toUpperCase() + word.slice(1);
  }
  return new Intl.DateTimeFormat(localeOf(lang), { weekday: 'long', day: 'numeric', month: 'long' }).format(at);
}

/** @param {number} share 0–1 */
export const percentOf = (share) => `${Math.round(Math.min(Math.max(share, 0), 1) * 100)}\u202f%`;

/** The name of a language in the agent's own. @param {string} lang @param {string} code */
export function languageOf(lang, code) {
  try {
    return formatKept(`names ${lang}`, () => new Intl.DisplayNames([lang], { type: 'language' })).of(code) ?? code;
  } catch {
    return code;
  }
}

/** The bytes of a text on the wire. @param {string} text */
export const bytesOf = (text) => new TextEncoder().encode(text).length;

/**
 * How a contact is reached: mailto, tel or just words.
 * @param {string} contact
 * @returns {{kind: 'mail'|'phone', href: string}|null}
 */
export function contactLink(contact) {
  const text = contact.trim();
  if (/^[^\s@<>,;:"()]+@[^\s@<>,;:"()]+\.[^\s@<>,;:"()]+$/.test(text)) {
    return { kind: 'mail', href: `mailto:${encodeURIComponent(text).replace('%40', '@')}` };
  }
  if (/^\+?[\d\s().\/-]{5,24}$/.test(text)) {
    const digits = text.replace(/(?!^\+)\D/g, '');
    if (digits.replace('+', '').length >= 5) return { kind: 'phone', href: `tel:${digits}` };
  }
  return null;
}

/** An address a link may lead to, else null. @param {string|undefined} href */
export function safeHref(href) {
  return href && /^(https?:\/\/|mailto:|tel:)/i.test(href) ? href : null;
}

/**
 * The words of blocks on one line.
 * @param {import('./protocol.js').Block[]} blocks
 * @returns {string}
 */
export function plainOf(blocks) {
  const words = blocks.map((block) => (block.type === 'file' ? block.name : block.text) ?? (block.children ? plainOf(block.children) : ''));
  return words.join(' ').replace(/\s+/g, ' ').trim();
}
