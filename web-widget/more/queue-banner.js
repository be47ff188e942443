// What a visitor in the queue wants to know: the number, the place, how long, and what else to do.
import { button, el, setText } from '../panel/dom.js';
import { isNear } from './near.js';

/** @typedef {import('../talk/model.js').Model} Model */
/** @typedef {import('./counter.js').CounterWords} Words */

/** The lines of the banner: no promise that the numbers do not carry.
 * @param {Model} model @param {Words} words @returns {string[]} */
export function queueLines({ who, place }, words) {
  if (!place) return [words('queueKeep')];
  if (place.beyond) return [words('queueBeyond'), words('queueKeep')];
  if (!place.open) return [words('queueClosed')];
  if (!place.online) return [words('queueNobody')];
  const ahead = place.position - 1;
  const lines = [];
  if (ahead === 0) lines.push(words('queueNext'));
  else if (ahead > 0) lines.push(ahead === 1 ? words('queueAhead1') : words('queueAhead', { count: ahead }));
  if (ahead > 0 && isNear({ who, place })) lines.push(words('queueNear'));
  lines.push(range(place, words), words('queueKeep'));
  return lines;
}

/** @param {NonNullable<Model['place']>} place @param {Words} words */
function range({ low, high }, words) {
  if (low < 0 || high < 0) return words('queueUnknown');
  if (high < 1) return words('queueSoon');
  return low < 1 || low === high ? words('queueUpTo', { high }) : words('queueRange', { low, high });
}

/** @param {import('../panel/panel.js').Context} context @param {Words} words
 * @param {ReturnType<typeof import('./near.js').createHerald>} herald */
export function createQueueBanner({ words: panelWords, signal, openForm }, words, herald) {
  const ticket = el('strong', { class: 'ticket' });
  const text = el('div', { class: 'lines' });
  const status = el('div', { role: 'status' }, el('p', { class: 'title' }, words('queueTitle'), ' ', ticket), text);
  const leave = button('quiet', panelWords('leave'), () => openForm(), signal);
  const sound = el('input', { type: 'checkbox', id: 'sound' });
  sound.addEventListener('change', () => herald.sound.allow(sound.checked), { signal });
  const node = el(
    'section',
    { class: 'queue', 'aria-label': words('queueTitle'), hidden: true },
    status,
    el('label', { class: 'sound', for: 'sound' }, sound, words('queueSound')),
    leave,
  );
  let said = '';
  return {
    node,
    offersForm: () => !node.hidden && !leave.hidden,
    /** @param {import('../panel/panel.js').View} view */
    update({ model }) {
      node.hidden = model.who !== 'waiting';
      if (node.hidden) return;
      setText(ticket, model.ticket ? words('queueTicket', { ticket: model.ticket }) : '');
      const lines = queueLines(model, words);
      const nobody = model.place !== null && (!model.place.open || !model.place.online || model.place.beyond);
      node.classList.toggle('nobody', nobody);
      leave.hidden = !nobody;
      if (said === lines.join('\n')) return;
      said = lines.join('\n');
      text.replaceChildren(...lines.map((line) => el('p', null, line)));
    },
  };
}
