/* What is known of a line and of its key, as bits: the twins of site_places.flags_of and site_keys.key_bits. */

#ifndef SITE_BITS_H
#define SITE_BITS_H

#include "site_key.h"

enum { SENTENCE = 1, LINKED = 2, TITLE = 4, HEADING = 8, ROW = 16, WIDE = 32, LETTERS = 64, WORDY = 128, SHARABLE = 256, ARTICLE = 512 };

#define LAST 8        /* characters at the end in which a sentence's mark is looked for */
#define SAYING 25     /* characters of the shortest sentence; a character of Han script counts as three */
#define HASH_TAIL 20  /* characters of a key's end in which the sign of a cut one stands */

static Py_UCS4 at_of(Line line, Py_ssize_t at) { return PyUnicode_READ(line.kind, line.data, at); }

static int holds_han(const Tables *tables, Line line) {
    for (Py_ssize_t at = line.start; at < line.end; at++)
        if (has(tables, at_of(line, at), HAN))
            return 1;
    return 0;
}

static int ends_sentence(Py_UCS4 c) {
    return c == '.' || c == '!' || c == '?' || c == ';' || c == ':' || c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0x2026 ||
           c == 0xFF1B || c == 0xFF1A;
}

/* Whether a line ends in the mark of a sentence, closing quotes and brackets, blanks. */
static int has_end(const Tables *tables, Line line) {
    Py_ssize_t first = line.end - line.start > LAST ? line.end - LAST : line.start, at = line.end;
    while (at > first && is_space(at_of(line, at - 1)))
        at--;
    while (at > first && has(tables, at_of(line, at - 1), CLOSER))
        at--;
    return at > first && ends_sentence(at_of(line, at - 1));
}

static int is_sentence(const Tables *tables, Line line, int has_han) {
    Py_ssize_t size = line.end - line.start;
    if (size >= (has_han ? 36 : 90))
        return 1;
    if (size * (has_han ? 3 : 1) < SAYING || !has_end(tables, line))
        return 0;
    Py_UCS4 last = at_of(line, line.end - 1);
    return last != ':' && last != 0xFF1A;
}

/* Whether a line of text is divided as a table's row is: by more than one bar or tab. */
static int is_divided(Line line) {
    Py_ssize_t bars = 0, tabs = 0;
    for (Py_ssize_t at = line.start; at < line.end; at++) {
        Py_UCS4 c = at_of(line, at);
        tabs += c == '\t';
        if (c == ' ' && at + 2 < line.end && at_of(line, at + 1) == '|' && at_of(line, at + 2) == ' ') {
            bars++;
            at += 2;
        }
    }
    return bars > 1 || tabs > 1;
}

static unsigned line_bits(const Tables *tables, Line line, int has_han) {
    Py_ssize_t size = line.end - line.start;
    if (is_sentence(tables, line, has_han))
        return SENTENCE;
    return size <= (has_han ? 24 : 60) ? TITLE : 0;
}

static unsigned key_bits(const Tables *tables, const Key *key) {
    int is_wide = 0, has_han = 0, has_letters = 0, is_cut = 0;
    for (Py_ssize_t at = 0; at < key->size && !has_letters; at++)
        has_letters = is_letter(key->text[at]) != 0;
    for (Py_ssize_t at = 0; at < key->size && (key->is_wide || key->size > CUT); at++) {
        is_wide |= key->text[at] >= 128;
        has_han |= has(tables, key->text[at], HAN) != 0;
        is_cut |= key->text[at] == 0x2026 && at >= key->size - HASH_TAIL;
    }
    int can_share = key->size >= (has_han ? 8 : 18) && key->size < LONGEST && !is_cut;
    return (is_wide ? WIDE : 0) | (has_letters ? LETTERS : 0) | (key->size > 3 ? WORDY : 0) | (can_share ? SHARABLE : 0);
}

#endif
