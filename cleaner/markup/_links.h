/* What spans.py does for the spans of links alone, for _scan.c. */

#ifndef CLEANER_LINKS_H
#define CLEANER_LINKS_H

#include "_tokens.h"

enum { LONGEST_VALUE = 4000 };

typedef struct {
    const uc *page;
    ix size, position;
    ix start;       /* of the open link, -1 until its first word */
    PyObject *href; /* of the open link, or NULL */
    Text piece;
    PyObject *found;
} Walk;

static int
page_has(Walk *walk, ix at, const uc *word, ix size)
{
    return walk->size - at >= size && memcmp(walk->page + at, word, size * sizeof(uc)) == 0;
}

static ix
behind_blanks(Walk *walk, ix at)
{
    while (at < walk->size && is_space(walk->page[at]))
        at++;
    return at;
}

static ix
place_of(Walk *walk, const uc *word, ix size)
{
    ix start = behind_blanks(walk, walk->position);
    if (page_has(walk, start, word, size))
        return start;
    if (start < walk->size && walk->page[start] == '|') { /* the bar between cells */
        start = behind_blanks(walk, start + 1);
        if (page_has(walk, start, word, size))
            return start;
    }
    return walk->position < walk->size ? walk->position : walk->size;
}

static int
walk_text(Walk *walk, const uc *text, ix size)
{
    const uc *end = text + size;
    if (find(text, end, '&') < end) {
        walk->piece.size = 0;
        if (append(&walk->piece, text, size) < 0 || unescape_text(&walk->piece) < 0)
            return -1;
        text = walk->piece.at;
        end = text + walk->piece.size;
    }
    while (text < end) {
        while (text < end && is_space(*text))
            text++;
        const uc *word = text;
        while (text < end && !is_space(*text))
            text++;
        if (text == word)
            break;
        ix start = place_of(walk, word, text - word);
        if (walk->href && walk->start < 0)
            walk->start = start;
        walk->position = start + (text - word);
    }
    return 0;
}

static int
leave_link(Walk *walk)
{
    int failed = 0;
    if (walk->href && walk->start >= 0 && walk->start < walk->position) {
        failed = append_new(walk->found, Py_BuildValue("nnO", walk->start, walk->position, walk->href)) < 0;
    }
    Py_CLEAR(walk->href);
    return failed ? -1 : 0;
}

/* spans._href(), before entities are resolved; NULL where there is none */
static const uc *
href_of(const uc *attributes, ix size, ix *length)
{
    const uc *end = attributes + size;
    for (const uc *at = attributes; end - at > 4; at++) {
        if (lower(*at) != 'h' || !stands(at, end, "href"))
            continue;
        if (at > attributes && !(is_space(at[-1]) || at[-1] == '"' || at[-1] == '\'' || at[-1] == '/'))
            continue;
        const uc *value = at + 4;
        while (value < end && is_space(*value))
            value++;
        if (value == end || *value++ != '=')
            continue;
        while (value < end && is_space(*value))
            value++;
        const uc *stop = value;
        if (value < end && (*value == '"' || *value == '\'')) {
            uc quote = *value++;
            stop = find(value, end, quote);
            if (stop == end)
                continue;
        } else {
            while (stop < end && !is_space(*stop) && *stop != '>' && *stop != '"' && *stop != '\'')
                stop++;
            if (stop == value)
                continue;
        }
        *length = stop - value;
        return value;
    }
    return NULL;
}

static int
enter_link(Walk *walk, const uc *attributes, ix size)
{
    ix length = 0;
    const uc *value = leave_link(walk) < 0 ? NULL : href_of(attributes, size, &length);
    if (!value)
        return PyErr_Occurred() ? -1 : 0;
    walk->piece.size = 0;
    if (append(&walk->piece, value, length) < 0 || unescape_text(&walk->piece) < 0)
        return -1;
    const uc *at = walk->piece.at, *end = at + walk->piece.size;
    while (at < end && is_space(*at))
        at++;
    while (end > at && is_space(end[-1]))
        end--;
    if (at == end)
        return 0;
    walk->href = PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, at, end - at < LONGEST_VALUE ? end - at : LONGEST_VALUE);
    walk->start = -1;
    return walk->href ? 0 : -1;
}

static int
walk_over(Walk *walk, const uc *html, ix size)
{
    const uc *at = html, *end = html + size;
    for (;;) {
        Token token;
        at = next_token(at, end, &token);
        if (walk_text(walk, token.text, token.text_size) < 0)
            return -1;
        if (token.last)
            return leave_link(walk);
        int is_link = token.name != OTHER && NAMES[token.name].open == LINK;
        if (is_link && (token.closing ? leave_link(walk) : enter_link(walk, token.attributes, token.size)) < 0)
            return -1;
    }
}

static PyObject *
links(PyObject *module, PyObject *args)
{
    PyObject *html, *page;
    if (!PyArg_ParseTuple(args, "UU", &html, &page))
        return NULL;
    uc *source = PyUnicode_AsUCS4Copy(html), *text = PyUnicode_AsUCS4Copy(page);
    Walk walk = {.page = text, .size = PyUnicode_GET_LENGTH(page), .start = -1, .found = PyList_New(0)};
    if (!source || !text || !walk.found || walk_over(&walk, source, PyUnicode_GET_LENGTH(html)) < 0)
        Py_CLEAR(walk.found);
    Py_XDECREF(walk.href);
    PyMem_Free(source);
    PyMem_Free(text);
    PyMem_Free(walk.piece.at);
    return walk.found;
}

#endif
