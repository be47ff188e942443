// Agents whose page is closed are told by Web Push: a push service made here verifies the signature and decrypts the
// message with Node's own cryptography, as a browser would; addresses that are no push service's are refused.

import assert from 'node:assert/strict';
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { script, test } from './lib/report.mjs';
import { Agent, Chat, http, logIn, newCid } from './lib/chat.mjs';
import { built, Server, tinySite, until } from './lib/program.mjs';

const PASSWORD = 'una-parola-lunga-per-la-prova';
const ENTRIES = { orari: ['Quali sono gli orari?', 'Siamo aperti dalle 9 alle 18.'] };
const CONTACT = 'banco@olmo.example';

const json = (text) => JSON.parse(Buffer.from(text, 'base64url').toString());

/** A browser: its keys, and what it reads of a message (RFC 8291, RFC 8188). */
function browser(endpoint) {
  const keys = createECDH('prime256v1');
  keys.generateKeys();
  const auth = randomBytes(16), own = keys.getPublicKey();
  const derive = (salt, input, info, size) => Buffer.from(hkdfSync('sha256', input, salt, info, size));
  return {
    subscription: { endpoint, p256dh: own.toString('base64url'), auth: auth.toString('base64url'), lang: 'it' },
    read(body) {
      const salt = body.subarray(0, 16), recordSize = body.readUInt32BE(16), size = body[20];
      const theirs = body.subarray(21, 21 + size), sealed = body.subarray(21 + size);
      assert.ok(sealed.length <= recordSize);
      const secret = derive(auth, keys.computeSecret(theirs), Buffer.concat([Buffer.from('WebPush: info\0'), own, theirs]), 32);
      const key = derive(salt, secret, 'Content-Encoding: aes128gcm\0', 16), nonce = derive(salt, secret, 'Content-Encoding: nonce\0', 12);
      const decipher = createDecipheriv('aes-128-gcm', key, nonce);
      decipher.setAuthTag(sealed.subarray(-16));
      const plain = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
      const end = plain.lastIndexOf(2);
      assert.ok(end > 0 && plain.subarray(end + 1).every((byte) => byte === 0), 'delimiter and filling');
      return { text: plain.subarray(0, end).toString(), size: plain.length };
    },
  };
}

/** A push service: what it was given, by path; `manners` say what it does. */
class Service {
  static async start() {
    const service = new Service();
    Object.assign(service, { pushes: [], manners: {} });
    service.server = createServer((request, response) => {
      const pieces = [];
      request.on('error', () => {});
      request.on('data', (piece) => pieces.push(piece));
      request.on('end', () => {
        service.pushes.push({ path: request.url, headers: request.headers, method: request.method, body: Buffer.concat(pieces) });
        (service.manners[request.url] ?? ((r) => r.writeHead(201).end()))(response);
      });
    });
    await new Promise((done) => service.server.listen(0, '127.0.0.1', done));
    service.port = service.server.address().port;
    service.origin = `http://127.0.0.1:${service.port}`;
    return service;
  }

  at(path) {
    return this.pushes.filter((push) => push.path === path);
  }

  /** The n-th push to a path, once it is there. */
  async take(path, n = 1) {
    await until(() => `push ${n} to ${path}; there are ${this.pushes.map((push) => push.path)}`, () => this.at(path).length >= n);
    return this.at(path)[n - 1];
  }
}

/** RFC 8292: the claims of the signature, which holds. */
function claimsOf(push, publicKey) {
  const [, token, key] = /^vapid t=([^,]+), k=(\S+)$/.exec(push.headers.authorization);
  assert.equal(key, publicKey);
  const [head, claims, signature] = token.split('.');
  assert.deepEqual(json(head), { typ: 'JWT', alg: 'ES256' });
  const point = Buffer.from(key, 'base64url');
  const jwk = { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') };
  const good = verify('sha256', Buffer.from(`${head}.${claims}`), { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'));
  assert.ok(good, 'the signature holds');
  return json(claims);
}

script('push', async () => {
  if (!built()) return;
  const service = await Service.start();
  const settings = { webhook_hosts: [`127.0.0.1:${service.port}`], 'push.contact': CONTACT, 'push.per_minute': 100,
    'departments.negozio.name': 'Il negozio', 'limits.messages_per_minute': 1000, 'limits.messages_burst': 100, 'desk.grace_seconds': 3600 };
  const site = tinySite(ENTRIES, settings);
  let server = await Server.start({ site });
  const passwordFile = join(site, 'password');
  writeFileSync(passwordFile, PASSWORD);
  for (const name of ['anna', 'ugo', 'altrove', 'uscita']) {
    const made = await server.command('user', 'add', name, '--role', 'agent', '--password-file', passwordFile);
    assert.equal(made.code, 0, made.err);
  }
  const post = (cookie, name, body, headers = {}) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return http({ port: server.port, method: 'POST', path: `/desk/api/${name}`, body: text,
      headers: { Origin: `http://127.0.0.1:${server.port}`, Cookie: cookie, 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text), ...headers } });
  };
  const login = (name) => logIn({ port: server.port, name, password: PASSWORD });
  const anna = await login('anna');
  const publicKey = JSON.parse((await http({ port: server.port, path: '/desk/api/push/key', headers: { Cookie: anna } })).text).key;
  const subscribed = async (cookie, path) => {
    const one = browser(service.origin + path);
    const answer = await post(cookie, 'push/subscribe', one.subscription);
    assert.equal(answer.status, 204, answer.text);
    return one;
  };
  const wantsPerson = async () => {
    const chat = await Chat.open({ port: server.port });
    await chat.ask('quali sono gli orari?');
    chat.send({ type: 'human', cid: newCid('h') });
    const { ticket } = await chat.take((f) => f.type === 'state' && f.who === 'waiting');
    return { chat, ticket };
  };

  await test('the server’s key is made once and lies in DATA/secrets, for its owner alone', () => {
    const file = join(site, 'data/secrets/web-push');
    assert.ok(existsSync(file));
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.equal(statSync(join(site, 'data/secrets')).mode & 0o077, 0);
    assert.equal(Buffer.from(publicKey, 'base64url').length, 65);
  });

  await test('a waiting visitor is told to an agent whose page is closed: signed, sealed, and without a word of theirs', async () => {
    const phone = await subscribed(anna, '/anna');
    const { ticket } = await wantsPerson();
    const push = await service.take('/anna');
    const claims = claimsOf(push, publicKey);
    assert.equal(claims.aud, service.origin);
    assert.equal(claims.sub, `mailto:${CONTACT}`);
    assert.ok(claims.exp > Date.now() / 1000 && claims.exp <= Date.now() / 1000 + 86_400);
    assert.equal(push.method, 'POST');
    assert.equal(push.headers['content-encoding'], 'aes128gcm');
    assert.equal(push.headers.ttl, '300');
    assert.equal(push.headers.urgency, 'high');
    assert.equal(push.headers.topic, `waiting-${ticket}`);
    const { text, size } = phone.read(push.body);
    assert.deepEqual(JSON.parse(text), { kind: 'waiting', ticket, department: 'Il negozio', lang: 'it' });
    assert.equal(size % 256, 1, 'all messages are equally long');
  });

  await test('an agent whose page is open is not told, and of the same ticket nobody twice', async () => {
    const ugo = await login('ugo');
    await subscribed(ugo, '/ugo');
    const open = await Agent.open({ port: server.port, cookie: ugo });
    const before = service.at('/anna').length;
    const { chat } = await wantsPerson();
    await service.take('/anna', before + 1);
    await chat.ask('quali sono gli orari?');
    await wantsPerson();
    await service.take('/anna', before + 2);
    assert.equal(service.at('/ugo').length, 0);
    assert.equal(service.at('/anna').length, before + 2);
    open.close();
  });

  await test('the owner of a chat is told of a message while the page is closed', async () => {
    const ugo = await login('ugo');
    const phone = await subscribed(ugo, '/ugo-2');
    const { chat, ticket } = await wantsPerson();
    const page = await Agent.open({ port: server.port, cookie: ugo });
    page.send({ type: 'next' });
    const mine = await page.take((f) => f.type === 'ticket' && f.ticket.state === 'claimed' && f.ticket.mine).catch(() => null);
    assert.ok(mine, 'a ticket is taken');
    // The queue is first in, first out: chats of earlier tests may come before.
    let claimed = mine.ticket.ticket;
    for (let tries = 0; claimed !== ticket && tries < 6; tries++) {
      page.send({ type: 'close', ticket: claimed, cause: 'solved', cid: newCid('x') });
      page.send({ type: 'next' });
      const next = await page.take((f) => f.type === 'ticket' && f.ticket.state === 'claimed' && f.ticket.mine && f.ticket.ticket !== claimed);
      claimed = next.ticket.ticket;
    }
    assert.equal(claimed, ticket);
    const told = service.at('/ugo-2').length;
    await chat.ack(chat.say('ci siete ancora?'));
    page.close();
    await until('a push', async () => {
      await chat.ack(chat.say('pronto? numero segreto 4711'));
      return service.at('/ugo-2').length > told;
    });
    const push = service.at('/ugo-2')[told];
    assert.equal(push.headers.topic, `message-${ticket}`);
    assert.deepEqual(JSON.parse(phone.read(push.body).text), { kind: 'message', ticket, department: 'Il negozio', lang: 'it' });
  });

  await test('who is away is not told; a push that the service no longer knows is forgotten', async () => {
    const altrove = await login('altrove');
    await subscribed(altrove, '/altrove');
    const page = await Agent.open({ port: server.port, cookie: altrove });
    page.send({ type: 'presence', state: 'away' });
    await page.take((f) => f.type === 'agents' && f.agents.some((a) => a.name === 'altrove' && a.presence === 'away'));
    page.close();
    service.manners['/anna-weg'] = (r) => r.writeHead(410).end();
    await subscribed(anna, '/anna-weg');
    const gone = await server.metric('sportello_pushes_total');
    const before = service.at('/anna').length;
    await wantsPerson();
    await service.take('/anna-weg', 1);
    await service.take('/anna', before + 1);
    await until('it is counted', async () => (await server.metric('sportello_pushes_total')) > gone + 1);
    await wantsPerson();
    await service.take('/anna', before + 2);
    assert.equal(service.at('/anna-weg').length, 1);
    assert.equal(service.at('/altrove').length, 0);
  });

  await test('a push service that never answers delays nobody', async () => {
    service.manners['/lenta'] = () => {};
    await subscribed(anna, '/lenta');
    const before = service.at('/anna').length;
    const { chat } = await wantsPerson();
    await service.take('/lenta');
    await service.take('/anna', before + 1);
    const began = Date.now();
    await chat.ask('quali sono gli orari?');
    assert.ok(Date.now() - began < 8000);
    await post(anna, 'push/unsubscribe', { endpoint: `${service.origin}/lenta` });
  });

  await test('a redirect is not followed', async () => {
    service.manners['/sposta'] = (r) => r.writeHead(307, { Location: `${service.origin}/preda` }).end();
    await subscribed(anna, '/sposta');
    await wantsPerson();
    await service.take('/sposta');
    await post(anna, 'push/unsubscribe', { endpoint: `${service.origin}/sposta` });
    const before = service.at('/anna').length;
    await wantsPerson();
    await service.take('/anna', before + 1);
    assert.equal(service.at('/preda').length, 0);
  });

  await test('who logs out is told nothing any more', async () => {
    const uscita = await login('uscita');
    await subscribed(uscita, '/uscita');
    const before = service.at('/anna').length;
    await wantsPerson();
    await service.take('/uscita');
    await service.take('/anna', before + 1);
    const out = await http({ port: server.port, method: 'POST', path: '/desk/logout', headers: { Origin: `http://127.0.0.1:${server.port}`, Cookie: uscita, 'Content-Length': 0 } });
    assert.equal(out.status, 204);
    await wantsPerson();
    await service.take('/anna', before + 2);
    assert.equal(service.at('/uscita').length, 1);
  });

  const good = browser('https://push.example/x').subscription;
  const hostile = {
    'without TLS': { ...good, endpoint: 'http://push.example/x' },
    'on this machine': { ...good, endpoint: 'https://127.0.0.1/x' },
    'on this machine, IPv6': { ...good, endpoint: 'https://[::1]:8443/x' },
    'in a private network': { ...good, endpoint: 'https://192.168.1.4/x' },
    'in a private network, mapped': { ...good, endpoint: 'https://[::ffff:10.0.0.1]/x' },
    'of a metadata service': { ...good, endpoint: 'https://169.254.169.254/latest' },
    'with a user': { ...good, endpoint: 'https://a:b@push.example/x' },
    'with a listed host as user': { ...good, endpoint: `https://127.0.0.1:${service.port}@evil.example/x` },
    'of another scheme': { ...good, endpoint: 'file:///etc/passwd' },
    'without a host': { ...good, endpoint: 'https:///x' },
    'with a line end': { ...good, endpoint: 'https://push.example/x\r\nX: y' },
    'too long': { ...good, endpoint: `https://push.example/${'x'.repeat(1100)}` },
    'with a key off the curve': { ...good, p256dh: Buffer.concat([Buffer.from([4]), randomBytes(64)]).toString('base64url') },
    'with a short secret': { ...good, auth: 'AAAA' },
    'without keys': { endpoint: good.endpoint },
    'as no object': [],
  };
  for (const [what, body] of Object.entries(hostile)) {
    await test(`a subscription ${what} is refused`, async () => {
      const answer = await post(anna, 'push/subscribe', body);
      assert.equal(answer.status, 400, answer.text);
      assert.deepEqual(JSON.parse(answer.text), { code: 'bad_field' });
    });
  }

  await test('a name that leads to this machine is refused when it is resolved', async () => {
    const one = browser(`https://localhost:${service.port}/nome`);
    assert.equal((await post(anna, 'push/subscribe', one.subscription)).status, 204);
    await wantsPerson();
    await until('it is in the log', () => /push_failing.*loopback/.test(server.log));
    assert.equal(service.at('/nome').length, 0);
    assert.ok(!server.log.includes('/nome'), 'the address is a secret but for its host');
    await post(anna, 'push/unsubscribe', one.subscription);
  });

  await test('nobody subscribes without a login, or from another site’s page', async () => {
    assert.equal((await post('', 'push/subscribe', good)).status, 401);
    assert.equal((await post(anna, 'push/subscribe', good, { Origin: 'https://evil.example' })).status, 403);
    assert.equal((await http({ port: server.port, path: '/desk/api/push/key' })).status, 401);
  });

  await test('ten browsers of one agent are kept, the oldest goes', async () => {
    for (let i = 0; i < 11; i++) await subscribed(anna, `/molti-${i}`);
    const { ticket } = await wantsPerson();
    await service.take('/molti-10');
    assert.ok(ticket);
    assert.equal(service.at('/molti-0').length, 0);
    for (let i = 1; i < 11; i++) await service.take(`/molti-${i}`);
  });

  await test('the key outlives a restart, and so do the subscriptions', async () => {
    const key = readFileSync(join(site, 'data/secrets/web-push'), 'utf8');
    await server.stop();
    server = await Server.start({ site });
    assert.equal(readFileSync(join(site, 'data/secrets/web-push'), 'utf8'), key);
    const before = service.at('/molti-3').length;
    await wantsPerson();
    claimsOf(await service.take('/molti-3', before + 1), publicKey);
  });

  await test('an agent is told no more often a minute than the settings say', async () => {
    await server.stop();
    writeFileSync(join(site, 'sportello.yaml'), readFileSync(join(site, 'sportello.yaml'), 'utf8').replace('"per_minute":100', '"per_minute":2'));
    server = await Server.start({ site });
    const before = service.at('/molti-5').length;
    for (let i = 0; i < 5; i++) await wantsPerson();
    await until('the rest is counted', async () => /result="held"} [1-9]/.test((await server.get('/metrics')).text));
    await until('two arrive', () => service.at('/molti-5').length >= before + 2);
    assert.equal(service.at('/molti-5').length, before + 2);
  });

  await test('no secret of a browser’s stands in the log', () => {
    assert.ok(!/molti-|\/anna|p256dh/.test(server.log));
    assert.ok(readdirSync(join(site, 'data')).length > 0);
  });

  await server.stop();
  service.server.closeAllConnections();
  service.server.close();
});
