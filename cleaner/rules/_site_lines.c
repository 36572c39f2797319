/* What is counted of a page's blocks for the templates of its site: of each the hash of its key, its characters, its bits, in one pass over the text.

   site_lines.py has the twin in Python and says what the numbers mean (site_places.py that of `places`). Results go out as bytes of fixed width, which `array` reads; a block that C cannot
   do alike is named in the list that goes with them. Offsets are checked before they are used; keys have a buffer of fixed size, and no step makes one longer;
   nothing is kept between calls but the tables. Time is linear in the text. */

#include "site_columns.h"
#include "site_places.h"

typedef struct {
    PyObject *hashes, *sizes, *bits, *rest;
} Found;

/* An integer of a block; -1 with an error set where there is none. */
static Py_ssize_t field(PyObject *block, Py_ssize_t number) { return PyLong_AsSsize_t(PyTuple_GET_ITEM(block, number)); }

/* Role, share of links, element and rows of a block, as bits; -1 on an error. */
static int block_bits(PyObject *block, Line line, PyObject *headings, int is_html) {
    PyObject *tag = PyTuple_GET_ITEM(block, 2), *role = PyTuple_GET_ITEM(block, 5);
    Py_ssize_t links = field(block, 4);
    int is_heading = PySet_Contains(headings, tag);
    if (is_heading < 0 || (links == -1 && PyErr_Occurred()))
        return -1;
    int is_row = PyUnicode_Check(tag) && PyUnicode_CompareWithASCIIString(tag, "tr") == 0;
    if (!is_row && !is_html)
        is_row = is_divided(line);
    int is_article = PyUnicode_Check(role) && PyUnicode_CompareWithASCIIString(role, "article") == 0;
    return (is_article ? ARTICLE : 0) | (links >= (line.end - line.start) - links ? LINKED : 0) | (is_heading ? HEADING : 0) | (is_row ? ROW : 0);
}

/* One block into place `number` of the tables; -1 on an error. */
static int add_block(const Tables *tables, PyObject *text, PyObject *block, Py_ssize_t number, Found *found, PyObject *headings,
                     int is_html) {
    if (!PyTuple_Check(block) || PyTuple_GET_SIZE(block) < 6) {
        PyErr_SetString(PyExc_TypeError, "lines() takes a tuple of blocks");
        return -1;
    }
    Line line = {PyUnicode_KIND(text), PyUnicode_DATA(text), field(block, 0), field(block, 1)};
    if (PyErr_Occurred())
        return -1;
    if (line.start < 0 || line.end < line.start || line.end > PyUnicode_GET_LENGTH(text)) {
        PyErr_SetString(PyExc_ValueError, "lines() takes blocks of this text");
        return -1;
    }
    Key key;
    key.size = 0;
    if (line.end - line.start > MOST)
        key.has_han = holds_han(tables, line);
    else if (!line_key(tables, line, &key)) {
        PyObject *place = PyLong_FromSsize_t(number);
        int failed = !place || PyList_Append(found->rest, place) < 0;
        Py_XDECREF(place);
        return failed ? -1 : 0;
    }
    int bits = block_bits(block, line, headings, is_html);
    if (bits < 0)
        return -1;
    uint64_t hash = key.size ? key_hash(key.text, key.size) : 0;
    uint32_t size = (uint32_t)(line.end - line.start);
    uint16_t all = (uint16_t)(bits | line_bits(tables, line, key.has_han) | key_bits(tables, &key));
    memcpy(PyBytes_AS_STRING(found->hashes) + number * sizeof hash, &hash, sizeof hash);
    memcpy(PyBytes_AS_STRING(found->sizes) + number * sizeof size, &size, sizeof size);
    memcpy(PyBytes_AS_STRING(found->bits) + number * sizeof all, &all, sizeof all);
    return 0;
}

static PyObject *zeros(Py_ssize_t size) {
    PyObject *bytes = PyBytes_FromStringAndSize(NULL, size);
    if (bytes)
        memset(PyBytes_AS_STRING(bytes), 0, size);
    return bytes;
}

static PyObject *lines(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *capsule, *text, *blocks, *headings, *result = NULL;
    int is_html;
    if (!PyArg_ParseTuple(args, "OUO!O!p", &capsule, &text, &PyTuple_Type, &blocks, &PyFrozenSet_Type, &headings, &is_html))
        return NULL;
    const Tables *tables = PyCapsule_GetPointer(capsule, CAPSULE);
    if (!tables)
        return NULL;
    Py_ssize_t count = PyTuple_GET_SIZE(blocks), number = 0;
    Found found = {zeros(8 * count), zeros(4 * count), zeros(2 * count), PyList_New(0)};
    if (found.hashes && found.sizes && found.bits && found.rest) {
        while (number < count && add_block(tables, text, PyTuple_GET_ITEM(blocks, number), number, &found, headings, is_html) == 0)
            number++;
        if (number == count)
            result = PyTuple_Pack(4, found.hashes, found.sizes, found.bits, found.rest);
    }
    Py_XDECREF(found.hashes);
    Py_XDECREF(found.sizes);
    Py_XDECREF(found.bits);
    Py_XDECREF(found.rest);
    return result;
}

static PyMethodDef methods[] = {
    {"columns", columns, METH_O, "columns(blocks): starts, ends, paths, characters of links, initials of roles and what is hidden, as bytes."},
    {"lines", lines, METH_VARARGS, "lines(tables, text, blocks, headings, is_html): hashes, sizes and bits of all blocks; the numbers of those that Python has to do."},
    {"places", places, METH_VARARGS, "places(sizes, bits, repeated, edge): where the repeated blocks stand, by their number."},
    {"tables", make_tables, METH_VARARGS, "tables(classes, folded, names): what `lines` reads."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "cleaner.rules._site_lines", NULL, 0, methods, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__site_lines(void) { return PyModule_Create(&module); }
