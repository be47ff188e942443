// What a page keeps in the address behind its name: #search/q=viti&department=shop. A link to it finds the same. Pure,
// but for useQuery.

import { useEffect, useState } from 'preact/hooks';
import { useHash } from '../view/context.jsx';

/** @typedef {Record<string, string>} Query */

/** @param {string} hash @returns {Query} */
export function queryRead(hash) {
  const at = hash.indexOf('/');
  return at < 0 ? {} : Object.fromEntries([...new URLSearchParams(hash.slice(at + 1))].filter(([, value]) => value !== ''));
}

/** @param {string} page @param {Query} query what is '' is left out */
export function queryHash(page, query) {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value) params.set(key, value);
  return params.size > 0 ? `#${page}/${params}` : `#${page}`;
}

/**
 * The page's query, and how to change it without a new step in the browser's history.
 * @param {string} page
 * @returns {[Query, (query: Query) => void]}
 */
export function useQuery(page) {
  const hash = useHash();
  const [query, setQuery] = useState(() => queryRead(hash));
  useEffect(() => setQuery(queryRead(hash)), [hash]);
  return [query, (changed) => {
    history.replaceState(null, '', queryHash(page, changed));
    setQuery(changed);
  }];
}
