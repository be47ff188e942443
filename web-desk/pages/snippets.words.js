// The words of the page of an agent's own canned replies.

/** @import {Word} from '../words.en.js' */

export const en = {
  page_snippets: 'My replies',
  snippets_lead: 'Only you see them. In a chat, write “/” and the begin of a word to find one.',
  snippets_variables: 'Filled in when inserted: {list}. What has no value stays visible to be filled in by hand.',
  snippets_new: 'New reply',
  snippets_edit: 'Change “{name}”',
  snippets_none: 'You have no replies yet.',
  snippets_count: '{n} of {max}',
  snippets_name: 'Name',
  snippets_text: 'Text',
  snippets_save: 'Save',
  snippets_cancel: 'Cancel',
  snippets_change: 'Change',
  snippets_remove: 'Delete',
  snippets_remove_sure: 'Delete for good',
  snippets_saved: 'Saved.',
  snippets_removed: 'Deleted.',
  snippets_empty: 'A reply needs a name and a text.',
  snippets_taken: 'You have a reply of this name already, or too many.',
  snippets_failed: 'Not saved: {why}',
};

/** @type {Record<keyof typeof en, Word>} */
export const it = {
  page_snippets: 'Le mie risposte',
  snippets_lead: 'Le vedi solo tu. In una chat scrivi «/» e l’inizio di una parola per trovarne una.',
  snippets_variables: 'Compilate all’inserimento: {list}. Quello che non ha un valore resta visibile, da completare a mano.',
  snippets_new: 'Nuova risposta',
  snippets_edit: 'Modifica «{name}»',
  snippets_none: 'Non hai ancora risposte.',
  snippets_count: '{n} di {max}',
  snippets_name: 'Nome',
  snippets_text: 'Testo',
  snippets_save: 'Salva',
  snippets_cancel: 'Annulla',
  snippets_change: 'Modifica',
  snippets_remove: 'Elimina',
  snippets_remove_sure: 'Elimina davvero',
  snippets_saved: 'Salvata.',
  snippets_removed: 'Eliminata.',
  snippets_empty: 'Una risposta ha bisogno di un nome e di un testo.',
  snippets_taken: 'Hai già una risposta con questo nome, o ne hai troppe.',
  snippets_failed: 'Non salvata: {why}',
};
