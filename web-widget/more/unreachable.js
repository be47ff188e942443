// When the server never takes a connection from this page: what visitors read, and what the operator is told.
//
// A browser does not say why a socket was refused; a page whose origin the server does not allow sees the same as one
// whose server is down. So visitors get a plain sentence and the company's own contact, and the console gets the
// setting that most probably is missing.
import { VAIN_ATTEMPTS } from '../talk/session.js';

/** What the operator reads in the browser's console. @param {string} chat the socket's address @param {string} origin */
export function advice(chat, origin) {
  const { protocol, host } = new URL(chat);
  const cure =
    origin === 'null'
      ? 'this page has no origin of its own (a file, or a frame with "sandbox"), which is never allowed: serve it over http(s)'
      : `if the server runs, this page's origin is not allowed there; in sportello.yaml:\n  allowed_origins: ["${origin}"]\nthen publish (its log says event=origin_refused)`;
  return `<sportello-chat>: ${chat} took none of ${VAIN_ATTEMPTS} connections: ${cure}. If this page has a Content-Security-Policy, its connect-src needs ${protocol}//${host}.`;
}

const MAIL = /^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/;
const PHONE = /^\+?[\d\s()./-]{6,}$/;
const ADDRESS = /^(https?|mailto|tel):/i;

/** Where a contact leads: an address as it is, an e-mail address, a telephone number; '' = nowhere, it is text.
 * @param {string} contact */
export function contactHref(contact) {
  if (ADDRESS.test(contact)) return contact;
  if (MAIL.test(contact)) return `mailto:${contact}`;
  return PHONE.test(contact) ? `tel:${contact.replace(/[^\d+]/g, '')}` : '';
}

/** @param {string} contact */
export const contactShown = (contact) => contact.replace(/^(https?:\/\/|mailto:|tel:)/i, '').replace(/\/$/, '');
