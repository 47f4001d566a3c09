/* JSON objects as tables: a column is a member, its cell writes the value; none, no member. */
#ifndef SIM_JSON_H
#define SIM_JSON_H

#include "cells.h"

void json_object(struct out *o, const struct row *row, const struct column *members);
/* the same without its braces */
void json_members(struct out *o, const struct row *row, const struct column *members);
/* the same for a message's own members: what it says of identity needs no earlier message */
void json_own_members(struct out *o, const struct row *row, const struct column *members);
/* the cell as text between quotes; no cell of this program has a character to be escaped */
void json_quoted(struct out *o, const struct row *row, put_cell *put);
put_cell json_empty, json_name, json_call;
/* with blanks up to the 20 and 7 characters of the messages, as they are sent */
put_cell json_name_padded, json_call_padded;
/* an object of the dimensions A to D */
put_cell json_dimensions;

/* the objects that the columns make, with commas between, within preamble and postamble */
extern const struct writer json_array_writer;
/* the same with all values as strings */
extern const struct writer json_strings_writer;

#endif
