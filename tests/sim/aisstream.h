/*
 * Messages as aisstream.io decodes them: all members of type-definition.yaml in
 * github.com/aisstream/ais-message-models. Positions have the resolution of the radio message.
 */
#ifndef SIM_AISSTREAM_H
#define SIM_AISSTREAM_H

#include "json.h"

extern const struct column aisstream_position_report[], aisstream_class_b_report[],
    aisstream_base_station_report[], aisstream_aid_report[], aisstream_aircraft_report[];
extern const struct column aisstream_ship_static_data[], aisstream_static_part_a[],
    aisstream_static_part_b[];

#endif
