// Who may ask the desk's server what: every route of the table in bot/net/api.c × every role × the ways to forge it.
// The table is read from the source, so that a new route is tried without anybody thinking of it.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, script } from './lib/report.mjs';
import { http, logIn } from './lib/chat.mjs';
import { built, demoSite, PATIENCE_MS, ROOT, run, Server, told, wait } from './lib/program.mjs';

const ROLES = { API_AGENT: ['agent'], API_EDITOR: ['editor'], API_ADMIN: ['admin'], API_EVERYONE: ['agent', 'editor', 'admin'] };
const LEAST_ROUTES = 28;
const BODY_MOST = 256 << 10;

/** [{name, methods, roles}] as the program has them. */
function routes() {
  const source = readFileSync(join(ROOT, 'bot/net/api.c'), 'utf8');
  const table = /api_routes\[\] = \{\n([\s\S]*?)\n\};/.exec(source)[1];
  return [...table.matchAll(/\{"([^"]+)",\s*([A-Z_| ]+),\s*([A-Z_| ]+),/g)].map(([, name, methods, roles]) => ({
    name,
    methods: methods.split('|').map((m) => m.trim().replace('METHOD_', '')),
    roles: roles.split('|').flatMap((r) => ROLES[r.trim()] ?? assert.fail(`${name}: what is ${r}?`)),
  }));
}

await script('api-roles', async () => {
  if (!built()) return;
  const server = await Server.start({ site: demoSite() });
  try {
    const all = routes();
    const cookies = {};
    for (const role of ['agent', 'editor', 'admin']) {
      const added = await run(['user', 'add', role, '--role', role, '--random-password', '--site', server.site, '--data', server.data]);
      assert.equal(added.code, 0, told(added));
      cookies[role] = await logIn({ port: server.port, name: role, password: added.out.trim() });
    }
    const own = `http://127.0.0.1:${server.port}`;
    /** A request that the server hangs up on has been refused; one that it dies of fails the next. */
    const ask = (...asked) => Promise.race([asking(...asked), wait(PATIENCE_MS).then(() => ({ status: 0, text: 'no answer' }))]).catch((error) => (error.code === 'ECONNRESET' ? { status: 400, text: '' } : Promise.reject(error)));
    const asking = (method, name, { cookie, origin = own, body = '{}' } = {}) =>
      http({ port: server.port, method, path: `/desk/api/${name}`, body: method === 'POST' ? body : undefined,
        headers: { ...(cookie && { Cookie: cookie }), ...(origin && { Origin: origin }), ...(method === 'POST' && { 'Content-Length': Buffer.byteLength(body) }) } });

    await test(`the table is read: ${all.length} routes`, async () => assert.ok(all.length >= LEAST_ROUTES));
    await test('nobody without a session, and no forged one, is told anything', async () => {
      for (const { name, methods } of all)
        for (const method of methods)
          for (const cookie of [undefined, 'sportello_desk=', `sportello_desk=${'0'.repeat(64)}`, `sportello_desk=${"'".repeat(64)}`, `other=${'a'.repeat(64)}`])
            assert.equal((await ask(method, name, { cookie })).status, 401, `${method} ${name} with ${cookie}`);
    });
    await test('each role is let in where the table says, and 403 elsewhere', async () => {
      for (const { name, methods, roles } of all)
        for (const method of methods)
          for (const role of Object.keys(cookies)) {
            const { status } = await ask(method, name, { cookie: cookies[role] });
            if (roles.includes(role)) assert.ok(![401, 403, 405].includes(status), `${method} ${name} as ${role}: ${status}`);
            else assert.equal(status, 403, `${method} ${name} as ${role}`);
          }
    });
    await test('a form from another site is refused, whoever is logged in', async () => {
      for (const { name } of all.filter(({ methods }) => methods.includes('POST')))
        for (const origin of ['https://elsewhere.example', 'null', `${own}.example`, null])
          assert.equal((await ask('POST', name, { cookie: cookies.admin, origin })).status, 403, `${name} from ${origin}`);
    });
    await test('other methods, other names and too large bodies have their own answers', async () => {
      for (const { name, methods } of all)
        for (const method of ['GET', 'POST', 'HEAD', 'DELETE'].filter((m) => !methods.includes(m)))
          assert.ok([405, 400].includes((await ask(method, name, { cookie: cookies.admin, body: '' })).status), `${method} ${name}`);
      for (const name of ['', 'nothing', 'me/', '../session', 'me%00', 'ME', 'me?'.repeat(3)])
        assert.ok([400, 404, 200].includes((await ask('GET', name, { cookie: cookies.admin })).status), name);
      // What takes files has a ceiling of its own: files.mjs.
      for (const { name } of all.filter(({ name: one, methods }) => methods.includes('POST') && one !== 'files'))
        assert.equal((await ask('POST', name, { cookie: cookies.admin, body: ' '.repeat(BODY_MOST + 1) })).status, 413, name);
    });
    await test('what is no JSON, or is nested, repeated or of other types, gets an answer and nothing more', async () => {
      for (const { name } of all.filter(({ methods, roles }) => methods.includes('POST') && roles.includes('admin')))
        for (const body of ['', '[', '{', 'null', '[]', '{"ticket":9007199254740993}', '{"ticket":-1,"seq":-1,"text":null}', '{"a":1,"a":2}',
          `{"text":${'['.repeat(500)}${']'.repeat(500)}}`, '{"text":"\\ud800"}', '{"name":"\\u0000"}', '{"ticket":{"ticket":1}}'])
          assert.ok((await ask('POST', name, { cookie: cookies.admin, body })).status < 500, `${name}: ${body.slice(0, 40)}`);
    });
    await test('numbers of the query that are none are refused, and forged tickets are nobody’s', async () => {
      for (const { name } of all.filter(({ methods, roles }) => methods.includes('GET') && roles.includes('agent')))
        for (const ticket of ['-1', '0', '999999999', '99999999999999999999', 'x', '1;drop', '%00', '1%27']) {
          const { status, text } = await ask('GET', `${name}?ticket=${ticket}`, { cookie: cookies.agent });
          assert.ok(status < 500, `${name}?ticket=${ticket}: ${status} ${text}`);
        }
    });
  } finally {
    await server.kill();
  }
});
