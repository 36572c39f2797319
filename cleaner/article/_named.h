/* Whether a tag's attributes call it the text of an article or of a post, as `is_named` in named.py says. */

#ifndef CLEANER_NAMED_H
#define CLEANER_NAMED_H

#include "_texts.h"

#define LONGEST_WORD 64
#define NAMED_CHARS 1000

static int is_blank(Py_UCS4 c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

static Py_UCS4 ascii_lowered(Py_UCS4 c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; }

static Py_ssize_t after_blanks(const Text *text, Py_ssize_t at, Py_ssize_t length) {
    while (at < length && is_blank(char_at(text, at)))
        at++;
    return at;
}

/* Where an attribute's name ends that begins here, in whatever case; 0 where another stands here. */
static Py_ssize_t after_word(const Text *text, Py_ssize_t at, Py_ssize_t length, const char *word) {
    for (; *word; word++, at++)
        if (at >= length || ascii_lowered(char_at(text, at)) != (Py_UCS4)*word)
            return 0;
    return at;
}

enum { AN_ARTICLE = 1, A_POST = 2 };

/* What templates call the texts of articles (the first words) and of posts (the last ones; some are both). */
typedef struct {
    Vocabulary words;
    int64_t articles, before_posts; /* how many are of articles; how many are only that */
} Names;

static int marks_of_number(const Names *names, int64_t number) {
    return number == NO_WORD ? 0 : (number < names->articles ? AN_ARTICLE : 0) | (number >= names->before_posts ? A_POST : 0);
}

/* What a name says, with or without a prefix. As in named.py the name itself and what is behind its prefix both count. */
static int marks_of_name(const Py_UCS4 *word, Py_ssize_t size, const Names *names) {
    static const char *const PREFIXES[] = {"elementor-widget-theme-", "wp-block-"};
    int marks = marks_of_number(names, number_of(&names->words, word, size));
    Py_ssize_t low = 0;
    for (int which = 0; which < 2; which++) {
        Py_ssize_t place = 0;
        while (PREFIXES[which][place] && place < size && word[place] == (Py_UCS4)PREFIXES[which][place])
            place++;
        if (!PREFIXES[which][place] && place < size)
            return marks | marks_of_number(names, number_of(&names->words, word + place, size - place));
    }
    while (low < size && low < 3 && word[low] >= 'a' && word[low] <= 'z')
        low++;
    if (low && low + 1 < size && word[low] == '-')
        marks |= marks_of_number(names, number_of(&names->words, word + low + 1, size - low - 1));
    return marks;
}

/* What the names in a value say. */
static int marks_of_value(const Text *text, Py_ssize_t at, Py_ssize_t end, const Names *names) {
    Py_UCS4 word[LONGEST_WORD];
    int marks = 0;
    while ((at = after_blanks(text, at, end)) < end) {
        Py_ssize_t size = 0;
        for (; at < end && !is_blank(char_at(text, at)); at++, size++)
            if (size < LONGEST_WORD)
                word[size] = ascii_lowered(char_at(text, at));
        if (size <= LONGEST_WORD)
            marks |= marks_of_name(word, size, names);
    }
    return marks;
}

/* What a tag's attributes call it. */
static int64_t marks_of(PyObject *written, const Names *names) {
    int marks = 0;
    if (!PyUnicode_Check(written))
        return 0;
    Text text = text_of(written);
    Py_ssize_t length = text.length < NAMED_CHARS ? text.length : NAMED_CHARS;
    for (Py_ssize_t at = 0; at < length; at++) {
        if (at && !is_blank(char_at(&text, at - 1)))
            continue;
        Py_ssize_t end = after_word(&text, at, length, "class");
        end = end ? end : after_word(&text, at, length, "id");
        end = end ? end : after_word(&text, at, length, "itemprop");
        Py_ssize_t begin = end ? after_blanks(&text, end, length) : length;
        if (begin >= length || char_at(&text, begin) != '=')
            continue;
        begin = after_blanks(&text, begin + 1, length);
        Py_UCS4 quote = begin < length ? char_at(&text, begin) : 0;
        if (quote == '"' || quote == '\'') {
            for (end = ++begin; end < length && char_at(&text, end) != quote;)
                end++;
            if (end == length)
                continue;
        } else
            for (end = begin; end < length && !is_blank(char_at(&text, end)) && char_at(&text, end) != '"' && char_at(&text, end) != '\'' &&
                              char_at(&text, end) != '>';)
                end++;
        marks |= marks_of_value(&text, begin, end, names);
        at = end > at ? end - 1 : at;
    }
    return marks;
}

#endif
