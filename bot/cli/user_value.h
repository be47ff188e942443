/* User_value: what can be said of a user on the command line: role, departments, languages, capacity, e-mail.
 *
 * One row of user_values[] each: what it must look like, in words for who typed it, and where it goes. Threads: any. */
#ifndef CLI_USER_VALUE_H
#define CLI_USER_VALUE_H

#include "store/user.h"

#include <stdbool.h>

struct user_value {
    const char *name; /* of the deed and of the option of `add` */
    bool (*fits)(const char *value);
    const char *should; /* what it should be, where it does not fit */
    void (*fill)(struct store_user_set *, const char *value);
};

/* NULL = there is none of this name. */
const struct user_value *user_value(const char *name);

#endif
