// Tags of a ticket: a short list of short words. Pure.

/** As the protocol limits them. */
export const TAGS_MOST = 10;
export const TAG_BYTES = 40;

const bytes = (/** @type {string} */ text) => new TextEncoder().encode(text).length;

/** One tag as it is kept: no commas, no capitals, no runs of spaces. @param {string} text */
const tagOf = (text) => text.replace(/[,\s]+/g, ' ').trim().toLowerCase();

/**
 * The tags with those that `typed` names, separated by commas; none twice.
 * @param {string[]} tags
 * @param {string} typed
 * @returns {{tags: string[], problem: 'tag_long'|'tags_many'|null}} with a problem the tags are as they were
 */
export function tagsAdd(tags, typed) {
  const result = [...tags];
  for (const one of typed.split(',').map(tagOf).filter(Boolean)) {
    if (bytes(one) > TAG_BYTES) return { tags, problem: 'tag_long' };
    if (!result.some((t) => t === one)) result.push(one);
  }
  return result.length > TAGS_MOST ? { tags, problem: 'tags_many' } : { tags: result, problem: null };
}

/** @param {string[]} tags @param {string} tag */
export const tagsWithout = (tags, tag) => tags.filter((t) => t !== tag);
