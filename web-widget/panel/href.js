// Which addresses may be followed.

const SCHEMES = new Set(['http:', 'https:', 'mailto:', 'tel:']);

/** An address that is safe to follow, else ''. @param {unknown} href */
export function safeHref(href) {
  if (typeof href !== 'string') return '';
  try {
    return SCHEMES.has(new URL(href).protocol) ? href : '';
  } catch {
    return '';
  }
}
