// A reporter for Node's test runner: one line a test, as tests/run counts them, with the details of a failure below it.
// Environment: NAME stands before each test's own name.
import { inspect } from 'node:util';

const DETAIL_LINES = 60;
const name = process.env.NAME ?? 'browser';

/** @param {any} error of the runner, which holds the test's own as its cause */
function told(error) {
  const cause = error?.cause ?? error;
  const text = typeof cause === 'string' ? cause : (cause?.stack ?? inspect(cause));
  // A message of the test's own does not show what was found.
  const found = cause?.generatedMessage === false ? `\n${inspect({ actual: cause.actual, expected: cause.expected }, { depth: 4 })}` : '';
  return `${text}${found}`.split('\n').filter((line) => !/^ +at .*node:(internal|async_hooks)/.test(line)).slice(0, DETAIL_LINES);
}

/** @param {AsyncIterable<any>} events */
export default async function* lines(events) {
  for await (const { type, data } of events) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const whole = data.details?.type === 'suite' || String(data.name).endsWith('.mjs');
    if (type === 'test:pass' && whole) continue;
    const reason = data.skip ?? data.todo;
    if (reason !== undefined) yield `skip - ${name}: ${data.name}: ${reason === true ? 'not said why' : reason}\n`;
    else if (type === 'test:pass') yield `ok - ${name}: ${data.name}\n`;
    // A file or a group of tests fails because one of its tests did, which has said so itself.
    else if (data.details?.error?.failureType !== 'subtestsFailed')
      yield [`not ok - ${name}: ${data.name}`, ...told(data.details?.error).map((line) => `    ${line}`), ''].join('\n');
  }
}
