/* One look at all blocks of a page: glance.glance() in C, for _scan.c. */

#ifndef CLEANER_GLANCE_H
#define CLEANER_GLANCE_H

#include "_text.h"

enum { BLOCK_START, BLOCK_END, BLOCK_TAG, BLOCK_PATH, BLOCK_LINKED, BLOCK_ROLE, BLOCK_HIDDEN, BLOCK_FIELDS }; /* page.Block */
enum { LONG_BLOCK = 60, MOST_LONG = 6 };                                                                       /* of glance.py */

typedef struct {
    ix start, end, linked;
    PyObject *tag;
    int hidden;
} Seen;

/* Reads a block; -1 with an exception set when it is none or does not lie in the text. */
static int
read_block(PyObject *block, ix length, Seen *seen)
{
    if (!PyTuple_Check(block) || PyTuple_GET_SIZE(block) < BLOCK_FIELDS || !PyUnicode_Check(PyTuple_GET_ITEM(block, BLOCK_TAG))) {
        PyErr_SetString(PyExc_TypeError, "blocks are page.Block");
        return -1;
    }
    seen->start = PyLong_AsSsize_t(PyTuple_GET_ITEM(block, BLOCK_START));
    seen->end = PyLong_AsSsize_t(PyTuple_GET_ITEM(block, BLOCK_END));
    seen->linked = PyLong_AsSsize_t(PyTuple_GET_ITEM(block, BLOCK_LINKED));
    seen->tag = PyTuple_GET_ITEM(block, BLOCK_TAG);
    seen->hidden = PyObject_IsTrue(PyTuple_GET_ITEM(block, BLOCK_HIDDEN));
    if (PyErr_Occurred())
        return -1;
    if (seen->start < 0 || seen->end <= seen->start || seen->end > length) {
        PyErr_SetString(PyExc_ValueError, "blocks lie in the text and are not empty");
        return -1;
    }
    return 0;
}

/* The level of a heading, 0 of anything else. */
static int
heading_level(PyObject *tag)
{
    return PyUnicode_GET_LENGTH(tag) == 2 && PyUnicode_READ_CHAR(tag, 0) == 'h' ? (int)PyUnicode_READ_CHAR(tag, 1) - '0' : 0;
}

typedef struct {
    ix size, start;
} Long;

/* Keeps the longest blocks, the longest first, of two of one length the later one. */
static void
keep_long(Long *longest, int *count, ix size, ix start)
{
    int place = *count < MOST_LONG ? (*count)++ : MOST_LONG - 1;
    if (place == MOST_LONG - 1 && longest[place].size > size)
        return;
    for (; place > 0 && longest[place - 1].size <= size; place--)
        longest[place] = longest[place - 1];
    longest[place] = (Long){size, start};
}

/* What labelled lines begin with: single characters, and pairs of letters in lower case one after the other. */
typedef struct {
    PyObject *openers, *openings;
    char begins[128]; /* 1: an opener, 2: the first of an opening, in either case */
} Openings;

static void
read_openings(Openings *self)
{
    memset(self->begins, 0, sizeof self->begins);
    for (ix i = 0; i + 1 < PyUnicode_GET_LENGTH(self->openings); i += 2) {
        Py_UCS4 c = PyUnicode_READ_CHAR(self->openings, i);
        if (c < 128)
            self->begins[c] = self->begins[Py_UNICODE_TOUPPER(c) & 127] = 2;
    }
    for (ix i = 0; i < PyUnicode_GET_LENGTH(self->openers); i++) {
        Py_UCS4 c = PyUnicode_READ_CHAR(self->openers, i);
        if (c < 128)
            self->begins[c] = 1;
    }
}

/* Whether a block may be a labelled line. */
static int
is_opened(PyObject *text, const Seen *seen, const Openings *by)
{
    int kind = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    Py_UCS4 first = PyUnicode_READ(kind, data, seen->start);
    if (first < 128 && by->begins[first] != 2)
        return by->begins[first];
    if (first >= 128 && PyUnicode_FindChar(by->openers, first, 0, PyUnicode_GET_LENGTH(by->openers), 1) >= 0)
        return 1;
    if (seen->end - seen->start < 2)
        return 0;
    Py_UCS4 second = Py_UNICODE_TOLOWER(PyUnicode_READ(kind, data, seen->start + 1));
    first = Py_UNICODE_TOLOWER(first);
    for (ix i = 0; i + 1 < PyUnicode_GET_LENGTH(by->openings); i += 2)
        if (PyUnicode_READ_CHAR(by->openings, i) == first && PyUnicode_READ_CHAR(by->openings, i + 1) == second)
            return 1;
    return 0;
}

/* What has been found so far: glance.Glance. */
typedef struct {
    PyObject *first, *second, *opened;
    Long longest[MOST_LONG];
    int count;
} Found;

static int
look_at(Found *found, PyObject *text, PyObject *block, ix number, const Openings *by, ix longest_line)
{
    Seen seen;
    if (read_block(block, PyUnicode_GET_LENGTH(text), &seen) < 0)
        return -1;
    ix size = seen.end - seen.start;
    int level = heading_level(seen.tag);
    if ((level == 1 || level == 2) && append_new(level == 1 ? found->first : found->second, PyLong_FromSsize_t(number)) < 0)
        return -1;
    if (size >= LONG_BLOCK && !seen.hidden && seen.linked * 2 <= size && PyUnicode_CompareWithASCIIString(seen.tag, "pre") != 0)
        keep_long(found->longest, &found->count, size, seen.start);
    return size <= longest_line && is_opened(text, &seen, by) ? append_new(found->opened, PyLong_FromSsize_t(number)) : 0;
}

static PyObject *
list_of_longest(const Found *found)
{
    PyObject *list = PyList_New(found->count);
    for (int i = 0; list && i < found->count; i++) {
        PyObject *pair = Py_BuildValue("nn", found->longest[i].size, found->longest[i].start);
        if (!pair)
            Py_CLEAR(list);
        else
            PyList_SET_ITEM(list, i, pair);
    }
    return list;
}

/* glance(text, blocks, openers, openings, longest line) -> the fields of glance.Glance */
static PyObject *
glance(PyObject *module, PyObject *args)
{
    PyObject *text, *blocks;
    Openings by;
    ix longest_line;
    if (!PyArg_ParseTuple(args, "UO!UUn", &text, &PyTuple_Type, &blocks, &by.openers, &by.openings, &longest_line))
        return NULL;
    read_openings(&by);
    Found found = {.first = PyList_New(0), .second = PyList_New(0), .opened = PyList_New(0)};
    int failed = !found.first || !found.second || !found.opened;
    for (ix i = 0; !failed && i < PyTuple_GET_SIZE(blocks); i++)
        failed = look_at(&found, text, PyTuple_GET_ITEM(blocks, i), i, &by, longest_line) < 0;
    PyObject *result = NULL;
    if (!failed)
        result = Py_BuildValue("OONO", found.first, found.second, list_of_longest(&found), found.opened);
    Py_XDECREF(found.first);
    Py_XDECREF(found.second);
    Py_XDECREF(found.opened);
    return result;
}

#endif
