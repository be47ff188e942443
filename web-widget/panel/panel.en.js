// The panel in one language: what the loader fetches for a page in it.
import { en as words } from '../words/en.js';
import { attachIn } from './attach.js';

export const attach = attachIn('en', words);
