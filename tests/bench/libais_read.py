"""Decodes a file of NMEA with tag blocks by libais: libais_read.py FILE. Prints how many messages."""
import sys

import ais.stream

count = 0
with open(sys.argv[1]) as file:
    for message in ais.stream.decode(file, keep_nmea=False):
        count += 1
print(count)
