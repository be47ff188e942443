// Addresses of the web that a server names.

/** An address of the web, whole; '' = it is none. @param {string | undefined} path @param {string} base */
export function webAddress(path, base) {
  try {
    const { href, protocol } = new URL(path || '', base);
    return path && /^https?:$/.test(protocol) ? href : '';
  } catch {
    return '';
  }
}
