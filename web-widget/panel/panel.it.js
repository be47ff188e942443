// The panel in one language: what the loader fetches for a page in it.
import { it as words } from '../words/it.js';
import { attachIn } from './attach.js';

export const attach = attachIn('it', words);
