/* Characters and growing texts for _scan.c: everything is Py_UCS4. */

#ifndef CLEANER_TEXT_H
#define CLEANER_TEXT_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <string.h>
#include <wchar.h>

typedef Py_UCS4 uc;
typedef Py_ssize_t ix;

static PyObject *unescape; /* html.unescape */

typedef struct {
    uc *at;
    ix size, room;
} Text;

static int
reserve(Text *text, ix more)
{
    if (text->size + more <= text->room)
        return 0;
    ix room = (text->size + more) * 2 + 256;
    uc *at = PyMem_Realloc(text->at, room * sizeof(uc));
    if (!at) {
        PyErr_NoMemory();
        return -1;
    }
    text->at = at;
    text->room = room;
    return 0;
}

static int
append(Text *text, const uc *from, ix size)
{
    if (reserve(text, size) < 0)
        return -1;
    if (size)
        memcpy(text->at + text->size, from, size * sizeof(uc));
    text->size += size;
    return 0;
}

static int
append_one(Text *text, uc character)
{
    return append(text, &character, 1);
}

/* Appends and gives up a value; -1 when there is none or no memory. */
static int
append_new(PyObject *list, PyObject *value)
{
    int failed = !value || PyList_Append(list, value) < 0;
    Py_XDECREF(value);
    return failed ? -1 : 0;
}

static PyObject *
str_of(const uc *text, ix size)
{
    return PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, text, size);
}

static inline int
is_space(uc c)
{
    return c < 128 ? (c == ' ' || (c >= 9 && c <= 13) || (c >= 28 && c <= 31)) : Py_UNICODE_ISSPACE(c);
}

static inline int
is_letter(uc c)
{
    c |= 32;
    return c >= 'a' && c <= 'z';
}

static inline uc
lower(uc c)
{
    return c >= 'A' && c <= 'Z' ? c | 32 : c;
}

static inline const uc *
find(const uc *from, const uc *end, uc c)
{
    if (sizeof(wchar_t) == sizeof(uc)) {
        const uc *found = (const uc *)wmemchr((const wchar_t *)from, (wchar_t)c, end - from);
        return found ? found : end;
    }
    while (from < end && *from != c)
        from++;
    return from;
}

static int
holds(const uc *text, ix size, const char *word)
{
    ix length = strlen(word);
    const uc *end = text + size;
    for (const uc *at = find(text, end, word[0]); end - at >= length; at = find(at + 1, end, word[0])) {
        ix i = 1;
        while (i < length && at[i] == (uc)word[i])
            i++;
        if (i == length)
            return 1;
    }
    return 0;
}

static int
is_blank(const uc *text, ix size)
{
    for (ix i = 0; i < size; i++)
        if (!is_space(text[i]))
            return 0;
    return 1;
}

static ix
stripped_size(const uc *text, ix size)
{
    while (size && is_space(text[size - 1]))
        size--;
    ix start = 0;
    while (start < size && is_space(text[start]))
        start++;
    return size - start;
}

/* " ".join(text.split()), appended */
static int
append_words(Text *to, const uc *text, ix size)
{
    if (reserve(to, size) < 0)
        return -1;
    uc *out = to->at + to->size, *begin = out;
    ix i = 0;
    while (i < size) {
        if (is_space(text[i])) {
            i++;
            continue;
        }
        if (out > begin)
            *out++ = ' ';
        while (i < size && !is_space(text[i]))
            *out++ = text[i++];
    }
    to->size = out - to->at;
    return 0;
}

static inline int
is_digit(uc c)
{
    return c >= '0' && c <= '9';
}

/* Whether a word in lower case stands at a place, in whatever case. */
static int
stands(const uc *at, const uc *end, const char *word)
{
    for (; *word; word++, at++)
        if (at >= end || lower(*at) != (uc)*word)
            return 0;
    return 1;
}

/* Entities that need none of html.unescape's rules: named ones with their semicolon, and plain numbers. */
static ix
simple_entity(const uc *at, const uc *end, uc *character)
{
    static const struct {
        const char *name;
        uc character;
    } named[] = {{"amp;", '&'},     {"nbsp;", 160},    {"quot;", '"'},    {"lt;", '<'},       {"gt;", '>'},
                 {"raquo;", 187},   {"laquo;", 171},   {"ndash;", 8211},  {"mdash;", 8212},   {"rsquo;", 8217},
                 {"lsquo;", 8216},  {"rdquo;", 8221},  {"ldquo;", 8220},  {"hellip;", 8230},  {"copy;", 169},
                 {"middot;", 183},  {"bull;", 8226},   {"eacute;", 233},  {"uuml;", 252},     {"auml;", 228},
                 {"ouml;", 246},    {"szlig;", 223},   {"agrave;", 224},  {"egrave;", 232},   {"apos;", '\''}};
    ix size = end - at;
    if (size > 2 && at[1] == '#') {
        int hex = (at[2] | 32) == 'x';
        uc value = 0;
        ix i = hex ? 3 : 2, first = i;
        for (; i < size && i < first + 6; i++) {
            uc c = at[i], digit = c >= '0' && c <= '9' ? c - '0' : hex && (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 87 : 99;
            if (digit == 99)
                break;
            value = value * (hex ? 16 : 10) + digit;
        }
        if (i == first || i >= size || at[i] != ';' || value < 32 || (value > 126 && value < 160) || value > 0xD7FF)
            return 0;
        *character = value;
        return i + 1;
    }
    for (size_t n = 0; n < sizeof named / sizeof named[0]; n++) {
        ix i = 0, length = strlen(named[n].name);
        if (size <= length)
            continue;
        while (i < length && at[1 + i] == (uc)named[n].name[i])
            i++;
        if (i == length) {
            *character = named[n].character;
            return length + 1;
        }
    }
    return 0;
}

/* html.unescape in place; a text never gets longer in the simple cases. */
static int
unescape_text(Text *run)
{
    uc *end = run->at + run->size;
    uc *at = (uc *)find(run->at, end, '&');
    if (at == end)
        return 0;
    uc *probe = at; /* first a look at whether all are simple */
    int simple = 1;
    while (probe < end) {
        uc next = probe + 1 < end ? probe[1] : ' ', character;
        if (next == '\t' || next == '\n' || next == '\f' || next == ' ' || next == '<' || next == '&' || next == ';')
            probe = (uc *)find(probe + 1, end, '&'); /* no entity */
        else {
            ix size = simple_entity(probe, end, &character);
            if (!size) {
                simple = 0;
                break;
            }
            probe = (uc *)find(probe + size, end, '&');
        }
    }
    if (simple) {
        uc *out = at;
        while (at < end) {
            uc character;
            ix size = *at == '&' ? simple_entity(at, end, &character) : 0;
            if (size) {
                *out++ = character;
                at += size;
            } else
                *out++ = *at++;
        }
        run->size = out - run->at;
        return 0;
    }
    PyObject *text = PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, run->at, run->size);
    PyObject *plain = text ? PyObject_CallOneArg(unescape, text) : NULL;
    Py_XDECREF(text);
    if (!plain)
        return -1;
    run->size = 0;
    int failed = reserve(run, PyUnicode_GET_LENGTH(plain)) < 0 ||
                 (PyUnicode_GET_LENGTH(plain) && !PyUnicode_AsUCS4(plain, run->at, run->room, 0));
    run->size = PyUnicode_GET_LENGTH(plain);
    Py_DECREF(plain);
    return failed ? -1 : 0;
}

#endif
