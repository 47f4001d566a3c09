"""The closed gaps by DuckDB: duck.py FILE HOURS THREADS OUTPUT. Prints how many there are.

The usual window query: for each report the time of the vessel's next one. It reads and keeps no more
than that: no area, no position, no identity.
"""
import sys

import duckdb

QUERY = """
    COPY (
        SELECT mmsi, off_time, on_time
        FROM (
            SELECT MMSI AS mmsi, BaseDateTime AS off_time,
                   lead(BaseDateTime) OVER (PARTITION BY MMSI ORDER BY BaseDateTime) AS on_time
            FROM read_csv('{file}', header = true)
        )
        WHERE on_time - off_time > to_hours({hours})
        ORDER BY off_time, mmsi
    ) TO '{output}' (HEADER)
"""


def main(file, hours, threads, output):
    database = duckdb.connect(config={"threads": int(threads)})
    query = QUERY.format(file=file, hours=int(hours), output=output)
    print(database.execute(query).fetchone()[0])


main(*sys.argv[1:])
