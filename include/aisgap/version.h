/* The version of the program and the library; the Makefile reads it here. */
#ifndef AISGAP_VERSION_H
#define AISGAP_VERSION_H

#define AISGAP_VERSION "0.1.0"

#endif
