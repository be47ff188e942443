// Notices as the page has them, and as the form does. Nothing here draws.

/** @typedef {{lang: string, line: string, text: string, wordings: string}} NoticeText */
/**
 * @typedef {{id: number, from: number, until: number, changed: number, by: string, department: string, mine: boolean,
 *   texts: NoticeText[]}} Notice times in ms since 1970; `mine`: this person may change it
 */
/** @typedef {{now: number, languages: string[], departments: {id: string, name: string}[], notices: Notice[]}} Board */
/**
 * @typedef {{id: number, department: string, from: string, until: string, texts: NoticeText[]}} Form `from`, `until`:
 *   as a field of date and time has them, in the browser's zone; id 0 = a new one
 */

const DAY_MS = 86_400_000;

/** @param {number} number */
const two = (number) => String(number).padStart(2, '0');

/** A moment as a field of date and time has it. @param {number} ms */
export function fieldOf(ms) {
  const d = new Date(ms);
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}T${two(d.getHours())}:${two(d.getMinutes())}`;
}

/** The moment in such a field; NaN where there is none. @param {string} field */
export const momentOf = (field) => new Date(field).getTime();

/** @param {Notice} notice @param {number} now @returns {'comes'|'holds'|'ended'} */
export function stageOf(notice, now) {
  if (now >= notice.until) return 'ended';
  return now < notice.from ? 'comes' : 'holds';
}

/**
 * The form for a notice, for a new one (null), or for one that is used again.
 * @param {Notice|null} notice @param {Board} board @param {boolean} [again]
 * @returns {Form}
 */
export function formOf(notice, board, again = false) {
  const fresh = !notice || again;
  return {
    id: fresh ? 0 : notice.id,
    department: notice?.department ?? '',
    from: fieldOf(fresh ? board.now : notice.from),
    until: fieldOf(fresh ? board.now + DAY_MS : notice.until),
    texts: board.languages.map((lang) => (
      notice?.texts.find((text) => text.lang === lang) ?? { lang, line: '', text: '', wordings: '' }
    )),
  };
}

/** What is posted. @param {Form} form @returns {Record<string, string|number>} */
export function fieldsOf(form) {
  const texts = form.texts.flatMap(({ lang, line, text, wordings }) => (
    [[`line.${lang}`, line], [`text.${lang}`, text], [`wordings.${lang}`, wordings]]
  ));
  return {
    ...(form.id && { id: form.id }), department: form.department, from: momentOf(form.from),
    until: momentOf(form.until), ...Object.fromEntries(texts),
  };
}
