// A Request Tracker 5 of the test's own: its configuration, its SQLite file and its cache lie in a temporary folder, and its
// server (Debian's rt-server, plackup underneath) listens on loopback until the test ends. Nothing under /etc or /var is
// used or changed. As root it runs as nobody.

import { spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execute, temporary, told, until } from '../system/lib/program.mjs';

export const RT_SERVER = '/usr/share/request-tracker5/libexec/rt-server';
const NOBODY = process.getuid() === 0 ? { uid: 65534, gid: 65534 } : {};
const PREPARE = join(dirname(fileURLToPath(import.meta.url)), 'prepare.pl');

const children = new Set();
process.on('exit', () => {
  for (const child of children) killGroup(child, 'SIGKILL');
});

/** The server forks: it and its children are one group. */
function killGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It has ended already.
  }
}

/** A port that nobody listens on now. */
export function freePort() {
  return new Promise((done, failed) => {
    const server = createServer();
    server.on('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

const config = (folder, port) => `package RT;
Set($rtname, 'prova.example');
Set($Organization, 'prova.example');
Set($WebDomain, '127.0.0.1');
Set($WebPort, ${port});
Set($DatabaseType, 'SQLite');
Set($DatabaseName, '${folder}/rt.sqlite');
Set($DatabaseUser, 'rt');
Set($DatabasePassword, 'rt');
Set($MailCommand, 'testfile');
Set($LogToSyslog, undef);
Set($LogToSTDERR, 'error');
Set($LogToFile, undef);
Set($Timezone, 'UTC');
$RT::VarPath = '${folder}/var';
$RT::MasonDataDir = '${folder}/var/mason';
$RT::MasonSessionDir = '${folder}/var/session';
1;
`;

export class Tracker {
  /** Makes the database, the user and the token; the server is not started yet. */
  static async make() {
    const tracker = new Tracker();
    tracker.folder = temporary('rt');
    tracker.port = await freePort();
    tracker.url = `http://127.0.0.1:${tracker.port}`;
    const file = join(tracker.folder, 'RT_SiteConfig.pm');
    for (const name of ['', 'none', 'var', 'var/mason', 'var/session', 'tmp']) {
      const path = join(tracker.folder, name);
      if (!existsSync(path)) mkdirSync(path);
      if (NOBODY.uid) chownSync(path, NOBODY.uid, NOBODY.gid);
    }
    chmodSync(tracker.folder, 0o755);
    writeFileSync(file, config(tracker.folder, tracker.port));
    tracker.env = { RT_SITE_CONFIG: file, RT_SITE_CONFIG_DIR: join(tracker.folder, 'none'), TMPDIR: join(tracker.folder, 'tmp'), HOME: tracker.folder };
    const run = async (command, ...args) => {
      const result = await execute(command, args, { env: tracker.env, cwd: tracker.folder, ...NOBODY });
      if (result.code !== 0) throw new Error(`${command}: ${told(result)}`);
      return result.out;
    };
    await run('/usr/sbin/rt-setup-database-5', '--action', 'init', '--skip-create', '--dba', 'rt', '--dba-password', 'rt');
    tracker.token = (await run('perl', PREPARE)).trim().split('\n').at(-1);
    return tracker;
  }

  async start() {
    const child = spawn(RT_SERVER, ['--host', '127.0.0.1', '--port', String(this.port)],
      { env: { ...process.env, ...this.env }, cwd: this.folder, stdio: ['ignore', 'pipe', 'pipe'], detached: true, ...NOBODY });
    children.add(child);
    this.child = child;
    this.log = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (this.log = (this.log + piece).slice(-100_000)));
    this.gone = new Promise((done) => child.on('close', (code) => (children.delete(child), done(code))));
    await until(() => `Request Tracker to answer\n${this.log}`, () => this.ask('rt').then(() => true, () => false), 60_000);
  }

  async stop() {
    killGroup(this.child, 'SIGTERM');
    const late = setTimeout(() => killGroup(this.child, 'SIGKILL'), 5000);
    await this.gone;
    clearTimeout(late);
  }

  /** What RT's REST 2.0 says, as root sees it. */
  async ask(path, options = {}) {
    const authorization = `Basic ${Buffer.from('root:password').toString('base64')}`;
    const response = await fetch(`${this.url}/REST/2.0/${path}`, { ...options, headers: { authorization, ...options.headers } });
    if (!response.ok) throw Object.assign(new Error(`${path}: ${response.status} ${await response.text()}`), { status: response.status });
    return response.json();
  }

  /** The tickets whose subject contains a text. */
  async tickets(text) {
    const query = new URLSearchParams({ query: `Subject LIKE '${text}'`, fields: 'Subject,Status,Queue,Requestor,Creator', per_page: '100' });
    return (await this.ask(`tickets?${query}`)).items;
  }

  /** The attachments of a ticket, with their contents. */
  async attachments(id) {
    const { items } = await this.ask(`ticket/${id}/attachments?fields=Filename,ContentType&per_page=100`);
    return Promise.all(items.map(async (one) => {
      const { Content } = await this.ask(`attachment/${one.id}`);
      return { name: one.Filename, type: one.ContentType, text: Buffer.from(Content ?? '', 'base64').toString() };
    }));
  }
}
