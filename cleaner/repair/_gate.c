/* Passes over a page's characters for cleaner.repair.gate, which describes them; the twin of the Python code there.
 *
 * It is safe because every place that is read lies before the end that the str gives, nothing is written to a text, and the table, whose size is
 * checked, is only asked for characters that it has.
 */

#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* The flags that are combined here; gate.py has them all. */
enum { CONTROL = 1, SIGNATURE = 4, LEAD = 32, BYTE = 64, REFERENCE = 1024, DOUBLED = 2048, BARE = 4096, LINE_END = 8192 };
enum { TABLE = 0x10000, MOST_FLAGS = 4 };

/* What of ASCII has no flag and needs no look: what is printed, but "#", and the blanks of markup. */
#define IS_PLAIN(c) ((((c) - 0x20u < 0x5Fu) | ((c) == '\n') | ((c) == '\t') | ((c) == '\r')) & ((c) != '#'))

static inline unsigned
flags_of(const unsigned char *table, Py_UCS4 character)
{
    if (character >= 0xD800 && character < 0xE000) /* alone, or it would not be a character of a str */
        return CONTROL;
    return character < TABLE ? table[character] : 0;
}

#include "_scan_flags.h"
#include "_scan_ascii.h"

/* A call of the function for the width of a str's characters in memory. */
#define FOR_WIDTH(text, in_bytes, in_units, in_characters, ...)                                                           \
    (PyUnicode_KIND(text) == PyUnicode_1BYTE_KIND   ? in_bytes(__VA_ARGS__, PyUnicode_1BYTE_DATA(text), PyUnicode_GET_LENGTH(text))  \
     : PyUnicode_KIND(text) == PyUnicode_2BYTE_KIND ? in_units(__VA_ARGS__, PyUnicode_2BYTE_DATA(text), PyUnicode_GET_LENGTH(text))  \
                                                    : in_characters(__VA_ARGS__, PyUnicode_4BYTE_DATA(text), PyUnicode_GET_LENGTH(text)))

static int
is_table(const Py_buffer *table)
{
    if (table->len == TABLE)
        return 1;
    PyErr_SetString(PyExc_ValueError, "the table has a byte for each of 65536 characters");
    return 0;
}

static PyObject *
scan(PyObject *module, PyObject *args)
{
    (void)module;
    PyObject *text;
    Py_buffer table;
    if (!PyArg_ParseTuple(args, "Uy*", &text, &table))
        return NULL;
    PyObject *result = NULL, *places = PyList_New(0);
    if (places && is_table(&table)) {
        Scan all = {.table = table.buf, .places = places};
        if (FOR_WIDTH(text, scan_bytes, scan_units, scan_characters, &all) == 0)
            result = Py_BuildValue("InO", all.seen, all.signatures, places);
    }
    Py_XDECREF(places);
    PyBuffer_Release(&table);
    return result;
}

static PyObject *
find(PyObject *module, PyObject *args)
{
    (void)module;
    PyObject *text;
    Py_buffer table, wanted;
    Py_ssize_t start;
    if (!PyArg_ParseTuple(args, "Uy*y*n", &text, &table, &wanted, &start))
        return NULL;
    PyObject *place = NULL;
    if (start < 0 || wanted.len < 1 || wanted.len > MOST_FLAGS)
        PyErr_SetString(PyExc_ValueError, "find() takes the flags of one to four characters and a place from 0 on");
    else if (is_table(&table)) {
        Search search = {table.buf, wanted.buf, wanted.len, start};
        place = PyLong_FromSsize_t(FOR_WIDTH(text, find_in_bytes, find_in_units, find_in_characters, &search));
    }
    PyBuffer_Release(&table);
    PyBuffer_Release(&wanted);
    return place;
}

static PyObject *
ascii_signs(PyObject *module, PyObject *text)
{
    (void)module;
    if (!PyUnicode_Check(text)) {
        PyErr_SetString(PyExc_TypeError, "ascii_signs() takes a str");
        return NULL;
    }
    unsigned seen = 0;
    FOR_WIDTH(text, signs_in_bytes, signs_in_units, signs_in_characters, &seen);
    return PyLong_FromUnsignedLong(seen);
}

static PyMethodDef methods[] = {
    {"scan", scan, METH_VARARGS, "scan(text, table): all flags, characters with SIGNATURE, places where a lead stands before a byte."},
    {"find", find, METH_VARARGS, "find(text, table, wanted, start): the next place of characters with these flags, one after the other; -1 without."},
    {"ascii_signs", ascii_signs, METH_O, "ascii_signs(text): the flags of what is written in several characters of ASCII."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "_gate", "Passes over a page's characters.", -1, methods};

PyMODINIT_FUNC
PyInit__gate(void)
{
    return PyModule_Create(&module);
}
