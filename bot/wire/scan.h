/* Scan: what must hold of the bytes of a frame before any parser sees them.
 *
 * Good for: refusing in one pass what costs a JSON parser stack or trust: invalid UTF-8 (overlong forms,
 * surrogates and what lies past U+10FFFF too), NUL bytes, the escape for NUL, nesting. Not for: JSON
 * itself. Threads: any. */
#ifndef WIRE_SCAN_H
#define WIRE_SCAN_H

#include <stddef.h>

/* NULL, or in words what is wrong (a constant). Depth counts objects and arrays; 1 = `{}`. */
const char *scan_frame(const char *bytes, size_t size, int depth_most);

#endif
