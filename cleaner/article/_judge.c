/* The article stage's judgement of a page at C speed: from text, blocks and containers to the kind of page and a probability for each block.

   features.py, context.py, kinds.py and model.py do the same with numpy, and are what training uses; both give the same but for the last bits of
   logarithms (tests/article/test_twins.py). The headers, each built on the one before: _vocabulary (words to numbers), _page (what comes in, checked),
   _texts, _named, _tree, _features, _context, _kinds and _choice; and _trees. Nothing is kept between calls but the model, which is never changed once it is made.
   Time is linear in the page, times how deep its containers are nested for the two anchors. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "_choice.h"
#include "_kinds.h"
#include "_trees.h"

static const char *CAPSULE = "cleaner.article._judge.model";

enum { ATTRIBUTE_VALUES, TEXT_VALUES, KIND_EVIDENCE, KIND_ATTRIBUTES, KIND_TEXTS, KIND_STATISTICS, KIND_MEAN, KIND_SCALE, KIND_BIAS,
       SPLIT_FEATURES, SPLIT_THRESHOLDS, SPLIT_MASKS, TREE_BEGINS, LEAVES, FACTORS, SOFTER, CONSTANTS, TABLES };

typedef struct {
    Vocabulary attributes, texts;
    Names names;
    PyObject *tag_numbers, *box_numbers;
    Py_buffer tables[TABLES];
    Py_buffer classes; /* of characters below 0x10000 */
    int held;          /* tables that are filled */
    KindModel kinds;
    Forest forest;
} Model;

static void model_clear(Model *model) {
    vocabulary_clear(&model->attributes);
    vocabulary_clear(&model->texts);
    vocabulary_clear(&model->names.words);
    Py_XDECREF(model->tag_numbers);
    Py_XDECREF(model->box_numbers);
    for (int table = 0; table < model->held; table++)
        PyBuffer_Release(&model->tables[table]);
    if (model->classes.obj)
        PyBuffer_Release(&model->classes);
    PyMem_Free(model);
}

static void model_free(PyObject *capsule) {
    Model *model = PyCapsule_GetPointer(capsule, CAPSULE);
    if (model)
        model_clear(model);
}

static const double *doubles(const Model *model, int table) { return model->tables[table].buf; }

/* Whether every table has the size that the others ask for, and every split a feature and leaves that there are. */
static int model_fits(Model *model) {
    int64_t attributes = model->attributes.count + 1, texts = model->texts.count + 1;
    const Py_buffer *tables = model->tables;
    const int64_t pairs = 2 * sizeof(double), kinds = KINDS * sizeof(double);
    Py_ssize_t splits = tables[SPLIT_FEATURES].len / 8, trees = tables[TREE_BEGINS].len / 8 - 1;
    int good = tables[ATTRIBUTE_VALUES].len == attributes * pairs && tables[TEXT_VALUES].len == texts * pairs &&
               tables[KIND_ATTRIBUTES].len == attributes * kinds && tables[KIND_TEXTS].len == texts * kinds &&
               tables[KIND_STATISTICS].len == STATISTICS * kinds && tables[KIND_MEAN].len == STATISTICS * 8 &&
               tables[KIND_SCALE].len == STATISTICS * 8 && tables[KIND_BIAS].len == kinds && tables[KIND_EVIDENCE].len % kinds == 0 &&
               tables[SPLIT_THRESHOLDS].len == 4 * splits && tables[SPLIT_MASKS].len == 4 * splits && tables[FACTORS].len == model->attributes.count * 8 &&
               tables[SOFTER].len == kinds && tables[CONSTANTS].len == sizeof(Rules) && trees > 0 && model->classes.len == 0x10000;
    const int64_t *features = tables[SPLIT_FEATURES].buf, *begins = tables[TREE_BEGINS].buf;
    Py_ssize_t width = good ? tables[LEAVES].len / 8 / trees : 0;
    good = good && width > 0 && width < 32 && tables[LEAVES].len == width * trees * 8 && begins[0] == 0 && begins[trees] == splits;
    for (Py_ssize_t tree = 0; good && tree < trees; tree++)
        good = begins[tree] <= begins[tree + 1];
    for (Py_ssize_t split = 0; good && split < splits; split++)
        good = features[split] >= 0 && features[split] < ALL_FEATURES;
    model->kinds = (KindModel){doubles(model, KIND_EVIDENCE), doubles(model, KIND_ATTRIBUTES), doubles(model, KIND_TEXTS),
                               doubles(model, KIND_STATISTICS), doubles(model, KIND_MEAN), doubles(model, KIND_SCALE),
                               doubles(model, KIND_BIAS), tables[KIND_EVIDENCE].len / kinds};
    model->forest = (Forest){features, begins, tables[SPLIT_THRESHOLDS].buf, tables[SPLIT_MASKS].buf, tables[LEAVES].buf, splits, trees, width};
    return good;
}

/* model(attribute words, text words, names of texts, how many are of articles and how many only that, tag numbers, box numbers, classes of characters, tables) -> capsule */
static PyObject *make_model(PyObject *self, PyObject *args) {
    PyObject *attributes, *texts, *names, *tags, *boxes, *classes, *tables, *capsule = NULL;
    long long articles, before_posts;
    if (!PyArg_ParseTuple(args, "OOOLLO!O!OO!", &attributes, &texts, &names, &articles, &before_posts, &PyDict_Type, &tags, &PyDict_Type, &boxes, &classes, &PyTuple_Type, &tables))
        return NULL;
    Model *model = PyMem_Calloc(1, sizeof *model);
    if (!model)
        return PyErr_NoMemory();
    model->names.articles = articles;
    model->names.before_posts = before_posts;
    model->tag_numbers = Py_NewRef(tags);
    model->box_numbers = Py_NewRef(boxes);
    int good = vocabulary_fill(&model->attributes, attributes) == 0 && vocabulary_fill(&model->texts, texts) == 0 &&
               vocabulary_fill(&model->names.words, names) == 0 &&
               PyObject_GetBuffer(classes, &model->classes, PyBUF_CONTIG_RO) == 0;
    for (; good && model->held < TABLES && model->held < PyTuple_GET_SIZE(tables); model->held++)
        if (PyObject_GetBuffer(PyTuple_GET_ITEM(tables, model->held), &model->tables[model->held], PyBUF_CONTIG_RO) < 0)
            break;
    if (good && model->held == TABLES && model_fits(model))
        capsule = PyCapsule_New(model, CAPSULE, model_free);
    else if (!PyErr_Occurred())
        PyErr_SetString(PyExc_ValueError, "the tables of the model do not fit each other");
    if (!capsule)
        model_clear(model);
    return capsule;
}

static void measured_clear(Measured *m) {
    page_clear(&m->page);
    tree_clear(&m->tree);
    PyMem_Free(m->counts);
    PyMem_Free(m->space);
    PyMem_Free(m->numbers);
    PyMem_Free(m->matrix);
}

/* Get the memory for the tables of a page and fill all of them but the context; -1 with an exception set on failure. */
static int measure(Measured *m, const Model *model, PyObject *title, PyObject *description, PyObject *body) {
    Py_ssize_t count = m->count = m->page.count;
    if (tree_make(&m->tree, &m->page, model->box_numbers, &model->attributes, &model->names) < 0)
        return -1;
    m->counts = PyMem_Calloc(count, sizeof(Counts));
    m->space = PyMem_Malloc(SUMS * (count + 1) * sizeof(double));
    m->numbers = PyMem_Malloc(2 * count * sizeof(int64_t));
    m->matrix = PyMem_Calloc(ALL_FEATURES * count, sizeof(float));
    if (!m->counts || !m->space || !m->numbers || !m->matrix) {
        PyErr_NoMemory();
        return -1;
    }
    m->rows = m->numbers;
    m->groups = m->numbers + count;
    for (Py_ssize_t block = 0; block < count; block++)
        count_block(&m->page, block, model->classes.buf, &model->texts, &m->counts[block]);
    return fill_features(m, title, description, body);
}

/* New blocks with other roles and scores; see `relabelled`. */
static PyObject *block_like(PyObject *block, PyObject *role, double score) {
    PyTypeObject *type = Py_TYPE(block);
    PyObject *result = type->tp_alloc(type, 8), *number = PyFloat_FromDouble(score);
    if (!result || !number) {
        Py_XDECREF(result);
        Py_XDECREF(number);
        return NULL;
    }
    for (int place = 0; place < 7; place++)
        PyTuple_SET_ITEM(result, place, Py_NewRef(place == 5 ? role : PyTuple_GET_ITEM(block, place)));
    PyTuple_SET_ITEM(result, 7, number);
    return result;
}

/* relabelled(blocks, roles, scores) -> a tuple of blocks. A block is a tuple of eight, the sixth its role, the last its score. */
static PyObject *relabelled(PyObject *self, PyObject *args) {
    PyObject *blocks, *roles, *result = NULL;
    Py_buffer scores;
    if (!PyArg_ParseTuple(args, "O!O!y*", &PyTuple_Type, &blocks, &PyList_Type, &roles, &scores))
        return NULL;
    Py_ssize_t count = PyTuple_GET_SIZE(blocks);
    if (PyList_GET_SIZE(roles) == count && scores.len == count * 8)
        result = PyTuple_New(count);
    else
        PyErr_SetString(PyExc_ValueError, "relabelled() takes a role and a score for each block");
    for (Py_ssize_t number = 0; result && number < count; number++) {
        PyObject *block = PyTuple_GET_ITEM(blocks, number);
        if (!PyTuple_Check(block) || PyTuple_GET_SIZE(block) != 8) {
            PyErr_SetString(PyExc_TypeError, "a block is a tuple of eight");
            Py_CLEAR(result);
            break;
        }
        PyObject *made = block_like(block, PyList_GET_ITEM(roles, number), ((const double *)scores.buf)[number]);
        if (made)
            PyTuple_SET_ITEM(result, number, made);
        else
            Py_CLEAR(result);
    }
    PyBuffer_Release(&scores);
    return result;
}

/* The probabilities of the blocks, as bytes of doubles. */
static PyObject *probabilities(const Measured *m, const Forest *forest) {
    PyObject *result = PyBytes_FromStringAndSize(NULL, m->count * sizeof(double));
    uint32_t *left = PyMem_Malloc(m->count * sizeof(uint32_t));
    if (result && left) {
        double *sums = (double *)PyBytes_AS_STRING(result);
        sum_leaves(forest, m->matrix, m->count, left, sums);
        for (Py_ssize_t block = 0; block < m->count; block++)
            sums[block] = 1 / (1 + exp(-at_most(at_least(sums[block], -30), 30)));
    } else if (!left) {
        Py_CLEAR(result);
        PyErr_NoMemory();
    }
    PyMem_Free(left);
    return result;
}

static PyObject *bytes_of(const void *items, Py_ssize_t count) { return PyBytes_FromStringAndSize(items, count * 8); }

static PyObject *table_rows(const Page *page) {
    PyObject *result = PyBytes_FromStringAndSize(NULL, page->count);
    for (Py_ssize_t block = 0; result && block < page->count; block++)
        PyBytes_AS_STRING(result)[block] = page->names[block] == TAG_ROW;
    return result;
}

/* What was found on the way, for tests and training. */
static PyObject *details(const Measured *m, const PyObject *found) {
    return Py_BuildValue("ONNNNNNNNNNL", found, bytes_of(m->sums[0], m->count + 1), bytes_of(m->groups, m->count), bytes_of(m->tree.firsts, m->tree.rows),
                         bytes_of(m->tree.lasts, m->tree.rows), bytes_of(m->tree.owners.items, m->tree.owners.count),
                         bytes_of(m->tree.words.items, m->tree.words.count), bytes_of(m->tree.named.items, m->tree.named.count),
                         bytes_of(m->tree.posts.items, m->tree.posts.count),
                         table_rows(&m->page), PyBytes_FromStringAndSize((char *)m->matrix, ALL_FEATURES * m->count * 4), (long long)m->title);
}

/* The result of `judged` for a page that is measured and whose kind is known. */
static PyObject *result_of(const Measured *m, const Model *model, const double *chances, int with_details) {
    PyObject *result = NULL, *more = NULL, *found = probabilities(m, &model->forest);
    PyObject *scores = found ? bytes_of(PyBytes_AS_STRING(found), m->count) : NULL;
    PyObject *kept = PyByteArray_FromStringAndSize(NULL, m->count), *tokens = PyBytes_FromStringAndSize(NULL, m->count * 8);
    if (found && scores && kept && tokens) {
        double confidence = decide(m, model->tables[CONSTANTS].buf, doubles(model, FACTORS), doubles(model, SOFTER), chances,
                                   (double *)PyBytes_AS_STRING(scores), PyByteArray_AS_STRING(kept));
        for (Py_ssize_t block = 0; block < m->count; block++)
            ((double *)PyBytes_AS_STRING(tokens))[block] = m->counts[block].tokens;
        more = confidence < 0 ? NULL : with_details ? details(m, found) : Py_NewRef(Py_None);
        if (more)
            result = Py_BuildValue("OOdNOO", scores, kept, confidence, bytes_of(chances, KINDS), tokens, more);
    }
    Py_XDECREF(more);
    Py_XDECREF(found);
    Py_XDECREF(scores);
    Py_XDECREF(kept);
    Py_XDECREF(tokens);
    return result;
}

/* judged(model, text, blocks, arrays, title, description, body, evidence, with details) -> scores (bytes of doubles), what is kept (bytearray), the
   expected F1, chances of kinds and tokens (bytes of doubles), and None or details: probabilities, sums of tokens (double); groups, one a block;
   firsts, lasts, one a row; owners, words; named rows, posts (int64); whether blocks are rows of tables (bytes); all features (float); the title's block.
   arrays: parents, firsts, lasts, tags, attributes of containers, links and levels of blocks. */
static PyObject *judged(PyObject *self, PyObject *args) {
    PyObject *capsule, *text, *blocks, *arrays, *title, *description, *body, *evidence, *result = NULL;
    int with_details;
    if (!PyArg_ParseTuple(args, "OUOO!UUUO!p", &capsule, &text, &blocks, &PyTuple_Type, &arrays, &title, &description, &body, &PyList_Type,
                          &evidence, &with_details))
        return NULL;
    const Model *model = PyCapsule_GetPointer(capsule, CAPSULE);
    if (!model)
        return NULL;
    if (PyTuple_GET_SIZE(arrays) != 7) {
        PyErr_SetString(PyExc_ValueError, "judged() takes seven arrays");
        return NULL;
    }
    Measured m = {0};
    double chances[KINDS];
    PyObject *const *items = ((PyTupleObject *)arrays)->ob_item;
    if (page_read(&m.page, text, blocks, items, model->tag_numbers, TAGS, 1) == 0 && measure(&m, model, title, description, body) == 0 &&
        tell_kind(&model->kinds, &m, model->attributes.count, model->texts.count, evidence, chances) == 0 &&
        fill_context(&m, doubles(model, ATTRIBUTE_VALUES), doubles(model, TEXT_VALUES), model->texts.count, chances) == 0)
        result = result_of(&m, model, chances, with_details);
    measured_clear(&m);
    return result;
}

static PyMethodDef METHODS[] = {
    {"model", make_model, METH_VARARGS, "The learned tables, checked and made ready."},
    {"judged", judged, METH_VARARGS, "The kind of a page, the probability of each of its blocks, and which to keep."},
    {"relabelled", relabelled, METH_VARARGS, "Blocks with other roles and scores."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef MODULE = {PyModuleDef_HEAD_INIT, "_judge", NULL, 0, METHODS, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__judge(void) {
    for (int value = 0; value < KEPT_LOGS; value++)
        LOGS[value] = log1p(value);
    return PyModule_Create(&MODULE);
}
