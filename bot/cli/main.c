/* The program: picks the command and runs it. */
#include "base/version.h"

#include <stdio.h>

int main(void)
{
    puts("sportello " SPORTELLO_VERSION);
    return 0;
}
