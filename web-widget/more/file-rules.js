// What may be sent, what a refusal means, and how sizes are said. Nothing of a page.

/** @typedef {import('./files.words.js').FileWord} FileWord */
/** @typedef {{types: string[], bytes: number}} Rules as the server's welcome tells them */

export const FILES_OF_MESSAGE = 5;

/** What is wrong with a file before it is sent, '' = nothing. What it really is, the server finds out.
 * @param {{type: string, size: number}} file @param {Rules} rules @returns {FileWord | ''} */
export function fault({ type, size }, { types, bytes }) {
  if (type && !types.includes(type)) return 'fileBadType';
  return size > bytes ? 'fileTooLong' : '';
}

/** @type {Record<string, FileWord>} */
const refusals = {
  bad_type: 'fileBadType',
  too_long: 'fileTooLong',
  too_many_pixels: 'fileTooManyPixels',
  damaged: 'fileDamaged',
  chat_full: 'fileChatFull',
  files_full: 'fileFull',
  no_files: 'fileFull',
  slow_down: 'fileSlow',
};

/** The words for an error code of the server's. @param {string} code @returns {FileWord} */
export const refusal = (code) => (Object.hasOwn(refusals, code) ? refusals[code] : 'fileFailed');

/** Trying the same again may help. @param {FileWord | ''} word */
export const mayHelp = (word) => word === 'fileFailed' || word === 'fileSlow' || word === 'fileFull';

/** "1,4 MB". @param {number} bytes @param {string} language */
export function sizeText(bytes, language) {
  const [unit, size] = bytes >= 1 << 20 ? ['MB', bytes / (1 << 20)] : ['kB', Math.max(1, bytes / 1024)];
  return `${size.toLocaleString(language, { maximumFractionDigits: size < 10 && unit === 'MB' ? 1 : 0 })} ${unit}`;
}

/** "PNG, JPEG, PDF". @param {string[]} types */
export const typesText = (types) => types.map((type) => type.replace(/^.*\//, '').toUpperCase()).join(', ');

/** Where a file of the server's is, '' where the block names anything else.
 * @param {import('../talk/protocol.js').Block} block @param {string} server with a slash at its end */
export function fileHref({ href }, server) {
  return typeof href === 'string' && /^files\/[0-9a-f]{32}\/[^/]+$/.test(href) ? `${server}${href}` : '';
}

/** @param {import('../talk/protocol.js').Block} block */
export const isPicture = ({ media = '' }) => /^image\/(png|jpeg|webp|gif)$/.test(media);
