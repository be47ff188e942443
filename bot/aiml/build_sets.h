/* Build_sets: sets from files, from a pattern (iset) and built in. Private to bot/aiml. */
#ifndef AIML_BUILD_SETS_H
#define AIML_BUILD_SETS_H

#include "aiml/build.h"

/* Sets that are part of the language or of other interpreters' programs. */
enum built_in { BUILT_NONE, BUILT_NUMBER, BUILT_SUCCESSOR, BUILT_PREDECESSOR, BUILT_SINGULAR, BUILT_PLURAL };

/* True for the name of a set or map that another interpreter computes and this one does not. */
bool sets_foreign(const char *name);

/* A set of these entries, in any order. 1 + its index, or 0 without memory. Where there is one of that name its
 * entries are not touched. */
uint32_t sets_add(struct build *, const char *name, const char *const *entries, size_t count);
/* A set without a name from `RED, WHITE, BLUE`. */
uint32_t sets_inline(struct build *, const char *text, size_t size);

#endif
