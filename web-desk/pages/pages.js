// The pages of the desk beside the counter itself: one table. A page is shown at #NAME, to the roles it lists.
// Its file stands beside this one, with its words (NAME.words.js, joined in ../i18n.js) and its style (NAME.css,
// imported by ../desk.css).

import { AccountPage } from './account.jsx';
import { PeoplePage } from './people.jsx';
import { Live } from './live.jsx';
import { Search } from './search.jsx';
import { LearnPage } from './learn.jsx';
import { NoticesPage } from './notices.jsx';
import { SnippetsPage } from './snippets.jsx';

/** @import {WordKey} from '../i18n.js' */

/**
 * @typedef {object} Page
 * @property {string} name what stands behind the # of the address
 * @property {WordKey} word its title
 * @property {string} icon of view/icons.jsx
 * @property {string[]} roles that see it
 * @property {boolean} [own] stands behind one's name in the bar, not among the pages
 * @property {() => import('preact').JSX.Element} View
 */

/** @type {Page[]} */
export const PAGES = [
  { name: 'search', word: 'page_search', icon: 'search', roles: ['agent', 'editor', 'admin'], View: Search },
  { name: 'live', word: 'page_live', icon: 'chart', roles: ['admin'], View: Live },
  { name: 'notices', word: 'page_notices', icon: 'warn', roles: ['agent', 'editor', 'admin'], View: NoticesPage },
  { name: 'snippets', word: 'page_snippets', icon: 'reply', roles: ['agent', 'admin'], View: SnippetsPage },
  { name: 'learn', word: 'page_learn', icon: 'learn', roles: ['editor', 'admin'], View: LearnPage },
  { name: 'people', word: 'page_people', icon: 'invite', roles: ['admin'], View: PeoplePage },
  { name: 'account', word: 'page_account', icon: 'person', roles: ['agent', 'editor', 'admin'], own: true, View: AccountPage },
];

/**
 * The page an address asks for, null = the counter.
 * @param {string} hash with its #
 * @param {string} role
 */
export function pageOf(hash, role) {
  return PAGES.find((page) => `#${page.name}` === hash.split('/')[0] && page.roles.includes(role)) ?? null;
}

/** An editor has no counter: the first page stands in its place. @param {string} hash @param {string} role */
export const pageShown = (hash, role) => (
  pageOf(hash, role) ?? (role === 'editor' ? PAGES.find((page) => page.roles.includes(role)) ?? null : null));
