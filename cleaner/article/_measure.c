/* What the article stage counts, at C speed: characters by class, first words, words of attributes, the tree of rows, copies, decision trees.

   Every function here has a twin in Python that gives the same, to the last bit (see measure.py); without a compiler the twins are used.
   All tables come in and go out as bytes of fixed width, which numpy reads without a copy. Nothing is kept between calls but a vocabulary,
   which is never changed once it is made. Time is linear in the input. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <string.h>

#define CLASSES 16
#define FIRST_WORDS 4
#define FIRST_CHARS 80
#define LONG_BLOCK 200
#define LONG_WORDS 2
#define LONGEST_WORD 64
#define BIG_BASE 64
#define NO_WORD (-1)

/* ---------------------------------------------------------------- vocabulary: words to numbers */

typedef struct {
    uint32_t hash, start;
    int32_t length, number; /* length 0: a free place */
} Entry;

typedef struct {
    Entry *entries;
    Py_UCS4 *pool;
    uint32_t mask;
} Vocabulary;

static const char *CAPSULE = "cleaner.article._measure.vocabulary";

static uint32_t hash_of(const Py_UCS4 *word, Py_ssize_t length) {
    uint32_t hash = 2166136261u;
    for (Py_ssize_t place = 0; place < length; place++)
        hash = (hash ^ word[place]) * 16777619u;
    return hash ^ (hash >> 15);
}

static int64_t number_of(const Vocabulary *vocabulary, const Py_UCS4 *word, Py_ssize_t length) {
    uint32_t hash = hash_of(word, length);
    for (uint32_t place = hash & vocabulary->mask;; place = (place + 1) & vocabulary->mask) {
        const Entry *entry = &vocabulary->entries[place];
        if (!entry->length)
            return NO_WORD;
        if (entry->hash == hash && entry->length == length &&
            !memcmp(vocabulary->pool + entry->start, word, length * sizeof(Py_UCS4)))
            return entry->number;
    }
}

static void vocabulary_free(PyObject *capsule) {
    Vocabulary *vocabulary = PyCapsule_GetPointer(capsule, CAPSULE);
    if (vocabulary) {
        PyMem_Free(vocabulary->entries);
        PyMem_Free(vocabulary->pool);
        PyMem_Free(vocabulary);
    }
}

static PyObject *make_vocabulary(PyObject *self, PyObject *words) {
    if (!PyList_Check(words)) {
        PyErr_SetString(PyExc_TypeError, "vocabulary() takes a list of words");
        return NULL;
    }
    Py_ssize_t count = PyList_GET_SIZE(words), chars = 0;
    uint32_t size = 16;
    while (size < 2 * (size_t)count)
        size *= 2;
    for (Py_ssize_t number = 0; number < count; number++) {
        if (!PyUnicode_Check(PyList_GET_ITEM(words, number))) {
            PyErr_SetString(PyExc_TypeError, "vocabulary() takes a list of words");
            return NULL;
        }
        chars += PyUnicode_GET_LENGTH(PyList_GET_ITEM(words, number));
    }
    Vocabulary *vocabulary = PyMem_Calloc(1, sizeof *vocabulary);
    if (!vocabulary)
        return PyErr_NoMemory();
    vocabulary->mask = size - 1;
    vocabulary->entries = PyMem_Calloc(size, sizeof(Entry));
    vocabulary->pool = PyMem_Calloc(chars + 1, sizeof(Py_UCS4));
    PyObject *capsule = vocabulary->entries && vocabulary->pool ? PyCapsule_New(vocabulary, CAPSULE, vocabulary_free) : NULL;
    if (!capsule) {
        PyMem_Free(vocabulary->entries);
        PyMem_Free(vocabulary->pool);
        PyMem_Free(vocabulary);
        return PyErr_Occurred() ? NULL : PyErr_NoMemory();
    }
    uint32_t start = 0;
    for (Py_ssize_t number = 0; number < count; number++) {
        PyObject *word = PyList_GET_ITEM(words, number);
        Py_ssize_t length = PyUnicode_GET_LENGTH(word);
        Py_UCS4 *copy = vocabulary->pool + start;
        for (Py_ssize_t place = 0; place < length; place++)
            copy[place] = PyUnicode_READ_CHAR(word, place);
        if (!length || number_of(vocabulary, copy, length) != NO_WORD)
            continue;
        uint32_t hash = hash_of(copy, length), place = hash & vocabulary->mask;
        while (vocabulary->entries[place].length)
            place = (place + 1) & vocabulary->mask;
        vocabulary->entries[place] = (Entry){hash, start, (int32_t)length, (int32_t)number};
        start += (uint32_t)length;
    }
    return capsule;
}

/* ---------------------------------------------------------------- characters and first words of blocks */

static int is_ideograph(Py_UCS4 c) { return (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF); }

static Py_UCS4 lowered(Py_UCS4 c) {
    if (c < 128)
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    if (c == 0x130)
        return 'i';
    if (c == 0x3C2)
        return 0x3C3; /* the sigma at the end of a word */
    return Py_UNICODE_TOLOWER(c);
}

static int is_letter(Py_UCS4 c) {
    if (c < 128)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return !is_ideograph(c) && Py_UNICODE_ISALNUM(c) && !Py_UNICODE_ISDECIMAL(c);
}

/* The numbers of the first words in text[start:stop]; NO_WORD for unknown ones and where there is none. */
static void first_words(int kind, const void *data, Py_ssize_t start, Py_ssize_t stop, int most, const Vocabulary *vocabulary,
                        int64_t *found) {
    Py_UCS4 word[FIRST_CHARS + 1];
    int count = 0;
    for (int place = 0; place < FIRST_WORDS; place++)
        found[place] = NO_WORD;
    for (Py_ssize_t at = start; at < stop && count < most;) {
        Py_UCS4 c = PyUnicode_READ(kind, data, at);
        Py_ssize_t length = 0;
        if (is_ideograph(c)) {
            if (at + 1 < stop && is_ideograph(PyUnicode_READ(kind, data, at + 1))) {
                word[0] = c;
                word[1] = PyUnicode_READ(kind, data, at + 1);
                length = 2;
            }
            at += length ? 2 : 1;
        } else if (is_letter(c)) {
            while (at < stop && is_letter(c = PyUnicode_READ(kind, data, at)) ) {
                word[length++] = lowered(c);
                at++;
            }
            if (length < 2)
                continue;
        } else if (Py_UNICODE_ISDECIMAL(c)) {
            word[0] = c;
            length = 1;
            at++;
        } else
            at++;
        if (length)
            found[count++] = number_of(vocabulary, word, length);
    }
}

/* texts(text, starts, ends, table, vocabulary) -> (counts, words)
   counts: int64, CLASSES + 3 rows of one column a block: characters by class, tokens, class of the first and of the last character.
   words: int64, FIRST_WORDS a block. */
static PyObject *texts(PyObject *self, PyObject *args) {
    PyObject *text, *capsule;
    Py_buffer starts, ends, table;
    if (!PyArg_ParseTuple(args, "Uy*y*y*O", &text, &starts, &ends, &table, &capsule))
        return NULL;
    Vocabulary *vocabulary = PyCapsule_GetPointer(capsule, CAPSULE);
    Py_ssize_t blocks = starts.len / 8, length = PyUnicode_GET_LENGTH(text);
    const int64_t *first = starts.buf, *last = ends.buf;
    const uint8_t *classes = table.buf;
    PyObject *counts = NULL, *words = NULL;
    int good = vocabulary && blocks && ends.len == starts.len && table.len >= 0x10000;
    for (Py_ssize_t block = 0; good && block < blocks; block++)
        good = first[block] >= (block ? last[block - 1] : 0) && last[block] > first[block] && last[block] <= length;
    if (!good && !PyErr_Occurred())
        PyErr_SetString(PyExc_ValueError, "blocks must be sorted, disjoint, not empty and inside the text");
    if (good) {
        counts = PyBytes_FromStringAndSize(NULL, (CLASSES + 3) * blocks * 8);
        words = PyBytes_FromStringAndSize(NULL, FIRST_WORDS * blocks * 8);
    }
    if (counts && words) {
        int kind = PyUnicode_KIND(text);
        const void *data = PyUnicode_DATA(text);
        int64_t *rows = (int64_t *)PyBytes_AS_STRING(counts), *found = (int64_t *)PyBytes_AS_STRING(words);
        /* which classes are in words: lower, upper, digit */
        for (Py_ssize_t block = 0; block < blocks; block++) {
            Py_ssize_t from = block ? first[block] : 0, to = block + 1 < blocks ? first[block + 1] : length;
            int64_t count[CLASSES] = {0}, tokens = 0;
            int before = 0;
            for (Py_ssize_t at = from; at < to; at++) {
                Py_UCS4 c = PyUnicode_READ(kind, data, at);
                int class = classes[c > 0xFFFF ? 0xFFFF : c], inside = class >= 2 && class <= 4;
                count[class & (CLASSES - 1)]++;
                tokens += inside & !before;
                before = inside;
            }
            tokens += count[5];
            for (int class = 0; class < CLASSES; class++)
                rows[class * blocks + block] = count[class];
            Py_UCS4 head = PyUnicode_READ(kind, data, first[block]), tail = PyUnicode_READ(kind, data, last[block] - 1);
            rows[CLASSES * blocks + block] = tokens;
            rows[(CLASSES + 1) * blocks + block] = classes[head > 0xFFFF ? 0xFFFF : head];
            rows[(CLASSES + 2) * blocks + block] = classes[tail > 0xFFFF ? 0xFFFF : tail];
            Py_ssize_t size = last[block] - first[block];
            first_words(kind, data, first[block], first[block] + (size < FIRST_CHARS ? size : FIRST_CHARS),
                        size <= LONG_BLOCK ? FIRST_WORDS : LONG_WORDS, vocabulary, found + block * FIRST_WORDS);
        }
    }
    PyBuffer_Release(&starts);
    PyBuffer_Release(&ends);
    PyBuffer_Release(&table);
    if (!counts || !words) {
        Py_XDECREF(counts);
        Py_XDECREF(words);
        return NULL;
    }
    return Py_BuildValue("NN", counts, words);
}

/* copies(text, starts, ends) -> uint8, two rows: whether a block's text came before, whether it comes again */
static PyObject *copies(PyObject *self, PyObject *args) {
    PyObject *text;
    Py_buffer starts, ends;
    if (!PyArg_ParseTuple(args, "Uy*y*", &text, &starts, &ends))
        return NULL;
    Py_ssize_t blocks = starts.len / 8, length = PyUnicode_GET_LENGTH(text);
    int kind = PyUnicode_KIND(text);
    const char *data = PyUnicode_DATA(text);
    const int64_t *first = starts.buf, *last = ends.buf;
    PyObject *result = NULL;
    size_t size = 16;
    while (size < 2 * (size_t)blocks)
        size *= 2;
    int64_t *places = PyMem_Calloc(size, sizeof(int64_t)); /* number of a block plus one */
    uint64_t *hashes = PyMem_Malloc((blocks + 1) * sizeof(uint64_t));
    if (!places || !hashes)
        PyErr_NoMemory();
    else
        result = PyBytes_FromStringAndSize(NULL, 2 * blocks);
    if (result) {
        char *copy = PyBytes_AS_STRING(result), *copied = copy + blocks;
        memset(copy, 0, 2 * blocks);
        for (Py_ssize_t block = 0; block < blocks; block++) {
            if (first[block] < 0 || last[block] < first[block] || last[block] > length)
                continue;
            size_t bytes = (last[block] - first[block]) * kind;
            const char *piece = data + first[block] * kind;
            uint64_t hash = 14695981039346656037ull ^ bytes;
            size_t at = 0;
            for (; at + 8 <= bytes; at += 8) {
                uint64_t word;
                memcpy(&word, piece + at, 8);
                hash = (hash ^ word) * 0x9E3779B97F4A7C15ull;
                hash ^= hash >> 29;
            }
            for (; at < bytes; at++)
                hash = (hash ^ (unsigned char)piece[at]) * 1099511628211ull;
            hash ^= hash >> 32;
            hashes[block] = hash;
            for (size_t place = hash & (size - 1);; place = (place + 1) & (size - 1)) {
                int64_t other = places[place] - 1;
                if (other < 0) {
                    places[place] = block + 1;
                    break;
                }
                if (hashes[other] == hash && (size_t)(last[other] - first[other]) * kind == bytes &&
                    !memcmp(data + first[other] * kind, piece, bytes)) {
                    copy[block] = copied[other] = 1;
                    break;
                }
            }
        }
    }
    PyMem_Free(places);
    PyMem_Free(hashes);
    PyBuffer_Release(&starts);
    PyBuffer_Release(&ends);
    return result;
}

/* ---------------------------------------------------------------- elements, rows and the words of their attributes */

typedef struct {
    int64_t *items;
    Py_ssize_t count, room;
} Numbers;

static int push(Numbers *numbers, int64_t value) {
    if (numbers->count == numbers->room) {
        Py_ssize_t room = numbers->room ? 2 * numbers->room : 256;
        int64_t *items = PyMem_Realloc(numbers->items, room * sizeof(int64_t));
        if (!items) {
            PyErr_NoMemory();
            return -1;
        }
        numbers->items = items;
        numbers->room = room;
    }
    numbers->items[numbers->count++] = value;
    return 0;
}

static int is_low(Py_UCS4 c) { return c >= 'a' && c <= 'z'; }
static int is_high(Py_UCS4 c) { return c >= 'A' && c <= 'Z'; }

/* The numbers of the different known words of an attribute string, pushed on `found`: the pattern [A-Z]?[a-z]{2,}|[A-Z]{2,}. */
static int attribute_words(PyObject *written, Py_ssize_t most, const Vocabulary *vocabulary, Numbers *found) {
    int kind = PyUnicode_KIND(written);
    const void *data = PyUnicode_DATA(written);
    Py_ssize_t length = PyUnicode_GET_LENGTH(written), begin = found->count;
    if (length > most)
        length = most;
    Py_UCS4 word[LONGEST_WORD];
    for (Py_ssize_t at = 0; at < length;) {
        Py_UCS4 c = PyUnicode_READ(kind, data, at);
        Py_ssize_t end = at;
        if (is_high(c) || is_low(c)) {
            end = at + (is_high(c) ? 1 : 0);
            Py_ssize_t lows = end;
            while (end < length && is_low(PyUnicode_READ(kind, data, end)))
                end++;
            if (end - lows < 2) {
                end = at;
                while (end < length && is_high(PyUnicode_READ(kind, data, end)))
                    end++;
                if (end - at < 2)
                    end = at;
            }
        }
        Py_ssize_t size = end - at;
        if (!size) {
            at++;
            continue;
        }
        if (size <= LONGEST_WORD) {
            for (Py_ssize_t place = 0; place < size; place++)
                word[place] = lowered(PyUnicode_READ(kind, data, at + place));
            int64_t number = number_of(vocabulary, word, size);
            Py_ssize_t seen = begin;
            while (seen < found->count && found->items[seen] != number)
                seen++;
            if (number != NO_WORD && seen == found->count && push(found, number) < 0)
                return -1;
        }
        at = end;
    }
    return 0;
}

static PyObject *bytes_of(const int64_t *items, Py_ssize_t count) {
    return PyBytes_FromStringAndSize((const char *)items, count * sizeof(int64_t));
}

/* The group of each element: elements of the same name and attributes whose parents and grandparents have the same. */
static int fill_groups(const uint64_t *own, const int64_t *parents, Py_ssize_t count, int64_t *groups) {
    size_t size = 16;
    while (size < 2 * (size_t)count)
        size *= 2;
    uint64_t *keys = PyMem_Malloc(size * sizeof(uint64_t));
    int64_t *numbers = PyMem_Calloc(size, sizeof(int64_t)), next = 0;
    if (!keys || !numbers) {
        PyMem_Free(keys);
        PyMem_Free(numbers);
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t element = 0; element < count; element++) {
        int64_t parent = parents[element];
        uint64_t path = own[element] + own[parent] * 1000003ull + own[parents[parent]] * 1000003007ull;
        uint64_t hash = path * 0x9E3779B97F4A7C15ull;
        size_t place = (hash >> 32) & (size - 1);
        while (numbers[place] && keys[place] != path)
            place = (place + 1) & (size - 1);
        if (!numbers[place]) {
            keys[place] = path;
            numbers[place] = ++next;
        }
        groups[element] = numbers[place] - 1;
    }
    PyMem_Free(keys);
    PyMem_Free(numbers);
    return 0;
}

/* elements(parents, firsts, lasts, tags, attributes, boxes, most, vocabulary) -> tuple of int64 tables
   rows, groups, boxes: one an element; firsts, lasts, outer, depths: one a row; pair_rows, pair_words: one a known word of an element */
static PyObject *elements(PyObject *self, PyObject *args) {
    Py_buffer parents_in, firsts_in, lasts_in;
    PyObject *tags, *attributes, *boxes, *capsule, *result = NULL;
    Py_ssize_t most;
    if (!PyArg_ParseTuple(args, "y*y*y*O!O!O!nO", &parents_in, &firsts_in, &lasts_in, &PyList_Type, &tags, &PyList_Type, &attributes,
                          &PyDict_Type, &boxes, &most, &capsule))
        return NULL;
    Vocabulary *vocabulary = PyCapsule_GetPointer(capsule, CAPSULE);
    Py_ssize_t count = parents_in.len / 8;
    const int64_t *parents = parents_in.buf, *firsts = firsts_in.buf, *lasts = lasts_in.buf;
    int64_t *space = PyMem_Malloc((7 * count + 1) * sizeof(int64_t));
    uint64_t *own = PyMem_Malloc((count + 1) * sizeof(uint64_t));
    Numbers words = {0}, bounds = {0}, pair_rows = {0}, pair_words = {0};
    PyObject *known = PyDict_New();
    int good = vocabulary && space && own && known && firsts_in.len == parents_in.len && lasts_in.len == parents_in.len &&
               PyList_GET_SIZE(tags) >= count && PyList_GET_SIZE(attributes) >= count;
    int64_t *row = space, *group = space + count, *box = space + 2 * count, *row_first = space + 3 * count,
            *row_last = space + 4 * count, *outer = space + 5 * count, *depth = space + 6 * count, rows = 0;
    for (Py_ssize_t element = 0; good && element < count; element++) {
        int64_t parent = parents[element];
        if (parent < 0 || parent > element || (parent == element && element)) {
            good = 0;
            break;
        }
        if (!element || firsts[element] != firsts[parent] || lasts[element] != lasts[parent]) {
            row_first[rows] = firsts[element];
            row_last[rows] = lasts[element];
            outer[rows] = element ? row[parent] : 0;
            depth[rows] = element ? depth[row[parent]] + 1 : 0;
            rows++;
        }
        row[element] = rows - 1;
        PyObject *number = PyDict_GetItemWithError(boxes, PyList_GET_ITEM(tags, element));
        box[element] = number ? PyLong_AsLongLong(number) : 0;
        PyObject *written = PyList_GET_ITEM(attributes, element), *seen = PyDict_GetItemWithError(known, written);
        int64_t form;
        if (seen)
            form = PyLong_AsLongLong(seen);
        else {
            form = PyDict_GET_SIZE(known);
            PyObject *value = PyLong_FromLongLong(form);
            good = value && !PyErr_Occurred() && PyDict_SetItem(known, written, value) == 0 && push(&bounds, words.count) == 0 &&
                   (!PyUnicode_Check(written) || attribute_words(written, most, vocabulary, &words) == 0);
            Py_XDECREF(value);
            if (!good)
                break;
        }
        own[element] = (uint64_t)form * BIG_BASE + (uint64_t)box[element];
        Py_ssize_t stop = form + 1 < bounds.count ? bounds.items[form + 1] : words.count;
        for (Py_ssize_t place = bounds.items[form]; good && place < stop; place++)
            good = push(&pair_rows, row[element]) == 0 && push(&pair_words, words.items[place]) == 0;
    }
    if (good && fill_groups(own, parents, count, group) == 0)
        result = Py_BuildValue("NNNNNNNNN", bytes_of(row, count), bytes_of(group, count), bytes_of(box, count), bytes_of(row_first, rows),
                               bytes_of(row_last, rows), bytes_of(outer, rows), bytes_of(depth, rows),
                               bytes_of(pair_rows.items, pair_rows.count), bytes_of(pair_words.items, pair_words.count));
    else if (!PyErr_Occurred())
        PyErr_SetString(PyExc_ValueError, "containers must be in document order, their parents before them");
    Py_XDECREF(known);
    PyMem_Free(space);
    PyMem_Free(own);
    PyMem_Free(words.items);
    PyMem_Free(bounds.items);
    PyMem_Free(pair_rows.items);
    PyMem_Free(pair_words.items);
    PyBuffer_Release(&parents_in);
    PyBuffer_Release(&firsts_in);
    PyBuffer_Release(&lasts_in);
    return result;
}

/* climbed(outer, values) -> float64, 3 columns a row: least, greatest and sum of a row's values and of those around it.
   values: float64, 3 columns a row. */
static PyObject *climbed(PyObject *self, PyObject *args) {
    Py_buffer outer_in, values_in;
    if (!PyArg_ParseTuple(args, "y*y*", &outer_in, &values_in))
        return NULL;
    Py_ssize_t rows = outer_in.len / 8;
    const int64_t *outer = outer_in.buf;
    const double *values = values_in.buf;
    PyObject *result = NULL;
    int good = values_in.len == 3 * outer_in.len;
    for (Py_ssize_t row = 0; good && row < rows; row++)
        good = outer[row] >= 0 && outer[row] <= row;
    if (good)
        result = PyBytes_FromStringAndSize(NULL, 3 * rows * sizeof(double));
    else
        PyErr_SetString(PyExc_ValueError, "rows must come after those around them");
    if (result) {
        double *to = (double *)PyBytes_AS_STRING(result);
        for (Py_ssize_t row = 0; row < rows; row++) {
            const double *from = values + 3 * row, *around = to + 3 * outer[row];
            double *here = to + 3 * row;
            if (outer[row] == row) {
                memcpy(here, from, 3 * sizeof(double));
                continue;
            }
            here[0] = from[0] < around[0] ? from[0] : around[0];
            here[1] = from[1] > around[1] ? from[1] : around[1];
            here[2] = around[2] + from[2];
        }
    }
    PyBuffer_Release(&outer_in);
    PyBuffer_Release(&values_in);
    return result;
}

/* ---------------------------------------------------------------- decision trees */

/* forest(columns, blocks, features, thresholds, masks, splits, leaves, width) -> float64, one a block: the sum of one leaf of every tree.

   columns: float32, a feature a row. A split is a feature, a threshold (float32) and the mask (uint32) of the leaves that stay when the
   feature is greater; the leaf is the lowest bit that no split took away (QuickScorer, Lucchese et al. 2015, which no branch slows).
   splits: int64, where the splits of each tree begin, and their number; leaves: float64, `width` a tree. */
static PyObject *forest(PyObject *self, PyObject *args) {
    Py_buffer columns_in, features_in, thresholds_in, masks_in, splits_in, leaves_in;
    Py_ssize_t blocks, width;
    if (!PyArg_ParseTuple(args, "y*ny*y*y*y*y*n", &columns_in, &blocks, &features_in, &thresholds_in, &masks_in, &splits_in, &leaves_in,
                          &width))
        return NULL;
    const float *columns = columns_in.buf, *thresholds = thresholds_in.buf;
    const int64_t *features = features_in.buf, *splits = splits_in.buf;
    const uint32_t *masks = masks_in.buf;
    const double *leaves = leaves_in.buf;
    Py_ssize_t count = features_in.len / 8, trees = splits_in.len / 8 - 1;
    int good = blocks > 0 && trees >= 0 && thresholds_in.len == 4 * count && masks_in.len == 4 * count && splits[trees] == count &&
               leaves_in.len >= trees * width * 8 && width > 0 && width <= 32;
    for (Py_ssize_t split = 0; good && split < count; split++)
        good = features[split] >= 0 && (features[split] + 1) * blocks * 4 <= columns_in.len;
    PyObject *result = NULL;
    uint32_t *left = NULL;
    if (!good)
        PyErr_SetString(PyExc_ValueError, "these trees do not fit these columns");
    else if (!(left = PyMem_Malloc(blocks * sizeof(uint32_t))))
        PyErr_NoMemory();
    else
        result = PyBytes_FromStringAndSize(NULL, blocks * sizeof(double));
    if (result) {
        double *sums = (double *)PyBytes_AS_STRING(result);
        memset(sums, 0, blocks * sizeof(double));
        for (Py_ssize_t tree = 0; tree < trees; tree++) {
            for (Py_ssize_t block = 0; block < blocks; block++)
                left[block] = 0xFFFFFFFFu;
            for (int64_t split = splits[tree]; split < splits[tree + 1]; split++) {
                const float *column = columns + features[split] * blocks, threshold = thresholds[split];
                const uint32_t mask = ~masks[split];
                for (Py_ssize_t block = 0; block < blocks; block++)
                    left[block] &= ~(mask & (0u - (uint32_t)(column[block] > threshold)));
            }
            const double *leaf = leaves + tree * width;
            for (Py_ssize_t block = 0; block < blocks; block++) {
                int place = 0;
                uint32_t bits = left[block];
#if defined(__GNUC__)
                place = bits ? __builtin_ctz(bits) : 0;
#else
                while (place < 31 && !(bits >> place & 1))
                    place++;
#endif
                sums[block] += leaf[place < width ? place : 0];
            }
        }
    }
    PyMem_Free(left);
    PyBuffer_Release(&columns_in);
    PyBuffer_Release(&features_in);
    PyBuffer_Release(&thresholds_in);
    PyBuffer_Release(&masks_in);
    PyBuffer_Release(&splits_in);
    PyBuffer_Release(&leaves_in);
    return result;
}

static PyMethodDef METHODS[] = {
    {"vocabulary", make_vocabulary, METH_O, "A table of words for the functions below."},
    {"texts", texts, METH_VARARGS, "Characters by class, tokens and first words of blocks."},
    {"copies", copies, METH_VARARGS, "Which blocks repeat one before, and which come again."},
    {"elements", elements, METH_VARARGS, "Rows, groups and words of containers."},
    {"climbed", climbed, METH_VARARGS, "Least, greatest and sum over the rows around each row."},
    {"forest", forest, METH_VARARGS, "The sum of one leaf of every tree."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef MODULE = {PyModuleDef_HEAD_INIT, "_measure", NULL, 0, METHODS, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__measure(void) { return PyModule_Create(&MODULE); }
