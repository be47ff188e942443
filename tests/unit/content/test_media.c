/* A file is what its bytes say, loses what nobody should get, and stays the picture that it was. */
#include "content/media.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ALL = (1 << MEDIA_KINDS) - 1, PIXELS = 1000000 };

static struct buf in, out;
static struct media media;

static enum media_verdict clean_as(unsigned kinds, int64_t pixels)
{
    /* In memory of exactly that size, so that a byte too far is seen. */
    char *copy = malloc(in.size > 0 ? in.size : 1);
    assert_non_null(copy);
    memcpy(copy, in.data != NULL ? in.data : "", in.size);
    buf_free(&out);
    buf_init(&out, in.size + MEDIA_GROWTH);
    enum media_verdict verdict = media_clean(copy, in.size, kinds, pixels, &out, &media);
    free(copy);
    return verdict;
}

static enum media_verdict clean(void)
{
    return clean_as(ALL, PIXELS);
}

static void begin(void)
{
    buf_free(&in);
    buf_init(&in, 1 << 20);
}

static void put(const char *bytes, size_t size)
{
    assert_int_equal(buf_add(&in, bytes, size), 0);
}
#define PUT(text) put(text, sizeof(text) - 1)

static bool has(const struct buf *b, const char *text)
{
    return b->size > 0 && memmem(b->data, b->size, text, strlen(text)) != NULL;
}

static void big(uint32_t number, int count)
{
    while (count-- > 0)
        buf_putc(&in, (char)(number >> 8 * count));
}

static void little(uint32_t number, int count)
{
    for (int i = 0; i < count; i++)
        buf_putc(&in, (char)(number >> 8 * i));
}

/* What was cleaned is clean. */
static void same_again(void)
{
    char *once = malloc(out.size);
    size_t size = out.size;
    memcpy(once, out.data, size);
    begin();
    put(once, size);
    assert_int_equal(clean(), MEDIA_GOOD);
    assert_int_equal(out.size, size);
    assert_memory_equal(out.data, once, size);
    free(once);
}

/* --- PNG ---------------------------------------------------------------------------------------------- */

static uint32_t sum_of(const char *bytes, size_t size)
{
    uint32_t sum = 0xffffffff;
    for (size_t i = 0; i < size; i++) {
        sum ^= (unsigned char)bytes[i];
        for (int k = 0; k < 8; k++)
            sum = (sum & 1) != 0 ? 0xedb88320 ^ sum >> 1 : sum >> 1;
    }
    return ~sum;
}

static void chunk(const char *name, const char *data, size_t size)
{
    big((uint32_t)size, 4);
    size_t at = in.size;
    put(name, 4);
    put(data, size);
    big(sum_of(in.data + at, 4 + size), 4);
}
#define CHUNK(name, text) chunk(name, text, sizeof(text) - 1)

static void png_begin(uint32_t width, uint32_t height)
{
    char head[13] = {0};
    begin();
    PUT("\x89PNG\r\n\x1a\n");
    for (int i = 0; i < 4; i++) {
        head[i] = (char)(width >> 8 * (3 - i));
        head[4 + i] = (char)(height >> 8 * (3 - i));
    }
    head[8] = 8;
    chunk("IHDR", head, sizeof head);
}

static void a_png_loses_what_is_written_in_it(void **state)
{
    (void)state;
    png_begin(20, 10);
    CHUNK("tEXt", "Comment\0<script>alert(1)</script>");
    CHUNK("eXIf", "MM\0*where it was");
    CHUNK("gAMA", "\0\1\2\3");
    CHUNK("IDAT", "picture");
    CHUNK("IEND", "");
    PUT("<html><script>alert(2)</script>");
    assert_int_equal(clean(), MEDIA_GOOD);
    assert_int_equal(media.kind, MEDIA_PNG);
    assert_int_equal(media.width, 20);
    assert_int_equal(media.height, 10);
    assert_false(has(&out, "script"));
    assert_false(has(&out, "where it was"));
    assert_true(has(&out, "gAMA") && has(&out, "picture"));
    same_again();
}

static void a_png_is_whole_and_of_a_size(void **state)
{
    (void)state;
    png_begin(20, 10);
    CHUNK("IDAT", "picture");
    assert_int_equal(clean(), MEDIA_DAMAGED); /* has no end */
    CHUNK("IEND", "");
    assert_int_equal(clean(), MEDIA_GOOD);
    in.data[in.size - 13] ^= 1; /* a check sum */
    assert_int_equal(clean(), MEDIA_DAMAGED);
    png_begin(20, 10);
    CHUNK("IEND", "");
    assert_int_equal(clean(), MEDIA_DAMAGED); /* shows nothing */
    png_begin(0, 10);
    assert_int_equal(clean(), MEDIA_DAMAGED);
    png_begin(1001, 1000);
    assert_int_equal(clean(), MEDIA_TOO_LARGE);
    png_begin(8000, 5000);
    assert_int_equal(clean_as(ALL, 30000000), MEDIA_TOO_LARGE);
    png_begin(0x7fffffff, 1);
    assert_int_equal(clean_as(ALL, INT64_MAX), MEDIA_TOO_LARGE);
    begin();
    PUT("\x89PNG\r\n\x1a\n");
    big(0xfffffff0, 4);
    PUT("IHDR\0\0\0\0\0\0\0\0");
    assert_int_equal(clean(), MEDIA_DAMAGED);
}

/* --- JPEG --------------------------------------------------------------------------------------------- */

static void segment(int marker, const char *data, size_t size)
{
    buf_putc(&in, '\xff');
    buf_putc(&in, (char)marker);
    big((uint32_t)size + 2, 2);
    put(data, size);
}
#define SEGMENT(marker, text) segment(marker, text, sizeof(text) - 1)

static void frame(int width, int height)
{
    char data[] = "\x08\0\0\0\0\3\1\x22\0\2\x11\1\3\x11\1";
    data[1] = (char)(height >> 8);
    data[2] = (char)height;
    data[3] = (char)(width >> 8);
    data[4] = (char)width;
    segment(0xc0, data, sizeof data - 1);
}

static void scan(void)
{
    SEGMENT(0xda, "\1\1\0\0\x3f\0");
    PUT("coded\xff\0data\xff\xd0more");
}

#define EXIF_LE(orientation)                                                                                           \
    "Exif\0\0II*\0\x08\0\0\0\2\0\x0f\1\2\0\4\0\0\0Cam\0\x12\1\3\0\1\0\0\0" orientation "\0\0\0\0\0\0\0GPS 45.46N"

static void a_jpeg_keeps_its_colours_and_how_it_is_turned(void **state)
{
    (void)state;
    begin();
    PUT("\xff\xd8");
    SEGMENT(0xe0, "JFIF\0\1\1\0\0\1\0\1\1\1PRE");
    SEGMENT(0xe1, EXIF_LE("\6"));
    SEGMENT(0xe1, "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>");
    SEGMENT(0xe2, "ICC_PROFILE\0\1\1profile");
    SEGMENT(0xe2, "MPF\0others");
    SEGMENT(0xed, "Photoshop 3.0\0name of the photographer");
    SEGMENT(0xee, "Adobe\0\x64\0\0\0\0\1");
    SEGMENT(0xfe, "<?php system('id') ?>");
    SEGMENT(0xdb, "quantities");
    frame(640, 480);
    scan();
    SEGMENT(0xc4, "tables between scans");
    scan();
    PUT("\xff\xd9MotionPhoto<script>");
    assert_int_equal(clean(), MEDIA_GOOD);
    assert_int_equal(media.kind, MEDIA_JPEG);
    assert_int_equal(media.width, 480); /* it lies on its side */
    assert_int_equal(media.height, 640);
    const char *const gone[] = {"GPS", "Cam", "xmpmeta", "MPF", "Photoshop", "php", "MotionPhoto", "PRE", "II*"};
    for (size_t i = 0; i < sizeof gone / sizeof *gone; i++)
        assert_false(has(&out, gone[i]));
    const char *const there[] = {"JFIF", "ICC_PROFILE", "Adobe", "quantities", "between scans", "Exif"};
    for (size_t i = 0; i < sizeof there / sizeof *there; i++)
        assert_true(has(&out, there[i]));
    assert_memory_equal(out.data + out.size - 2, "\xff\xd9", 2);
    same_again();
    assert_int_equal(media.width, 480);
}

static void a_jpeg_that_stands_upright_has_no_exif(void **state)
{
    (void)state;
    const char *const orientations[] = {"\1", "\0", "\x09"};
    for (size_t i = 0; i < 3; i++) {
        char exif[] = EXIF_LE("X");
        exif[40] = orientations[i][0];
        begin();
        PUT("\xff\xd8");
        segment(0xe1, exif, sizeof exif - 1);
        frame(64, 48);
        scan();
        PUT("\xff\xd9");
        assert_int_equal(clean(), MEDIA_GOOD);
        assert_false(has(&out, "Exif"));
        assert_int_equal(media.width, 64);
    }
}

static void a_jpeg_is_whole_and_of_a_size(void **state)
{
    (void)state;
    for (int i = 0; i < 5; i++) {
        begin();
        PUT("\xff\xd8");
        frame(i == 1 ? 0 : i == 2 ? 8000 : 640, 480);
        if (i == 3)
            frame(640, 480); /* a second one might say something else */
        if (i != 4)
            scan();
        PUT("\xff\xd9");
        const enum media_verdict expected[] = {MEDIA_GOOD, MEDIA_DAMAGED, MEDIA_TOO_LARGE, MEDIA_DAMAGED,
                                               MEDIA_DAMAGED};
        assert_int_equal(clean(), expected[i]);
    }
    begin();
    PUT("\xff\xd8\xff\xe1\xff\xff"
        "Exif");
    assert_int_equal(clean(), MEDIA_DAMAGED);
    begin();
    PUT("\xff\xd8");
    frame(640, 480);
    scan();
    assert_int_equal(clean(), MEDIA_DAMAGED); /* cut off */
}

/* --- WebP --------------------------------------------------------------------------------------------- */

static void riff(const char *name, const char *data, size_t size)
{
    put(name, 4);
    little((uint32_t)size, 4);
    put(data, size);
    if ((size & 1) != 0)
        buf_putc(&in, '\0');
}
#define RIFF(name, text) riff(name, text, sizeof(text) - 1)
#define LOSSLESS(w)      "\x2f" w "\xc0\x0f\0\0" /* 64 high */

static void webp_begin(void)
{
    begin();
    PUT("RIFF\0\0\0\0WEBP");
}

static void webp_end(void)
{
    for (int i = 0; i < 4; i++)
        in.data[4 + i] = (char)((in.size - 8) >> 8 * i);
}

static void a_webp_loses_exif_and_xmp(void **state)
{
    (void)state;
    webp_begin();
    RIFF("VP8X", "\x2c\0\0\0\x7f\0\0\x3f\0\0");
    RIFF("ICCP", "profile");
    RIFF("VP8L", LOSSLESS("\x7f"));
    RIFF("EXIF", "GPS 45.46N");
    RIFF("XMP ", "<x:xmpmeta>");
    RIFF("HTML", "<script>");
    webp_end();
    PUT("<script>");
    assert_int_equal(clean(), MEDIA_GOOD);
    assert_int_equal(media.kind, MEDIA_WEBP);
    assert_int_equal(media.width, 128);
    assert_int_equal(media.height, 64);
    assert_false(has(&out, "GPS") || has(&out, "xmpmeta") || has(&out, "script"));
    assert_true(has(&out, "profile"));
    assert_int_equal((unsigned char)out.data[20], 0x20); /* announces neither */
    same_again();
}

static void a_webp_is_no_larger_than_it_says(void **state)
{
    (void)state;
    webp_begin();
    RIFF("VP8X", "\0\0\0\0\x0f\0\0\x0f\0\0"); /* 16 × 16 */
    RIFF("VP8L", LOSSLESS("\x7f"));
    webp_end();
    assert_int_equal(clean(), MEDIA_DAMAGED);
    webp_begin();
    RIFF("VP8X", "\0\0\0\0\xff\xff\xff\xff\xff\xff");
    webp_end();
    assert_int_equal(clean(), MEDIA_TOO_LARGE);
    webp_begin();
    RIFF("VP8X", "\2\0\0\0\x7f\0\0\x3f\0\0");
    webp_end();
    assert_int_equal(clean(), MEDIA_DAMAGED); /* shows nothing */
    webp_begin();
    RIFF("VP8 ", "\0\0\0\x9d\x01\x2a\x80\0\x40\0");
    webp_end();
    assert_int_equal(clean(), MEDIA_GOOD);
    in.data[16] = '\xff'; /* longer than the file */
    assert_int_equal(clean(), MEDIA_DAMAGED);
    webp_begin();
    RIFF("VP8X", "\2\0\0\0\x7f\0\0\x3f\0\0");
    RIFF("ANIM", "\0\0\0\0\0\0");
    RIFF("ANMF", "\0\0\0\0\0\0\x7f\0\0\x3f\0\0\0\0\0\0VP8L\x06\0\0\0" LOSSLESS("\x7f"));
    webp_end();
    assert_int_equal(clean(), MEDIA_GOOD);
    same_again();
}

/* --- GIF ---------------------------------------------------------------------------------------------- */

#define GIF_PICTURE "\x2c\0\0\0\0\2\0\2\0\0\2\4code\0"

static void a_gif_loses_what_is_written_in_it(void **state)
{
    (void)state;
    begin();
    PUT("GIF89a\2\0\2\0\x80\0\0\0\0\0\xff\xff\xff");
    PUT("\x21\xff\x0bNETSCAPE2.0\3\1\0\0\0");
    PUT("\x21\xfe\x08<script>\0");
    PUT("\x21\xff\x0bXMP DataXMP\4meta\0");
    PUT("\x21\xf9\4\0\0\0\0\0");
    PUT(GIF_PICTURE);
    PUT("\x3b<html>");
    assert_int_equal(clean(), MEDIA_GOOD);
    assert_int_equal(media.width, 2);
    assert_false(has(&out, "script") || has(&out, "XMP") || has(&out, "html"));
    assert_true(has(&out, "NETSCAPE2.0") && has(&out, "code"));
    same_again();
}

static void a_gif_is_whole_and_of_a_size(void **state)
{
    (void)state;
    begin();
    PUT("GIF89a=1;alert(1)//\0\0\0\x3b"); /* a script that looks like one */
    assert_int_not_equal(clean(), MEDIA_GOOD);
    begin();
    PUT("GIF89a\xff\xff\xff\xff\0\0\0" GIF_PICTURE "\x3b");
    assert_int_equal(clean(), MEDIA_TOO_LARGE);
    begin();
    PUT("GIF89a\2\0\2\0\0\0\0" GIF_PICTURE);
    assert_int_equal(clean(), MEDIA_DAMAGED);
    PUT("\x3b");
    assert_int_equal(clean(), MEDIA_GOOD);
    in.data[20] = '\xff'; /* the picture reaches far beyond the screen */
    in.data[22] = '\xff';
    assert_int_equal(clean(), MEDIA_DAMAGED);
    begin();
    PUT("GIF89a\2\0\2\0\0\0\0\x3b");
    assert_int_equal(clean(), MEDIA_DAMAGED);
}

/* --- the others --------------------------------------------------------------------------------------- */

static void a_pdf_is_one_from_first_to_last(void **state)
{
    (void)state;
    begin();
    PUT("%PDF-1.7\nbody\nstartxref\n9\n%%EOF\r\n\0");
    assert_int_equal(clean(), MEDIA_GOOD);
    assert_int_equal(media.kind, MEDIA_PDF);
    assert_int_equal(media.width, 0);
    same_again();
    const char *const others[] = {"%PDF-1.7\nbody\nstartxref\n9\n%%EOF\nPK\3\4 an archive behind it",
                                  "<html>%PDF-1.7\nstartxref\n9\n%%EOF\n", "%PDF-9.7\nstartxref\n9\n%%EOF\n",
                                  "%PDF-1.7\nbody without an index %%EOF\n", "%PDF-1.7"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        begin();
        put(others[i], strlen(others[i]));
        assert_int_not_equal(clean(), MEDIA_GOOD);
    }
}

static void all_else_is_refused(void **state)
{
    (void)state;
    const char *const others[] = {"",
                                  "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>",
                                  "<!DOCTYPE html><script>alert(1)</script>",
                                  "<?xml version=\"1.0\"?><svg/>",
                                  "PK\3\4",
                                  "MZ\x90",
                                  "BM",
                                  "\xff\xd8",
                                  "GIF88a",
                                  "RIFF0000WAVE",
                                  "#!/bin/sh"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        begin();
        put(others[i], strlen(others[i]));
        assert_int_equal(clean(), MEDIA_BAD_TYPE);
    }
    begin();
    PUT("%PDF-1.7\nstartxref\n9\n%%EOF\n");
    assert_int_equal(clean_as(1 << MEDIA_PNG, PIXELS), MEDIA_BAD_TYPE); /* one that the site does not want */
}

static void kinds_have_names(void **state)
{
    (void)state;
    for (int i = 0; i < MEDIA_KINDS; i++) {
        assert_int_equal(media_of_name(media_name((enum media_kind)i)), i);
        assert_int_equal(media_of_type(media_type((enum media_kind)i)), i);
    }
    assert_int_equal(media_of_name("svg"), -1);
    assert_int_equal(media_of_type("text/html"), -1);
}

static int teardown(void **state)
{
    (void)state;
    buf_free(&in);
    buf_free(&out);
    return 0;
}

#define TEST(name) cmocka_unit_test_teardown(name, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_png_loses_what_is_written_in_it),
        TEST(a_png_is_whole_and_of_a_size),
        TEST(a_jpeg_keeps_its_colours_and_how_it_is_turned),
        TEST(a_jpeg_that_stands_upright_has_no_exif),
        TEST(a_jpeg_is_whole_and_of_a_size),
        TEST(a_webp_loses_exif_and_xmp),
        TEST(a_webp_is_no_larger_than_it_says),
        TEST(a_gif_loses_what_is_written_in_it),
        TEST(a_gif_is_whole_and_of_a_size),
        TEST(a_pdf_is_one_from_first_to_last),
        TEST(all_else_is_refused),
        TEST(kinds_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
