// The conversation as a text, to keep.

/** @typedef {import('../talk/protocol.js').Block} Block */

/** A block and what is in it as lines of text. @param {Block} block @returns {string} */
function textOf(block) {
  const inner = (block.children ?? []).map(textOf).join(joined.has(block.type) ? '\n' : '');
  switch (block.type) {
    case 'text':
    case 'code':
    case 'code_lines':
      return block.text ?? '';
    case 'break':
      return '\n';
    case 'item':
      return `- ${inner}`;
    case 'link':
      return block.href && block.href !== inner ? `${inner} (${block.href})` : inner;
    case 'image':
      return block.alt ? `[${block.alt}]` : '';
    case 'file':
      return `[${block.name ?? ''}]`;
    case 'card':
      return [block.title, inner].filter(Boolean).join('\n');
    default:
      return inner;
  }
}
const joined = new Set(['list', 'quote', 'card', 'item']);

/**
 * @param {import('../talk/model.js').Model} model
 * @param {(item: import('../talk/model.js').Item) => string} speaker who says it, '' = a line of the house
 * @param {string} language
 * @param {string} title the first line
 */
export function transcriptText({ items }, speaker, language, title) {
  const when = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { dateStyle: 'short', timeStyle: 'short' });
  const lines = items
    .filter(({ kind, blocks }) => kind === 'message' && blocks.length > 0)
    .map((item) => {
      const who = speaker(item);
      const said = item.blocks.map(textOf).filter(Boolean).join('\n');
      return `[${when.format(item.at)}] ${who ? `${who}: ` : ''}${said}`;
    });
  return `${title}\n\n${lines.join('\n\n')}\n`;
}

/** Offers a text as a file. @param {string} text @param {string} name */
export function saveText(text, name) {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** Offers the whole conversation as a file.
 * @param {import('../talk/model.js').Model} model @param {import('../words/words.js').Words} words
 * @param {(word: import('./menu.words.js').MenuWord, values?: import('../words/words.js').Values) => string} own @param {string} language */
export function saveTranscript(model, words, own, language) {
  const assistant = model.site?.assistant || words('assistant');
  /** @param {import('../talk/model.js').Item} item */
  const speaker = ({ from, name }) =>
    ({ visitor: own('you'), bot: `${assistant} (${words('assistant')})`, agent: name || words('person'), system: '' })[from];
  const title = [model.site?.name, model.ticket && own('ticket', { ticket: model.ticket })];
  const name = language === 'it' ? 'conversazione.txt' : 'conversation.txt';
  saveText(transcriptText(model, speaker, language, title.filter(Boolean).join(' · ')), name);
}
