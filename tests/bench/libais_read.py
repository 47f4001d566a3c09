"""Decodes a file of NMEA with tag blocks by libais: libais_read.py FILE. Prints how many messages."""
import sys

import warnings

warnings.simplefilter("ignore")
import ais.stream  # noqa: E402  it calls itself deprecated

count = 0
with open(sys.argv[1]) as file:
    for message in ais.stream.decode(file, keep_nmea=False):
        count += 1
print(count)
