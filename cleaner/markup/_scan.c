/* The parse of cleaner.markup.blocks in C: HTML becomes one text, cut into blocks and containers, in one pass.

   It is an optional twin of the Python code: the same names, the same steps, the same result, which tests/markup/test_twins.py
   compares on every fixture and on garbage. Where no compiler is at hand the Python code does the work, in eight times the time.
   Read stream.py (what is a token) and blocks.py (what a tag does) first; comments here say only what C adds.

   All characters are Py_UCS4: one copy of the page (a tenth of the time) saves three versions of every loop, and wmemchr finds
   the next "<" at memory speed. Nothing recurses; every buffer grows by doubling; no input makes it look at a character more
   than a fixed number of times, but for the searches in the stack of open elements, which SEARCHED bounds. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <math.h>
#include <string.h>
#include <wchar.h>

typedef Py_UCS4 uc;
typedef Py_ssize_t ix;

enum { HIDE_MARK = 1, HIDE_END_MARK, CELL_MARK, BREAK_MARK };
enum { LAYOUT_CELL = 300, ROW_CELLS = 16, ROW_BLOCK = 200, SEARCHED = 256, DEPTH = 8, LONGEST_VALUE = 4000 };
enum kind { INLINE, SPAN, OPEN, CLOSE, LINK, LINK_END, BREAK, CELL, CELL_END, PRE, NOTHING, CLOSE_SPECIAL };

/* Flags of a tag's name: what sets of blocks.py it is in. */
enum {
    IN_CELLS = 1,
    IN_HEADINGS = 2,
    IN_ROW_GROUPS = 4,
    IN_TABLE = 8,
    IN_ITEM_WALLS = 16,
    IN_UNJOINED = 32,
    IS_P = 64,
    IS_TR = 128,
    IS_PRE = 256,
    IS_ITEM = 512, /* li */
    IS_TERM = 1024 /* dt, dd */
};

typedef struct {
    const char *name;
    int open, close, flags;
} Name;

/* Number 0 is the page itself, which no tag names; the rest is stream.py's table. */
static const Name NAMES[] = {
    {"", INLINE, INLINE, 0},
    {"p", OPEN, CLOSE, IS_P},
    {"div", OPEN, CLOSE, 0},
    {"a", LINK, LINK_END, 0},
    {"br", BREAK, INLINE, 0},
    {"li", OPEN, CLOSE, IS_ITEM},
    {"td", CELL, CELL_END, IN_CELLS | IN_TABLE | IN_ITEM_WALLS},
    {"th", CELL, CELL_END, IN_CELLS | IN_TABLE | IN_ITEM_WALLS},
    {"tr", OPEN, CLOSE_SPECIAL, IS_TR | IN_TABLE | IN_UNJOINED},
    {"table", OPEN, CLOSE, IN_TABLE | IN_ITEM_WALLS},
    {"tbody", OPEN, CLOSE, IN_ROW_GROUPS | IN_TABLE},
    {"thead", OPEN, CLOSE, IN_ROW_GROUPS | IN_TABLE},
    {"tfoot", OPEN, CLOSE, IN_ROW_GROUPS | IN_TABLE},
    {"caption", OPEN, CLOSE, IN_TABLE},
    {"ul", OPEN, CLOSE, IN_ITEM_WALLS},
    {"ol", OPEN, CLOSE, IN_ITEM_WALLS},
    {"menu", OPEN, CLOSE, IN_ITEM_WALLS},
    {"dl", OPEN, CLOSE, IN_ITEM_WALLS},
    {"dt", OPEN, CLOSE, IS_TERM},
    {"dd", OPEN, CLOSE, IS_TERM},
    {"h1", OPEN, CLOSE, IN_HEADINGS | IN_UNJOINED},
    {"h2", OPEN, CLOSE, IN_HEADINGS | IN_UNJOINED},
    {"h3", OPEN, CLOSE, IN_HEADINGS | IN_UNJOINED},
    {"h4", OPEN, CLOSE, IN_HEADINGS | IN_UNJOINED},
    {"h5", OPEN, CLOSE, IN_HEADINGS | IN_UNJOINED},
    {"h6", OPEN, CLOSE, IN_HEADINGS | IN_UNJOINED},
    {"pre", PRE, CLOSE_SPECIAL, IS_PRE | IN_UNJOINED},
    {"listing", PRE, CLOSE_SPECIAL, IS_PRE},
    {"blockquote", OPEN, CLOSE, IN_UNJOINED},
    {"html", NOTHING, CLOSE, 0},
    {"head", NOTHING, CLOSE, 0},
    {"body", NOTHING, CLOSE, 0},
    {"hr", NOTHING, CLOSE, 0},
    {"address", OPEN, CLOSE, 0},
    {"article", OPEN, CLOSE, 0},
    {"aside", OPEN, CLOSE, 0},
    {"audio", OPEN, CLOSE, 0},
    {"button", OPEN, CLOSE, 0},
    {"canvas", OPEN, CLOSE, 0},
    {"center", OPEN, CLOSE, 0},
    {"details", OPEN, CLOSE, 0},
    {"dialog", OPEN, CLOSE, 0},
    {"dir", OPEN, CLOSE, 0},
    {"fieldset", OPEN, CLOSE, 0},
    {"figcaption", OPEN, CLOSE, 0},
    {"figure", OPEN, CLOSE, 0},
    {"footer", OPEN, CLOSE, 0},
    {"form", OPEN, CLOSE, 0},
    {"frameset", OPEN, CLOSE, 0},
    {"header", OPEN, CLOSE, 0},
    {"hgroup", OPEN, CLOSE, 0},
    {"legend", OPEN, CLOSE, 0},
    {"main", OPEN, CLOSE, 0},
    {"nav", OPEN, CLOSE, 0},
    {"noscript", OPEN, CLOSE, 0},
    {"object", OPEN, CLOSE, 0},
    {"optgroup", OPEN, CLOSE, 0},
    {"option", OPEN, CLOSE, 0},
    {"search", OPEN, CLOSE, 0},
    {"section", OPEN, CLOSE, 0},
    {"summary", OPEN, CLOSE, 0},
    {"video", OPEN, CLOSE, 0},
    {"b", SPAN, INLINE, 0},
    {"strong", SPAN, INLINE, 0},
    {"i", SPAN, INLINE, 0},
    {"em", SPAN, INLINE, 0},
    {"span", SPAN, INLINE, 0},
    {"font", SPAN, INLINE, 0},
    {"u", SPAN, INLINE, 0},
    {"small", SPAN, INLINE, 0},
    {"label", SPAN, INLINE, 0},
    {"ins", SPAN, INLINE, 0},
    {"del", SPAN, INLINE, 0},
    {"s", SPAN, INLINE, 0},
    {"sub", SPAN, INLINE, 0},
    {"sup", SPAN, INLINE, 0},
    {"mark", SPAN, INLINE, 0},
    {"q", SPAN, INLINE, 0},
    {"cite", SPAN, INLINE, 0},
    {"abbr", SPAN, INLINE, 0},
    {"time", SPAN, INLINE, 0},
    {"code", SPAN, INLINE, 0},
    {"tt", SPAN, INLINE, 0},
    {"big", SPAN, INLINE, 0},
    {"bdi", SPAN, INLINE, 0},
    {"bdo", SPAN, INLINE, 0},
};
enum { NAME_COUNT = sizeof NAMES / sizeof NAMES[0], LONGEST_NAME = 10, SLOTS = 512, OTHER = -1 };

static short slots[SLOTS];             /* number of a name by its hash */
static PyObject *interned[NAME_COUNT]; /* the names as str */
static PyObject *unescape;             /* html.unescape */

static unsigned
hash_of(const unsigned char *name, int size)
{
    unsigned hash = 0;
    for (int i = 0; i < size; i++)
        hash = hash * 37 + name[i];
    return (hash ^ (hash >> 9)) & (SLOTS - 1);
}

/* ---- growing arrays ---- */

typedef struct {
    uc *at;
    ix size, room;
} Text;

static int
reserve(Text *text, ix more)
{
    if (text->size + more <= text->room)
        return 0;
    ix room = (text->size + more) * 2 + 256;
    uc *at = PyMem_Realloc(text->at, room * sizeof(uc));
    if (!at) {
        PyErr_NoMemory();
        return -1;
    }
    text->at = at;
    text->room = room;
    return 0;
}

static int
append(Text *text, const uc *from, ix size)
{
    if (reserve(text, size) < 0)
        return -1;
    memcpy(text->at + text->size, from, size * sizeof(uc));
    text->size += size;
    return 0;
}

static int
append_one(Text *text, uc character)
{
    return append(text, &character, 1);
}

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
    ix last_hidden_block, token, cell_run, linked, links;
    int slow, pre, in_link, hide_name, hide_depth;
    PyObject *hide_how;
} Builder;

static inline int
is_space(uc c)
{
    return c < 128 ? (c == ' ' || (c >= 9 && c <= 13) || (c >= 28 && c <= 31)) : Py_UNICODE_ISSPACE(c);
}

static inline int
is_letter(uc c)
{
    c |= 32;
    return c >= 'a' && c <= 'z';
}

static inline uc
lower(uc c)
{
    return c >= 'A' && c <= 'Z' ? c | 32 : c;
}

static inline const uc *
find(const uc *from, const uc *end, uc c)
{
    if (sizeof(wchar_t) == sizeof(uc)) {
        const uc *found = (const uc *)wmemchr((const wchar_t *)from, (wchar_t)c, end - from);
        return found ? found : end;
    }
    while (from < end && *from != c)
        from++;
    return from;
}

static int
holds(const uc *text, ix size, const char *word)
{
    ix length = strlen(word);
    const uc *end = text + size;
    for (const uc *at = find(text, end, word[0]); end - at >= length; at = find(at + 1, end, word[0])) {
        ix i = 1;
        while (i < length && at[i] == (uc)word[i])
            i++;
        if (i == length)
            return 1;
    }
    return 0;
}

static int
is_blank(const uc *text, ix size)
{
    for (ix i = 0; i < size; i++)
        if (!is_space(text[i]))
            return 0;
    return 1;
}

static ix
stripped_size(const uc *text, ix size)
{
    while (size && is_space(text[size - 1]))
        size--;
    ix start = 0;
    while (start < size && is_space(text[start]))
        start++;
    return size - start;
}

/* " ".join(text.split()), appended */
static int
append_words(Text *to, const uc *text, ix size)
{
    if (reserve(to, size) < 0)
        return -1;
    uc *out = to->at + to->size, *begin = out;
    ix i = 0;
    while (i < size) {
        if (is_space(text[i])) {
            i++;
            continue;
        }
        if (out > begin)
            *out++ = ' ';
        while (i < size && !is_space(text[i]))
            *out++ = text[i++];
    }
    to->size = out - to->at;
    return 0;
}

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
    *block = (Block){start, self->page.size, home(self), linked, links, row};
    return 0;
}

/* Entities that need none of html.unescape's rules: named ones with their semicolon, and plain numbers. */
static ix
simple_entity(const uc *at, const uc *end, uc *character)
{
    static const struct {
        const char *name;
        uc character;
    } named[] = {{"amp;", '&'},     {"nbsp;", 160},    {"quot;", '"'},    {"lt;", '<'},       {"gt;", '>'},
                 {"raquo;", 187},   {"laquo;", 171},   {"ndash;", 8211},  {"mdash;", 8212},   {"rsquo;", 8217},
                 {"lsquo;", 8216},  {"rdquo;", 8221},  {"ldquo;", 8220},  {"hellip;", 8230},  {"copy;", 169},
                 {"middot;", 183},  {"bull;", 8226},   {"eacute;", 233},  {"uuml;", 252},     {"auml;", 228},
                 {"ouml;", 246},    {"szlig;", 223},   {"agrave;", 224},  {"egrave;", 232},   {"apos;", '\''}};
    ix size = end - at;
    if (size > 2 && at[1] == '#') {
        int hex = (at[2] | 32) == 'x';
        uc value = 0;
        ix i = hex ? 3 : 2, first = i;
        for (; i < size && i < first + 6; i++) {
            uc c = at[i], digit = c >= '0' && c <= '9' ? c - '0' : hex && (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 87 : 99;
            if (digit == 99)
                break;
            value = value * (hex ? 16 : 10) + digit;
        }
        if (i == first || i >= size || at[i] != ';' || value < 32 || (value > 126 && value < 160) || value > 0xD7FF)
            return 0;
        *character = value;
        return i + 1;
    }
    for (size_t n = 0; n < sizeof named / sizeof named[0]; n++) {
        ix i = 0, length = strlen(named[n].name);
        if (size <= length)
            continue;
        while (i < length && at[1 + i] == (uc)named[n].name[i])
            i++;
        if (i == length) {
            *character = named[n].character;
            return length + 1;
        }
    }
    return 0;
}

/* html.unescape in place; a text never gets longer in the simple cases. */
static int
unescape_text(Text *run)
{
    uc *end = run->at + run->size;
    uc *at = (uc *)find(run->at, end, '&');
    if (at == end)
        return 0;
    uc *probe = at; /* first a look at whether all are simple */
    int simple = 1;
    while (probe < end) {
        uc next = probe + 1 < end ? probe[1] : ' ', character;
        if (next == '\t' || next == '\n' || next == '\f' || next == ' ' || next == '<' || next == '&' || next == ';')
            probe = (uc *)find(probe + 1, end, '&'); /* no entity */
        else {
            ix size = simple_entity(probe, end, &character);
            if (!size) {
                simple = 0;
                break;
            }
            probe = (uc *)find(probe + size, end, '&');
        }
    }
    if (simple) {
        uc *out = at;
        while (at < end) {
            uc character;
            ix size = *at == '&' ? simple_entity(at, end, &character) : 0;
            if (size) {
                *out++ = character;
                at += size;
            } else
                *out++ = *at++;
        }
        run->size = out - run->at;
        return 0;
    }
    PyObject *text = PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, run->at, run->size);
    PyObject *plain = text ? PyObject_CallOneArg(unescape, text) : NULL;
    Py_XDECREF(text);
    if (!plain)
        return -1;
    run->size = 0;
    int failed = reserve(run, PyUnicode_GET_LENGTH(plain)) < 0 ||
                 (PyUnicode_GET_LENGTH(plain) && !PyUnicode_AsUCS4(plain, run->at, run->room, 0));
    run->size = PyUnicode_GET_LENGTH(plain);
    Py_DECREF(plain);
    return failed ? -1 : 0;
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
            PyObject *part = Py_BuildValue("nnnO", self->blocks.size, inside - start, page->size - start, self->hide_how);
            int failed = !part || PyList_Append(self->hidden_parts, part) < 0;
            Py_XDECREF(part);
            if (failed)
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

static inline int
is_ascii_space(uc c)
{
    return c == ' ' || (c >= 9 && c <= 13);
}

static inline int
is_digit(uc c)
{
    return c >= '0' && c <= '9';
}

/* Whether a word in lower case stands at a place, in whatever case. */
static int
stands(const uc *at, const uc *end, const char *word)
{
    for (; *word; word++, at++)
        if (at >= end || lower(*at) != (uc)*word)
            return 0;
    return 1;
}

static int
ends_with(const uc *begin, const uc *end, const char *word)
{
    ix size = strlen(word);
    return end - begin >= size && stands(end - size, end, word);
}

/* The rest of a declaration: at its colon, `begin` is the beginning of the attributes. */
static int
hides_by_value(const uc *begin, const uc *colon, const uc *end)
{
    const uc *name = colon, *value = colon + 1;
    while (name > begin && is_ascii_space(name[-1]))
        name--;
    if (ends_with(begin, name, "color")) /* not background-color */
        return name - begin > 5 && (is_ascii_space(name[-6]) || name[-6] == '"' || name[-6] == '\'' || name[-6] == ';');
    while (value < end && is_ascii_space(*value))
        value++;
    if (ends_with(begin, name, "display"))
        return stands(value, end, "none");
    if (ends_with(begin, name, "visibility"))
        return stands(value, end, "hidden") || stands(value, end, "collapse");
    if (ends_with(begin, name, "font-size") || ends_with(begin, name, "height") || ends_with(begin, name, "width"))
        return value < end && (*value == '.' || ((*value == '0' || *value == '1') && !(value + 1 < end && is_digit(value[1]))));
    return 0;
}

/* hidden.attributes_may_hide(): the same hints */
static int
hints(const uc *begin, ix size)
{
    const uc *end = begin + size;
    for (const uc *at = begin; at < end; at++) {
        uc c = lower(*at);
        if (c == ':' && hides_by_value(begin, at, end))
            return 1;
        if (c == ':' || c == '(' || c == ',' || is_ascii_space(c)) {
            const uc *next = at + 1;
            if (next < end && *next == '-') {
                do
                    next++;
                while (next < end && is_ascii_space(*next));
                if (next < end && (*next == '.' || is_digit(*next)))
                    return 1;
            }
        }
        switch (c) {
        case '/':
            if (stands(at, end, "/*"))
                return 1;
            break;
        case 'h':
            if (stands(at, end, "hidden-visually"))
                return 1;
            if (stands(at, end, "hidden")) {
                uc before = at > begin ? lower(at[-1]) : ' ', after = at + 6 < end ? at[6] : ' ';
                if (!(is_letter(before) || is_digit(before) || before == '_' || before == '-') &&
                    (is_ascii_space(after) || after == '/' || after == '=' || after == '"' || after == '\''))
                    return 1;
            }
            break;
        case 's':
            if (stands(at, end, "sr-") || stands(at, end, "screen"))
                return 1;
            break;
        case 'c':
            if (stands(at, end, "clip"))
                return 1;
            break;
        case 't':
            if (stands(at, end, "transparent"))
                return 1;
            break;
        case 'r':
            if (stands(at, end, "rgba"))
                return 1;
            break;
        case 'i':
            if (stands(at, end, "isually-hidden") || stands(at, end, "isuallyhidden"))
                return 1;
            break;
        case 'l':
            if (stands(at, end, "ly-hidden"))
                return 1;
            break;
        case 'a':
            if (stands(at, end, "a11y-") || stands(at, end, "assistive"))
                return 1;
            break;
        case 'e':
            if (stands(at, end, "element-invisible"))
                return 1;
            break;
        }
    }
    return 0;
}

/* Whether the attributes of an element may hide it. */
static int
may_hide(const uc *attributes, ix size, int inline_element)
{
    return (holds(attributes, size, "style") || holds(attributes, size, "hidden") || holds(attributes, size, "sr-") ||
            (!inline_element && holds(attributes, size, "screen"))) &&
           hints(attributes, size);
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
    PyObject *written = PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, attributes, size);
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

/* ---- tokens ---- */

static int
is_word(const uc *at, const uc *end, const char *word) /* followed by what ends a name */
{
    ix size = strlen(word);
    if (end - at <= size)
        return 0;
    for (ix i = 0; i < size; i++)
        if (lower(at[i]) != (uc)word[i])
            return 0;
    return at[size] == '/' || at[size] == '>' || is_space(at[size]);
}

/* Behind the attributes of a tag: at its ">" or at the end of the page. */
static const uc *
after_attributes(const uc *at, const uc *end)
{
    while (at < end && *at != '>') {
        if (*at++ != '=')
            continue;
        while (at < end && is_space(*at))
            at++;
        if (at < end && (*at == '"' || *at == '\'')) {
            at = find(at + 1, end, *at);
            at += at < end;
        }
    }
    return at;
}

/* The end of a script, style, … that begins at `at` (its name); NULL when none begins there. */
static const uc *
after_raw(const uc *at, const uc *end)
{
    static const char *const words[] = {"script", "style",    "iframe", "math",     "noembed",  "noframes",
                                        "select", "svg",      "template", "textarea", "title",    "xmp"};
    enum { OPEN_ENDED = 2, WORDS = 12 };
    if (!strchr("stimnx", (int)lower(*at)))
        return NULL;
    int number = 0;
    while (number < WORDS && !is_word(at, end, words[number]))
        number++;
    if (number == WORDS)
        return NULL;
    const char *word = words[number];
    ix size = strlen(word);
    const uc *body = at + size;
    if (number >= OPEN_ENDED) {
        body = after_attributes(body, end);
        if (body == end)
            return end;
        if (body++[-1] == '/')
            return body;
    }
    for (const uc *found = find(body, end, '<'); found < end; found = find(found + 1, end, '<')) {
        int closing = found + 1 < end && found[1] == '/';
        if (is_word(found + 1 + closing, end, word) && (closing || number >= OPEN_ENDED)) {
            if (!closing)
                return body;
            const uc *close = find(found, end, '>');
            return close < end ? close + 1 : number < OPEN_ENDED ? end : body;
        }
    }
    /* no end: "</title" at the very end of the page is one all the same only where a ">" follows, which it cannot */
    return number < OPEN_ENDED ? end : body;
}

static const uc *
after_comment(const uc *at, const uc *end) /* at: behind "<!--" */
{
    if (at < end && *at == '>')
        return at + 1;
    if (at + 1 < end && at[0] == '-' && at[1] == '>')
        return at + 2;
    for (at = find(at, end, '-'); at < end; at = find(at + 1, end, '-')) {
        if (end - at >= 3 && at[1] == '-' && at[2] == '>')
            return at + 3;
        if (end - at >= 4 && at[1] == '-' && at[2] == '!' && at[3] == '>')
            return at + 4;
    }
    return end;
}

static int
name_of(const uc *at, ix size)
{
    unsigned char name[LONGEST_NAME + 1];
    if (size > LONGEST_NAME)
        return OTHER;
    for (ix i = 0; i < size; i++) {
        if (at[i] >= 128)
            return OTHER;
        name[i] = (unsigned char)lower(at[i]);
    }
    name[size] = 0;
    for (unsigned slot = hash_of(name, (int)size); slots[slot]; slot = (slot + 1) & (SLOTS - 1))
        if (strcmp((const char *)name, NAMES[slots[slot]].name) == 0)
            return slots[slot];
    return OTHER;
}

typedef struct {
    const uc *text, *attributes; /* what stands before the tag; the tag's attributes */
    ix text_size, size;
    int name, closing, last; /* last: the end of the page, not a tag */
} Token;

/* Reads the token whose text begins at `at`; gives where the next begins. */
static const uc *
next_token(const uc *at, const uc *end, Token *token)
{
    *token = (Token){.text = at, .name = OTHER};
    for (;; at++) {
        at = find(at, end, '<');
        if (end - at < 2) {
            token->text_size = end - token->text;
            token->last = 1;
            return end;
        }
        uc next = at[1];
        const uc *after;
        token->closing = next == '/' && end - at > 2 && is_letter(at[2]);
        if (token->closing || is_letter(next)) {
            const uc *begin = at + 1 + token->closing;
            after = token->closing ? NULL : after_raw(begin, end);
            if (!after) {
                const uc *attributes = begin + 1;
                while (attributes < end && *attributes != '/' && *attributes != '>' && !is_space(*attributes))
                    attributes++;
                token->name = name_of(begin, attributes - begin);
                const uc *close = after_attributes(attributes, end);
                token->attributes = attributes;
                token->size = close - attributes;
                after = close + (close < end);
            }
        } else if (next == '!' && end - at > 3 && at[2] == '-' && at[3] == '-') {
            after = after_comment(at + 4, end);
        } else if (next == '!' || next == '?' || next == '/') {
            after = find(at + 2, end, '>');
            after += after < end;
        } else
            continue;
        token->text_size = at - token->text;
        return after;
    }
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
        if (step(self, token.name, token.closing, token.attributes, token.size) < 0)
            return -1;
    }
}

/* ---- links: what spans.py does for the spans of this kind alone ---- */

typedef struct {
    const uc *page;
    ix size, position;
    ix start;       /* of the open link, -1 until its first word */
    PyObject *href; /* of the open link, or NULL */
    Text piece;
    PyObject *found;
} Walk;

static int
page_has(Walk *walk, ix at, const uc *word, ix size)
{
    return walk->size - at >= size && memcmp(walk->page + at, word, size * sizeof(uc)) == 0;
}

static ix
behind_blanks(Walk *walk, ix at)
{
    while (at < walk->size && is_space(walk->page[at]))
        at++;
    return at;
}

static ix
place_of(Walk *walk, const uc *word, ix size)
{
    ix start = behind_blanks(walk, walk->position);
    if (page_has(walk, start, word, size))
        return start;
    if (start < walk->size && walk->page[start] == '|') { /* the bar between cells */
        start = behind_blanks(walk, start + 1);
        if (page_has(walk, start, word, size))
            return start;
    }
    return walk->position < walk->size ? walk->position : walk->size;
}

static int
walk_text(Walk *walk, const uc *text, ix size)
{
    const uc *end = text + size;
    if (find(text, end, '&') < end) {
        walk->piece.size = 0;
        if (append(&walk->piece, text, size) < 0 || unescape_text(&walk->piece) < 0)
            return -1;
        text = walk->piece.at;
        end = text + walk->piece.size;
    }
    while (text < end) {
        while (text < end && is_space(*text))
            text++;
        const uc *word = text;
        while (text < end && !is_space(*text))
            text++;
        if (text == word)
            break;
        ix start = place_of(walk, word, text - word);
        if (walk->href && walk->start < 0)
            walk->start = start;
        walk->position = start + (text - word);
    }
    return 0;
}

static int
leave_link(Walk *walk)
{
    int failed = 0;
    if (walk->href && walk->start >= 0 && walk->start < walk->position) {
        PyObject *link = Py_BuildValue("nnO", walk->start, walk->position, walk->href);
        failed = !link || PyList_Append(walk->found, link) < 0;
        Py_XDECREF(link);
    }
    Py_CLEAR(walk->href);
    return failed ? -1 : 0;
}

/* spans._href(), before entities are resolved; NULL where there is none */
static const uc *
href_of(const uc *attributes, ix size, ix *length)
{
    const uc *end = attributes + size;
    for (const uc *at = attributes; end - at > 4; at++) {
        if (lower(*at) != 'h' || !stands(at, end, "href"))
            continue;
        if (at > attributes && !(is_space(at[-1]) || at[-1] == '"' || at[-1] == '\'' || at[-1] == '/'))
            continue;
        const uc *value = at + 4;
        while (value < end && is_space(*value))
            value++;
        if (value == end || *value++ != '=')
            continue;
        while (value < end && is_space(*value))
            value++;
        const uc *stop = value;
        if (value < end && (*value == '"' || *value == '\'')) {
            uc quote = *value++;
            stop = find(value, end, quote);
            if (stop == end)
                continue;
        } else {
            while (stop < end && !is_space(*stop) && *stop != '>' && *stop != '"' && *stop != '\'')
                stop++;
            if (stop == value)
                continue;
        }
        *length = stop - value;
        return value;
    }
    return NULL;
}

static int
enter_link(Walk *walk, const uc *attributes, ix size)
{
    ix length = 0;
    const uc *value = leave_link(walk) < 0 ? NULL : href_of(attributes, size, &length);
    if (!value)
        return PyErr_Occurred() ? -1 : 0;
    walk->piece.size = 0;
    if (append(&walk->piece, value, length) < 0 || unescape_text(&walk->piece) < 0)
        return -1;
    const uc *at = walk->piece.at, *end = at + walk->piece.size;
    while (at < end && is_space(*at))
        at++;
    while (end > at && is_space(end[-1]))
        end--;
    if (at == end)
        return 0;
    walk->href = PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, at, end - at < LONGEST_VALUE ? end - at : LONGEST_VALUE);
    walk->start = -1;
    return walk->href ? 0 : -1;
}

static int
walk_over(Walk *walk, const uc *html, ix size)
{
    const uc *at = html, *end = html + size;
    for (;;) {
        Token token;
        at = next_token(at, end, &token);
        if (walk_text(walk, token.text, token.text_size) < 0)
            return -1;
        if (token.last)
            return leave_link(walk);
        int is_link = token.name != OTHER && NAMES[token.name].open == LINK;
        if (is_link && (token.closing ? leave_link(walk) : enter_link(walk, token.attributes, token.size)) < 0)
            return -1;
    }
}

static PyObject *
links(PyObject *module, PyObject *args)
{
    PyObject *html, *page;
    if (!PyArg_ParseTuple(args, "UU", &html, &page))
        return NULL;
    uc *source = PyUnicode_AsUCS4Copy(html), *text = PyUnicode_AsUCS4Copy(page);
    Walk walk = {.page = text, .size = PyUnicode_GET_LENGTH(page), .start = -1, .found = PyList_New(0)};
    if (!source || !text || !walk.found || walk_over(&walk, source, PyUnicode_GET_LENGTH(html)) < 0)
        Py_CLEAR(walk.found);
    Py_XDECREF(walk.href);
    PyMem_Free(source);
    PyMem_Free(text);
    PyMem_Free(walk.piece.at);
    return walk.found;
}

/* ---- the result ---- */

static PyObject *
numbers_of(const ix *at, ix size, ix stride)
{
    PyObject *bytes = PyBytes_FromStringAndSize(NULL, size * 8);
    if (bytes) {
        char *out = PyBytes_AS_STRING(bytes);
        for (ix i = 0; i < size; i++) {
            long long value = *(const ix *)((const char *)at + i * stride);
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
        PyObject *written = PyUnicode_FromKindAndData(
            PyUnicode_4BYTE_KIND, self->html + container->attributes, container->attributes_size);
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
        if (!size || !may_hide(attributes, size, 0))
            continue;
        PyObject *number = PyLong_FromSsize_t(i);
        if (!number || PyList_Append(list, number) < 0)
            Py_CLEAR(list);
        Py_XDECREF(number);
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
    ix count = self->blocks.size, open = self->containers.size, block = sizeof(Block), container = sizeof(Container);
    return Py_BuildValue(
        "NNNNNNNNNNNNNNN",
        PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, self->page.at, self->page.size),
        numbers_of(&blocks->start, count, block),
        numbers_of(&blocks->end, count, block),
        numbers_of(&blocks->home, count, block),
        numbers_of(&blocks->linked, count, block),
        numbers_of(&blocks->links, count, block),
        list_of_names(self, 1),
        numbers_of(&containers->parent, open, container),
        numbers_of(&containers->first, open, container),
        numbers_of(&containers->last, open, container),
        numbers_of(&containers->token, open, container),
        list_of_names(self, 0),
        list_of_attributes(self),
        list_of_hiders(self),
        Py_NewRef(self->hidden_parts));
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
    if (text && self.hidden_parts && self.hide_how && enter(&self, 0, NULL, 0) == 0 && run_over(&self) == 0 &&
        flush_all(&self) == 0 && pop_many(&self, self.stack.size) == 0)
        result = result_of(&self);
    Py_XDECREF(self.hidden_parts);
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

static PyMethodDef methods[] = {
    {"parse", parse, METH_VARARGS, "parse(html, hiding): the fields of blocks.Parsed; numbers are bytes of array('q')."},
    {"links", links, METH_VARARGS, "links(html, text): start, end and address of every link in the page's text."},
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
    return PyModule_Create(&module);
}
