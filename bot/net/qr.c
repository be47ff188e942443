/* QR codes by libqrencode: see qr.h. */
#include "net/qr.h"

#include <qrencode.h>
#include <string.h>

/* A row's dark modules as bars, each "M x y h width v 1 h -width z". */
static void put_row(const unsigned char *row, int y, int width, struct buf *out)
{
    for (int x = 0; x < width; x++) {
        int from = x;
        while (x < width && (row[x] & 1) != 0)
            x++;
        if (x > from)
            buf_printf(out, "M%d %dh%dv1h-%dz", from, y, x - from, x - from);
    }
}

int qr_path(const char *text, struct buf *out, int *ret_size)
{
    size_t length = strlen(text);
    if (length == 0 || length > QR_TEXT_MOST)
        return -1;
    QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
    if (code == NULL)
        return -1;
    for (int y = 0; y < code->width; y++)
        put_row(code->data + (ptrdiff_t)y * code->width, y, code->width, out);
    *ret_size = code->width;
    QRcode_free(code);
    return out->failed ? -1 : 0;
}
