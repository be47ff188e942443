// One line a test, as tests/run counts them: `ok - WHAT`, `not ok - WHAT` or `skip - WHAT: WHY`, with the
// details indented below. A script ends with exit code 0 if it ran to its end, whatever failed.

/** Thrown by a test that cannot be tried here; its message says why. */
export class Skip extends Error {}

const DETAIL_LINES = 40;
let notes = [];

function details(text) {
  for (const line of String(text).split('\n').slice(0, DETAIL_LINES)) console.log(`    ${line}`);
}

/** Something worth reading below the line of the test that is under way. */
export function note(text) {
  notes.push(text);
}

/** Runs one test and prints its line. Returns whether it passed. */
export async function test(what, work) {
  notes = [];
  let passed = false;
  try {
    await work();
    passed = true;
    console.log(`ok - ${what}`);
  } catch (error) {
    if (error instanceof Skip) console.log(`skip - ${what}: ${error.message}`);
    else {
      console.log(`not ok - ${what}`);
      details(error?.code === 'ERR_ASSERTION' ? error.message : (error?.stack ?? error));
    }
  }
  for (const text of notes) details(text);
  return passed;
}

/** Says once for a whole script why it is not tried. */
export function skip(what, why) {
  console.log(`skip - ${what}: ${why}`);
}

/** Runs the script's body; what is thrown outside of a test is a failure of its own. */
export async function script(name, body) {
  try {
    await body();
  } catch (error) {
    console.log(`not ok - ${name} ran to its end`);
    details(error?.stack ?? error);
  }
  process.exit(0);
}
