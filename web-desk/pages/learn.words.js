// The words of the page of what waits to be learnt.

/** @import {Word} from '../words.en.js' */

export const en = {
  page_learn: 'To learn',
  learn_lead: 'Questions that were not answered well, and what agents propose. Nothing is learnt by itself: accepting writes the site’s file.',
  learn_none: 'Nothing waits to be learnt.',
  learn_loading: 'Reading what waits…',
  learn_failed: 'It could not be read: {why}',
  learn_asked: /** @type {Word} */ (['asked once', 'asked {n} times']),
  learn_last: 'last {time}',
  learn_picked: 'Visitors and agents chose “{title}”',
  learn_wording_by: '{name}, {time}: a wording of “{title}”',
  learn_draft_by: '{name}, {time}: a new entry with this answer',
  learn_nearest: 'Nearest entries',
  learn_accept: 'To accept, run on the server:',
  learn_refuse: 'Refuse',
  learn_refuse_sure: 'Refuse for good',
  learn_why: 'Why (may be empty)',
  learn_cancel: 'Cancel',
  learn_refused: 'Refused: it will not be proposed again.',
  learn_conflict: 'Somebody else has settled it already.',
};

/** @type {Record<keyof typeof en, Word>} */
export const it = {
  page_learn: 'Da imparare',
  learn_lead: 'Domande a cui non si è risposto bene, e quello che propongono gli agenti. Niente si impara da solo: accettare scrive il file del sito.',
  learn_none: 'Niente aspetta di essere imparato.',
  learn_loading: 'Lettura di quello che aspetta…',
  learn_failed: 'Non si è potuto leggere: {why}',
  learn_asked: ['chiesta una volta', 'chiesta {n} volte'],
  learn_last: 'l’ultima {time}',
  learn_picked: 'Visitatori e agenti hanno scelto «{title}»',
  learn_wording_by: '{name}, {time}: una formulazione di «{title}»',
  learn_draft_by: '{name}, {time}: una voce nuova con questa risposta',
  learn_nearest: 'Voci più vicine',
  learn_accept: 'Per accettare, sul server:',
  learn_refuse: 'Rifiuta',
  learn_refuse_sure: 'Rifiuta davvero',
  learn_why: 'Perché (anche vuoto)',
  learn_cancel: 'Annulla',
  learn_refused: 'Rifiutata: non sarà più proposta.',
  learn_conflict: 'Qualcun altro ha già deciso.',
};
