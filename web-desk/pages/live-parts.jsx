// What the tables and tiles of the live view share.

import { useDesk } from '../view/context.jsx';
import { queryHash } from './query.js';

/** @import {WordKey} from '../i18n.js' */

/** A number that leads to what it counted; plain where it counted nothing. @param {{text: string, rows: string, value: number|null|undefined, more?: Record<string, string>, label: string}} props */
export function Leads({ text, rows, value, more = {}, label }) {
  if (!rows || !value) return <span class="figure">{text}</span>;
  return <a class="figure" href={queryHash('live', { what: rows, ...more })} aria-label={label}>{text}</a>;
}

/** A heading with what its number means. @param {{name: string}} props */
export function Head({ name }) {
  const { say } = useDesk();
  return (
    <th scope="col">
      {say(/** @type {WordKey} */ (`number_${name}`))}
      <small>{say(/** @type {WordKey} */ (`number_${name}_means`))}</small>
    </th>
  );
}
