/* Secret: numbers that a shop should not come to know by accident, told from order numbers by their checksums: payment
 * cards (13–19 digits, Luhn), IBANs of any country (mod 97), Italian fiscal codes (check letter, also with letters
 * in place of digits).
 *
 * Single spaces, hyphens and full stops between the signs, and small letters, do not matter. A number that is part of a
 * longer run of letters and digits is none. One number in ten passes Luhn's sum by chance, so a telephone number or an
 * order's of 13 digits or more may be taken for a card's; shorter ones never are. Threads: any. */
#ifndef TEXT_SECRET_H
#define TEXT_SECRET_H

#include <stddef.h>

enum secret_kind { SECRET_NONE, SECRET_CARD, SECRET_IBAN, SECRET_FISCAL_CODE };

/* What begins at text[at] (the text's beginning is needed to see what stands before), *ret_size bytes of it. */
enum secret_kind secret_at(const char *text, size_t at, size_t *ret_size);

#endif
