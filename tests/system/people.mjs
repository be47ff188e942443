// The people of the desk: what the command and the pages do to them, how they log in, and what a flood changes.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { Agent, http } from './lib/chat.mjs';
import { note, script, test } from './lib/report.mjs';
import { built, run, Server, tinySite, told, until } from './lib/program.mjs';

const SITE = { prova: ['Che cosa vendete?', 'Viti.'] };
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const STEP_MS = 30_000;

/** RFC 6238 by hand, from the letters that the server gives. */
export function codeOf(secret, step) {
  const bits = [...secret].map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', key).update(counter).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
const stepNow = () => Math.floor(Date.now() / STEP_MS);

/** A browser: keeps cookies, has an address. */
class Browser {
  constructor(server, address) {
    Object.assign(this, { server, address, cookies: new Map() });
  }

  async ask(method, path, body, headers = {}) {
    const { port } = this.server;
    const bytes = Buffer.isBuffer(body) ? body : body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    const answer = await http({ port, method, path, body: bytes, headers: {
      Origin: `http://127.0.0.1:${port}`, 'Content-Length': bytes?.length ?? 0,
      ...(this.cookies.size > 0 ? { Cookie: this.cookie } : {}), ...(this.address ? { 'X-Forwarded-For': this.address } : {}), ...headers } });
    for (const cookie of answer.headers['set-cookie'] ?? []) {
      const [, name, value] = /^(\w+)=([^;]*)/.exec(cookie);
      if (value) this.cookies.set(name, value);
      else this.cookies.delete(name);
    }
    return { ...answer, data: answer.text ? JSON.parse(answer.text) : null };
  }

  get cookie() {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  logIn(name, password, code) {
    return this.ask('POST', '/desk/login', { name, password, ...(code === undefined ? {} : { code }) });
  }

  get(name) {
    return this.ask('GET', `/desk/api/${name}`);
  }

  post(name, body) {
    return this.ask('POST', `/desk/api/${name}`, body);
  }
}

const png = (width, height) => Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'),
  Buffer.from([0, 0, width >> 8, width & 255, 0, 0, height >> 8, height & 255, 8, 6, 0, 0, 0]), Buffer.alloc(200, 7)]);

await script('the people of the desk', async () => {
  if (!built()) return;
  const server = await Server.start({ site: tinySite(SITE, { trusted_proxies: ['127.0.0.1'], 'limits.logins_per_minute': 30,
    'departments.garden.name': 'Garden', 'departments.tools.name': 'Tools' }) });
  const passwords = {};
  const user = (...words) => server.command('user', ...words);
  const must = async (...words) => {
    const result = await user(...words);
    assert.equal(result.code, 0, told(result));
    return result;
  };
  const add = async (name, role, ...words) => {
    passwords[name] = (await must('add', name, '--role', role, '--random-password', ...words)).out.trim();
  };
  const listed = async (name) => {
    const { out } = await must('list', '--json');
    return out.trim().split('\n').map((line) => JSON.parse(line)).find((person) => person.name === name);
  };

  await test('user: somebody is added, listed and changed through the running server, in clear words', async () => {
    await add('Anna', 'admin');
    await add('Bruno', 'agent', '--departments', 'garden,tools', '--languages', 'it,en', '--capacity', '2', '--email', 'bruno@shop.example');
    const bruno = await listed('Bruno');
    assert.deepEqual({ ...bruno, id: 0, created: 0 }, { id: 0, name: 'Bruno', role: 'agent', departments: 'garden,tools', languages: 'it,en',
      capacity: 2, email: 'bruno@shop.example', totp: false, disabled: false, created: 0 });
    for (const words of [['role', 'Bruno', 'editor'], ['departments', 'Bruno', 'all'], ['languages', 'Bruno', 'en'], ['capacity', 'Bruno', 'default'], ['email', 'Bruno', 'none']]) {
      const { err } = await must(...words);
      assert.match(err, /^Bruno has/);
    }
    assert.deepEqual({ ...await listed('Bruno'), id: 0, created: 0 }, { id: 0, name: 'Bruno', role: 'editor', departments: '', languages: 'en',
      capacity: 0, email: '', totp: false, disabled: false, created: 0 });
    assert.match((await must('list')).out, /^Bruno +editor +departments all, languages en, capacity default$/m);
    for (const [words, code, why] of [[['role', 'Nobody', 'agent'], 1, /nobody called Nobody/], [['role', 'Bruno', 'boss'], 2, /agent, editor or admin/],
      [['capacity', 'Bruno', '21'], 2, /1 to 20/], [['capacity', 'Bruno', '-1'], 2, /1 to 20/], [['departments', 'Bruno', 'a, b'], 2, /commas/],
      [['departments', 'Bruno', 'gardens'], 2, /no department “gardens”; it has garden, tools/], [['email', 'Bruno', 'a@b@c'], 2, /e-mail/],
      [['languages', 'Bruno', 'it,it'], 2, /it,en/], [['disable'], 2, /usage: sportello user disable NAME/], [['fire', 'Bruno'], 2, /no `user fire`/],
      [['disable', 'Anna'], 1, /last admin/], [['role', 'Anna', 'agent'], 1, /last admin/], [['add', 'X', '--role', 'agent', '--capacity', 'many', '--random-password'], 2, /1 to 20/]]) {
      const refused = await user(...words);
      assert.equal(refused.code, code, told(refused));
      assert.match(refused.err, why);
    }
    await must('role', 'Bruno', 'agent');
  });

  await test('who is disabled is out of every open page at once, and cannot come back until enabled', async () => {
    const browser = new Browser(server, '192.0.2.10');
    assert.equal((await browser.logIn('Bruno', passwords.Bruno)).status, 204);
    const agent = await Agent.open({ port: server.port, cookie: browser.cookie });
    const begun = Date.now();
    await must('disable', 'Bruno');
    await until('the socket is closed', () => agent.closed, 5000);
    assert.ok(Date.now() - begun < 5000);
    assert.equal(agent.code, 1008);
    assert.equal((await browser.ask('GET', '/desk/session')).status, 401);
    const refused = await browser.logIn('Bruno', passwords.Bruno);
    assert.deepEqual([refused.status, refused.data], [401, { code: 'wrong' }]);
    await must('enable', 'Bruno');
    assert.equal((await browser.logIn('Bruno', passwords.Bruno)).status, 204);
  });

  await test('a new password ends what was open with the old one; other departments are taken up by open pages', async () => {
    const browser = new Browser(server, '192.0.2.11');
    await browser.logIn('Bruno', passwords.Bruno);
    const agent = await Agent.open({ port: server.port, cookie: browser.cookie });
    await must('departments', 'Bruno', 'garden');
    assert.equal((await browser.get('me')).data.departments, 'garden');
    assert.equal(agent.closed, false, 'other departments close nothing');
    passwords.Bruno = (await must('password', 'Bruno', '--random-password')).out.trim();
    await until('the socket is closed', () => agent.closed, 5000);
    assert.equal((await browser.get('me')).status, 401);
  });

  await test('a wrong password, a disabled and an unknown name get the same answer', async () => {
    await add('Carla', 'agent');
    await must('disable', 'Carla');
    const answers = [];
    for (const [name, password] of [['Bruno', 'not-this-one-at-all'], ['Nobody at all', 'not-this-one-at-all'], ['Carla', passwords.Carla]]) {
      for (const code of [undefined, '123456']) {
        const { status, text, headers } = await new Browser(server, `192.0.2.${20 + answers.length}`).logIn(name, password, code);
        answers.push(JSON.stringify([status, text, Object.keys(headers).sort()]));
      }
    }
    assert.equal(new Set(answers).size, 1, answers.join('\n'));
  });

  let secret = '', step = 0, codes = [];
  const bruno = new Browser(server, '192.0.2.30');
  await test('one-time codes are set up with the password, and hold from the first code on', async () => {
    assert.equal((await bruno.logIn('Bruno', passwords.Bruno)).status, 204);
    assert.deepEqual((await bruno.post('account/totp/begin', { password: 'wrong-wrong' })).data, { code: 'wrong' });
    const begun = await bruno.post('account/totp/begin', { password: passwords.Bruno });
    assert.equal(begun.status, 200, begun.text);
    secret = begun.data.secret;
    assert.match(begun.data.uri, new RegExp(`^otpauth://totp/Prova:Bruno\\?secret=${secret}&issuer=Prova$`));
    assert.ok(begun.data.size >= 29 && /^(M\d+ \d+h\d+v1h-\d+z)+$/.test(begun.data.path));
    assert.equal((await bruno.get('me')).data.totp, false, 'begun is not on');
    assert.deepEqual((await bruno.post('account/totp/confirm', { code: '000000' })).data?.code, 'wrong_code');
    step = stepNow();
    const confirmed = await bruno.post('account/totp/confirm', { code: codeOf(secret, step) });
    codes = confirmed.data.codes;
    assert.equal(new Set(codes).size, 10);
    assert.equal((await bruno.get('me')).data.totp, true);
    assert.deepEqual((await bruno.get('account')).data.codes, 10);
  });

  await test('then the right password alone is asked for a code, which is used once, also by many at once', async () => {
    const stranger = () => new Browser(server, '192.0.2.31');
    const asked = await stranger().logIn('Bruno', passwords.Bruno);
    assert.deepEqual([asked.status, asked.data, asked.headers['set-cookie']], [401, { code: 'code_needed' }, undefined]);
    const replayed = await stranger().logIn('Bruno', passwords.Bruno, codeOf(secret, step));
    assert.deepEqual([replayed.status, replayed.data], [401, { code: 'wrong_code' }], 'the code that confirmed it was used by that');
    // The next step's code holds already: one step on either side does. Browsers of one's own have tries of their own.
    const next = codeOf(secret, step + 1);
    const tries = await Promise.all(Array.from({ length: 5 }, () => bruno.logIn('Bruno', passwords.Bruno, next)));
    assert.deepEqual(tries.map((answer) => answer.status).sort(), [204, 401, 401, 401, 401]);
    assert.equal((await stranger().logIn('Bruno', 'a-wrong-password', codeOf(secret, step + 1))).data.code, 'wrong');
  });

  await test('a recovery code stands in once', async () => {
    const one = new Browser(server, '192.0.2.32');
    assert.equal((await one.logIn('Bruno', passwords.Bruno, ` ${codes[0].toUpperCase().replaceAll('-', ' ')}`)).status, 204);
    assert.equal((await one.get('account')).data.codes, 9);
    assert.equal((await new Browser(server, '192.0.2.33').logIn('Bruno', passwords.Bruno, codes[0])).data.code, 'wrong_code');
  });

  await test('wrong codes of one name slow down wherever they come from, but not the browser of its owner', async () => {
    let slowed = 0;
    for (let i = 0; i < 12; i++) slowed += (await new Browser(server, `198.51.100.${i}`).logIn('Bruno', passwords.Bruno, '000000')).status === 429;
    assert.ok(slowed >= 6, `${slowed} of 12`);
    assert.equal((await bruno.logIn('Bruno', passwords.Bruno, codes[1])).status, 204);
    await must('totp-off', 'Bruno');
    assert.equal((await new Browser(server, '192.0.2.34').logIn('Bruno', passwords.Bruno)).status, 204);
  });

  await test('one sees where one is logged in, and ends the others', async () => {
    const here = new Browser(server, '192.0.2.40'), there = new Browser(server, '192.0.2.41');
    for (const browser of [here, there]) await browser.logIn('Bruno', passwords.Bruno);
    const agent = await Agent.open({ port: server.port, cookie: there.cookie });
    const { sessions } = (await here.get('account')).data;
    assert.ok(sessions.some(({ address, own }) => address === '192.0.2.40' && own) && sessions.some(({ address, own }) => address === '192.0.2.41' && !own));
    assert.equal((await here.post('account/sessions/end', {})).status, 204);
    await until('the other page is closed', () => agent.closed, 5000);
    assert.equal((await there.get('me')).status, 401);
    assert.equal((await here.get('account')).data.sessions.length, 1);
  });

  await test('who logs out is out, which the audit log says once, with where they were', async () => {
    const carlo = new Browser(server, '192.0.2.42');
    await carlo.logIn('Bruno', passwords.Bruno);
    const { cookie } = carlo;
    assert.equal((await carlo.ask('POST', '/desk/logout')).status, 204);
    assert.equal((await carlo.ask('POST', '/desk/logout', undefined, { Cookie: cookie })).status, 204);
    const { out } = await server.command('audit', '--json', '--limit', '5');
    const lines = out.trim().split('\n').map((line) => JSON.parse(line)).filter(({ act }) => act === 'logout');
    assert.deepEqual(lines.map(({ who, address }) => [who, address]), [['Bruno', '192.0.2.42']]);
  });

  await test('one changes password and address; the session that did stays, another does not', async () => {
    const here = new Browser(server, '192.0.2.42'), there = new Browser(server, '192.0.2.43');
    for (const browser of [here, there]) await browser.logIn('Bruno', passwords.Bruno);
    assert.deepEqual((await here.post('account/password', { old: 'no-not-this', password: 'nuova-e-lunga-2' })).data, { code: 'wrong' });
    assert.deepEqual((await here.post('account/password', { old: passwords.Bruno, password: 'corta' })).data, { code: 'password_short' });
    assert.equal((await here.post('account/password', { old: passwords.Bruno, password: 'nuova-e-lunga-2' })).status, 204);
    passwords.Bruno = 'nuova-e-lunga-2';
    assert.equal((await here.get('me')).status, 200);
    assert.equal((await there.get('me')).status, 401);
    assert.equal((await here.post('account/email', { email: 'not an address' })).data.code, 'bad_email');
    assert.equal((await here.post('account/email', { email: 'b@shop.example' })).status, 204);
    assert.equal((await here.get('me')).data.email, 'b@shop.example');
  });

  await test('a picture is what its bytes are, for pages of any site, and has a version', async () => {
    const { data: me } = await bruno.get('me').then((answer) => (answer.status === 200 ? answer : bruno.logIn('Bruno', passwords.Bruno).then(() => bruno.get('me'))));
    assert.equal((await server.get(`/agents/${me.id}`)).status, 404);
    for (const bad of [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), png(5000, 10), Buffer.from('GIF89a')])
      assert.equal((await bruno.post('account/picture', bad)).data.code, 'bad_picture');
    assert.equal((await bruno.post('account/picture', Buffer.concat([png(64, 64), Buffer.alloc(33_000)]))).status, 413);
    const { data } = await bruno.post('account/picture', png(64, 64));
    const got = await fetch(`${server.url}/agents/${me.id}?v=${data.picture}`);
    assert.deepEqual(Buffer.from(await got.arrayBuffer()), png(64, 64));
    assert.deepEqual(['content-type', 'x-content-type-options', 'cross-origin-resource-policy', 'access-control-allow-origin', 'cache-control'].map((name) => got.headers.get(name)),
      ['image/png', 'nosniff', 'cross-origin', '*', 'public, max-age=31536000, immutable']);
    assert.equal((await fetch(`${server.url}/agents/${me.id}?v=1`)).headers.get('cache-control'), 'no-cache');
    assert.equal((await fetch(`${server.url}/agents/${me.id}`, { method: 'HEAD' })).status, 200);
    for (const path of ['/agents/', '/agents/x', '/agents/1/', '/agents/-1', '/agents/999999999999999999999']) assert.equal((await server.get(path)).status, 404, path);
    assert.equal((await bruno.post('account/picture', Buffer.alloc(0))).data.picture, 0);
    assert.equal((await server.get(`/agents/${me.id}`)).status, 404);
  });

  const anna = new Browser(server, '192.0.2.50');
  await test('an admin adds and changes people over HTTP; nobody else does, and an admin is always left', async () => {
    await anna.logIn('Anna', passwords.Anna);
    for (const name of ['people', 'audit']) {
      assert.equal((await bruno.get(name)).status, 403);
      assert.equal((await new Browser(server).get(name)).status, 401);
    }
    assert.equal((await bruno.post('people', { act: 'add', name: 'Eva', role: 'admin' })).status, 403);
    const made = await anna.post('people', { act: 'add', name: 'Dora', role: 'editor', languages: 'it', capacity: '4' });
    assert.equal(made.status, 200, made.text);
    const dora = new Browser(server, '192.0.2.51');
    assert.equal((await dora.logIn('dora', made.data.password)).status, 204);
    const id = String(made.data.id);
    assert.equal((await anna.post('people', { act: 'add', name: 'DORA', role: 'agent' })).data.code, 'name_taken');
    for (const [body, code] of [[{ act: 'add', name: '<b>', role: 'agent' }, 'bad_name'], [{ act: 'add', name: 'Eva', role: 'god' }, 'bad_field'], [{ act: 'change', id: '1x' }, 'bad_field'],
      [{ act: 'change', id, capacity: '99' }, 'bad_field'], [{ act: 'change', id: '9999' }, 'not_found'], [{ act: 'fly', id }, 'bad_field'], [{ act: 'change', id, email: 'x' }, 'bad_email']])
      assert.equal((await anna.post('people', body)).data.code, code, JSON.stringify(body));
    const people = async () => (await anna.get('people')).data.people;
    const own = String((await people()).find(({ name }) => name === 'Anna').id);
    assert.equal((await anna.post('people', { act: 'disable', id: own })).data.code, 'last_admin');
    assert.equal((await anna.post('people', { act: 'change', id: own, role: 'agent' })).data.code, 'last_admin');
    assert.equal((await anna.post('people', { act: 'change', id, role: 'agent', departments: 'garden' })).status, 200);
    assert.equal((await dora.get('me')).data.role, 'agent', 'a right that is taken is gone with the next request');
    assert.equal((await anna.post('people', { act: 'disable', id })).status, 200);
    assert.equal((await dora.get('me')).status, 401);
    assert.deepEqual((await people()).find(({ name }) => name === 'Dora').disabled, true);
  });

  await test('the audit log says who did what, page by page, without any secret', async () => {
    let lines = [], before;
    for (let more = true; more;) {
      const { data } = await anna.get(`audit${before ? `?before=${before}` : ''}`);
      lines = lines.concat(data.lines);
      ({ more } = data);
      before = lines.at(-1).id;
    }
    assert.ok(lines.length > 50 && lines.every((line, i) => i === 0 || line.id < lines[i - 1].id));
    const acts = new Set(lines.map(({ act }) => act));
    for (const act of ['login', 'login_wrong', 'login_wrong_code', 'user_add', 'user_role', 'user_disable', 'user_enable', 'user_password', 'totp_on', 'totp_off', 'recovery_code', 'picture', 'publish', 'sessions_end', 'logout'])
      assert.ok(acts.has(act), act);
    assert.deepEqual(lines.filter(({ name, detail }) => name === 'Anna' && detail === 'Dora').map(({ act }) => act), ['user_disable']);
    const text = JSON.stringify(lines);
    for (const hidden of [...Object.values(passwords), secret, ...codes, 'Nobody at all', 'argon2']) assert.ok(!text.includes(hidden));
    const command = await server.command('audit', '--json', '--limit', '0');
    assert.equal(command.code, 0, told(command));
    assert.equal(command.out.trim().split('\n').length, lines.length);
    assert.match((await server.command('audit', '--limit', '5')).out, /user_disable +Dora +from 192\.0\.2\.50/);
    assert.equal((await server.command('audit', '--limit', 'x')).code, 2);
  });

  await test('during a flood against a name from everywhere its owner gets in: from the own browser, and from where they were before', async () => {
    const own = new Browser(server, '192.0.2.60'), same = new Browser(server, '192.0.2.60');
    assert.equal((await own.logIn('Bruno', passwords.Bruno)).status, 204);
    let stop = false, sent = 0;
    const statuses = {};
    const flood = Array.from({ length: 80 }, async (_, i) => {
      for (let n = 0; !stop && n < 40; n++) {
        // Some from the very address of the owner.
        const address = i < 4 ? '192.0.2.60' : `203.0.${i}.${n}`;
        const { status } = await new Browser(server, address).logIn('Bruno', `guess-number-${i}-${n}`);
        statuses[status] = (statuses[status] ?? 0) + 1;
        sent++;
      }
    });
    try {
      await until('the flood has filled the queue', () => (statuses[503] ?? 0) > 20);
      const begun = Date.now();
      for (let i = 0; i < 3; i++) {
        own.cookies.delete('sportello_desk');
        assert.equal((await own.logIn('Bruno', passwords.Bruno)).status, 204);
      }
      note(`three log-ins of the owner during the flood took ${Date.now() - begun} ms`);
      const elsewhere = new Browser(server, '192.0.2.40'); // a known address, another browser
      assert.equal((await elsewhere.logIn('Bruno', passwords.Bruno)).status, 204);
      // A cookie that is not the owner's helps nobody.
      const thief = new Browser(server, '192.0.2.60');
      thief.cookies.set('sportello_device', 'ab'.repeat(32));
      assert.notEqual((await thief.logIn('Bruno', 'guess')).status, 204);
      assert.equal((await same.logIn('Bruno', 'another guess')).status, 429, 'a stranger at the flooded address waits');
    } finally {
      stop = true;
      await Promise.all(flood);
    }
    note(`${sent} log-ins of strangers: ${JSON.stringify(statuses)}`);
    assert.ok(!statuses[204]);
    const { lines } = (await anna.get('audit')).data;
    assert.ok(lines.length === 50);
    assert.equal((await server.stop()).code, 0);
  });

  await test('where the site requires codes of admins, one without is let in to set them up and to nothing else', async () => {
    const strict = await Server.start({ site: tinySite(SITE, { 'desk.totp': 'required_for_admins' }) });
    const password = (await strict.command('user', 'add', 'Anna', '--role', 'admin', '--random-password')).out.trim();
    const other = (await strict.command('user', 'add', 'Bruno', '--role', 'agent', '--random-password')).out.trim();
    const admin = new Browser(strict), agent = new Browser(strict);
    assert.equal((await agent.logIn('Bruno', other)).status, 204);
    await (await Agent.open({ port: strict.port, cookie: agent.cookie })).close();
    assert.equal((await admin.logIn('Anna', password)).status, 204);
    assert.equal((await admin.ask('GET', '/desk/session')).data.setup, true);
    assert.deepEqual((await admin.get('people')).data, { code: 'totp_needed' });
    await assert.rejects(Agent.open({ port: strict.port, cookie: admin.cookie }));
    const { data } = await admin.post('account/totp/begin', { password });
    assert.equal((await admin.post('account/totp/confirm', { code: codeOf(data.secret, stepNow()) })).status, 200);
    assert.equal((await admin.get('people')).status, 200);
    await (await Agent.open({ port: strict.port, cookie: admin.cookie })).close();
    assert.equal((await strict.stop()).code, 0);
  });

  await test('without a server the command does the same', async () => {
    const result = await run(['user', 'list', '--json', '--site', server.site, '--data', server.data]);
    assert.equal(result.code, 0, told(result));
    assert.equal(result.out.trim().split('\n').length, 4);
  });
});
