/* Cells of an eighth of a degree: 7.5 nm of latitude, 5.5 nm of longitude off Vladivostok. */
#ifndef JUDGE_CELL_H
#define JUDGE_CELL_H

#include <stdint.h>
#include <stdlib.h>

enum { CELLS_PER_DEG = 8, CELL_ROWS = 180 * CELLS_PER_DEG, CELL_COLS = 360 * CELLS_PER_DEG };

/* row from the south pole times CELL_COLS, and column from 180 W */
static inline uint32_t cell_join(int row, int col)
{
	return (uint32_t)(row * CELL_COLS + col);
}

static inline int cell_row(uint32_t cell)
{
	return (int)(cell / CELL_COLS);
}

static inline int cell_col(uint32_t cell)
{
	return (int)(cell % CELL_COLS);
}

/* columns go round the earth, of which there are `cols` */
static inline int cell_wrap(int col, int cols)
{
	return col < 0 ? col + cols : col >= cols ? col - cols : col;
}

/* lat [-90, 90], lon [-360, 360] */
static inline uint32_t cell_of(double lat_deg, double lon_deg)
{
	int row = (int)((lat_deg + 90.0) * CELLS_PER_DEG);
	int col = (int)((lon_deg + 540.0) * CELLS_PER_DEG) % CELL_COLS;

	return cell_join(row < CELL_ROWS ? row : CELL_ROWS - 1, col);
}

static inline double cell_lat(uint32_t cell)
{
	return (cell_row(cell) + 0.5) / CELLS_PER_DEG - 90.0;
}

static inline double cell_lon(uint32_t cell)
{
	return (cell_col(cell) + 0.5) / CELLS_PER_DEG - 180.0;
}

/*
 * How many squares of 2^shift cells a side lie between two cells, along rows or columns, whichever
 * is more: 0 in the same square, 1 in neighbouring ones.
 */
static inline int cells_apart(uint32_t a, uint32_t b, int shift)
{
	int rows = abs((cell_row(a) >> shift) - (cell_row(b) >> shift));
	int cols = abs((cell_col(a) >> shift) - (cell_col(b) >> shift));

	if (cols > CELL_COLS >> (shift + 1))
		cols = (CELL_COLS >> shift) - cols;
	return rows > cols ? rows : cols;
}

#endif
