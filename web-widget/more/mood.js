// What the face shows, from what is known: one row a state, the first that holds wins.

/** @typedef {import('../talk/model.js').Model} Model */
/** @typedef {'idle' | 'listening' | 'thinking' | 'speaking' | 'unsure' | 'waiting' | 'human-here' | 'offline'} Face */
/** @typedef {{model: Model, link: string, drafting: boolean, speaking: boolean, now: number}} Moment */

/** @type {[Face, (moment: Moment) => boolean][]} */
const rows = [
  ['offline', ({ link }) => link === 'lost'],
  ['human-here', ({ model }) => model.who === 'agent'],
  ['thinking', ({ model, now }) => model.awaited > now || botTypes(model, now)],
  ['unsure', ({ model, speaking }) => speaking && lastAnswer(model)?.fallback === true],
  ['speaking', ({ speaking }) => speaking],
  ['listening', ({ drafting }) => drafting],
  ['waiting', ({ model }) => model.who === 'waiting'],
  ['unsure', ({ model }) => lastAnswer(model)?.fallback === true],
];

/** @param {Moment} moment @returns {Face} */
export const faceOf = (moment) => rows.find(([, holds]) => holds(moment))?.[0] ?? 'idle';

/** @param {Model} model @param {number} now */
const botTypes = (model, now) => model.typing !== null && model.typing.from === 'bot' && model.typing.until > now;

/** The assistant's last message, if nothing was said after it. @param {Model} model */
const lastAnswer = (model) => {
  const last = model.items.at(-1);
  return last?.from === 'bot' && last.kind === 'message' ? last : undefined;
};
