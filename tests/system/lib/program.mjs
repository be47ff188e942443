// The program from outside: commands that run to their end, servers that are started and stopped by their
// own process id, and temporary folders that are gone when the script ends.
// Environment: BUILD (folder of the build, default `build`), SHARED (test data), SAN (a sanitised build is slower).

import { spawn } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
export const PROGRAM = resolve(ROOT, process.env.BUILD || 'build', 'sportello');
export const SHARED = resolve(ROOT, process.env.SHARED || '../shared');
export const SAN = Boolean(process.env.SAN);
/** Time-outs are generous, since machines are shared; a sanitised build gets more. */
export const PATIENCE_MS = SAN ? 120_000 : 30_000;

const OUTPUT_BYTES = 256 << 20;
const folders = new Set();
const running = new Set();

process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1));

/** A temporary folder, removed when the script ends. */
export function temporary(name = 'test') {
  const folder = mkdtempSync(join(tmpdir(), `sportello-${name}-`));
  folders.add(folder);
  return folder;
}

export const wait = (ms) => new Promise((done) => setTimeout(done, ms));

/** Asks again and again until it holds; throws with `what` when the time is over. */
export async function until(what, holds, patience = PATIENCE_MS) {
  const end = Date.now() + patience;
  for (;;) {
    const result = await holds();
    if (result) return result;
    if (Date.now() > end) throw new Error(`waited ${patience} ms for: ${typeof what === 'function' ? what() : what}`);
    await wait(20);
  }
}

/** Runs a program to its end: {code, signal, out, err, bytes, ms}. */
export function execute(file, args, { input, env, cwd = ROOT, patience = PATIENCE_MS * 4, uid, gid } = {}) {
  return new Promise((done, failed) => {
    const began = process.hrtime.bigint();
    const child = spawn(file, args, { cwd, env: { ...process.env, ...env }, uid, gid, stdio: ['pipe', 'pipe', 'pipe'] });
    running.add(child);
    const out = [], err = [];
    let size = 0;
    const late = setTimeout(() => {
      child.kill('SIGKILL');
      failed(new Error(`${file} ${args.join(' ')}: not done after ${patience} ms`));
    }, patience);
    const keep = (pieces) => (piece) => {
      size += piece.length;
      if (size > OUTPUT_BYTES) child.kill('SIGKILL');
      else pieces.push(piece);
    };
    child.stdout.on('data', keep(out));
    child.stderr.on('data', keep(err));
    child.stdin.on('error', () => {});
    child.stdin.end(input ?? '');
    child.on('error', failed);
    child.on('close', (code, signal) => {
      clearTimeout(late);
      running.delete(child);
      const bytes = Buffer.concat(out);
      const ms = Number(process.hrtime.bigint() - began) / 1e6;
      done({ code, signal, bytes, out: bytes.toString(), err: Buffer.concat(err).toString(), ms });
    });
  });
}

/** Runs a command of the program to its end. */
export const run = (args, options) => execute(PROGRAM, args, options);

/** The same on a terminal of its own, whose output is all in `out`. Throws where script(1) is not to be had. */
export const runOnTerminal = (args, options) =>
  execute('script', ['-qec', [PROGRAM, ...args].map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' '), '/dev/null'], options);

/** What a failed run said, for a test's message. */
export const told = ({ code, signal, out, err }) =>
  `exit ${code ?? signal}\nstdout: ${out.slice(0, 2000)}\nstderr: ${err.slice(0, 4000)}`;

/** Settings as YAML lines: {'limits.connections': 5} becomes nested keys. Values are JSON, which YAML reads. */
export function settingsText(settings) {
  const tree = {};
  for (const [path, value] of Object.entries(settings)) {
    const keys = path.split('.');
    let at = tree;
    for (const key of keys.slice(0, -1)) at = at[key] ??= {};
    at[keys.at(-1)] = value;
  }
  return Object.entries(tree).map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`).join('');
}

/** A copy of the demo site, with settings added to its own. */
export function demoSite(settings = {}, { dialogues = false } = {}) {
  const site = join(temporary('site'), 'site');
  mkdirSync(site);
  for (const part of ['knowledge', 'intents', 'sportello.yaml']) cpSync(join(ROOT, part), join(site, part), { recursive: true });
  if (dialogues) cpSync(join(ROOT, 'tests/dialogues'), join(site, 'tests/dialogues'), { recursive: true });
  if (Object.keys(settings).length > 0) appendFileSync(join(site, 'sportello.yaml'), `\n${settingsText(settings)}`);
  return site;
}

/** A site of a few entries, made here: {id: [question, answer]}. */
export function tinySite(entries, settings = {}) {
  const site = join(temporary('site'), 'site');
  mkdirSync(join(site, 'knowledge/it'), { recursive: true });
  writeTopic(site, entries);
  writeFileSync(join(site, 'sportello.yaml'), `name: Prova\nlanguages: [it]\n${settingsText(settings)}`);
  return site;
}

/** (Re)writes the one topic of a tiny site. */
export function writeTopic(site, entries) {
  const parts = Object.entries(entries).map(([id, [question, answer]]) => `## ${question} {#${id}}\n\n${answer}\n`);
  writeFileSync(join(site, 'knowledge/it/prova.md'), parts.join('\n'));
}

export class Server {
  /** Starts `serve` and waits until it listens. {site, data, args, env, program, wrap: words before it}.
   * Throws with its output when it ends instead. */
  static async start({ site, data = join(site, 'data'), args = [], env, wrap = [], program = PROGRAM, uid, gid, patience = PATIENCE_MS, port = 0 }) {
    const words = [...wrap, program, 'serve', '--site', site, '--data', data, '--port', String(port), ...args];
    const server = new Server();
    Object.assign(server, { site, data, out: '', log: '', ended: null });
    const child = spawn(words[0], words.slice(1), { cwd: ROOT, env: { ...process.env, ...env }, uid, gid, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    server.child = child;
    server.pid = child.pid;
    server.gone = new Promise((done) => {
      child.on('close', (code, signal) => {
        running.delete(child);
        server.ended = { code, signal };
        done(server.ended);
      });
    });
    const listening = new Promise((done, failed) => {
      const late = setTimeout(() => failed(new Error(`serve did not listen after ${patience} ms\n${server.log.slice(-4000)}`)), patience);
      child.stdout.on('data', (piece) => {
        server.out += piece;
        const found = /listening on (http:\/\/\S+)/.exec(server.out);
        if (!found) return;
        clearTimeout(late);
        server.url = found[1];
        server.port = Number(new URL(server.url).port);
        done();
      });
      child.stderr.on('data', (piece) => {
        server.log = (server.log + piece).slice(-1_000_000);
      });
      child.on('error', failed);
      server.gone.then(({ code, signal }) => {
        clearTimeout(late);
        failed(new Error(`serve ended with ${code ?? signal}\n${server.out}${server.log.slice(-4000)}`));
      });
    });
    listening.catch(() => {});
    try {
      await listening;
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    }
    return server;
  }

  /** SIGTERM, and its exit code. */
  async stop(patience = PATIENCE_MS) {
    if (this.ended) return this.ended;
    this.child.kill('SIGTERM');
    const late = setTimeout(() => this.child.kill('SIGKILL'), patience);
    const ended = await this.gone;
    clearTimeout(late);
    return ended;
  }

  /** kill -9. */
  async kill() {
    this.child.kill('SIGKILL');
    return this.gone;
  }

  signal(name) {
    this.child.kill(name);
  }

  /** Runs a command on this server's site and data. */
  command(name, ...words) {
    return run([name, ...words, '--site', this.site, '--data', this.data]);
  }

  async get(path, headers = {}) {
    const answer = await fetch(this.url + path, { headers, redirect: 'manual' });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  }

  /** A number from /metrics: the sum over the labels of a name. NaN if there is none. */
  async metric(name) {
    const { text } = await this.get('/metrics');
    let sum = NaN;
    for (const line of text.split('\n')) {
      const found = /^([a-z_:]+)(?:\{[^}]*\})? (\S+)$/i.exec(line);
      if (found && found[1] === name) sum = (Number.isNaN(sum) ? 0 : sum) + Number(found[2]);
    }
    return sum;
  }
}

/** False, with a skip line, where the program was not built. */
export function built() {
  if (existsSync(PROGRAM)) return true;
  console.log(`skip - the program from outside: ${PROGRAM} is not built`);
  return false;
}
