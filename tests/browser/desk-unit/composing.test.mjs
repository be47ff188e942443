import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillIn, leftOver, slashAt } from '../../../web-desk/snippets.js';
import { MARKS_MOST, marksIn, replaceMark } from '../../../web-desk/spelling.js';
import { Chosen, insertAnswer, keptShare } from '../../../web-desk/suggest.js';

test('a variable with a value is filled in; the others stay to be seen', () => {
  const values = { 'visitor.name': 'Luca {ticket}', 'agent.name': '', ticket: 12, 'site.name': undefined };
  const text = fillIn('Gentile {visitor.name}, {agent.name} qui; ticket {ticket} di {site.name}. {altro} {} {A}', values);
  assert.equal(text, 'Gentile Luca {ticket}, {agent.name} qui; ticket 12 di {site.name}. {altro} {} {A}');
  assert.deepEqual(leftOver('x {agent.name} {altro} {no no} {').map((l) => [l.at, l.size, l.name]),
    [[2, 12, '{agent.name}'], [15, 7, '{altro}']]);
  assert.equal(fillIn('{constructor} {to.string}', {}), '{constructor} {to.string}');
});

test('a "/" asks for a reply at the begin of the text with several words, elsewhere with one', () => {
  const asked = (text, caret = text.length) => slashAt(text, caret);
  assert.deepEqual(asked('/'), { at: 0, query: '' });
  assert.deepEqual(asked('/costo della sp'), { at: 0, query: 'costo della sp' });
  assert.deepEqual(asked('Buongiorno /cos'), { at: 11, query: 'cos' });
  assert.deepEqual(asked('/cos e poi', 3), { at: 0, query: 'co' });
  for (const text of ['', 'a/b', 'e/o', 'https://olmo.example/x', '/ no', 'ciao /cos e poi', '/a\nb', '//', `/${'x'.repeat(81)}`]) {
    assert.equal(asked(text), null, text);
  }
});

test('marks follow their words while the text changes, and go with them', () => {
  const marks = [
    { at: 3, size: 10, word: 'spedizzone', suggestions: ['spedizione'] },
    { at: 20, size: 4, word: 'perc', suggestions: [] },
  ];
  const none = new Set();
  assert.deepEqual(marksIn(marks, 'oh la spedizzone costa perc', none).map((m) => m.at), [6, 23]);
  assert.deepEqual(marksIn(marks, 'spedizzoneX perc', none).map((m) => m.word), ['perc']);
  assert.deepEqual(marksIn(marks, 'la spedizzone perc', new Set(['spedizzone'])).map((m) => m.word), ['perc']);
  assert.deepEqual(marksIn(marks, 'tutto giusto', none), []);
  const same = Array.from({ length: 20 }, () => ({ at: 0, size: 2, word: 'xx', suggestions: [] }));
  assert.deepEqual(marksIn(same, 'xx '.repeat(20), none).map((m) => m.at), Array.from({ length: MARKS_MOST }, (_, i) => i * 3));
  const [mark] = marksIn(marks, '👍 spedizzone!', none);
  assert.equal(replaceMark('👍 spedizzone!', mark, 'spedizione'), '👍 spedizione!');
});

test('a suggested answer confirms its entry only when what is sent is still that answer', () => {
  const entry = { id: 'costo', title: 'Quanto costa?', text: 'In Italia costa 6,50 €; sopra i 70 € è gratuita.', confidence: 0.9 };
  assert.equal(insertAnswer(' \n', entry.text), entry.text);
  assert.equal(insertAnswer('Buongiorno. ', entry.text), `Buongiorno.\n\n${entry.text}`);
  assert.equal(keptShare(entry.text, entry.text.toUpperCase()), 1);
  assert.equal(keptShare('', 'x'), 0);
  const chosen = new Chosen();
  assert.equal(chosen.sent(1, entry.text), null, 'nothing was chosen');
  chosen.choose(1, entry);
  assert.equal(chosen.sent(2, entry.text), null, 'another chat');
  assert.equal(chosen.sent(1, `Buongiorno! ${entry.text} A presto`), entry);
  assert.equal(chosen.sent(1, entry.text), null, 'once');
  chosen.choose(1, entry);
  assert.equal(chosen.sent(1, 'Mi dia un momento, verifico.'), null);
  chosen.choose(1, entry);
  chosen.forget(1);
  assert.equal(chosen.sent(1, entry.text), null, 'the agent said no');
});
