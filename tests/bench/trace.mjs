// The tasks of a page's main thread, as the browser itself writes them down (Chromium's tracing).
//
// A task's own processor time (`cpu`, of the thread) is counted apart from the time that passed (`wall`): what other
// programs do on the machine makes the second longer, not the first.

const CATEGORIES = ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline', 'v8.execute', 'blink.user_timing'];
const PROFILE = ['v8.cpu_profiler', 'disabled-by-default-v8.cpu_profiler'];

/** @typedef {{at: number, wall: number, cpu: number, parts: Record<string, number>}} Task times in milliseconds; `parts`:
 * what it did, by the browser's names, each without what is inside of it */

/** Records what a page does until the function given back is called, which gives its tasks.
 * @param {import('playwright-core').Browser} browser @param {import('playwright-core').Page} page
 * @param {{profile?: boolean}} [options] profile: events hold samples of the script, for a look by hand */
export async function record(browser, page, { profile = false } = {}) {
  const session = await browser.newBrowserCDPSession();
  /** @type {any[]} */
  const events = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { recordMode: 'recordAsMuchAsPossible', includedCategories: [...CATEGORIES, ...(profile ? PROFILE : [])], excludedCategories: ['*'] },
  });
  // The page that is meant is the one that makes this mark.
  const mark = `mark-${Math.random()}`;
  await page.evaluate((name) => void performance.mark(name), mark);
  return async () => {
    const over = new Promise((done) => session.once('Tracing.tracingComplete', () => done(null)));
    await session.send('Tracing.end');
    await over;
    await session.detach();
    const of = events.find(({ name }) => name === mark);
    if (!of) throw new Error('the trace lacks the page that it is of');
    const mine = events.filter(({ pid, tid }) => pid === of.pid && tid === of.tid);
    return Object.assign(tasksOf(mine), { events: mine, all: events });
  };
}

/** @param {any[]} events of one thread @returns {Task[]} */
export function tasksOf(events) {
  const whole = events.filter(({ ph }) => ph === 'X').sort((a, b) => a.ts - b.ts || b.dur - a.dur);
  /** @type {Task[]} */
  const tasks = [];
  /** @type {{name: string, end: number, own: number}[]} */
  const open = [];
  let until = 0;
  /** @param {number} now */
  const close = (now) => {
    while (open.length && /** @type {any} */ (open.at(-1)).end <= now) {
      const { name, own } = /** @type {any} */ (open.pop());
      const { parts } = /** @type {Task} */ (tasks.at(-1));
      parts[name] = (parts[name] ?? 0) + own / 1000;
    }
  };
  for (const { name, ts, dur = 0, tdur = dur } of whole) {
    close(ts);
    if (ts >= until) {
      if (!/RunTask$/.test(name)) continue;
      until = ts + dur;
      tasks.push({ at: ts / 1000, wall: dur / 1000, cpu: tdur / 1000, parts: {} });
    }
    const outer = open.at(-1);
    if (outer) outer.own -= tdur;
    open.push({ name, end: ts + dur, own: tdur });
  }
  close(Infinity);
  return tasks;
}
