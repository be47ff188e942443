// Where most tests of the desk begin: a busy morning, the first visitor's chat taken.

import { busy } from './desk-busy.mjs';
import { composer, logIn, openPage, page, server } from './desk-page.mjs';

export const dialog = (name) => page.getByRole('dialog', { name });
export const focusedId = (id) => page.waitForFunction((wanted) => document.activeElement?.id === wanted, id);

/** The desk with the first visitor's chat taken, and no field with the focus. `options`: of a page of its own. */
export async function atWork(options) {
  if (options) await openPage(options);
  const all = busy(server);
  await logIn();
  await page.keyboard.press('n');
  await composer().waitFor();
  await page.keyboard.press('Escape');
  return all;
}
