// Files that are sent in a chat: what may be, where they are, and one on its way. Everything here is without a page but
// `sendFile`.

import { deskPath } from './session.js';

/** @import {Block} from './protocol.js' */
/** @typedef {{types: string[], bytes: number}} FileRules as the welcome tells them */

export const FILES_OF_MESSAGE = 5;

/** The address of a file of this server's, null where the block names anything else. @param {Block} block */
export function fileHref({ href }) {
  return href && /^files\/[0-9a-f]{32}\/[^/]+$/.test(href) ? `${deskPath()}/../${href}` : null;
}

/** "1.4 MB". @param {number} bytes */
export function sizeText(bytes) {
  const [unit, size] = bytes >= 1 << 20 ? ['MB', bytes / (1 << 20)] : ['kB', Math.max(1, bytes / 1024)];
  return `${size.toLocaleString(undefined, { maximumFractionDigits: size < 10 && unit === 'MB' ? 1 : 0 })} ${unit}`;
}

/** What is wrong with a file before it is sent, '' = nothing. What it really is, the server finds out.
 * @param {{type: string, size: number}} file @param {FileRules} rules @param {number} others files of the message beside it */
export function faultOf({ type, size }, { types, bytes }, others) {
  if (others >= FILES_OF_MESSAGE) return 'too_many';
  if (type && !types.includes(type)) return 'bad_type';
  return size > bytes ? 'too_long' : '';
}

/**
 * Sends a file for a chat. XMLHttpRequest, because fetch does not tell how much has gone out.
 * @param {number} ticket
 * @param {File} file
 * @param {(percent: number) => void} progress
 * @param {(code: string, block: Block|null) => void} done code '' = the server has it
 * @returns {() => void} breaks it off; nothing is told then
 */
export function sendFile(ticket, file, progress, done) {
  const request = new XMLHttpRequest();
  request.open('POST', `${deskPath()}/api/files`);
  request.setRequestHeader('Content-Type', 'application/octet-stream');
  request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? Math.round((loaded / total) * 100) : 0);
  request.onload = () => {
    let answer = null;
    try {
      answer = JSON.parse(request.responseText);
    } catch { /* no answer of ours */ }
    if (request.status < 300 && answer?.id) done('', { type: 'file', ...answer });
    else done(String(answer?.code ?? 'unreachable'), null);
  };
  request.onerror = () => done('unreachable', null);
  request.send(new Blob([`${JSON.stringify({ ticket, name: file.name || 'file' })}\n`, file]));
  return () => {
    request.onload = request.onerror = request.upload.onprogress = null;
    request.abort();
  };
}
