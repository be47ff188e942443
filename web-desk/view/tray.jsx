// Files beside what is being written: chosen, pasted or dropped; each goes to the server at once, and with the next message
// to the visitor.

import { useEffect, useRef, useState } from 'preact/hooks';
import { faultOf, FILES_OF_MESSAGE, sendFile, sizeText } from '../files.js';
import { useDesk } from './context.jsx';
import { Icon } from './icons.jsx';

/** @import {Block} from '../protocol.js' */
/** @typedef {{key: number, file: File, percent: number, wrong: string, block: Block|null}} Held */

let keys = 0;

/** What the tray knows of one chat. @param {number} ticket */
export function useTray(ticket) {
  const { state } = useDesk();
  const rules = state.model.site?.files ?? null;
  const [held, setHeld] = useState(/** @type {Held[]} */ ([]));
  const stops = useRef(/** @type {Map<number, () => void>} */ (new Map()));

  useEffect(() => () => stops.current.forEach((stop) => stop()), []);

  /** @param {number} key @param {Partial<Held>} change */
  const become = (key, change) => setHeld((all) => all.map((one) => (one.key === key ? { ...one, ...change } : one)));

  /** @param {Iterable<File>} files */
  function add(files) {
    if (!rules) return;
    const known = rules;
    let others = held.length;
    const fresh = [...files].map((file) => ({ key: ++keys, file, percent: 0, wrong: faultOf(file, known, others++), block: null }));
    setHeld((all) => [...all, ...fresh]);
    for (const { key, file, wrong } of fresh) {
      if (wrong) continue;
      stops.current.set(key, sendFile(ticket, file, (percent) => become(key, { percent }), (code, block) => become(key, { wrong: code, block })));
    }
  }
  /** @param {number} key */
  function remove(key) {
    stops.current.get(key)?.();
    stops.current.delete(key);
    setHeld((all) => all.filter((one) => one.key !== key));
  }
  return {
    rules,
    held,
    add,
    remove,
    any: held.length > 0,
    ready: held.every(({ block }) => block !== null),
    /** The blocks of what goes with the message; the tray is empty then. */
    take() {
      const blocks = /** @type {Block[]} */ (held.map(({ block }) => block));
      setHeld([]);
      return blocks;
    },
  };
}

/** @param {{tray: ReturnType<typeof useTray>}} props */
export function Tray({ tray }) {
  const { say } = useDesk();
  if (!tray.any) return null;
  return (
    <ul class="tray" aria-label={say('files_tray')}>
      {tray.held.map(({ key, file, percent, wrong, block }) => (
        <li key={key} class={wrong ? 'held wrong' : 'held'}>
          <span class="file-name" dir="auto">{file.name}</span>
          {wrong
            ? <span role="status">{say(wordOf(wrong), { types: typesOf(tray.rules?.types), size: sizeText(tray.rules?.bytes ?? 0), n: FILES_OF_MESSAGE })}</span>
            : block
              ? <span class="muted small" role="status">{say('file_ready')}</span>
              : <progress max={100} value={percent} aria-label={say('file_loading', { name: file.name })} />}
          <button type="button" class="button quiet" onClick={() => tray.remove(key)}>
            <Icon name="close" /><span class="hidden">{say('file_remove', { name: file.name })}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** @param {string[]} [types] */
const typesOf = (types = []) => types.map((type) => type.replace(/^.*\//, '').toUpperCase()).join(', ');

const codes = /** @type {const} */ ({
  bad_type: 'file_bad_type', too_long: 'file_too_long', too_many: 'file_too_many', too_many_pixels: 'file_too_many_pixels',
  damaged: 'file_damaged', chat_full: 'file_chat_full', files_full: 'file_full', not_yours: 'file_not_yours', slow_down: 'file_slow',
});
/** @param {string} code */
const wordOf = (code) => (Object.hasOwn(codes, code) ? codes[/** @type {keyof typeof codes} */ (code)] : 'file_failed');

/** The button, and its hidden chooser. @param {{tray: ReturnType<typeof useTray>, after: () => void}} props */
export function Clip({ tray, after }) {
  const { say } = useDesk();
  const input = useRef(/** @type {HTMLInputElement|null} */ (null));
  if (!tray.rules) return null;
  return (
    <>
      <input ref={input} type="file" class="hidden" multiple tabIndex={-1} aria-hidden="true" accept={tray.rules.types.join(',')}
        onChange={(event) => {
          tray.add([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
          after();
        }} />
      <button type="button" class="button quiet clip" title={say('file_add')} onClick={() => input.current?.click()}>
        <Icon name="clip" /><span class="hidden">{say('file_add')}</span>
      </button>
    </>
  );
}
