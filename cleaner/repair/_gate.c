/* Passes over a page's characters for cleaner.repair.gate, which describes them; the twin of the Python code there.
 *
 * It is safe because every place that is read lies before the end that the str gives, nothing is written to a text, and the table, whose size is
 * checked, is only asked for characters that it has.
 */

#include "_gate.h"

enum { MOST_FLAGS = 4 };

#define CHARACTER Py_UCS1
#define OF(name) name##_bytes
#include "_scan_ascii.h"
#include "_scan_flags.h"
#undef CHARACTER
#undef OF

#define CHARACTER Py_UCS2
#define OF(name) name##_units
#include "_scan_ascii.h"
#include "_scan_flags.h"
#undef CHARACTER
#undef OF

#define CHARACTER Py_UCS4
#define OF(name) name##_characters
#include "_scan_ascii.h"
#include "_scan_flags.h"
#undef CHARACTER
#undef OF

/* A call of the function of this name for the width of a str's characters in memory. */
#define FOR_WIDTH(name, state, text)                                                                               \
    (PyUnicode_KIND(text) == PyUnicode_1BYTE_KIND                                                                  \
         ? name##_bytes(state, PyUnicode_1BYTE_DATA(text), PyUnicode_GET_LENGTH(text))                             \
     : PyUnicode_KIND(text) == PyUnicode_2BYTE_KIND                                                                \
         ? name##_units(state, PyUnicode_2BYTE_DATA(text), PyUnicode_GET_LENGTH(text))                             \
         : name##_characters(state, PyUnicode_4BYTE_DATA(text), PyUnicode_GET_LENGTH(text)))

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
        if (FOR_WIDTH(scan, &all, text) == 0)
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
        place = PyLong_FromSsize_t(FOR_WIDTH(find, &search, text));
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
    FOR_WIDTH(signs, &seen, text);
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
