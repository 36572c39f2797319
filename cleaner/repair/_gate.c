/* One pass over a page's characters for cleaner.repair.gate, which describes it; the twin of the numpy code there. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* The flags that are combined here; gate.py has them all. */
enum { CONTROL = 1, SIGNATURE = 4, LEAD = 32, BYTE = 64, REFERENCE = 1024 };
enum { TABLE = 0x10000 };

typedef struct {
    const unsigned char *table;
    Py_ssize_t signatures;
    PyObject *places;
    unsigned seen, last; /* flags of all characters, of the one before */
} Scan;

static inline int
look(Scan *scan, Py_UCS4 character, Py_ssize_t place)
{
    unsigned flags = character < TABLE ? scan->table[character] : 0;
    if (character >= 0xD800 && character < 0xE000) { /* alone, or it would not be a character of a str */
        scan->seen |= CONTROL;
        flags = 0;
    }
    scan->seen |= flags;
    scan->signatures += (flags & SIGNATURE) != 0;
    int failed = 0;
    if ((scan->last & LEAD) && (flags & BYTE)) {
        PyObject *number = PyLong_FromSsize_t(place - 1);
        failed = !number || PyList_Append(scan->places, number) < 0;
        Py_XDECREF(number);
    }
    scan->last = flags;
    return failed;
}

/* Whether a numeric reference, of which `text` is what stands behind "&#", is to a character that CONTROL flags. */
#define REFERS(Type, refers)                                                                                                     \
    static int refers(Scan *scan, const Type *text, Py_ssize_t size)                                                             \
    {                                                                                                                            \
        Py_ssize_t i = size && (text[0] | 32) == 'x', first = i;                                                                 \
        Py_UCS4 base = i ? 16 : 10, value = 0;                                                                                   \
        for (; i < size && value < 0x110000; i++) {                                                                              \
            Py_UCS4 c = text[i], digit = c - '0' < 10u ? c - '0' : base == 16 && (c | 32) - 'a' < 6u ? (c | 32) - 'a' + 10 : 99;   \
            if (digit == 99)                                                                                                     \
                break;                                                                                                           \
            value = value * base + digit;                                                                                        \
        }                                                                                                                        \
        return i > first && (value < TABLE ? (scan->table[value] & CONTROL) || (value >= 0xD800 && value < 0xE000)               \
                                           : (value & 0xFFFE) == 0xFFFE);                                                        \
    }

REFERS(Py_UCS1, refers_in_bytes)
REFERS(Py_UCS2, refers_in_units)
REFERS(Py_UCS4, refers_in_characters)

/* What needs no look: printed ASCII but "#", and the blanks of markup. */
#define IS_PLAIN(c) ((((c) - 0x20u < 0x5Fu) | ((c) == '\n') | ((c) == '\t') | ((c) == '\r')) & ((c) != '#'))

/* Characters of Type, 64 at a time; the compiler makes vector instructions of the inner loop. */
#define SCAN(Type, scan_all, refers)                                                                                                     \
    static int scan_all(Scan *scan, const Type *text, Py_ssize_t size)                                                           \
    {                                                                                                                            \
        for (Py_ssize_t i = 0, end; i < size; i = end) {                                                                         \
            end = i + 64 < size ? i + 64 : size;                                                                                 \
            int plain = end == i + 64;                                                                                           \
            if (plain) {                                                                                                         \
                Type all = 1;                                                                                                    \
                for (int n = 0; n < 64; n++)                                                                                     \
                    all &= (Type)IS_PLAIN(text[i + n]);                                                                          \
                plain = all;                                                                                                     \
            }                                                                                                                    \
            if (plain) {                                                                                                         \
                scan->last = 0;                                                                                                  \
                continue;                                                                                                        \
            }                                                                                                                    \
            for (Py_ssize_t n = i; n < end; n++) {                                                                               \
                if (IS_PLAIN(text[n]))                                                                                           \
                    scan->last = 0;                                                                                              \
                else if (text[n] == '#') {                                                                                       \
                    scan->last = 0;                                                                                              \
                    if (n && text[n - 1] == '&' && refers(scan, text + n + 1, size - n - 1))                                                                                 \
                        scan->seen |= REFERENCE;                                                                                 \
                } else if (look(scan, text[n], n))                                                                               \
                    return -1;                                                                                                   \
            }                                                                                                                    \
        }                                                                                                                        \
        return 0;                                                                                                                \
    }

SCAN(Py_UCS1, scan_bytes, refers_in_bytes)
SCAN(Py_UCS2, scan_units, refers_in_units)
SCAN(Py_UCS4, scan_characters, refers_in_characters)

static int
scan_all(Scan *scan, PyObject *text)
{
    Py_ssize_t size = PyUnicode_GET_LENGTH(text);
    switch (PyUnicode_KIND(text)) {
    case PyUnicode_1BYTE_KIND:
        return scan_bytes(scan, PyUnicode_1BYTE_DATA(text), size);
    case PyUnicode_2BYTE_KIND:
        return scan_units(scan, PyUnicode_2BYTE_DATA(text), size);
    default:
        return scan_characters(scan, PyUnicode_4BYTE_DATA(text), size);
    }
}

static PyObject *
scan(PyObject *module, PyObject *args)
{
    PyObject *text;
    Py_buffer table;
    if (!PyArg_ParseTuple(args, "Uy*", &text, &table))
        return NULL;
    PyObject *result = NULL, *places = PyList_New(0);
    if (table.len != TABLE)
        PyErr_SetString(PyExc_ValueError, "the table has a byte for each of 65536 characters");
    else if (places) {
        Scan all = {.table = table.buf, .places = places};
        if (scan_all(&all, text) == 0)
            result = Py_BuildValue("InO", all.seen, all.signatures, places);
    }
    Py_XDECREF(places);
    PyBuffer_Release(&table);
    return result;
}

static PyMethodDef methods[] = {
    {"scan", scan, METH_VARARGS, "scan(text, table): all flags, characters with SIGNATURE, places where a lead stands before a byte."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "_gate", "One pass over a page's characters.", -1, methods};

PyMODINIT_FUNC
PyInit__gate(void)
{
    return PyModule_Create(&module);
}
