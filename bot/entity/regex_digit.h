/* Regex_digit: whether every match of an expression has a digit 0–9 in it, as those of order numbers do. A text without
 * one then need not be searched. Private to this floor.
 *
 * The expression is one that PCRE2 has compiled without PCRE2_UCP and PCRE2_EXTENDED. Whatever is not plain (options,
 * look-around, back references, numbered characters, quoting) makes the answer false, so true is always right.
 * Threads: any. */
#ifndef ENTITY_REGEX_DIGIT_H
#define ENTITY_REGEX_DIGIT_H

#include <stdbool.h>

bool regex_needs_digit(const char *match);

#endif
