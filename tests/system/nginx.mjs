// The whole path through a real nginx with TLS: its own configuration, port and folder, no system service. Pages under a
// path, wss, real client addresses in the limits, and a cookie for https only.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { script, skip, test } from './lib/report.mjs';
import { Agent, Chat, http, plain } from './lib/chat.mjs';
import { Poll } from './lib/poll.mjs';
import { built, demoSite, execute, Server, temporary, told, until } from './lib/program.mjs';

const PREFIX = '/aiuto';
const CONNECTIONS = 5;
const PASSWORD = 'una-parola-lunga';

const listenAnywhere = (handler) =>
  new Promise((done) => {
    const listener = createServer(handler).listen(0, '127.0.0.1', () => done(listener));
  });

async function freePort() {
  const listener = await listenAnywhere();
  const { port } = listener.address();
  await new Promise((done) => listener.close(done));
  return port;
}

/** A plain local port whose bytes go on over TLS to nginx, from the given address: so the clients of lib/ serve here too. */
function bridge(port, localAddress) {
  return listenAnywhere((near) => {
    const far = connectTls({ port, host: '127.0.0.1', localAddress, servername: 'localhost', rejectUnauthorized: false });
    near.pipe(far).pipe(near);
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
  }).then((listener) => listener.address().port);
}

const configuration = ({ folder, port, upstream }) => `
daemon off;
master_process off;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log warn;
events { worker_connections 256; }
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
  server {
    listen 127.0.0.1:${port} ssl;
    server_name localhost;
    ssl_certificate ${folder}/cert.pem;
    ssl_certificate_key ${folder}/key.pem;
    location ${PREFIX}/ {
      proxy_pass http://127.0.0.1:${upstream};
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header X-Forwarded-Proto $scheme;
    }
  }
}
`;

async function certificate(folder) {
  const made = await execute('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost',
    '-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')]);
  assert.equal(made.code, 0, told(made));
}

async function startNginx(port, upstream) {
  const folder = temporary('nginx');
  await certificate(folder);
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, configuration({ folder, port, upstream }));
  const child = spawn('nginx', ['-p', folder, '-c', file, '-e', join(folder, 'error.log')], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (piece) => (said += piece));
  process.on('exit', () => child.kill('SIGKILL'));
  await until(() => `nginx to listen\n${said}${readFileSync(join(folder, 'error.log'), 'utf8')}`, async () => {
    if (child.exitCode !== null) throw new Error(`nginx ended with ${child.exitCode}\n${said}`);
    return new Promise((done) => {
      const probe = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => done(probe.destroy()));
      probe.on('error', () => done(false));
    });
  });
  return child;
}

/** nginx and openssl, or the reason why not. */
async function missing() {
  for (const [name, word] of [['nginx', '-v'], ['openssl', 'version']]) {
    const there = await execute(name, [word]).catch(() => ({ code: 127 }));
    if (there.code !== 0) return `${name} is not installed`;
  }
  return null;
}

async function logIn(port, origin, password) {
  const body = JSON.stringify({ name: 'ada', password });
  return http({ port, method: 'POST', path: `${PREFIX}/desk/login`, body,
    headers: { Host: new URL(origin).host, Origin: origin, 'Content-Length': Buffer.byteLength(body) } });
}

/** The cookie of a log-in from an address, with a word about https. */
function cookieFrom(server, localAddress) {
  const body = JSON.stringify({ name: 'ada', password: PASSWORD });
  return new Promise((done, failed) => {
    const asked = request({ host: '127.0.0.1', port: server.port, localAddress, method: 'POST', path: '/desk/login',
      headers: { Origin: server.url, 'X-Forwarded-Proto': 'https', 'Content-Length': Buffer.byteLength(body) } },
    (answer) => done(String(answer.resume().headers['set-cookie'])));
    asked.on('error', failed);
    asked.end(body);
  });
}

async function addAgent(server) {
  const words = join(temporary('password'), 'password');
  writeFileSync(words, PASSWORD);
  const added = await server.command('user', 'add', 'ada', '--role', 'agent', '--password-file', words);
  assert.equal(added.code, 0, told(added));
}

await script('nginx', async () => {
  if (!built()) return;
  await test('a trusted proxy is believed that the browser speaks https, a stranger is not', async () => {
    const plainServer = await Server.start({ site: demoSite({ trusted_proxies: ['127.0.0.2'] }) });
    await addAgent(plainServer);
    assert.match(await cookieFrom(plainServer, '127.0.0.2'), /^sportello_desk=.*; Secure/);
    assert.doesNotMatch(await cookieFrom(plainServer, '127.0.0.3'), /Secure|undefined/);
    await plainServer.stop();
  });
  const why = await missing();
  if (why) {
    skip('the whole path through nginx', why);
    return;
  }
  const tls = await freePort();
  const origin = `https://localhost:${tls}`;
  const site = demoSite({ public_url: `${origin}${PREFIX}`, trusted_proxies: ['127.0.0.1'], 'limits.address_connections': CONNECTIONS,
    'limits.logins_per_minute': 10 });
  const server = await Server.start({ site });
  await addAgent(server);
  const nginx = await startNginx(tls, server.port);
  const first = await bridge(tls, '127.0.0.5'), second = await bridge(tls, '127.0.0.6');
  const open = (port, more) => Chat.open({ port, origin, path: `${PREFIX}/chat`, ...more });

  await test('the demo page comes through nginx under its path, and may open wss to it', async () => {
    const { status, headers } = await http({ port: first, path: `${PREFIX}/`, headers: { Host: `localhost:${tls}` } });
    assert.equal(status, 200);
    assert.match(headers['content-security-policy'], new RegExp(`connect-src 'self' wss://localhost:${tls};`));
    const script = await http({ port: first, path: `${PREFIX}/sportello.js` });
    assert.equal(script.status, 200);
  });

  await test('a visitor is answered over wss', async () => {
    const chat = await open(first);
    assert.notEqual(plain((await chat.ask('Quanto costa la spedizione?')).blocks), '');
    chat.close();
  });

  await test('where no WebSocket comes through, the same visitor polls over https', async () => {
    const chat = await open(first, { transport: Poll, after: 0 });
    assert.notEqual(plain((await chat.ask('Quanto costa la spedizione?')).blocks), '');
    chat.close();
    await assert.rejects(open(first, { transport: Poll, origin: 'https://localhost' }), { status: 403 });
  });

  await test('an Origin that is not public_url is refused behind nginx too', async () => {
    await assert.rejects(open(first, { origin: 'https://localhost' }), { status: 403 });
  });

  await test('connections are counted for the address in front of nginx', async () => {
    const chats = [];
    for (let i = 0; i < CONNECTIONS; i++) chats.push(await open(first));
    await assert.rejects(open(first), { status: 429 });
    await assert.rejects(open(first, { headers: { 'X-Forwarded-For': '198.51.100.1' } }), { status: 429 });
    const other = await open(second);
    other.close();
    for (const chat of chats) chat.close();
  });

  await test('/metrics is closed behind nginx', async () => {
    const { status } = await http({ port: first, path: `${PREFIX}/metrics` });
    assert.equal(status, 403);
  });

  await test('an agent logs in with a cookie for https only, and the desk opens over wss', async () => {
    const answer = await logIn(second, origin, PASSWORD);
    assert.equal(answer.status, 204, answer.text);
    const [cookie] = answer.headers['set-cookie'];
    for (const word of ['Secure', 'HttpOnly', 'SameSite=Strict', 'Path=/']) assert.ok(cookie.split('; ').includes(word), cookie);
    const agent = await Agent.open({ port: second, origin, path: `${PREFIX}/desk/socket`, headers: { Cookie: cookie.split(';')[0] } });
    assert.equal(agent.welcome.user, 'ada');
    agent.close();
  });

  await test('wrong passwords slow down the address in front of nginx and no other', async () => {
    let status = 401;
    for (let i = 0; i < 12 && status === 401; i++) ({ status } = await logIn(first, origin, 'sbagliata'));
    assert.equal(status, 429);
    assert.equal((await logIn(second, origin, PASSWORD)).status, 204);
  });

  await test('the server and nginx end', async () => {
    nginx.kill('SIGTERM');
    await until('the end of nginx', () => nginx.exitCode !== null || nginx.signalCode !== null);
    assert.deepEqual(await server.stop(), { code: 0, signal: null });
  });
});
