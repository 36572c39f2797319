/* The parse of cleaner.markup.blocks in C: HTML becomes one text, cut into blocks and containers, in one pass.

   It is an optional twin of the Python code: the same names, the same steps, the same result, which tests/markup/test_twins.py
   compares on every fixture and on garbage. Where no compiler is at hand the Python code does the work, in eight times the time.
   Read stream.py (what is a token), elements.py and blocks.py (what a tag does) first; comments here say only what C adds.

   All characters are Py_UCS4: one copy of the page (a tenth of the time) saves three versions of every loop, and wmemchr finds
   the next "<" at memory speed. Nothing recurses; every buffer grows by doubling; no input makes it look at a character more
   than a fixed number of times, but for the searches in the stack of open elements, which SEARCHED bounds. */

#include "_declarations.h"
#include "_hiding.h"
#include "_links.h"
#include "_text.h"
#include "_tokens.h"

#include <math.h>
#include <stddef.h>

enum { HIDE_MARK = 1, HIDE_END_MARK, CELL_MARK, BREAK_MARK };
enum { LAYOUT_CELL = 300, ROW_CELLS = 16, ROW_BLOCK = 200, SEARCHED = 256, DEPTH = 8 };
typedef struct {
    ix start, end; /* in the page's text */
    ix home, linked, links;
    int row;
} Block;

typedef struct {
    ix parent, first, last, token, attributes, attributes_size;
    int name;
} Container;

typedef struct {
    ix start, size;
} Piece;

#define VECTOR(Type, Vector)                                                                                                     \
    typedef struct {                                                                                                             \
        Type *at;                                                                                                                \
        ix size, room;                                                                                                           \
    } Vector;                                                                                                                    \
    static Type *push_##Vector(Vector *vector)                                                                                   \
    {                                                                                                                            \
        if (vector->size == vector->room) {                                                                                      \
            ix room = vector->room * 2 + 64;                                                                                     \
            Type *at = PyMem_Realloc(vector->at, room * sizeof(Type));                                                           \
            if (!at) {                                                                                                           \
                PyErr_NoMemory();                                                                                                \
                return NULL;                                                                                                     \
            }                                                                                                                    \
            vector->at = at;                                                                                                     \
            vector->room = room;                                                                                                 \
        }                                                                                                                        \
        return &vector->at[vector->size++];                                                                                      \
    }

VECTOR(Block, Blocks)
VECTOR(Container, Containers)
VECTOR(Piece, Pieces)
VECTOR(ix, Numbers)

typedef struct {
    const uc *html;
    ix length;
    PyObject *hiding; /* how an element hides itself: hiding(name, attributes) */
    Text run, page, scratch;
    Blocks blocks;
    Containers containers;
    Numbers stack;
    Pieces pieces;
    PyObject *hidden_parts; /* (block, start, end, how) */
    Declared declared;
    ix last_hidden_block, token, cell_run, linked, links;
    int slow, pre, in_link, hide_name, hide_depth;
    PyObject *hide_how;
} Builder;

/* ---- blocks ---- */

static inline int
top_flags(Builder *self)
{
    return NAMES[self->containers.at[self->stack.at[self->stack.size - 1]].name].flags;
}

static inline int
name_at(Builder *self, ix depth) /* 1 is the innermost */
{
    return self->containers.at[self->stack.at[self->stack.size - depth]].name;
}

static inline ix
home(Builder *self)
{
    return self->stack.at[self->stack.size - 1];
}

static int
begin_block(Builder *self)
{
    if (self->blocks.size)
        return append(&self->page, (const uc[]){'\n', '\n'}, 2);
    return 0;
}

static int
end_block(Builder *self, ix start, ix linked, ix links, int row)
{
    Block *block = push_Blocks(&self->blocks);
    if (!block)
        return -1;
    ix size = self->page.size - start; /* a link's text was counted as written, with its entities and runs of blanks */
    *block = (Block){start, self->page.size, home(self), linked < size ? linked : size, links, row};
    return 0;
}

static int flush_marked(Builder *self, ix linked, ix links);

static int
flush(Builder *self, ix linked, ix links)
{
    self->cell_run = 0;
    if (unescape_text(&self->run) < 0)
        return -1;
    if (self->slow)
        return flush_marked(self, linked, links);
    Text *page = &self->page;
    ix before = page->size;
    if (begin_block(self) < 0)
        return -1;
    ix start = page->size;
    if (append_words(page, self->run.at, self->run.size) < 0)
        return -1;
    self->run.size = 0;
    if (page->size == start) {
        page->size = before;
        return 0;
    }
    return end_block(self, start, linked, links, 0);
}

static int
add_piece(Builder *self, ix start)
{
    Piece *piece = push_Pieces(&self->pieces);
    if (!piece)
        return -1;
    *piece = (Piece){start, self->scratch.size - start};
    return 0;
}

/* _lines(): blocks where a line is empty or indented as a paragraph, else lines of one block */
static int
add_lines(Builder *self, const uc *text, ix size)
{
    Text *scratch = &self->scratch;
    const uc *at = text, *end = text + size;
    ix start = scratch->size;
    for (;;) {
        const uc *stop = find(at, end, BREAK_MARK), *first = at;
        while (first < stop && (*first == ' ' || *first == '\n' || *first == '\r' || *first == '\t'))
            first++;
        int indented = stop - first >= 2 && first[0] == first[1] && (first[0] == 0x3000 || first[0] == 0xA0);
        if (scratch->size > start && (indented || is_blank(at, stop - at))) {
            if (add_piece(self, start) < 0)
                return -1;
            start = scratch->size;
        }
        ix before = scratch->size;
        if (before > start && append_one(scratch, '\n') < 0)
            return -1;
        ix line = scratch->size;
        if (append_words(scratch, at, stop - at) < 0)
            return -1;
        if (scratch->size == line)
            scratch->size = before;
        if (stop == end)
            break;
        at = stop + 1;
    }
    return scratch->size > start ? add_piece(self, start) : 0;
}

/* _cells(): one block, or one a cell where the table is the layout of the page */
static int
add_cells(Builder *self, const uc *text, ix size, int *row)
{
    Text *scratch = &self->scratch;
    const uc *end = text + size, *stop;
    *row = 0;
    if (top_flags(self) & (IN_CELLS | IS_TR | IS_P)) {
        *row = 1;
        for (const uc *at = text;; at = stop + 1) {
            stop = find(at, end, CELL_MARK);
            if (stop - at > LAYOUT_CELL && !is_blank(at, stop - at))
                *row = 0;
            if (stop == end)
                break;
        }
    }
    ix start = scratch->size;
    for (const uc *at = text;; at = stop + 1) {
        stop = find(at, end, CELL_MARK);
        if (!is_blank(at, stop - at)) {
            if (!*row) {
                if (add_lines(self, at, stop - at) < 0)
                    return -1;
            } else {
                ix before = scratch->size;
                if (before > start && append(scratch, (const uc[]){' ', '|', ' '}, 3) < 0)
                    return -1;
                ix line = scratch->size;
                uc *cell = (uc *)at; /* in the run, which is ours */
                for (ix i = 0; i < stop - at; i++)
                    if (cell[i] == BREAK_MARK)
                        cell[i] = ' ';
                if (append_words(scratch, cell, stop - at) < 0)
                    return -1;
                int some = 0;
                for (ix i = line; i < scratch->size && !some; i++)
                    some = scratch->at[i] > BREAK_MARK || scratch->at[i] == 0;
                if (!some)
                    scratch->size = before;
            }
        }
        if (stop == end)
            break;
    }
    return *row ? add_piece(self, start) : 0;
}

/* Takes the marks of hidden inline elements out of a piece and notes what stands between them; appends it to the page. */
static int
append_shown(Builder *self, const uc *text, ix size, ix start)
{
    Text *page = &self->page;
    ix inside = -1; /* where the hidden part begins on the page */
    for (ix i = 0; i <= size; i++) {
        uc c = i < size ? text[i] : HIDE_MARK;
        if (c > HIDE_END_MARK || !c) {
            if (append_one(page, c) < 0)
                return -1;
            continue;
        }
        if (inside >= 0 && !is_blank(page->at + inside, page->size - inside)) {
            if (append_new(self->hidden_parts,
                           Py_BuildValue("nnnO", self->blocks.size, inside - start, page->size - start, self->hide_how)) < 0)
                return -1;
            self->last_hidden_block = self->blocks.size;
        }
        inside = c == HIDE_MARK ? page->size : -1;
    }
    return 0;
}

static int
flush_marked(Builder *self, ix linked, ix links)
{
    Text *run = &self->run;
    if (self->hide_depth) {
        if (append_one(run, HIDE_END_MARK) < 0)
            return -1;
        self->hide_depth = 0;
    }
    self->slow = self->pre > 0;
    self->pieces.size = self->scratch.size = 0;
    int row = 0, failed;
    if (self->pre) {
        ix start = 0, end = run->size;
        while (start < end && (run->at[start] == '\r' || run->at[start] == '\n'))
            start++;
        while (end > start && is_space(run->at[end - 1]))
            end--;
        failed = append(&self->scratch, run->at + start, end - start) < 0 || add_piece(self, 0) < 0;
    } else if (find(run->at, run->at + run->size, CELL_MARK) < run->at + run->size)
        failed = add_cells(self, run->at, run->size, &row) < 0;
    else if (find(run->at, run->at + run->size, BREAK_MARK) < run->at + run->size)
        failed = add_lines(self, run->at, run->size) < 0;
    else
        failed = append_words(&self->scratch, run->at, run->size) < 0 || add_piece(self, 0) < 0;
    if (failed)
        return -1;
    run->size = 0;
    ix total = 0;
    for (ix i = 0; i < self->pieces.size; i++)
        total += self->pieces.at[i].size;
    for (ix i = 0; i < self->pieces.size; i++) {
        Piece piece = self->pieces.at[i];
        ix before = self->page.size;
        if (begin_block(self) < 0)
            return -1;
        ix start = self->page.size;
        if (append_shown(self, self->scratch.at + piece.start, piece.size, start) < 0)
            return -1;
        if (self->page.size == start) {
            self->page.size = before;
            continue;
        }
        double share = (double)piece.size / (double)(total ? total : 1);
        if (end_block(self, start, (ix)rint(linked * share), (ix)rint(links * share), row) < 0)
            return -1;
    }
    return 0;
}

/* Makes one block of the blocks of a table row when there is at most one short block a cell. */
static int
join_row(Builder *self, ix row)
{
    ix first = self->containers.at[row].first, count = self->blocks.size - first;
    if (count < 2 || count > ROW_CELLS)
        return 0;
    ix inside = self->containers.size - row - 1, cells = 0;
    if (inside >= 3 * ROW_CELLS)
        return 0;
    for (ix i = row + 1; i < self->containers.size; i++)
        cells += self->containers.at[i].parent == row;
    if (count > cells || self->last_hidden_block >= first)
        return 0;
    Block *blocks = self->blocks.at + first;
    uc *page = self->page.at;
    ix linked = 0, links = 0;
    for (ix i = 0; i < count; i++) {
        Block *block = &blocks[i];
        ix size = block->end - block->start;
        if (size > ROW_BLOCK || block->row || (NAMES[self->containers.at[block->home].name].flags & IN_UNJOINED) ||
            find(page + block->start, page + block->end, '\n') < page + block->end)
            return 0;
        linked += block->linked;
        links += block->links;
    }
    if (reserve(&self->page, count) < 0) /* the bar is a character longer than the gap */
        return -1;
    page = self->page.at;
    self->scratch.size = 0;
    for (ix i = 0; i < count; i++)
        if ((i && append(&self->scratch, (const uc[]){' ', '|', ' '}, 3) < 0) ||
            append(&self->scratch, page + blocks[i].start, blocks[i].end - blocks[i].start) < 0)
            return -1;
    ix start = blocks[0].start;
    memcpy(page + start, self->scratch.at, self->scratch.size * sizeof(uc));
    self->page.size = start + self->scratch.size;
    blocks[0] = (Block){start, self->page.size, row, linked, links, 1};
    self->blocks.size = first + 1;
    for (ix i = row + 1; i < self->containers.size; i++) {
        self->containers.at[i].first = first;
        self->containers.at[i].last = first + 1;
    }
    return 0;
}

static int
pop(Builder *self)
{
    ix number = home(self);
    int flags = NAMES[self->containers.at[number].name].flags;
    if (flags & IS_TR) {
        if (self->run.size && flush(self, 0, 0) < 0)
            return -1;
        self->stack.size--;
        if (join_row(self, number) < 0)
            return -1;
    } else {
        self->stack.size--;
        if (flags & IS_PRE)
            self->pre--;
    }
    self->containers.at[number].last = self->blocks.size;
    return 0;
}

static int
pop_many(Builder *self, ix count)
{
    while (count--)
        if (pop(self) < 0)
            return -1;
    return 0;
}

static int
pop_while(Builder *self, int flags)
{
    while (top_flags(self) & flags)
        if (pop(self) < 0)
            return -1;
    return 0;
}

static int
imply(Builder *self, int name)
{
    int flags = NAMES[name].flags;
    if ((top_flags(self) & IS_P) && pop(self) < 0)
        return -1;
    if (flags & (IS_ITEM | IS_TERM)) {
        ix most = self->stack.size < DEPTH ? self->stack.size : DEPTH;
        for (ix depth = 1; depth < most; depth++) {
            int open = NAMES[name_at(self, depth)].flags;
            if (open & flags & (IS_ITEM | IS_TERM))
                return pop_many(self, depth);
            if (open & IN_ITEM_WALLS)
                return 0;
        }
        return 0;
    }
    if (flags & IS_TR)
        return pop_while(self, IN_CELLS | IS_TR | IS_P);
    if (flags & IN_ROW_GROUPS)
        return pop_while(self, IN_CELLS | IS_TR | IS_P | IN_ROW_GROUPS);
    if ((flags & IN_HEADINGS) && (top_flags(self) & IN_HEADINGS))
        return pop(self);
    return 0;
}

static int
leave(Builder *self, int name)
{
    int in_table = NAMES[name].flags & IN_TABLE, is_table = strcmp(NAMES[name].name, "table") == 0;
    ix most = self->stack.size < SEARCHED ? self->stack.size : SEARCHED;
    for (ix depth = 1; depth < most; depth++) {
        int open = name_at(self, depth);
        if (open == name)
            return pop_many(self, depth);
        if (in_table ? !is_table && strcmp(NAMES[open].name, "table") == 0 : NAMES[open].flags & IN_CELLS)
            return 0;
    }
    return 0;
}

static int
enter(Builder *self, int name, const uc *attributes, ix size)
{
    Container *container = push_Containers(&self->containers);
    ix *top = container ? push_Numbers(&self->stack) : NULL;
    if (!top)
        return -1;
    ix parent = self->stack.size > 1 ? self->stack.at[self->stack.size - 2] : 0;
    *container = (Container){parent, self->blocks.size, 0, self->token, attributes ? attributes - self->html : 0, size, name};
    *top = self->containers.size - 1;
    return 0;
}

static int
hide_inline(Builder *self, int name, const uc *attributes, ix size)
{
    if (self->hide_depth) {
        self->hide_depth += name == self->hide_name;
        return 0;
    }
    if (!size || !may_hide(attributes, size, 1))
        return 0;
    PyObject *written = str_of(attributes, size);
    PyObject *how = written ? PyObject_CallFunctionObjArgs(self->hiding, interned[name], written, NULL) : NULL;
    Py_XDECREF(written);
    if (!how)
        return -1;
    if (!PyUnicode_Check(how) || !PyUnicode_GET_LENGTH(how)) {
        Py_DECREF(how);
        return 0;
    }
    Py_XSETREF(self->hide_how, how);
    self->hide_name = name;
    self->hide_depth = 1;
    self->slow = 1;
    return append_one(&self->run, HIDE_MARK);
}

static int
flush_all(Builder *self)
{
    if (!self->run.size)
        return 0;
    ix linked = self->linked, links = self->links;
    self->linked = self->links = 0;
    return flush(self, linked, links);
}

/* One tag: name is a number of NAMES, or OTHER. */
static int
step(Builder *self, int name, int closing, const uc *attributes, ix size)
{
    if (name == OTHER)
        return 0;
    switch (closing ? NAMES[name].close : NAMES[name].open) {
    case INLINE:
        if (self->hide_depth && name == self->hide_name && !--self->hide_depth)
            return append_one(&self->run, HIDE_END_MARK);
        return 0;
    case SPAN:
        return hide_inline(self, name, attributes, size);
    case LINK:
        self->in_link = 1;
        self->links++;
        return 0;
    case LINK_END:
        self->in_link = 0;
        return 0;
    case OPEN:
        return flush_all(self) < 0 || imply(self, name) < 0 ? -1 : enter(self, name, attributes, size);
    case CLOSE:
    case CLOSE_SPECIAL:
        return flush_all(self) < 0 ? -1 : leave(self, name);
    case BREAK:
        if (!self->run.size)
            return 0;
        self->slow = 1;
        return append_one(&self->run, self->pre ? '\n' : BREAK_MARK);
    case CELL:
        if (self->run.size) {
            if (append_one(&self->run, CELL_MARK) < 0)
                return -1;
            self->slow = 1;
        }
        self->cell_run = self->run.size;
        return pop_while(self, IN_CELLS | IS_P) < 0 ? -1 : enter(self, name, attributes, size);
    case CELL_END:
        if (self->run.size - self->cell_run > LAYOUT_CELL && flush(self, 0, 0) < 0)
            return -1;
        return leave(self, name);
    case PRE:
        if (flush_all(self) < 0 || imply(self, name) < 0 || enter(self, name, attributes, size) < 0)
            return -1;
        self->pre++;
        self->slow = 1;
        return 0;
    default: /* NOTHING */
        if (flush_all(self) < 0)
            return -1;
        return strcmp(NAMES[name].name, "hr") == 0 ? imply(self, name) : 0;
    }
}

static int
add_text(Builder *self, const uc *text, ix size)
{
    if (!size || (!self->run.size && is_blank(text, size)))
        return 0;
    if (self->in_link)
        self->linked += stripped_size(text, size);
    return append(&self->run, text, size);
}

static int
run_over(Builder *self)
{
    const uc *at = self->html, *end = at + self->length;
    for (;;) {
        Token token;
        at = next_token(at, end, &token);
        self->token++;
        if (add_text(self, token.text, token.text_size) < 0)
            return -1;
        if (token.last)
            return 0;
        if (declare_token(&self->declared, &token, at) < 0)
            return -1;
        if (step(self, token.name, token.closing, token.attributes, token.size) < 0)
            return -1;
    }
}

/* ---- the result ---- */

/* One field of an array of structures, at `offset` in each. */
static PyObject *
numbers_of(const void *at, ix offset, ix size, ix stride)
{
    PyObject *bytes = PyBytes_FromStringAndSize(NULL, size * 8);
    if (bytes) {
        char *out = PyBytes_AS_STRING(bytes);
        for (ix i = 0; i < size; i++) {
            long long value = *(const ix *)((const char *)at + i * stride + offset);
            memcpy(out + i * 8, &value, 8);
        }
    }
    return bytes;
}

/* Drops the containers without blocks. */
static int
without_empty(Builder *self)
{
    Container *all = self->containers.at;
    ix *numbers = PyMem_Malloc((self->containers.size + 1) * sizeof(ix)), kept = 0;
    if (!numbers) {
        PyErr_NoMemory();
        return -1;
    }
    for (ix i = 0; i < self->containers.size; i++)
        if (!i || all[i].first < all[i].last) {
            numbers[i] = kept;
            all[kept] = all[i];
            all[kept].parent = numbers[all[i].parent];
            kept++;
        }
    for (ix i = 0; i < self->blocks.size; i++)
        self->blocks.at[i].home = numbers[self->blocks.at[i].home];
    self->containers.size = kept;
    PyMem_Free(numbers);
    return 0;
}

static PyObject *
list_of_names(Builder *self, int of_blocks)
{
    static int row_name;
    if (!row_name)
        while (strcmp(NAMES[row_name].name, "tr"))
            row_name++;
    ix size = of_blocks ? self->blocks.size : self->containers.size;
    PyObject *list = PyList_New(size);
    for (ix i = 0; list && i < size; i++) {
        Block *block = of_blocks ? &self->blocks.at[i] : NULL;
        int name = self->containers.at[block ? block->home : i].name;
        PyList_SET_ITEM(list, i, Py_NewRef(interned[block && block->row ? row_name : name]));
    }
    return list;
}

static PyObject *
list_of_attributes(Builder *self)
{
    PyObject *list = PyList_New(self->containers.size);
    for (ix i = 0; list && i < self->containers.size; i++) {
        Container *container = &self->containers.at[i];
        PyObject *written = str_of(self->html + container->attributes, container->attributes_size);
        if (!written)
            Py_CLEAR(list);
        else
            PyList_SET_ITEM(list, i, written);
    }
    return list;
}

/* The containers with an attribute that may hide them. */
static PyObject *
list_of_hiders(Builder *self)
{
    PyObject *list = PyList_New(0);
    for (ix i = 0; list && i < self->containers.size; i++) {
        Container *container = &self->containers.at[i];
        const uc *attributes = self->html + container->attributes;
        ix size = container->attributes_size;
        if (size && may_hide(attributes, size, 0) && append_new(list, PyLong_FromSsize_t(i)) < 0)
            Py_CLEAR(list);
    }
    return list;
}

static PyObject *
result_of(Builder *self)
{
    if (without_empty(self) < 0)
        return NULL;
    Block *blocks = self->blocks.at;
    Container *containers = self->containers.at;
    ix count = self->blocks.size, open = self->containers.size;
    return Py_BuildValue(
        "NNNNNNNNNNNNNNNN",
        str_of(self->page.at, self->page.size),
        numbers_of(blocks, offsetof(Block, start), count, sizeof(Block)),
        numbers_of(blocks, offsetof(Block, end), count, sizeof(Block)),
        numbers_of(blocks, offsetof(Block, home), count, sizeof(Block)),
        numbers_of(blocks, offsetof(Block, linked), count, sizeof(Block)),
        numbers_of(blocks, offsetof(Block, links), count, sizeof(Block)),
        list_of_names(self, 1),
        numbers_of(containers, offsetof(Container, parent), open, sizeof(Container)),
        numbers_of(containers, offsetof(Container, first), open, sizeof(Container)),
        numbers_of(containers, offsetof(Container, last), open, sizeof(Container)),
        numbers_of(containers, offsetof(Container, token), open, sizeof(Container)),
        list_of_names(self, 0),
        list_of_attributes(self),
        list_of_hiders(self),
        Py_NewRef(self->hidden_parts),
        declared_as(&self->declared));
}

static PyObject *
parse(PyObject *module, PyObject *args)
{
    PyObject *html, *hiding, *result = NULL;
    if (!PyArg_ParseTuple(args, "UO", &html, &hiding))
        return NULL;
    Builder self = {.hiding = hiding, .last_hidden_block = -1};
    uc *text = PyUnicode_AsUCS4Copy(html);
    self.html = text;
    self.length = PyUnicode_GET_LENGTH(html);
    self.hidden_parts = PyList_New(0);
    self.hide_how = PyUnicode_FromString("");
    if (text && self.hidden_parts && self.hide_how && begin_declared(&self.declared, text, self.length) == 0 &&
        enter(&self, 0, NULL, 0) == 0 && run_over(&self) == 0 && flush_all(&self) == 0 && pop_many(&self, self.stack.size) == 0)
        result = result_of(&self);
    Py_XDECREF(self.hidden_parts);
    end_declared(&self.declared);
    Py_XDECREF(self.hide_how);
    PyMem_Free(text);
    PyMem_Free(self.run.at);
    PyMem_Free(self.page.at);
    PyMem_Free(self.scratch.at);
    PyMem_Free(self.blocks.at);
    PyMem_Free(self.containers.at);
    PyMem_Free(self.stack.at);
    PyMem_Free(self.pieces.at);
    return result;
}

static PyObject *
names(PyObject *module, PyObject *unused)
{
    PyObject *table = PyDict_New();
    for (int i = 1; table && i < NAME_COUNT; i++) {
        PyObject *kinds = Py_BuildValue("ii", NAMES[i].open, NAMES[i].close);
        if (!kinds || PyDict_SetItem(table, interned[i], kinds) < 0)
            Py_CLEAR(table);
        Py_XDECREF(kinds);
    }
    return table;
}

#include "_glance.h"
#include "_hints.h"

static PyMethodDef methods[] = {
    {"parse", parse, METH_VARARGS, "parse(html, hiding): the fields of blocks.Parsed; numbers are bytes of array('q')."},
    {"links", links, METH_VARARGS, "links(html, text): start, end and address of every link in the page's text."},
    {"hinted", hinted, METH_VARARGS, "hinted(source, hints): where the tags begin in which a hint stands."},
    {"glance", glance, METH_VARARGS, "glance(text, blocks, openers, openings, longest line): the fields of glance.Glance."},
    {"names", names, METH_NOARGS, "names(): the kinds of the start tag and the end tag by name, for the test against stream.TAGS."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "_scan", "The parse of cleaner.markup.blocks in C.", -1, methods};

PyMODINIT_FUNC
PyInit__scan(void)
{
    PyObject *html = PyImport_ImportModule("html");
    unescape = html ? PyObject_GetAttrString(html, "unescape") : NULL;
    Py_XDECREF(html);
    if (!unescape)
        return NULL;
    for (int i = 0; i < NAME_COUNT; i++) {
        int size = (int)strlen(NAMES[i].name);
        interned[i] = PyUnicode_InternFromString(i ? NAMES[i].name : "body");
        if (!interned[i])
            return NULL;
        if (!i)
            continue;
        unsigned slot = hash_of((const unsigned char *)NAMES[i].name, size);
        while (slots[slot])
            slot = (slot + 1) & (SLOTS - 1);
        slots[slot] = (short)i;
    }
    heading_name = name_of((const uc[]){'h', '1'}, 2);
    body_name = name_of((const uc[]){'b', 'o', 'd', 'y'}, 4);
    return PyModule_Create(&module);
}
