// Files in the chat, with their words and their looks: what is being sent stands above the composer until it goes, and
// rows of the conversation show what was sent. Fetched when the site takes files, or a message has one.
import { button, el, icon, iconButton, setText } from '../panel/dom.js';
import { wordsOf } from '../words/words.js';
import { fileNode } from './file-row.js';
import { fault, FILES_OF_MESSAGE, mayHelp, refusal, sizeText, typesText } from './file-rules.js';
import css from './files.css';
import { tables } from './files.words.js';
import { upload } from './upload.js';

const CLIP = 'M20 11.5l-8.200 8.200a5 5 0 0 1-7-7L13.500 4a3.300 3.300 0 0 1 4.700 4.700l-8.500 8.500a1.700 1.700 0 0 1-2.400-2.400l7.700-7.700';
const CROSS = 'M6 6l12 12M18 6L6 18';
const PAPER = 'M6 3h8l4 4v14H6zM14 3v4h4';
const THUMB_PX = 44;

/** @typedef {import('./files.words.js').FileWord} FileWord */
/** @typedef {import('../talk/protocol.js').Block} Block */
/**
 * @typedef {object} Held A file in the tray.
 * @property {File} file
 * @property {HTMLElement} node
 * @property {Block | null} block once the server has it
 * @property {FileWord | ''} wrong
 * @property {() => void} stop
 * @property {() => void} start
 */

/** @param {import('../panel/panel.js').Context} context
 * @param {{node: HTMLFormElement, area: HTMLTextAreaElement, submit: () => void, changed: () => void}} composer */
export function createFiles(context, composer) {
  const { session, signal, server, language } = context;
  context.dress(css);
  const words = wordsOf(tables[context.language]);
  /** @type {Held[]} */
  let held = [];
  let wanted = false;
  /** Pictures of messages that are still on their way, by the file's id: the server gives a file once its message is kept.
   * @type {Map<string, () => void>} */
  const unsent = new Map();
  const tray = el('ul', { class: 'tray', 'aria-label': words('fileTray'), hidden: true });
  const status = el('p', { class: 'tray-status', role: 'status' });
  const input = el('input', { type: 'file', multiple: true, class: 'unseen', tabindex: -1, 'aria-hidden': 'true' });
  const clip = iconButton('clip', words('fileAdd'), CLIP, () => input.click(), signal);
  const cover = el('div', { class: 'drop', 'aria-hidden': 'true' }, words('fileDrop'));
  const panel = /** @type {HTMLElement} */ (composer.node.closest('dialog') ?? composer.node);
  composer.node.prepend(tray, status);
  composer.area.before(input, clip);
  composer.node.classList.add('files');
  panel.append(cover);

  const rules = () => session.model.site?.files ?? null;

  /** Is it of a message that the server has not yet? @param {unknown} id */
  const going = (id) => session.model.pending.some(({ deed }) => deed.shows?.some((block) => block.id === id));

  /** The tray has changed. */
  function told() {
    tray.hidden = held.length === 0;
    composer.changed();
    if (wanted && held.every(({ block }) => block)) {
      wanted = false;
      setText(status, '');
      composer.submit();
    } else if (wanted && held.some(({ wrong }) => wrong)) {
      wanted = false;
      setText(status, words('fileMend'));
    } else if (!wanted && !held.some(({ wrong }) => wrong)) {
      setText(status, '');
    }
  }

  /** @param {Held} one */
  function remove(one) {
    one.stop();
    const at = held.indexOf(one);
    held = held.filter((other) => other !== one);
    one.node.remove();
    told();
    // The focus stays where one is: at the next file, or with what is being written.
    const next = held[Math.min(at, held.length - 1)]?.node.querySelector('.off');
    /** @type {HTMLElement} */ (next ?? composer.area).focus();
  }

  /** @param {File} file */
  function hold(file) {
    const known = rules();
    if (!known) return;
    const name = file.name || 'file';
    const line = el('span', { class: 'file-state', role: 'status' });
    const bar = el('progress', { max: 100, value: 0, 'aria-label': words('fileLoading', { name, percent: 0 }) });
    const label = el('span', { class: 'file-name', dir: 'auto' }, name);
    const off = iconButton('off', words('fileCancel', { name }), CROSS, () => remove(one), signal);
    const again = button('plainly', words('fileRetry'), () => one.start(), signal);
    const node = el('li', { class: 'held' }, thumbOf(file, name), el('span', { class: 'held-text' }, label, bar, line), again, off);
    again.hidden = true;
    /** @type {Held} */
    const one = { file, node, block: null, wrong: '', stop() {}, start };

    /** @param {FileWord | ''} wrong */
    function show(wrong) {
      one.wrong = wrong;
      again.hidden = !mayHelp(wrong);
      bar.hidden = Boolean(wrong) || one.block !== null;
      node.classList.toggle('wrong', Boolean(wrong));
      node.classList.toggle('ready', one.block !== null);
      const values = { types: typesText(known?.types ?? []), size: sizeText(known?.bytes ?? 0, language), count: FILES_OF_MESSAGE, name };
      line.classList.toggle('unseen', !wrong);
      setText(line, wrong ? words(wrong, values) : one.block ? words('fileReady', values) : '');
      off.setAttribute('aria-label', words(one.block || wrong ? 'fileRemove' : 'fileCancel', values));
      off.title = off.getAttribute('aria-label') ?? '';
      told();
    }
    function start() {
      const bad = held.filter((other) => other !== one).length >= FILES_OF_MESSAGE ? 'fileTooMany' : fault(file, rules() ?? { types: [], bytes: 0 });
      one.stop();
      one.stop = () => {};
      bar.value = 0;
      if (bad) {
        show(bad);
        return;
      }
      show('');
      one.stop = upload({
        url: `${server}chat/files`,
        head: { token: session.model.token, name },
        file,
        progress(share) {
          const percent = Math.round(share * 100);
          bar.value = percent;
          bar.setAttribute('aria-label', words('fileLoading', { name, percent }));
        },
        done(block) {
          one.block = block;
          show('');
        },
        failed: (code) => show(refusal(code)),
      });
    }
    held.push(one);
    tray.append(node);
    start();
  }

  /** @param {Iterable<File>} files */
  function add(files) {
    for (const file of files) hold(file);
  }

  input.addEventListener(
    'change',
    () => {
      add([...(input.files ?? [])]);
      input.value = '';
      composer.area.focus();
    },
    { signal },
  );
  composer.area.addEventListener(
    'paste',
    (event) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (!files.length || !rules()) return;
      // A table copied from a document is words and a picture of them: the words are meant.
      if (event.clipboardData?.types.includes('text/plain')) return;
      event.preventDefault();
      add(files);
    },
    { signal },
  );
  /** @param {DragEvent} event */
  const carries = (event) => rules() !== null && Boolean(event.dataTransfer?.types.includes('Files'));
  panel.addEventListener(
    'dragover',
    (event) => {
      if (!carries(event)) return;
      event.preventDefault();
      panel.classList.add('dropping');
    },
    { signal },
  );
  panel.addEventListener(
    'dragleave',
    (event) => {
      if (!panel.contains(/** @type {Node | null} */ (event.relatedTarget))) panel.classList.remove('dropping');
    },
    { signal },
  );
  panel.addEventListener(
    'drop',
    (event) => {
      panel.classList.remove('dropping');
      if (!carries(event)) return;
      event.preventDefault();
      add([...(event.dataTransfer?.files ?? [])]);
      composer.area.focus();
    },
    { signal },
  );
  signal.addEventListener('abort', () => held.forEach(({ stop }) => stop()));

  return {
    /** @param {import('../panel/panel.js').View} view */
    update({ model }) {
      const known = model.site?.files;
      clip.hidden = !known;
      composer.node.classList.toggle('files', Boolean(known));
      const accept = known?.types.join(',') ?? '';
      if (input.accept !== accept) input.accept = accept;
      for (const [id, show] of unsent) {
        if (going(id)) continue;
        unsent.delete(id);
        show();
      }
    },
    /** Something is to be sent. */
    any: () => held.length > 0,
    /** The blocks of what goes with the message, and the tray is empty; null = not yet: then it is sent when they are there. */
    take() {
      if (held.some(({ block }) => !block)) {
        wanted = !held.some(({ wrong }) => wrong);
        setText(status, words(wanted ? 'fileSoon' : 'fileMend'));
        return null;
      }
      const blocks = held.map(({ block }) => /** @type {Block} */ (block));
      held = [];
      tray.replaceChildren();
      tray.hidden = true;
      setText(status, '');
      return blocks;
    },
    /** Puts the files of a message behind its words, in the place of those that it put there before. @param {Block[]} blocks @param {HTMLElement} place */
    show(blocks, place) {
      const log = place.closest('.log');
      const atEnd = log && log.scrollHeight - log.scrollTop - log.clientHeight < 60;
      for (const block of blocks) {
        if (block.type !== 'file') continue;
        const sent = (/** @type {() => void} */ show) => void (going(block.id) ? unsent.set(String(block.id), show) : show());
        place.append(fileNode(block, server, language, words, signal, sent));
      }
      if (atEnd) log.scrollTop = log.scrollHeight;
    },
  };
}

/** A small picture of a file, drawn without an address, which a page's policy might not allow. @param {File} file @param {string} name */
function thumbOf(file, name) {
  const place = el('span', { class: 'thumbnail', 'aria-hidden': 'true' }, icon(PAPER));
  if (!/^image\//.test(file.type)) return place;
  createImageBitmap(file, { resizeHeight: THUMB_PX * 2, resizeQuality: 'medium' }).then(
    (bitmap) => {
      const side = THUMB_PX * 2;
      const canvas = el('canvas', { width: side, height: side, title: name });
      canvas.getContext('2d')?.drawImage(bitmap, (side - bitmap.width) / 2, 0);
      bitmap.close();
      place.replaceChildren(canvas);
    },
    () => {},
  );
  return place;
}
