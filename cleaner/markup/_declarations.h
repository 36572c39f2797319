/* What a page declares about itself, for _scan.c: declarations.declarations() in the parse's own pass over the tags.

   Metas, titles, links of the head as long as it lasts; JSON-LD scripts, microdata types and the places of headings everywhere. */

#ifndef CLEANER_DECLARATIONS_H
#define CLEANER_DECLARATIONS_H

#include "_attributes.h"
#include "_tokens.h"

enum { HEAD_OPEN, HEAD_TOLD, HEAD_DONE, HEAD_SKIPPED = 4 }; /* told: a title or meta was seen; skipped: within noscript */
/* The limits of declarations.py. */
enum { MAX_HEAD = 1000000, MAX_JSON = 120000, MAX_SCRIPTS = 12, MAX_ITEMTYPES = 500, MAX_HEADINGS = 6, MAX_TYPE_NAME = 60, TYPE_BEFORE = 20 };

typedef struct {
    const uc *html, *end;
    PyObject *tags;      /* (name, attributes) of html, base and link, ("title", text) */
    PyObject *metas;     /* (name, content) */
    PyObject *scripts;   /* the sources of JSON-LD */
    PyObject *itemtypes; /* the names of schema.org's types */
    PyObject *headings;  /* where the first <h1> begin */
    ix body;             /* where <body> begins; -1 */
    int head;            /* HEAD_* */
    int scripts_seen;
    Text written, words; /* for the values of metas */
} Declared;

static int
begin_declared(Declared *self, const uc *html, ix length)
{
    *self = (Declared){.html = html, .end = html + length, .body = -1};
    return (self->tags = PyList_New(0)) && (self->metas = PyList_New(0)) && (self->scripts = PyList_New(0)) &&
                   (self->itemtypes = PyList_New(0)) && (self->headings = PyList_New(0))
               ? 0
               : -1;
}

static void
end_declared(Declared *self)
{
    Py_XDECREF(self->tags);
    Py_XDECREF(self->metas);
    Py_XDECREF(self->scripts);
    Py_XDECREF(self->itemtypes);
    Py_XDECREF(self->headings);
    PyMem_Free(self->written.at);
    PyMem_Free(self->words.at);
}

static int
declare(Declared *self, const char *name, const uc *text, ix size)
{
    return append_new(self->tags, Py_BuildValue("sN", name, str_of(text, size)));
}

/* The text of a raw element that is one token from its "<" to `after`: what stands between its start tag, whose name has `name_size` letters, and
   the last "</". 0 when it is not closed. */
static int
inner(const uc *tag, int name_size, const uc *after, const uc **text, ix *size)
{
    *text = after_attributes(tag + 1 + name_size, after);
    const uc *end = after;
    while (end > *text && !(end[-1] == '/' && end - 1 > *text && end[-2] == '<'))
        end--;
    if (end <= *text)
        return 0;
    ++*text;
    *size = end - 2 - *text;
    return 1;
}

static int
declare_title(Declared *self, const uc *tag, const uc *after)
{
    const uc *text;
    ix size;
    if (!inner(tag, 5, after, &text, &size))
        return 0;
    self->head |= HEAD_TOLD;
    return declare(self, "title", text, size);
}

static int
declare_script(Declared *self, const uc *tag, const uc *after)
{
    const uc *attributes = tag + 7, *text;
    ix size;
    if (self->scripts_seen >= MAX_SCRIPTS || !holds(attributes, after_attributes(attributes, after) - attributes, "application/ld+json") ||
        !inner(tag, 6, after, &text, &size))
        return 0;
    self->scripts_seen++;
    return size > MAX_JSON ? 0 : append_new(self->scripts, str_of(text, size));
}

/* declarations.tidy() of a value: entities resolved, blanks single. */
static PyObject *
tidy(Declared *self, const uc *value, ix size)
{
    self->written.size = self->words.size = 0;
    if (append(&self->written, value, size) < 0 || unescape_text(&self->written) < 0 ||
        append_words(&self->words, self->written.at, self->written.size) < 0)
        return NULL;
    return str_of(self->words.at, self->words.size);
}

/* A meta's name in lower case. */
static PyObject *
meta_name(const uc *name, ix size)
{
    while (size && is_space(name[size - 1]))
        size--;
    while (size && is_space(*name))
        name++, size--;
    PyObject *written = str_of(name, size);
    PyObject *lowered = written ? PyObject_CallMethod(written, "lower", NULL) : NULL;
    Py_XDECREF(written);
    return lowered;
}

static int
declare_meta(Declared *self, const uc *attributes, ix size)
{
    static const char *const wanted[] = {"content", "property", "name", "itemprop", "http-equiv"}; /* the names by their rank */
    enum { WANTED = 5 };
    const uc *values[WANTED] = {NULL};
    ix sizes[WANTED] = {0};
    Attributes read = {.at = attributes, .end = attributes + size};
    while (next_attribute(&read))
        for (int i = 0; i < WANTED; i++)
            if (!values[i] && is_named(&read, wanted[i])) {
                values[i] = read.value;
                sizes[i] = read.value_size;
            }
    int named = 1;
    while (named < WANTED && !sizes[named])
        named++;
    self->head |= HEAD_TOLD;
    if (named == WANTED || !sizes[0])
        return 0;
    PyObject *name = meta_name(values[named], sizes[named]), *content = name ? tidy(self, values[0], sizes[0]) : NULL;
    int useful = content && PyUnicode_GET_LENGTH(name) && PyUnicode_GET_LENGTH(content);
    int failed = !content || (useful && append_new(self->metas, PyTuple_Pack(2, name, content)) < 0);
    Py_XDECREF(name);
    Py_XDECREF(content);
    return failed ? -1 : 0;
}

/* "Article" of itemtype="https://schema.org/Article". */
static int
declare_itemtype(Declared *self, const Token *token)
{
    Attributes read = {.at = token->attributes, .end = token->attributes + token->size};
    int found = 0;
    while (!found && next_attribute(&read))
        found = is_named(&read, "itemtype");
    if (!found)
        return 0;
    const uc *at = read.value, *end = read.value + read.value_size, *last = read.value_size > TYPE_BEFORE ? at + TYPE_BEFORE : end;
    while (at < last && !stands(at, end, "schema.org/"))
        at++;
    if (at == last)
        return 0;
    const uc *name = at + strlen("schema.org/");
    for (at = name; at < end && at - name < MAX_TYPE_NAME && (is_letter(*at) || is_digit(*at) || *at == '_');)
        at++;
    return at == name ? 0 : append_new(self->itemtypes, str_of(name, at - name));
}

/* What stands in the head only. */
static int
declare_in_head(Declared *self, const Token *token, const uc *after)
{
    const uc *tag = token->tag, *end = self->end;
    if (tag - self->html > MAX_HEAD) {
        self->head |= HEAD_DONE;
        return 0;
    }
    if (!token->attributes)
        return !(self->head & HEAD_SKIPPED) && after > tag && is_word(tag + 1, end, "title") ? declare_title(self, tag, after) : 0;
    ix size = token->attributes - tag;
    if (size == 8 && stands(tag, end, "noscript"))
        self->head = token->closing ? self->head & ~HEAD_SKIPPED : self->head | HEAD_SKIPPED;
    if (self->head & HEAD_SKIPPED || size != 4)
        return 0;
    if (token->closing) {
        if ((self->head & HEAD_TOLD) && stands(tag, end, "head"))
            self->head |= HEAD_DONE;
        return 0;
    }
    if (stands(tag, end, "body"))
        self->head |= HEAD_DONE;
    else if (stands(tag, end, "meta"))
        return declare_meta(self, token->attributes, token->size);
    else if (stands(tag, end, "html") || stands(tag, end, "base"))
        return declare(self, stands(tag, end, "html") ? "html" : "base", token->attributes, token->size);
    else if (stands(tag, end, "link") &&
             (holds(token->attributes, token->size, "anonical") || holds(token->attributes, token->size, "lternate") ||
              holds(token->attributes, token->size, "CANONICAL") || holds(token->attributes, token->size, "ALTERNATE")))
        return declare(self, "link", token->attributes, token->size);
    return 0;
}

/* One token of the page. */
static int
declare_token(Declared *self, const Token *token, const uc *after)
{
    if (!(self->head & HEAD_DONE) && declare_in_head(self, token, after) < 0)
        return -1;
    if (!token->attributes)
        return after > token->tag && is_word(token->tag + 1, self->end, "script") ? declare_script(self, token->tag, after) : 0;
    if (token->closing)
        return 0;
    ix place = token->tag - 1 - self->html;
    if (token->name == body_name && self->body < 0)
        self->body = place;
    if (token->name == heading_name && PyList_GET_SIZE(self->headings) < MAX_HEADINGS &&
        append_new(self->headings, PyLong_FromSsize_t(place)) < 0)
        return -1;
    return token->typed && PyList_GET_SIZE(self->itemtypes) < MAX_ITEMTYPES ? declare_itemtype(self, token) : 0;
}

static PyObject *
declared_as(Declared *self)
{
    return Py_BuildValue("OOOOOn", self->tags, self->metas, self->scripts, self->itemtypes, self->headings, self->body);
}

#endif
