/* The key of a line, as site_keys.block_key makes it: normalised text, then numbers folded, then a hash.

   A line is copied into a buffer of MOST characters, and every step writes at or before the place it reads, so nothing can grow past its end. Lines with
   one of the two letters whose lower case is not one letter, or depends on what surrounds it, are left to Python (`copy_line` says so). */

#ifndef SITE_KEY_H
#define SITE_KEY_H

#include "site_numbers.h"

#define CUT 200          /* characters of a cut key that can be read */
#define LONGEST 300      /* characters of a key */
#define FACTOR 0x9E3779B97F4A7C15ull
#define DOTTED_I 0x130   /* its lower case has two characters */
#define SIGMA 0x3A3      /* its lower case depends on what follows */

typedef struct {
    Py_UCS4 text[MOST];
    Py_ssize_t size;
    int is_wide, has_han; /* of the line it was made of: other characters than ASCII, Han script */
} Key;

/* The number of a key: a polynomial of its characters, its bits mixed; never 0, which stands for no key. Four characters a step, because each step waits for the
   product of the one before; numbers wrap at 64 bits, so the sum is the same. */
static uint64_t key_hash(const Py_UCS4 *text, Py_ssize_t size) {
    static const uint64_t second = FACTOR * FACTOR, third = FACTOR * FACTOR * FACTOR, fourth = FACTOR * FACTOR * FACTOR * FACTOR;
    uint64_t hash = (uint64_t)size;
    Py_ssize_t at = 0;
    for (; at + 4 <= size; at += 4)
        hash = hash * fourth + text[at] * third + text[at + 1] * second + text[at + 2] * FACTOR + text[at + 3];
    for (; at < size; at++)
        hash = hash * FACTOR + text[at];
    hash = (hash ^ (hash >> 32)) * FACTOR;
    hash ^= hash >> 29;
    return hash ? hash : 1;
}

static int is_ideograph(Py_UCS4 c) { return c >= 0x4E00 && c <= 0x9FFF; }

/* The end of a gloss "(jian)" that begins at `at`, behind an ideograph; `at` where there is none. */
static Py_ssize_t gloss_end(const Tables *tables, const Py_UCS4 *text, Py_ssize_t at, Py_ssize_t size) {
    Py_ssize_t end = at + 1;
    while (end < size && end - at <= GLOSS_LETTERS && has(tables, text[end], GLOSS))
        end++;
    return end > at + 1 && end < size && text[end] == ')' ? end + 1 : at;
}

/* Script and width folded, glosses taken out. */
static void fold_script(const Tables *tables, Key *key) {
    Py_UCS4 *text = key->text;
    Py_ssize_t out = 0;
    for (Py_ssize_t at = 0; at < key->size; at++)
        text[at] = text[at] < PLANE ? tables->folded[text[at]] : text[at];
    Py_UCS4 last = 0; /* what stands before `at`, which may have been written over */
    for (Py_ssize_t at = 0; at < key->size;) {
        Py_ssize_t end = text[at] == '(' && is_ideograph(last) ? gloss_end(tables, text, at, key->size) : at;
        if (end > at) {
            last = ')';
            at = end;
        } else
            text[out++] = last = text[at++];
    }
    key->size = out;
}

/* Lower case, without decoration at the ends, one blank for each run of them; whether there is a digit in it. */
static int tidy(const Tables *tables, Key *key) {
    Py_UCS4 *text = key->text;
    Py_ssize_t start = 0, end = key->size, out = 0;
    int has_digit = 0, after_blank = 1;
    while (start < end && has(tables, text[start], EDGE))
        start++;
    while (end > start && has(tables, text[end - 1], EDGE))
        end--;
    for (Py_ssize_t at = start; at < end; at++) {
        Py_UCS4 c = text[at];
        if (c < 128) {
            has_digit |= tables->plain[c] & DIGIT;
            c = tables->plain[c] & ~DIGIT;
        } else {
            has_digit |= is_digit(c);
            c = is_space(c) ? ' ' : lowered(c);
        }
        text[out] = c;
        out += c != ' ' || !after_blank;
        after_blank = c == ' ';
    }
    key->size = out - (out && text[out - 1] == ' ');
    return has_digit;
}

/* Blanks between ideographs go where a line is spread out. */
static void close_up(Key *key) {
    Py_UCS4 *text = key->text;
    Py_ssize_t blanks = 0, out = 0;
    for (Py_ssize_t at = 0; at < key->size; at++)
        blanks += text[at] == ' ';
    if (blanks * 3 <= key->size)
        return;
    for (Py_ssize_t at = 0; at < key->size; at++)
        if (text[at] != ' ' || !at || at + 1 == key->size || !is_ideograph(text[at - 1]) || !is_ideograph(text[at + 1]))
            text[out++] = text[at];
    key->size = out;
}

/* The beginning of a long key, and a hash of it all with its numbers folded, as letters. */
static void cut(const Tables *tables, Key *key) {
    Py_UCS4 whole[MOST];
    memcpy(whole, key->text, key->size * sizeof *whole);
    uint64_t hash = key_hash(whole, fold_numbers(whole, key->size));
    key->size = fold_dates(tables, key->text, CUT, key->is_wide);
    key->text[key->size++] = 0x2026;
    for (int shift = 60; shift >= 0; shift -= 4)
        key->text[key->size++] = 'a' + ((hash >> shift) & 15);
}

/* Copy the characters of a line; all their bits. A loop for each width, which compilers turn into steps of many characters. */
static Py_UCS4 copy_characters(Line line, Py_UCS4 *text) {
    Py_ssize_t size = line.end - line.start;
    Py_UCS4 high = 0;
    if (line.kind == PyUnicode_1BYTE_KIND)
        for (Py_ssize_t at = 0; at < size; at++)
            high |= text[at] = ((const Py_UCS1 *)line.data)[line.start + at];
    else if (line.kind == PyUnicode_2BYTE_KIND)
        for (Py_ssize_t at = 0; at < size; at++)
            high |= text[at] = ((const Py_UCS2 *)line.data)[line.start + at];
    else
        for (Py_ssize_t at = 0; at < size; at++)
            high |= text[at] = ((const Py_UCS4 *)line.data)[line.start + at];
    return high;
}

/* Copy a line without what is invisible; 0 where Python has to make its key. */
static int copy_line(const Tables *tables, Line line, Key *key) {
    Py_UCS4 *text = key->text, high = copy_characters(line, text);
    Py_ssize_t size = line.end - line.start, out = 0;
    key->size = size;
    key->is_wide = high >= 128;
    key->has_han = 0;
    if (!key->is_wide)
        return 1;
    for (Py_ssize_t at = 0; at < size; at++) {
        Py_UCS4 c = text[at];
        if (c == DOTTED_I || c == SIGMA)
            return 0;
        key->has_han |= has(tables, c, HAN);
        if (!has(tables, c, INVISIBLE))
            text[out++] = c == 0x2019 ? '\'' : c;
    }
    key->size = out;
    return 1;
}

/* The key of a line of at most MOST characters; 0 where Python has to make it. */
static int line_key(const Tables *tables, Line line, Key *key) {
    if (!copy_line(tables, line, key))
        return 0;
    if (key->has_han)
        fold_script(tables, key);
    int has_digit = tidy(tables, key);
    if (key->has_han)
        close_up(key);
    if (key->size > LONGEST) {
        cut(tables, key);
        return 1;
    }
    if (has_digit)
        key->size = fold_dates(tables, key->text, key->size, key->is_wide);
    return 1;
}

#endif
