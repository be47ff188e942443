// What the probes of the widget share: a page with its element, and ways to act in it that cost the page nothing. (What
// Playwright does to find and press a button runs in the page, and on a slow phone is a long task of its own.)
import { openPage } from '../browser/browser.mjs';
import { wait } from '../system/lib/program.mjs';
import { record } from './trace.mjs';

export { wait };
/** A slow phone is this browser with its processor so many times slower. */
export const SLOWER = 6;
export const PHONE = { viewport: { width: 390, height: 780 }, isMobile: true, hasTouch: true };
const PATIENCE_MS = 180_000;
const LOOK_MS = 200;

/** A fresh page in a profile of its own. @param {import('playwright-core').Browser} browser @param {object} [options] */
export async function visit(browser, options = {}) {
  const page = await openPage(browser, { viewport: { width: 1000, height: 760 }, ...options });
  const cdp = await page.context().newCDPSession(page);
  const scene = {
    page,
    cdp,
    chat: page.locator('sportello-chat'),
    close: () => page.context().close(),
    /** @param {string} address */
    async go(address) {
      await page.goto(address);
      await page.waitForFunction(() => customElements.get('sportello-chat'));
    },
    /** The value of an expression, in which `root` is what is inside the element. @param {string} expression */
    async ask(expression) {
      const { result } = await cdp.send('Runtime.evaluate', {
        returnByValue: true,
        expression: `(root => ${expression})(document.querySelector('sportello-chat').shadowRoot)`,
      });
      return result.value;
    },
    /** Waits until the expression is true. @param {string} expression */
    async until(expression) {
      for (let waited = 0; !(await scene.ask(expression)); waited += LOOK_MS) {
        if (waited > PATIENCE_MS) throw new Error(`not within ${PATIENCE_MS / 1000} s: ${expression}`);
        await wait(LOOK_MS);
      }
    },
    /** @param {string} selector */
    async press(selector) {
      await scene.until(`root.querySelector('${selector}')?.getBoundingClientRect().width > 0`);
      const [x, y] = await scene.ask(
        `(({ x, y, width, height }) => [x + width / 2, y + height / 2])(root.querySelector('${selector}').getBoundingClientRect())`,
      );
      for (const type of /** @type {const} */ (['mousePressed', 'mouseReleased']))
        await cdp.send('Input.dispatchMouseEvent', { type, x, y, button: 'left', clickCount: 1 });
    },
    async open() {
      await scene.press('.launcher');
      await scene.until(`root.querySelector('.starters button')?.checkVisibility() || root.querySelector('.rows .row')`);
    },
    /** Writes and sends. @param {string} text */
    async say(text) {
      await scene.ask(`root.querySelector('#compose').focus()`);
      await cdp.send('Input.insertText', { text });
      await wait(300);
      for (const type of /** @type {const} */ (['keyDown', 'keyUp']))
        await cdp.send('Input.dispatchKeyEvent', { type, key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, ...(type === 'keyDown' && { text: '\r' }) });
    },
    /** Works with the processor slowed down, and gives its longest task: as much as the thread itself took of it (`cpu`), and
     * how long it lasted while other programs ran as well (`wall`). `counted`: at full speed, and each millisecond counted
     * as many times. @param {() => Promise<void>} work @param {boolean} counted */
    async longest(work, counted) {
      if (!counted) await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
      const stop = await record(browser, page);
      await work();
      const tasks = (await stop()).slice(1); // The first one is of the recording itself.
      if (!counted) await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 });
      const times = counted ? SLOWER : 1;
      const most = (/** @type {'cpu' | 'wall'} */ what) => Math.max(0, ...tasks.map((task) => task[what])) * times;
      const [worst] = [...tasks].sort((a, b) => b.cpu - a.cpu);
      const parts = Object.entries(worst?.parts ?? {}).sort((a, b) => b[1] - a[1]);
      return {
        cpu: most('cpu'),
        wall: most('wall'),
        what: parts.slice(0, 3).map(([name, ms]) => `${name} ${(ms * times).toFixed(0)}`).join(', '),
      };
    },
    /** Milliseconds of script a second, over some seconds: of the page's thread, not of what else the machine does.
     * @param {number} seconds */
    async script(seconds) {
      const read = async () => {
        const { metrics } = await cdp.send('Performance.getMetrics');
        return (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? 0) * 1000;
      };
      const from = await read();
      await wait(seconds * 1000);
      return ((await read()) - from) / seconds;
    },
  };
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  return scene;
}
/** @typedef {Awaited<ReturnType<typeof visit>>} Scene */

/** @param {string} text */
export const paragraph = (text) => ({ type: 'paragraph', children: [{ type: 'text', text }] });
