/* Blocks as columns of numbers, for pages that are put away: the twin of site_lines.python_columns.

   Each block must be a tuple with whole numbers of 32 bits where numbers belong and a name where its role does, or an error is set. A column is made in its
   whole length before anything is written into it. */

#ifndef SITE_COLUMNS_H
#define SITE_COLUMNS_H

#include "site_tables.h"

#define NUMBERS 4 /* start, end, path, link_chars */
#define COLUMNS 6 /* and role, hidden */

/* The numbers of a block into place `at` of the columns; -1 with an error set. */
static int add_numbers(PyObject *block, Py_ssize_t at, PyObject **columns) {
    static const int fields[NUMBERS] = {0, 1, 3, 4};
    for (int column = 0; column < NUMBERS; column++) {
        unsigned long number = PyLong_AsUnsignedLong(PyTuple_GET_ITEM(block, fields[column]));
        if (number == (unsigned long)-1 && PyErr_Occurred())
            return -1;
        if (number > UINT32_MAX) {
            PyErr_SetString(PyExc_OverflowError, "columns() takes numbers of 32 bits");
            return -1;
        }
        uint32_t narrow = (uint32_t)number;
        memcpy(PyBytes_AS_STRING(columns[column]) + at * sizeof narrow, &narrow, sizeof narrow);
    }
    return 0;
}

/* A block into place `at` of all columns; -1 with an error set. */
static int add_columns(PyObject *block, Py_ssize_t at, PyObject **columns) {
    PyObject *role = PyTuple_Check(block) && PyTuple_GET_SIZE(block) >= 7 ? PyTuple_GET_ITEM(block, 5) : NULL;
    if (!role || !PyUnicode_Check(role) || !PyUnicode_GET_LENGTH(role)) {
        PyErr_SetString(PyExc_TypeError, "columns() takes a tuple of blocks");
        return -1;
    }
    int hidden = PyObject_IsTrue(PyTuple_GET_ITEM(block, 6));
    if (hidden < 0 || add_numbers(block, at, columns) < 0)
        return -1;
    PyBytes_AS_STRING(columns[NUMBERS])[at] = (char)PyUnicode_READ_CHAR(role, 0);
    PyBytes_AS_STRING(columns[NUMBERS + 1])[at] = (char)hidden;
    return 0;
}

static PyObject *columns(PyObject *module, PyObject *blocks) {
    (void)module;
    if (!PyTuple_Check(blocks)) {
        PyErr_SetString(PyExc_TypeError, "columns() takes a tuple of blocks");
        return NULL;
    }
    Py_ssize_t count = PyTuple_GET_SIZE(blocks), at = 0;
    PyObject *made[COLUMNS], *result = NULL;
    int have = 0;
    while (have < COLUMNS && (made[have] = PyBytes_FromStringAndSize(NULL, have < NUMBERS ? 4 * count : count)))
        have++;
    if (have == COLUMNS) {
        while (at < count && add_columns(PyTuple_GET_ITEM(blocks, at), at, made) == 0)
            at++;
        if (at == count)
            result = PyTuple_Pack(COLUMNS, made[0], made[1], made[2], made[3], made[4], made[5]);
    }
    while (have)
        Py_DECREF(made[--have]);
    return result;
}

#endif
