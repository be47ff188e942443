/* Neighbours on a keyboard: see keyboard.h. */
#include "text/keyboard.h"

#include <string.h>

/* Of each letter, all around it. */
static const char neighbours[26][9] = {
    ['a' - 'a'] = "qwsz", ['b' - 'a'] = "vghn",   ['c' - 'a'] = "xdfv",   ['d' - 'a'] = "erfcxs",
    ['e' - 'a'] = "wsdr", ['f' - 'a'] = "rtgvcd", ['g' - 'a'] = "tyhbvf", ['h' - 'a'] = "yujnbg",
    ['i' - 'a'] = "ujko", ['j' - 'a'] = "uikmnh", ['k' - 'a'] = "iolmj",  ['l' - 'a'] = "opk",
    ['m' - 'a'] = "njk",  ['n' - 'a'] = "bhjm",   ['o' - 'a'] = "iklp",   ['p' - 'a'] = "ol",
    ['q' - 'a'] = "wa",   ['r' - 'a'] = "edft",   ['s' - 'a'] = "awedxz", ['t' - 'a'] = "rfgy",
    ['u' - 'a'] = "yhji", ['v' - 'a'] = "cfgb",   ['w' - 'a'] = "qase",   ['x' - 'a'] = "zsdc",
    ['y' - 'a'] = "tghu", ['z' - 'a'] = "asx",
};

bool keyboard_near(char a, char b)
{
    if (a < 'a' || a > 'z' || b < 'a' || b > 'z')
        return false;
    return strchr(neighbours[a - 'a'], b) != NULL;
}
