// What is measured, and the figures to reach: one row a run of `sportello evaluate`, one goal a figure.
// `reach` must be kept, `aim` is where it should go; `percent` figures are shown as such, `fewer` ones are
// better when small. Files are relative to the folder `intents` of the test data.

const percent = (key, reach, aim, more) => ({ key, reach, aim, percent: true, ...more });
const share = (key, reach, aim, more) => ({ key, reach, aim, ...more });

export const RUNS = [
  { set: 'clinc150 train→valid', lang: 'en', train: ['clinc150/train'], test: ['clinc150/valid'], goals: [percent('accuracy', 92.5, 96)] },
  {
    set: 'clinc150 train+oos_train→valid+oos_valid', lang: 'en',
    train: ['clinc150/train', 'clinc150/oos_train'], test: ['clinc150/valid', 'clinc150/oos_valid'],
    goals: [share('auroc', 0.96, 0.98), percent('oos_recall_95', 80, 90)],
  },
  {
    set: 'clinc150 train_10→valid+oos_valid', lang: 'en', train: ['clinc150/train_10'], test: ['clinc150/valid', 'clinc150/oos_valid'],
    goals: [percent('accuracy', 83, 91), share('auroc', 0.925, 0.96), share('ece', 0.05, 0.02, { fewer: true })],
  },
  { set: 'clinc150 train_5→valid', lang: 'en', train: ['clinc150/train_5'], test: ['clinc150/valid'], goals: [percent('accuracy', 77, 88)] },
  { set: 'hwu64 train_5→test', lang: 'en', train: ['hwu64/train_5'], test: ['hwu64/test'], goals: [percent('accuracy', 70, 77)] },
  { set: 'hwu64 train_10→test', lang: 'en', train: ['hwu64/train_10'], test: ['hwu64/test'], goals: [percent('accuracy', 75, 83)], typos: { reach: 1.5, aim: 0.5 } },
  { set: 'hwu64 train→test', lang: 'en', train: ['hwu64/train'], test: ['hwu64/test'], goals: [percent('accuracy', 88, 91)] },
  { set: 'nlpjs50-it', lang: 'it', train: ['nlpjs50-it/train'], test: ['nlpjs50-it/test'], goals: [percent('accuracy', 90, 95)], typos: { reach: 1.5, aim: 0.5 } },
  { set: 'nlpjs50-en', lang: 'en', train: ['nlpjs50-en/train'], test: ['nlpjs50-en/test'], goals: [percent('accuracy', 95, 98)] },
  { set: 'nluec askubuntu', lang: 'en', train: ['nluec-askubuntu/train'], test: ['nluec-askubuntu/test'], oosAsClass: true, goals: [{ key: 'right', reach: 102 }] },
  { set: 'nluec chatbot', lang: 'en', train: ['nluec-chatbot/train'], test: ['nluec-chatbot/test'], oosAsClass: true, goals: [{ key: 'right', reach: 105 }] },
  { set: 'nluec webapps', lang: 'en', train: ['nluec-webapps/train'], test: ['nluec-webapps/test'], oosAsClass: true, goals: [{ key: 'right', reach: 49 }] },
  {
    set: 'stackfaq train_q→test_q', lang: 'en', train: ['stackfaq/train_q'], test: ['stackfaq/test_q'], answers: 'stackfaq/faq',
    goals: [percent('accuracy', 79, 86)],
  },
];

/** A FAQ asked in other words: what the whole assistant does with it, out of scope too. */
export const FAQ = {
  set: 'stackfaq, the assistant', lang: 'en', entries: 'stackfaq/faq', asked: 'stackfaq/test_q', outOfScope: 'clinc150/oos_valid',
  goals: [percent('shown', 65), percent('wrong', 10, undefined, { fewer: true }), percent('oos_answered', 10, undefined, { fewer: true })],
};

export const NAMES = {
  accuracy: 'accuracy, %', auroc: 'auroc', oos_recall_95: 'oos_recall_95, %', ece: 'ece', right: 'right answers',
  loss: 'loss from one typo, points', shown: 'right entry answered or offered, %', wrong: 'answered wrongly, %',
  oos_answered: 'out of scope answered, %',
};

/** A share (0–1) in the unit of its goal. */
export const inUnit = (goal, value) => (value === null || value === undefined ? null : goal.percent ? value * 100 : value);
/** Whether a value is as good as a bound, at the precision that is shown. */
export function keeps(goal, value, bound) {
  if (bound === undefined || value === null) return value !== null;
  const slack = 1e-9;
  return goal.fewer ? value <= bound + slack : value >= bound - slack;
}
