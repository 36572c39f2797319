/* The page as the article stage sees it: its text, its blocks and its containers as arrays of numbers, read from Python's objects and checked once.
   After page_read every place lies inside the text and every number of a container exists; the other headers rely on it. */

#ifndef CLEANER_PAGE_H
#define CLEANER_PAGE_H

#include <Python.h>
#include <stdint.h>
#include <string.h>

typedef struct {
    PyObject *string;
    int kind;
    const void *data;
    Py_ssize_t length;
} Text;

typedef struct {
    Text text;
    Py_ssize_t count;      /* blocks */
    Py_ssize_t containers;
    int64_t *space;        /* what all the arrays below lie in */
    int64_t *starts, *ends, *homes, *links, *names, *headings, *levels, *link_counts; /* one a block */
    int64_t *starts_with_h;                                                             /* whether its tag does: headings and header */
    int64_t *parents, *firsts, *lasts;                                                  /* one a container */
    PyObject *tags, *attributes;                                                        /* lists, one entry a container; borrowed */
} Page;

static Py_UCS4 char_at(const Text *text, Py_ssize_t at) { return PyUnicode_READ(text->kind, text->data, at); }

static Text text_of(PyObject *string) {
    return (Text){string, PyUnicode_KIND(string), PyUnicode_DATA(string), PyUnicode_GET_LENGTH(string)};
}

/* The numbers of an array or a list, which must be `count`; -1 with an exception set on failure. */
static int read_numbers(PyObject *given, Py_ssize_t count, int64_t *out) {
    if (PyList_Check(given) && PyList_GET_SIZE(given) == count) {
        for (Py_ssize_t place = 0; place < count; place++)
            out[place] = PyLong_AsLongLong(PyList_GET_ITEM(given, place));
        return PyErr_Occurred() ? -1 : 0;
    }
    Py_buffer view;
    if (PyObject_GetBuffer(given, &view, PyBUF_CONTIG_RO) < 0)
        return -1;
    int good = view.len == count * view.itemsize;
    if (good && view.itemsize == 8)
        memcpy(out, view.buf, count * 8);
    else if (good && view.itemsize == 4)
        for (Py_ssize_t place = 0; place < count; place++)
            out[place] = ((const int32_t *)view.buf)[place];
    else if (good && view.itemsize == 1)
        for (Py_ssize_t place = 0; place < count; place++)
            out[place] = ((const uint8_t *)view.buf)[place];
    else
        good = 0;
    PyBuffer_Release(&view);
    if (!good)
        PyErr_SetString(PyExc_ValueError, "an array of a page has the wrong length or type");
    return good ? 0 : -1;
}

static int64_t field(PyObject *block, Py_ssize_t place) { return PyLong_AsLongLong(PyTuple_GET_ITEM(block, place)); }

static int64_t level_of(PyObject *tag) {
    if (PyUnicode_GET_LENGTH(tag) != 2 || PyUnicode_READ_CHAR(tag, 0) != 'h')
        return 0;
    Py_UCS4 level = PyUnicode_READ_CHAR(tag, 1);
    return level >= '1' && level <= '6' ? level - '0' : 0;
}

/* A block: (start, end, tag, container, characters in links, …). */
static int read_block(Page *page, Py_ssize_t number, PyObject *block, PyObject *tag_numbers, int64_t other) {
    if (!PyTuple_Check(block) || PyTuple_GET_SIZE(block) < 5 || !PyUnicode_Check(PyTuple_GET_ITEM(block, 2))) {
        PyErr_SetString(PyExc_TypeError, "blocks are tuples of start, end, tag, container, link characters");
        return -1;
    }
    PyObject *tag = PyTuple_GET_ITEM(block, 2), *name = PyDict_GetItemWithError(tag_numbers, tag);
    page->starts[number] = field(block, 0);
    page->ends[number] = field(block, 1);
    page->names[number] = name ? PyLong_AsLongLong(name) : other;
    page->headings[number] = level_of(tag);
    page->starts_with_h[number] = PyUnicode_GET_LENGTH(tag) && PyUnicode_READ_CHAR(tag, 0) == 'h';
    page->homes[number] = field(block, 3);
    page->links[number] = field(block, 4);
    return PyErr_Occurred() ? -1 : 0;
}

static int page_fits(const Page *page, int64_t names) {
    for (Py_ssize_t block = 0; block < page->count; block++)
        if (page->starts[block] < (block ? page->ends[block - 1] : 0) || page->ends[block] <= page->starts[block] ||
            page->ends[block] > page->text.length || page->homes[block] < 0 || page->homes[block] >= page->containers ||
            page->names[block] < 0 || page->names[block] >= names)
            return 0;
    for (Py_ssize_t box = 0; box < page->containers; box++)
        if (page->parents[box] < 0 || page->parents[box] > box || (page->parents[box] == box && box) || page->firsts[box] < 0 ||
            page->firsts[box] > page->lasts[box] || page->lasts[box] > page->count)
            return 0;
    return page->containers > 0 && page->count > 0;
}

static void page_clear(Page *page) { PyMem_Free(page->space); }

/* Read a page; -1 with an exception set on failure. arrays: parents, firsts, lasts, tags, attributes, links and levels of blocks. */
static int page_read(Page *page, PyObject *text, PyObject *blocks, PyObject *const *arrays, PyObject *tag_numbers, int64_t names, int64_t other) {
    memset(page, 0, sizeof *page);
    page->text = text_of(text);
    page->tags = arrays[3];
    page->attributes = arrays[4];
    if (!PyTuple_Check(blocks) || !PyList_Check(page->tags) || !PyList_Check(page->attributes)) {
        PyErr_SetString(PyExc_TypeError, "a page has a tuple of blocks, a list of tags and a list of attributes");
        return -1;
    }
    Py_ssize_t count = page->count = PyTuple_GET_SIZE(blocks), boxes = page->containers = PyList_GET_SIZE(page->tags);
    int64_t *space = page->space = PyMem_Malloc((9 * count + 3 * boxes + 1) * sizeof(int64_t));
    if (!space) {
        PyErr_NoMemory();
        return -1;
    }
    int64_t **columns[] = {&page->starts, &page->ends, &page->homes, &page->links, &page->names, &page->headings, &page->levels, &page->link_counts, &page->starts_with_h};
    for (int column = 0; column < 9; column++)
        *columns[column] = space + column * count;
    page->parents = space + 9 * count;
    page->firsts = page->parents + boxes;
    page->lasts = page->firsts + boxes;
    for (Py_ssize_t block = 0; block < count; block++)
        if (read_block(page, block, PyTuple_GET_ITEM(blocks, block), tag_numbers, other) < 0)
            return -1;
    if (read_numbers(arrays[0], boxes, page->parents) < 0 || read_numbers(arrays[1], boxes, page->firsts) < 0 ||
        read_numbers(arrays[2], boxes, page->lasts) < 0 || read_numbers(arrays[5], count, page->link_counts) < 0 ||
        read_numbers(arrays[6], count, page->levels) < 0)
        return -1;
    if (PyList_GET_SIZE(page->attributes) != boxes || !page_fits(page, names)) {
        PyErr_SetString(PyExc_ValueError, "blocks must be sorted, disjoint, not empty, inside the text; containers in document order");
        return -1;
    }
    return 0;
}

#endif
