/* The tokenizer of stream.py for _scan.c: the names of tags, and where a page's next tag is. */

#ifndef CLEANER_TOKENS_H
#define CLEANER_TOKENS_H

#include "_text.h"

enum kind { INLINE, SPAN, OPEN, CLOSE, LINK, LINK_END, BREAK, CELL, CELL_END, PRE, NOTHING, CLOSE_SPECIAL };

/* Flags of a tag's name: what sets of elements.py it is in. */
enum {
    IN_CELLS = 1,
    IN_HEADINGS = 2,
    IN_ROW_GROUPS = 4,
    IN_TABLE = 8,
    IN_ITEM_WALLS = 16,
    IN_UNJOINED = 32,
    IS_P = 64,
    IS_TR = 128,
    IS_PRE = 256,
    IS_ITEM = 512, /* li */
    IS_TERM = 1024 /* dt, dd */
};

typedef struct {
    const char *name;
    int open, close, flags;
} Name;

/* Number 0 is the page itself, which no tag names; the rest is stream.py's table. */
static const Name NAMES[] = {
    {"", INLINE, INLINE, 0},
    {"p", OPEN, CLOSE, IS_P},
    {"div", OPEN, CLOSE, 0},
    {"a", LINK, LINK_END, 0},
    {"br", BREAK, INLINE, 0},
    {"li", OPEN, CLOSE, IS_ITEM},
    {"td", CELL, CELL_END, IN_CELLS | IN_TABLE | IN_ITEM_WALLS},
    {"th", CELL, CELL_END, IN_CELLS | IN_TABLE | IN_ITEM_WALLS},
    {"tr", OPEN, CLOSE_SPECIAL, IS_TR | IN_TABLE | IN_UNJOINED},
    {"table", OPEN, CLOSE, IN_TABLE | IN_ITEM_WALLS},
    {"tbody", OPEN, CLOSE, IN_ROW_GROUPS | IN_TABLE},
    {"thead", OPEN, CLOSE, IN_ROW_GROUPS | IN_TABLE},
    {"tfoot", OPEN, CLOSE, IN_ROW_GROUPS | IN_TABLE},
    {"caption", OPEN, CLOSE, IN_TABLE},
    {"ul", OPEN, CLOSE, IN_ITEM_WALLS},
    {"ol", OPEN, CLOSE, IN_ITEM_WALLS},
    {"menu", OPEN, CLOSE, IN_ITEM_WALLS},
    {"dl", OPEN, CLOSE, IN_ITEM_WALLS},
    {"dt", OPEN, CLOSE, IS_TERM},
    {"dd", OPEN, CLOSE, IS_TERM},
    {"h1", OPEN, CLOSE, IN_HEADINGS | IN_UNJOINED},
    {"h2", OPEN, CLOSE, IN_HEADINGS | IN_UNJOINED},
    {"h3", OPEN, CLOSE, IN_HEADINGS | IN_UNJOINED},
    {"h4", OPEN, CLOSE, IN_HEADINGS | IN_UNJOINED},
    {"h5", OPEN, CLOSE, IN_HEADINGS | IN_UNJOINED},
    {"h6", OPEN, CLOSE, IN_HEADINGS | IN_UNJOINED},
    {"pre", PRE, CLOSE_SPECIAL, IS_PRE | IN_UNJOINED},
    {"listing", PRE, CLOSE_SPECIAL, IS_PRE},
    {"blockquote", OPEN, CLOSE, IN_UNJOINED},
    {"html", NOTHING, CLOSE, 0},
    {"head", NOTHING, CLOSE, 0},
    {"body", NOTHING, CLOSE, 0},
    {"hr", NOTHING, CLOSE, 0},
    {"address", OPEN, CLOSE, 0},
    {"article", OPEN, CLOSE, 0},
    {"aside", OPEN, CLOSE, 0},
    {"audio", OPEN, CLOSE, 0},
    {"button", OPEN, CLOSE, 0},
    {"canvas", OPEN, CLOSE, 0},
    {"center", OPEN, CLOSE, 0},
    {"details", OPEN, CLOSE, 0},
    {"dialog", OPEN, CLOSE, 0},
    {"dir", OPEN, CLOSE, 0},
    {"fieldset", OPEN, CLOSE, 0},
    {"figcaption", OPEN, CLOSE, 0},
    {"figure", OPEN, CLOSE, 0},
    {"footer", OPEN, CLOSE, 0},
    {"form", OPEN, CLOSE, 0},
    {"frameset", OPEN, CLOSE, 0},
    {"header", OPEN, CLOSE, 0},
    {"hgroup", OPEN, CLOSE, 0},
    {"legend", OPEN, CLOSE, 0},
    {"main", OPEN, CLOSE, 0},
    {"nav", OPEN, CLOSE, 0},
    {"noscript", OPEN, CLOSE, 0},
    {"object", OPEN, CLOSE, 0},
    {"optgroup", OPEN, CLOSE, 0},
    {"option", OPEN, CLOSE, 0},
    {"search", OPEN, CLOSE, 0},
    {"section", OPEN, CLOSE, 0},
    {"summary", OPEN, CLOSE, 0},
    {"video", OPEN, CLOSE, 0},
    {"b", SPAN, INLINE, 0},
    {"strong", SPAN, INLINE, 0},
    {"i", SPAN, INLINE, 0},
    {"em", SPAN, INLINE, 0},
    {"span", SPAN, INLINE, 0},
    {"font", SPAN, INLINE, 0},
    {"u", SPAN, INLINE, 0},
    {"small", SPAN, INLINE, 0},
    {"label", SPAN, INLINE, 0},
    {"ins", SPAN, INLINE, 0},
    {"del", SPAN, INLINE, 0},
    {"s", SPAN, INLINE, 0},
    {"sub", SPAN, INLINE, 0},
    {"sup", SPAN, INLINE, 0},
    {"mark", SPAN, INLINE, 0},
    {"q", SPAN, INLINE, 0},
    {"cite", SPAN, INLINE, 0},
    {"abbr", SPAN, INLINE, 0},
    {"time", SPAN, INLINE, 0},
    {"code", SPAN, INLINE, 0},
    {"tt", SPAN, INLINE, 0},
    {"big", SPAN, INLINE, 0},
    {"bdi", SPAN, INLINE, 0},
    {"bdo", SPAN, INLINE, 0},
};
enum { NAME_COUNT = sizeof NAMES / sizeof NAMES[0], LONGEST_NAME = 10, SLOTS = 512, OTHER = -1 };

static short slots[SLOTS];             /* number of a name by its hash */
static int heading_name, body_name;    /* the numbers of h1 and body */
static PyObject *interned[NAME_COUNT]; /* the names as str */

static unsigned
hash_of(const unsigned char *name, int size)
{
    unsigned hash = 0;
    for (int i = 0; i < size; i++)
        hash = hash * 37 + name[i];
    return (hash ^ (hash >> 9)) & (SLOTS - 1);
}

static int
is_word(const uc *at, const uc *end, const char *word) /* followed by what ends a name */
{
    ix size = strlen(word);
    if (end - at <= size)
        return 0;
    for (ix i = 0; i < size; i++)
        if (lower(at[i]) != (uc)word[i])
            return 0;
    return at[size] == '/' || at[size] == '>' || is_space(at[size]);
}

/* Behind the attributes of a tag: at its ">" or at the end of the page. `typed`: whether "itemtype=" is among them. */
static const uc *
after_typed_attributes(const uc *at, const uc *end, int *typed)
{
    const uc *begin = at;
    while (at < end && *at != '>') {
        if (*at++ != '=')
            continue;
        if (at - begin > 9 && stands(at - 9, at, "itemtype"))
            *typed = 1;
        while (at < end && is_space(*at))
            at++;
        if (at < end && (*at == '"' || *at == '\'')) {
            at = find(at + 1, end, *at);
            at += at < end;
        }
    }
    return at;
}

static const uc *
after_attributes(const uc *at, const uc *end)
{
    int typed;
    return after_typed_attributes(at, end, &typed);
}

/* Whether the first two letters are those of one of the names below: a look that saves most of them. */
static inline int
begins_raw(const uc *at, const uc *end)
{
    if (end - at < 2)
        return 0;
    uc second = lower(at[1]);
    switch (lower(*at)) {
    case 's':
        return second == 'c' || second == 't' || second == 'e' || second == 'v';
    case 't':
        return second == 'e' || second == 'i';
    case 'i':
        return second == 'f';
    case 'm':
        return second == 'a';
    case 'n':
        return second == 'o';
    case 'x':
        return second == 'm';
    }
    return 0;
}

/* The end of a script, style, … that begins at `at` (its name); NULL when none begins there. */
static const uc *
after_raw(const uc *at, const uc *end)
{
    static const char *const words[] = {"script", "style",    "iframe", "math",     "noembed",  "noframes",
                                        "select", "svg",      "template", "textarea", "title",    "xmp"};
    enum { OPEN_ENDED = 2, WORDS = 12 };
    if (!begins_raw(at, end))
        return NULL;
    int number = 0;
    while (number < WORDS && !is_word(at, end, words[number]))
        number++;
    if (number == WORDS)
        return NULL;
    const char *word = words[number];
    ix size = strlen(word);
    const uc *body = at + size;
    if (number >= OPEN_ENDED) {
        body = after_attributes(body, end);
        if (body == end)
            return end;
        if (body++[-1] == '/')
            return body;
    }
    for (const uc *found = find(body, end, '<'); found < end; found = find(found + 1, end, '<')) {
        int closing = found + 1 < end && found[1] == '/';
        if (is_word(found + 1 + closing, end, word) && (closing || number >= OPEN_ENDED)) {
            if (!closing)
                return body;
            const uc *close = find(found, end, '>');
            return close < end ? close + 1 : number < OPEN_ENDED ? end : body;
        }
    }
    /* no end: "</title" at the very end of the page is one all the same only where a ">" follows, which it cannot */
    return number < OPEN_ENDED ? end : body;
}

static const uc *
after_comment(const uc *at, const uc *end) /* at: behind "<!--" */
{
    if (at < end && *at == '>')
        return at + 1;
    if (at + 1 < end && at[0] == '-' && at[1] == '>')
        return at + 2;
    for (at = find(at, end, '-'); at < end; at = find(at + 1, end, '-')) {
        if (end - at >= 3 && at[1] == '-' && at[2] == '>')
            return at + 3;
        if (end - at >= 4 && at[1] == '-' && at[2] == '!' && at[3] == '>')
            return at + 4;
    }
    return end;
}

static inline int
is_same(const unsigned char *name, const char *other)
{
    while (*name && *name == (unsigned char)*other)
        name++, other++;
    return *name == (unsigned char)*other;
}

static int
name_of(const uc *at, ix size)
{
    unsigned char name[LONGEST_NAME + 1];
    if (size > LONGEST_NAME)
        return OTHER;
    for (ix i = 0; i < size; i++) {
        if (at[i] >= 128)
            return OTHER;
        name[i] = (unsigned char)lower(at[i]);
    }
    name[size] = 0;
    for (unsigned slot = hash_of(name, (int)size); slots[slot]; slot = (slot + 1) & (SLOTS - 1))
        if (is_same(name, NAMES[slots[slot]].name))
            return slots[slot];
    return OTHER;
}

typedef struct {
    const uc *text, *tag, *attributes; /* what stands before the tag; its name or, of a script and the like, its "<"; its attributes */
    ix text_size, size;
    int name, closing, last; /* last: the end of the page, not a tag */
    int typed;               /* with an itemtype */
} Token;

/* Reads the token whose text begins at `at`; gives where the next begins. */
static const uc *
next_token(const uc *at, const uc *end, Token *token)
{
    *token = (Token){.text = at, .name = OTHER};
    for (;; at++) {
        at = find(at, end, '<');
        if (end - at < 2) {
            token->text_size = end - token->text;
            token->last = 1;
            return end;
        }
        uc next = at[1];
        const uc *after;
        token->closing = next == '/' && end - at > 2 && is_letter(at[2]);
        if (token->closing || is_letter(next)) {
            const uc *begin = at + 1 + token->closing;
            after = token->closing ? NULL : after_raw(begin, end);
            if (!after) {
                const uc *attributes = begin + 1;
                while (attributes < end && *attributes != '/' && *attributes != '>' && !is_space(*attributes))
                    attributes++;
                token->name = name_of(begin, attributes - begin);
                const uc *close = after_typed_attributes(attributes, end, &token->typed);
                token->attributes = attributes;
                token->size = close - attributes;
                after = close + (close < end);
            }
        } else if (next == '!' && end - at > 3 && at[2] == '-' && at[3] == '-') {
            after = after_comment(at + 4, end);
        } else if (next == '!' || next == '?' || next == '/') {
            after = find(at + 2, end, '>');
            after += after < end;
        } else
            continue;
        token->text_size = at - token->text;
        token->tag = token->attributes ? at + 1 + token->closing : at;
        return after;
    }
}

#endif
