import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { deskPath, sessionAsk, sessionLogin } from '../../../web-desk/session.js';

const real = globalThis.fetch;
afterEach(() => { globalThis.fetch = real; });
const answers = (status, body) => {
  globalThis.fetch = async () => new Response(status === 204 ? null : body, { status });
};

test('every answer to a log in has its meaning', async () => {
  const cases = [
    [204, null, { ok: true }], [401, '{"code":"wrong"}', { ok: false, why: 'wrong' }],
    [401, '{"code":"code_needed"}', { ok: false, why: 'code_needed' }],
    [401, '{"code":"wrong_code"}', { ok: false, why: 'wrong_code' }], [401, 'not json', { ok: false, why: 'wrong' }],
    [403, '', { ok: false, why: 'forbidden' }], [500, '<h1>', { ok: false, why: 'failed' }],
    [429, '{"code":"slow_down","retry_ms":2400}', { ok: false, why: 'slow_down', seconds: 3 }],
    [429, 'not json', { ok: false, why: 'slow_down', seconds: 1 }],
  ];
  for (const [status, body, meaning] of cases) {
    answers(status, body);
    assert.deepEqual(await sessionLogin('/desk', 'a', 'b'), meaning, String(status));
  }
  globalThis.fetch = async () => { throw new TypeError('no network'); };
  assert.deepEqual(await sessionLogin('/desk', 'a', 'b'), { ok: false, why: 'unreachable' });
});

test('a session is there, not there, or not to be known', async () => {
  answers(200, '{"name":"Anna","role":"agent"}');
  assert.deepEqual(await sessionAsk('/desk'), { state: 'in', name: 'Anna', role: 'agent' });
  answers(200, '{"name":"Anna","role":"agent","setup":true}');
  assert.equal((await sessionAsk('/desk')).setup, true);
  answers(401, '{}');
  assert.deepEqual(await sessionAsk('/desk'), { state: 'out' });
  answers(502, 'Bad gateway');
  assert.deepEqual(await sessionAsk('/desk'), { state: 'unreachable' });
});

test('the desk may be served below a prefix', () => {
  assert.deepEqual(['/desk', '/desk/', '/aiuto/desk'].map(deskPath), ['/desk', '/desk', '/aiuto/desk']);
});
