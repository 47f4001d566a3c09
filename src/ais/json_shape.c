#include "ais/json_shape.h"

#include <stdlib.h>

#include "base/hash.h"

static void shape_free(struct shape *shape)
{
	while (shape->plans) {
		struct shape_plan *next = shape->plans->next;

		free(shape->plans);
		shape->plans = next;
	}
	free(shape->names);
	free(shape);
}

void shapes_free(struct shapes *shapes)
{
	for (size_t i = 0; i < shapes->count; i++)
		shape_free(shapes->list[i]);
	shapes->count = 0;
}

static struct span names_of(const struct flat *flat)
{
	return (struct span){flat->names, flat->len};
}

/* one value as text, in the arena */
static struct span value_text(const struct flat_value *value, struct arena *arena)
{
	char *text = arena_new(arena, flat_text_size(value) + 1);

	return (struct span){text, (size_t)(flat_text(value, text) - text)};
}

enum status shape_map(const struct shape_options *options, const struct flat *flat,
                      struct arena *arena, struct flat_name **names, struct column_map *map,
                      struct json_rivals *rivals, struct diag *diag)
{
	struct span *values = arena_new(arena, (flat->count + 1) * sizeof *values);
	struct json_members members = {.values = values, .count = flat->count};

	*names = flat_names(names_of(flat), flat->count, arena);
	for (size_t i = 0; i < flat->count; i++)
		values[i] = value_text(&flat->value[i], arena);
	members.names = *names;
	members.context = options->context;
	return json_columns(options->columns, &members, map, rivals, diag);
}

/* the cell that a value fills, or a new one */
static int cell_of(struct shape_plan *plan, uint16_t value)
{
	for (uint32_t i = 0; i < plan->count; i++) {
		if (plan->value[i] == value && value != CELL_EMPTY)
			return (int)i;
	}
	plan->value[plan->count] = value;
	return (int)plan->count++;
}

/* gives a field that every row must have an empty cell */
static void fill_up(struct shape_plan *plan, enum field field)
{
	struct field_column *column = &plan->rows.map.field[field];

	if (column->column < 0)
		*column = (struct field_column){cell_of(plan, CELL_EMPTY), 1};
}

/* a row has only the cells that are read, in the order of the fields */
static void lay_out(struct shape_plan *plan, const struct column_map *map,
                    const struct shape_options *options)
{
	struct column_map *own = &plan->rows.map;

	*own = *map;
	own->apostrophes = false; /* JSON needs no guard against spreadsheets */
	for (int f = 0; f < FIELD_COUNT; f++) {
		if (map->field[f].column >= 0)
			own->field[f].column = cell_of(plan, (uint16_t)map->field[f].column);
	}
	plan->has_id = own->field[FIELD_MMSI].column >= 0 || own->imo_is_id;
	plan->rows.timeless = own->field[FIELD_TIME].column < 0;
	plan->has_position = own->field[FIELD_LAT].column >= 0 && own->field[FIELD_LON].column >= 0;
	fill_up(plan, FIELD_TIME);
	fill_up(plan, FIELD_LAT);
	fill_up(plan, FIELD_LON);
	own->columns = plan->count;
	plan->rows.when = *options->when;
	if (plan->rows.when.order == WHEN_ORDER_UNKNOWN)
		plan->rows.when.order = map->order;
	plan->rows.any_id = options->any_id;
	row_plan_finish(&plan->rows);
}

static struct shape_plan *new_plan(const struct shape_options *options, const struct flat *flat)
{
	struct shape_plan *plan = mem_new(1, sizeof *plan);
	struct arena arena = {NULL, 0};
	struct flat_name *names;
	struct column_map map;

	shape_map(options, flat, &arena, &names, &map, &plan->rivals, NULL);
	lay_out(plan, &map, options);
	arena_free(&arena);
	return plan;
}

bool shape_names_two(const struct shape_plan *plan, const struct flat *flat)
{
	const struct json_rivals *rivals = &plan->rivals;
	struct arena arena = {NULL, 0};
	bool two = rivals->count > RIVALS_MAX;
	struct span own;

	if (!rivals->count)
		return false;
	own = span_trim(
	    value_text(&flat->value[plan->value[plan->rows.map.field[FIELD_MMSI].column]], &arena));
	for (uint16_t i = 0; !two && i < rivals->count; i++) {
		struct span other = span_trim(value_text(&flat->value[rivals->value[i]], &arena));

		two = other.len && !span_eq(own, other);
	}
	arena_free(&arena);
	return two;
}

/* adds what the profiles would ask of a record with these names, whatever stands before them */
static void add_tests(struct shape *shape, const struct column_options *columns,
                      const struct span *names, size_t count)
{
	struct column_test tests[COLUMN_TESTS];
	size_t n = columns_tests(columns, names, count, tests);

	for (size_t i = 0; i < n && shape->test_count < COLUMN_TESTS; i++)
		shape->tests[shape->test_count++] = tests[i];
}

static struct shape *new_shape(const struct shape_options *options, const struct flat *flat)
{
	struct shape *shape = mem_new(1, sizeof *shape);
	struct arena arena = {NULL, 0};
	struct flat_name *names = flat_names(names_of(flat), flat->count, &arena);
	struct span *cells = arena_new(&arena, (flat->count + 1) * sizeof *cells);

	shape->names = mem_resize(NULL, flat->len, 1);
	shape->len = flat->len;
	if (flat->len)
		memcpy(shape->names, flat->names, flat->len);
	for (size_t i = 0; i < flat->count; i++)
		cells[i] = names[i].path;
	add_tests(shape, options->columns, cells, flat->count);
	for (size_t i = 0; i < flat->count; i++)
		cells[i] = names[i].last;
	add_tests(shape, options->columns, cells, flat->count);
	arena_free(&arena);
	return shape;
}

static bool has_names(const struct shape *shape, struct span names)
{
	return span_eq((struct span){shape->names, shape->len}, names);
}

/* where a shape with these names is or belongs; *known says which */
static size_t look_up(struct shapes *shapes, struct span names, uint64_t *hash, bool *known)
{
	*known = true;
	if (shapes->count && has_names(shapes->list[shapes->last], names))
		return shapes->last;
	*hash = hash_bytes(hash_seed(), names);
	for (size_t i = 0; i < shapes->count; i++) {
		if (shapes->hash[i] == *hash && has_names(shapes->list[i], names))
			return i;
	}
	*known = false;
	if (shapes->count < SHAPES_MAX)
		return shapes->count++;
	shapes->oldest = (shapes->oldest + 1) % SHAPES_MAX;
	shape_free(shapes->list[shapes->oldest]);
	return shapes->oldest;
}

static uint32_t answer(const struct shape *shape, const struct flat *flat)
{
	uint32_t answers = 0;

	for (size_t i = 0; i < shape->test_count; i++) {
		const struct column_test *test = &shape->tests[i];
		const struct flat_value *value = &flat->value[test->column];
		struct span s = value->json ? json_string(value->json) : value->text;
		char text[FLAT_TEXT];

		if (!s.ptr)
			s = (struct span){text, (size_t)(flat_text(value, text) - text)};
		answers |= (uint32_t)column_test_holds(test, s) << i;
	}
	return answers;
}

const struct shape_plan *shapes_find(struct shapes *shapes, const struct shape_options *options,
                                     const struct flat *flat)
{
	struct shape_plan *plan;
	struct shape *shape;
	uint32_t answers;
	uint64_t hash = 0;
	bool known;
	size_t at = look_up(shapes, names_of(flat), &hash, &known);

	if (!known) {
		shapes->list[at] = new_shape(options, flat);
		shapes->hash[at] = hash;
	}
	shapes->last = at;
	shape = shapes->list[at];
	answers = answer(shape, flat);
	for (plan = shape->plans; plan && plan->answers != answers;)
		plan = plan->next;
	if (!plan) {
		plan = new_plan(options, flat);
		plan->answers = answers;
		plan->next = shape->plans;
		shape->plans = plan;
	}
	return plan;
}
