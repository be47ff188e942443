/* Keyboard: which letters lie side by side on a phone's or a desk's QWERTY keyboard.
 *
 * The letters are where they are on the Italian and the English one alike. Other alphabets have
 * no neighbours here. Threads: any. */
#ifndef TEXT_KEYBOARD_H
#define TEXT_KEYBOARD_H

#include <stdbool.h>

/* Whether a finger may hit one for the other; both folded. A letter is no neighbour of its own. */
bool keyboard_near(char a, char b);

#endif
