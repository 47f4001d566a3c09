/* Ways to write one cell of a row. "or_empty": nothing when the value is not available. */
#ifndef SIM_CELLS_H
#define SIM_CELLS_H

#include "layout.h"

typedef void put_cell(struct out *o, const struct row *row);

put_cell put_nothing, put_zero, put_zero_decimal;
put_cell put_mmsi, put_imo, put_imo_or_zero, put_imo_prefixed, put_imo_or_unknown;
put_cell put_name, put_call, put_call_or_unknown, put_type, put_length, put_width, put_draft;
put_cell put_one, put_true, put_false;
put_cell put_is_carrier_sense; /* true or false: class B that listens before it sends */
put_cell put_comm_state;       /* of the radio channel: says nothing here */
put_cell put_dim_bow, put_dim_stern, put_dim_port, put_dim_starboard;
put_cell put_lat5, put_lon5, put_lat6, put_lon6, put_lat_or_empty, put_lon_or_empty;
/* what a radio message can say of the position, 1/10000 minute, as degrees of 6 or 8 decimals */
put_cell put_radio_lat6, put_radio_lon6, put_radio_lat8, put_radio_lon8;
put_cell put_sog, put_cog, put_heading, put_heading_decimal;
put_cell put_whole_knots; /* 1023 when not available, as aircraft send it */
put_cell put_sog_or_empty, put_cog_or_empty, put_heading_or_empty;
put_cell put_nav, put_nav_or_empty, put_message;
put_cell put_time_t, put_time_space, put_time_space_utc, put_time_dmy, put_time_dotted;
put_cell put_epoch_s, put_epoch_ms;
put_cell put_year, put_month, put_day, put_hour, put_minute, put_second;
put_cell put_class, put_source_gs, put_source_ter;

#endif
