// Blocks: typed trees become nodes, and nothing else ever does.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { build, linkify } from '../../../web-widget/more/blocks.js';
import { safeHref } from '../../../web-widget/panel/href.js';

/** As much of a document as blocks.js uses; prints itself. */
class Fake {
  constructor(name) {
    Object.assign(this, { name, attributes: {}, children: [] });
  }
  setAttribute(key, value) {
    this.attributes[key] = value;
  }
  appendChild(child) {
    this.children.push(child);
    return child;
  }
  toString() {
    const inside = this.children.join('');
    if (!this.name) return inside;
    const attributes = Object.entries(this.attributes)
      .map(([key, value]) => ` ${key}=${value}`)
      .join('');
    return `(${this.name}${attributes}|${inside})`;
  }
}
const doc = {
  createElement: (name) => new Fake(name),
  createDocumentFragment: () => new Fake(''),
  createTextNode: (text) => text,
};
const shown = (...blocks) => String(build(blocks, doc));
const text = (value) => ({ type: 'text', text: value });

test('each type becomes its element', () => {
  assert.equal(
    shown({
      type: 'paragraph',
      children: [
        text('a '),
        { type: 'strong', children: [text('b')] },
        { type: 'emphasis', text: 'c' },
        { type: 'break' },
      ],
    }),
    '(p|a (strong|b)(em|c)(br|))',
  );
  assert.equal(
    shown({ type: 'list', ordered: true, children: [{ type: 'item', children: [text('x')] }] }),
    '(ol|(li|x))',
  );
  assert.equal(shown({ type: 'list', children: [] }), '(ul|)');
  assert.equal(shown({ type: 'heading', level: 1, text: 'h' }), '(h3|h)');
  assert.equal(shown({ type: 'heading', level: 99, text: 'h' }), '(h6|h)');
  assert.equal(
    shown({ type: 'card', title: 'T', src: 'https://x/y.png', children: [{ type: 'paragraph', text: 'p' }] }),
    '(div class=card|(img alt= loading=lazy referrerpolicy=no-referrer src=https://x/y.png|)(strong class=card-title|T)(p|p))',
  );
  assert.equal(shown({ type: 'card', title: 'T', src: 'javascript:x' }), '(div class=card|(strong class=card-title|T))');
  assert.equal(
    shown({ type: 'quote', text: 'q' }, { type: 'rule' }, { type: 'code_lines', text: 'a\nb' }),
    '(blockquote|q)(hr|)(pre|a\nb)',
  );
});

test('an unknown type shows the words it carries', () => {
  assert.equal(shown({ type: 'carousel', children: [text('still here')] }), 'still here');
  assert.equal(shown({ type: 'constructor', text: 'x' }, { type: '__proto__', text: 'y' }), 'xy');
});

test('words that look like HTML stay words', () => {
  assert.equal(shown(text('<img src=x onerror=alert(1)>')), '<img src=x onerror=alert(1)>');
});

test('a link opens apart and tells nobody where from; a dangerous one is only its words', () => {
  assert.equal(
    shown({ type: 'link', href: 'https://a.example', text: 'a' }),
    '(a href=https://a.example target=_blank rel=noopener noreferrer|a)',
  );
  assert.equal(shown({ type: 'link', href: 'tel:+39051', text: 't' }), '(a href=tel:+39051|t)');
  for (const href of [
    'javascript:alert(1)',
    'JaVaScRiPt:x',
    'data:text/html,x',
    'vbscript:x',
    '/relative',
    '',
    7,
    null,
  ]) {
    assert.equal(shown({ type: 'link', href, text: 'w' }), '(span|w)', String(href));
    assert.equal(safeHref(href), '');
  }
});

test('an image has its words, loads late, and comes only over http', () => {
  assert.match(
    shown({ type: 'image', src: 'https://a.example/b.png', alt: 'B' }),
    /^\(img alt=B loading=lazy referrerpolicy=no-referrer src=https:/,
  );
  assert.equal(shown({ type: 'image', src: 'data:image/png;base64,AA', alt: 'B' }), '(span|B)');
});

test('addresses, mail and telephone numbers in text become links, without the full stop', () => {
  const links = (value) =>
    linkify(value)
      .filter(({ href }) => href)
      .map(({ text: shownText, href }) => [shownText, href]);
  assert.deepEqual(links('vedi https://a.example/x?y=1.'), [['https://a.example/x?y=1', 'https://a.example/x?y=1']]);
  assert.deepEqual(links('(vedi www.olmo.example/orari)'), [
    ['www.olmo.example/orari', 'https://www.olmo.example/orari'],
  ]);
  assert.deepEqual(links('https://a.example/a(b).'), [['https://a.example/a(b)', 'https://a.example/a(b)']]);
  assert.deepEqual(links('scrivi a però.io@olmo.example, grazie'), [
    ['però.io@olmo.example', 'mailto:però.io@olmo.example'],
  ]);
  assert.deepEqual(links('chiama +39 051 123-4567!'), [['+39 051 123-4567', 'tel:+390511234567']]);
  for (const no of ['6,50 €', 'AB-1234', '2024-05-06', '+1', 'a@b', '12 + 34567', 'http://', 'www.'])
    assert.deepEqual(links(no), [], no);
});

test('the pieces of a text are the text', () => {
  const value = 'a www.x.example b +39 051 1234567 c@d.example e';
  assert.equal(
    linkify(value)
      .map((piece) => piece.text)
      .join(''),
    value,
  );
});

test('nothing inside a link or code becomes another link', () => {
  assert.equal(
    shown({ type: 'link', href: 'https://a.example', children: [text('www.b.example')] }).match(/\(a/g).length,
    1,
  );
  assert.equal(shown({ type: 'code', text: 'www.b.example' }), '(code|www.b.example)');
});

test('a long hostile text is cut into pieces in no time', () => {
  const began = Date.now();
  linkify(`${'a'.repeat(4096)}@${'b.'.repeat(2000)} +${'1 '.repeat(2000)} ${'www.'.repeat(1000)}`);
  linkify(`https://${'.'.repeat(4000)}a ${'a'.repeat(4000)}`);
  assert.ok(Date.now() - began < 500);
  // Before its '@' a mail address has 64 letters at most: the end of a longer word is none.
  assert.deepEqual(linkify(`${'a'.repeat(65)}@example.com`).map(({ href }) => href), ['']);
  assert.deepEqual(linkify(`${'a'.repeat(64)}@example.com.`).map(({ href }) => href), [`mailto:${'a'.repeat(64)}@example.com`, '']);
});

test('depth has an end, and what is no tree is nothing', () => {
  let deep = text('end');
  for (let i = 0; i < 50; i += 1) deep = { type: 'quote', children: [deep] };
  assert.ok(!shown(deep).includes('end'));
  assert.equal(shown(null, 7, { type: 'paragraph', children: 'x' }), '(p|)');
  assert.equal(String(build('x', doc)), '');
});
