import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backOf } from '../../../web-widget/panel/back.js';
import { faults } from '../../../web-widget/more/message-form.js';
import { judged, wantsVerdict } from '../../../web-widget/talk/course.js';
import { emptyModel } from '../../../web-widget/talk/model.js';
import { received } from './hear.mjs';
import { isNear, newsOf } from '../../../web-widget/more/near.js';
import { transcriptText } from '../../../web-widget/more/transcript.js';

const NOW = 1_700_000_000_000;
const place = (position, more = {}) => ({ position, low: -1, high: -1, open: true, online: true, ...more });
const waiting = (position, more) => ({ ...emptyModel(), who: 'waiting', place: place(position, more) });

test('a turn is near when the place or the range says so, and somebody is there', () => {
  assert.equal(isNear(waiting(3)), false);
  assert.equal(isNear(waiting(2)), true);
  assert.equal(isNear(waiting(5, { low: 1, high: 2 })), true);
  assert.equal(isNear(waiting(5, { low: 1, high: 3 })), false);
  assert.equal(isNear(waiting(1, { online: false })), false);
  assert.equal(isNear(waiting(1, { open: false })), false);
  assert.equal(isNear(waiting(1, { beyond: true })), false);
  assert.equal(isNear({ ...waiting(1), who: 'bot' }), false);
  assert.equal(isNear({ ...waiting(1), place: null }), false);
});

test('news is told once, when it comes', () => {
  assert.equal(newsOf(waiting(3), waiting(2)), 'near');
  assert.equal(newsOf(waiting(2), waiting(1)), '');
  const here = { ...emptyModel(), who: /** @type {const} */ ('agent') };
  assert.equal(newsOf(waiting(1), here), 'here');
  assert.equal(newsOf(emptyModel(), here), '', 'a page opened anew is not news');
  const frame = { type: 'message', seq: 1, at: NOW, from: 'agent', blocks: [] };
  assert.equal(newsOf(here, received(here, frame, NOW)), 'said');
  assert.equal(newsOf(here, received({ ...here, caughtUp: 1 }, frame, NOW)), '', 'what was missed neither');
});

test('a verdict is asked for once, after a person or at the end, where the site wants it', () => {
  const site = { satisfaction: true };
  let model = { ...emptyModel(), site, who: /** @type {const} */ ('agent') };
  assert.equal(wantsVerdict(model), false);
  const back = received(model, { type: 'state', seq: 1, who: 'bot' }, NOW);
  assert.equal(wantsVerdict(back), true);
  assert.equal(wantsVerdict({ ...back, site: {} }), false);
  assert.equal(wantsVerdict(judged(back)), false);
  model = received(model, { type: 'state', seq: 1, who: 'waiting' }, NOW);
  assert.equal(wantsVerdict(model), false, 'the agent was lost: the chat goes on');
  model = received(model, { type: 'state', seq: 2, who: 'closed' }, NOW);
  assert.equal(wantsVerdict(model), true);
});

test('what the site asks to agree to is asked', () => {
  const fields = { text: 'x', contact: 'a@b.example', name: '' };
  assert.deepEqual(faults('message', fields), []);
  assert.deepEqual(faults('message', fields, false), [{ field: 'consent', word: 'formNeedConsent' }]);
});

test('only the word of our own links counts', () => {
  assert.equal(backOf('#sportello=abcdefghijklmnopqrstuvwxyz_-0123'), 'abcdefghijklmnopqrstuvwxyz_-0123');
  for (const other of ['', '#', '#sportello=', '#sportello=short', '#x=abcdefghijklmnopqrstuvwxyz', '#sportello=abcdefghijklmnopqrstuvwxyz<'])
    assert.equal(backOf(other), '');
});

test('the transcript has who said what and when, links in full and no buttons', () => {
  let model = emptyModel();
  const blocks = [
    { type: 'paragraph', children: [{ type: 'text', text: 'Vedi ' }, { type: 'link', href: 'https://a.example/x', children: [{ type: 'text', text: 'qui' }] }] },
    { type: 'list', children: [{ type: 'item', children: [{ type: 'text', text: 'uno' }] }, { type: 'item', children: [{ type: 'text', text: 'due' }] }] },
    { type: 'image', alt: 'una pala', src: 'https://a.example/p.png' },
  ];
  model = received(model, { type: 'message', seq: 1, at: NOW, from: 'visitor', blocks: [{ type: 'paragraph', children: [{ type: 'text', text: 'dove?' }] }] }, NOW);
  model = received(model, { type: 'message', seq: 2, at: NOW, from: 'bot', blocks, options: [{ id: 'none', title: 'Nessuna' }] }, NOW);
  model = received(model, { type: 'state', seq: 3, who: 'waiting' }, NOW);
  const text = transcriptText(model, ({ from }) => (from === 'visitor' ? 'Tu' : 'Olma'), 'it', 'Ferramenta · Numero 7');
  assert.match(text, /^Ferramenta · Numero 7\n\n\[.+\] Tu: dove\?\n\n\[.+\] Olma: Vedi qui \(https:\/\/a\.example\/x\)\n- uno\n- due\n\[una pala\]\n$/);
});
