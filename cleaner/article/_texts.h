/* What the characters of each block are: how many of each class, tokens, first words, how like the title, whether the text comes twice. */

#ifndef CLEANER_TEXTS_H
#define CLEANER_TEXTS_H

#include "_page.h"
#include "_vocabulary.h"

#define CLASSES 16
enum { SPACE = 1, LOWER, UPPER, DIGIT, IDEOGRAPH, COMMA, STOP, COLON, BRACKET, BAR, MONEY, MARK, LINE };
#define FIRST_WORDS 4
#define FIRST_CHARS 80
#define LONG_BLOCK 200
#define LONG_WORDS 2

typedef struct {
    int32_t classes[CLASSES], tokens;
    uint8_t first, last; /* classes of the first and last character */
    uint8_t copy, copied;
    double like_title;
    int64_t words[FIRST_WORDS];
} Counts;

static int is_ideograph(Py_UCS4 c) { return (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF); }

static Py_UCS4 lowered(Py_UCS4 c) {
    if (c < 128)
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    if (c == 0x130)
        return 'i';
    if (c == 0x3C2)
        return 0x3C3; /* the sigma at the end of a word */
    return Py_UNICODE_TOLOWER(c);
}

static int is_letter(Py_UCS4 c) {
    if (c < 128)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return !is_ideograph(c) && Py_UNICODE_ISALNUM(c) && !Py_UNICODE_ISDECIMAL(c);
}

/* The numbers of the first words between two places, at most FIRST_CHARS apart; NO_WORD for unknown ones and where there is none. */
static void first_words(const Text *text, Py_ssize_t start, Py_ssize_t stop, int most, const Vocabulary *vocabulary, int64_t *found) {
    Py_UCS4 word[FIRST_CHARS + 1];
    int count = 0;
    for (int place = 0; place < FIRST_WORDS; place++)
        found[place] = NO_WORD;
    for (Py_ssize_t at = start; at < stop && count < most;) {
        Py_UCS4 c = char_at(text, at);
        Py_ssize_t length = 0;
        if (is_ideograph(c)) {
            if (at + 1 < stop && is_ideograph(char_at(text, at + 1))) {
                word[0] = c;
                word[1] = char_at(text, at + 1);
                length = 2;
            }
            at += length ? 2 : 1;
        } else if (is_letter(c)) {
            while (at < stop && is_letter(c = char_at(text, at))) {
                word[length++] = lowered(c);
                at++;
            }
            if (length < 2)
                continue;
        } else {
            if (Py_UNICODE_ISDECIMAL(c))
                word[length++] = c;
            at++;
        }
        if (length)
            found[count++] = number_of(vocabulary, word, length);
    }
}

/* Count a block; what lies between it and the next (white space) counts as its own. table: the class of each character below 0x10000. */
static void count_block(const Page *page, Py_ssize_t block, const uint8_t *table, const Vocabulary *vocabulary, Counts *counts) {
    const Text *text = &page->text;
    int64_t start = page->starts[block], end = page->ends[block];
    Py_ssize_t from = block ? start : 0, to = block + 1 < page->count ? page->starts[block + 1] : text->length;
    int before = 0;
    for (Py_ssize_t at = from; at < to; at++) {
        Py_UCS4 c = char_at(text, at);
        int class = table[c > 0xFFFF ? 0xFFFF : c] & (CLASSES - 1), inside = class >= LOWER && class <= DIGIT;
        counts->classes[class]++;
        counts->tokens += inside & !before;
        before = inside;
    }
    counts->tokens += counts->classes[IDEOGRAPH];
    Py_UCS4 head = char_at(text, start), tail = char_at(text, end - 1);
    counts->first = table[head > 0xFFFF ? 0xFFFF : head];
    counts->last = table[tail > 0xFFFF ? 0xFFFF : tail];
    first_words(text, start, end - start < FIRST_CHARS ? end : start + FIRST_CHARS, end - start <= LONG_BLOCK ? FIRST_WORDS : LONG_WORDS,
                vocabulary, counts->words);
}

static uint64_t hash_of_bytes(const char *piece, size_t bytes) {
    uint64_t hash = 14695981039346656037ull ^ bytes, word;
    size_t at = 0;
    for (; at + 8 <= bytes; at += 8) {
        memcpy(&word, piece + at, 8);
        hash = (hash ^ word) * 0x9E3779B97F4A7C15ull;
        hash ^= hash >> 29;
    }
    for (; at < bytes; at++)
        hash = (hash ^ (unsigned char)piece[at]) * 1099511628211ull;
    return hash ^ (hash >> 32);
}

static size_t table_size(size_t count) {
    size_t size = 16;
    while (size < 2 * count)
        size *= 2;
    return size;
}

/* Which blocks repeat the text of one before, and which come again. -1 without memory. */
static int find_copies(const Page *page, Counts *counts) {
    size_t size = table_size(page->count);
    int64_t *places = PyMem_Calloc(size, sizeof(int64_t)); /* number of a block plus one */
    uint64_t *hashes = PyMem_Malloc((page->count + 1) * sizeof(uint64_t));
    const char *data = page->text.data;
    int kind = page->text.kind, good = places && hashes;
    for (Py_ssize_t block = 0; good && block < page->count; block++) {
        size_t bytes = (page->ends[block] - page->starts[block]) * kind;
        const char *piece = data + page->starts[block] * kind;
        uint64_t hash = hashes[block] = hash_of_bytes(piece, bytes);
        for (size_t place = hash & (size - 1);; place = (place + 1) & (size - 1)) {
            int64_t other = places[place] - 1;
            if (other < 0) {
                places[place] = block + 1;
                break;
            }
            if (hashes[other] == hash && (size_t)(page->ends[other] - page->starts[other]) * kind == bytes &&
                !memcmp(data + page->starts[other] * kind, piece, bytes)) {
                counts[block].copy = counts[other].copied = 1;
                break;
            }
        }
    }
    PyMem_Free(places);
    PyMem_Free(hashes);
    if (!good)
        PyErr_NoMemory();
    return good ? 0 : -1;
}

/* A set of words, as 64-bit hashes with the round they were last put in: a new round empties it at no cost. */
typedef struct {
    uint64_t *hashes;
    int64_t *rounds;
    size_t mask;
} WordSet;

static int word_set_make(WordSet *set, size_t count) {
    size_t size = table_size(count + 1);
    set->mask = size - 1;
    set->hashes = PyMem_Malloc(size * sizeof(uint64_t));
    set->rounds = PyMem_Calloc(size, sizeof(int64_t));
    return set->hashes && set->rounds ? 0 : -1;
}

static void word_set_clear(WordSet *set) {
    PyMem_Free(set->hashes);
    PyMem_Free(set->rounds);
}

/* Whether a word is in the set in this round; it is put in unless `only_look`. */
static int word_set_has(WordSet *set, uint64_t hash, int64_t round, int only_look) {
    size_t place = (hash ^ (hash >> 32)) & set->mask;
    while (set->rounds[place] == round && set->hashes[place] != hash)
        place = (place + 1) & set->mask;
    if (set->rounds[place] == round)
        return 1;
    if (!only_look) {
        set->hashes[place] = hash;
        set->rounds[place] = round;
    }
    return 0;
}

/* The next word of a title: an ideograph, or two letters and digits or more; 0 at the end. `at` moves behind it. */
static uint64_t next_word(const Text *text, Py_ssize_t *at, Py_ssize_t stop) {
    while (*at < stop) {
        Py_UCS4 c = char_at(text, *at);
        uint64_t hash = 14695981039346656037ull;
        if (is_ideograph(c)) {
            ++*at;
            return (hash ^ c) * 1099511628211ull | 1;
        }
        Py_ssize_t length = 0;
        while (*at < stop && !is_ideograph(c = char_at(text, *at)) && Py_UNICODE_ISALNUM(c)) {
            hash = (hash ^ lowered(c)) * 1099511628211ull;
            hash ^= hash >> 31;
            length++;
            ++*at;
            if (c == 0x130)
                break; /* in lower case it is an i and a dot, which ends the word */
        }
        if (length > 1)
            return hash | 1;
        *at += !length;
    }
    return 0;
}

/* How much the headings are like the title (Dice over their different words). -1 without memory. */
static int compare_titles(const Page *page, PyObject *title, Counts *counts) {
    Text wanted = text_of(title);
    Py_ssize_t longest = 2 * wanted.length + 20, room = 0;
    for (Py_ssize_t block = 0; block < page->count; block++) {
        Py_ssize_t size = page->ends[block] - page->starts[block];
        if (page->starts_with_h[block] && size <= longest && size > room)
            room = size;
    }
    WordSet known = {0}, own = {0};
    int good = word_set_make(&known, wanted.length) == 0 && word_set_make(&own, room) == 0;
    int64_t known_words = 0;
    uint64_t word;
    for (Py_ssize_t at = 0; good && (word = next_word(&wanted, &at, wanted.length));)
        known_words += !word_set_has(&known, word, 1, 0);
    for (Py_ssize_t block = 0; good && known_words && block < page->count; block++) {
        if (!page->starts_with_h[block] || page->ends[block] - page->starts[block] > longest)
            continue;
        int64_t words = 0, shared = 0;
        for (Py_ssize_t at = page->starts[block]; (word = next_word(&page->text, &at, page->ends[block]));)
            if (!word_set_has(&own, word, block + 1, 0)) {
                words++;
                shared += word_set_has(&known, word, 1, 1);
            }
        counts[block].like_title = (double)(2 * shared) / (double)(words + known_words);
    }
    word_set_clear(&known);
    word_set_clear(&own);
    if (!good)
        PyErr_NoMemory();
    return good ? 0 : -1;
}

#endif
