// What the benchmarks share: processes full of visitors, CPU and memory of a server, rows of figures.

import { fork, spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT } from '../system/lib/program.mjs';

const CLIENT = join(dirname(fileURLToPath(import.meta.url)), 'client.mjs');
export const ECHO = join(ROOT, 'build/bench/echo');
/** As many file descriptors as the machine allows, for the program that follows. */
export const MANY_FILES = ['/bin/sh', '-c', 'ulimit -n "$(ulimit -Hn)"; exec "$@"', 'sh'];

/** Seconds of CPU that all threads of a process have had, to the nanosecond where the kernel tells. */
export function cpuSeconds(pid) {
  const tasks = `/proc/${pid}/task`;
  let ns = 0;
  for (const task of readdirSync(tasks)) {
    const text = existsSync(`${tasks}/${task}/schedstat`) ? readFileSync(`${tasks}/${task}/schedstat`, 'utf8') : '0';
    ns += Number(text.split(' ')[0]);
  }
  if (ns > 0) return ns / 1e9;
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** The threads of a process by name: {name: seconds of CPU}. */
export function cpuByThread(pid) {
  const tasks = `/proc/${pid}/task`, threads = {};
  for (const task of readdirSync(tasks)) {
    const name = readFileSync(`${tasks}/${task}/comm`, 'utf8').trim();
    threads[name] = (threads[name] ?? 0) + Number(readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ')[0]) / 1e9;
  }
  return threads;
}

/** Resident memory in bytes. */
export const residentBytes = (pid) => Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) * 1024;

/** A process full of visitors. */
export class Crowd {
  constructor() {
    this.child = fork(CLIENT, { execArgv: ['--max-old-space-size=512'] });
    this.gone = new Promise((_, failed) => this.child.on('exit', (code) => failed(new Error(`a crowd ended with ${code}`))));
    this.gone.catch(() => {});
  }

  ask(command) {
    const answer = new Promise((done, failed) => {
      this.child.once('message', (message) => (message.error ? failed(new Error(message.error)) : done(message)));
    });
    this.child.send(command);
    return Promise.race([answer, this.gone]);
  }

  end() {
    this.child.removeAllListeners('exit');
    this.child.kill();
  }
}

/** Room for what a figure is of. */
const WIDTH = 66;

/** The bare echo server, or null where it was not built. */
export function startEcho() {
  if (!existsSync(ECHO)) return Promise.resolve(null);
  return new Promise((done, failed) => {
    const child = spawn(MANY_FILES[0], [...MANY_FILES.slice(1), ECHO, '0'], { stdio: ['ignore', 'pipe', 'ignore'] });
    process.on('exit', () => child.kill('SIGKILL'));
    let out = '';
    child.stdout.on('data', (piece) => {
      out += piece;
      const port = /listening on (\d+)/.exec(out)?.[1];
      if (port) done({ pid: child.pid, port: Number(port), stop: () => child.kill() });
    });
    child.on('exit', (code) => failed(new Error(`the echo server ended with ${code}`)));
  });
}

/** One row of the table: what, value, unit, and whether it keeps its limit. */
export function figure(what, value, unit, limit) {
  const shown = value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
  const verdict = limit === undefined ? '' : `limit ${limit}: ${value <= limit ? 'ok' : 'OVER'}`;
  console.log(`${what.padEnd(WIDTH)} ${shown.padStart(9)} ${unit.padEnd(11)} ${verdict}`.trimEnd());
}
