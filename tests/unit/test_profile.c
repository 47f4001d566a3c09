/*
 * Column detection. Each header is that of a real export or of its documentation; the expected
 * columns were read off by hand, and are written here as the header's own names.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "ais/profile.h"
#include "ais/profile_set.h"

enum { CELLS_MAX = 200 };

struct row {
	struct span cells[CELLS_MAX];
	size_t count;
};

static struct row split(const char *line, char separator)
{
	struct row row = {.count = 0};
	struct span rest = span_of(line);
	bool more = true;

	while (more && row.count < CELLS_MAX) {
		struct span cell;

		more = span_cut(rest, separator, &cell, &rest);
		row.cells[row.count++] = cell;
	}
	return row;
}

/* options from a list of --map arguments, which must all be right */
static struct column_options *options_of(const char *const *maps)
{
	struct column_options *options = column_options_new();
	struct diag diag = {""};

	for (; maps && *maps; maps++)
		assert_int_equal(column_options_map(options, *maps, &diag), ST_OK);
	return options;
}

static struct field_column detect(const char *header, char separator, const char *const *maps,
                                  enum field field)
{
	struct column_options *options = options_of(maps);
	struct row row = split(header, separator);
	struct column_map map;
	struct diag diag = {""};

	if (columns_detect(options, row.cells, row.count, &map, &diag) != ST_OK)
		fail_msg("%s", diag.text);
	column_options_free(options);
	return map.field[field];
}

#define EXACTEARTH                                                                                 \
	"MMSI,Message_ID,Repeat_indicator,Time,Millisecond,Region,Country,Base_station,"           \
	"Online_data,Group_code,Sequence_ID,Channel,Data_length,Vessel_Name,Call_sign,IMO,"        \
	"Ship_Type,Dimension_to_Bow,Dimension_to_stern,Dimension_to_port,"                         \
	"Dimension_to_starboard,Draught,Destination,AIS_version,Navigational_status,ROT,SOG,"      \
	"Accuracy,Longitude,Latitude,COG,Heading,Regional,Maneuver,RAIM_flag,"                     \
	"Communication_flag,Communication_state,UTC_year,UTC_month,UTC_day,UTC_hour,UTC_minute,"   \
	"UTC_second,Fixing_device,Transmission_control,ETA_month,ETA_day,ETA_hour,ETA_minute"
#define NOAA_2015                                                                                  \
	"MMSI,BaseDateTime,LAT,LON,SOG,COG,Heading,VesselName,IMO,CallSign,VesselType,Status,"     \
	"Length,Width,Draft,Cargo"
#define DENMARK_22                                                                                 \
	"# Timestamp,Type of mobile,MMSI,Latitude,Longitude,Navigational status,ROT,SOG,COG,"      \
	"Heading,IMO,Callsign,Name,Ship type,Cargo type,Width,Length,Type of position fixing "     \
	"device,Draught,Destination,ETA,Data source type"
#define AISDAILY                                                                                   \
	"mmsi,imo,vessel_name,callsign,vessel_type,vessel_type_code,vessel_type_cargo,"            \
	"vessel_class,length,width,flag_country,flag_code,destination,eta,draught,longitude,"      \
	"latitude,sog,cog,rot,heading,nav_status,nav_status_code,source,ts_pos_utc,"               \
	"ts_static_utc,dt_pos_utc,dt_static_utc,vessel_type_main,vessel_type_sub,message_type,"    \
	"eeid"

/* header; profile; then "field=column" (and "/divisor"), all fields that must be found, no more */
static const struct {
	const char *header;
	char separator;
	const char *profile;
	const char *fields;
} EXPORTS[] = {
    {"sog,cog,heading,rot,basedatetime,status,voyageid,mmsi,x,y", ',', "noaa-2009",
     "mmsi=mmsi time=basedatetime lat=y lon=x sog=sog cog=cog heading=heading nav_status=status"},
    {NOAA_2015, ',', "noaa-2015",
     "mmsi=MMSI time=BaseDateTime lat=LAT lon=LON sog=SOG cog=COG heading=Heading "
     "nav_status=Status name=VesselName callsign=CallSign imo=IMO type=VesselType"},
    {NOAA_2015 ",TransceiverClass", ',', "noaa-2018",
     "mmsi=MMSI time=BaseDateTime lat=LAT lon=LON sog=SOG cog=COG heading=Heading "
     "nav_status=Status name=VesselName callsign=CallSign imo=IMO type=VesselType "
     "class=TransceiverClass"},
    {"mmsi,basedatetime,lat,lon,sog,cog,heading,vesselname,imo,callsign,vesseltype,status,length,"
     "width,draft,cargo,transceiverclass",
     ',', "noaa-2018",
     "mmsi=mmsi time=basedatetime lat=lat lon=lon sog=sog cog=cog heading=heading "
     "nav_status=status name=vesselname callsign=callsign imo=imo type=vesseltype "
     "class=transceiverclass"},
    {"mmsi,base_date_time,longitude,latitude,sog,cog,heading,vessel_name,imo,call_sign,"
     "vessel_type,status,length,width,draft,cargo,transceiver",
     ',', "noaa-2025",
     "mmsi=mmsi time=base_date_time lat=latitude lon=longitude sog=sog cog=cog heading=heading "
     "nav_status=status name=vessel_name callsign=call_sign imo=imo type=vessel_type "
     "class=transceiver"},
    {DENMARK_22 ",A,B,C,D", ',', "denmark",
     "mmsi=MMSI time=#_Timestamp lat=Latitude lon=Longitude sog=SOG cog=COG heading=Heading "
     "nav_status=Navigational_status name=Name callsign=Callsign imo=IMO type=Ship_type "
     "class=Type_of_mobile station=Type_of_mobile"},
    {DENMARK_22, ',', "denmark",
     "mmsi=MMSI time=#_Timestamp lat=Latitude lon=Longitude sog=SOG cog=COG heading=Heading "
     "nav_status=Navigational_status name=Name callsign=Callsign imo=IMO type=Ship_type "
     "class=Type_of_mobile station=Type_of_mobile"},
    {"mmsi;lon;lat;date_time_utc;sog;cog;true_heading;nav_status;rot;message_nr;source", ';',
     "kystverket",
     "mmsi=mmsi time=date_time_utc lat=lat lon=lon sog=sog cog=cog heading=true_heading "
     "nav_status=nav_status source=source msg_type=message_nr"},
    {"Unnamed: 0;mmsi;date_time_utc;sog;cog;true_heading;nav_status;calc_speed;lon;lat", ';',
     "kystverket",
     "mmsi=mmsi time=date_time_utc lat=lat lon=lon sog=sog cog=cog heading=true_heading "
     "nav_status=nav_status"},
    {";mmsi;date_time_utc;sog;cog;true_heading;nav_status;calc_speed;lon;lat", ';', "kystverket",
     "mmsi=mmsi time=date_time_utc lat=lat lon=lon sog=sog cog=cog heading=true_heading "
     "nav_status=nav_status"},
    {"courseOverGround,latitude,longitude,name,rateOfTurn,shipType,speedOverGround,trueHeading,"
     "navigationalStatus,mmsi,msgtime",
     ',', "barentswatch",
     "mmsi=mmsi time=msgtime lat=latitude lon=longitude sog=speedOverGround "
     "cog=courseOverGround heading=trueHeading nav_status=navigationalStatus name=name "
     "type=shipType"},
    {"mmsi,sog,cog,navStat,rot,posAcc,raim,heading,timestamp,timestampExternal,x,y", ',',
     "digitraffic-accuracy",
     "mmsi=mmsi time=timestampExternal lat=y lon=x sog=sog cog=cog heading=heading "
     "nav_status=navStat second=timestamp"},
    {"MMSI,TIME,LONGITUDE,LATITUDE,COG,SOG,HEADING,ROT,PAC,NAVSTAT,IMO,NAME,CALLSIGN,TYPE,A,B,C,"
     "D,DRAUGHT,DEST,ETA",
     ',', "aishub",
     "mmsi=MMSI time=TIME lat=LATITUDE lon=LONGITUDE sog=SOG cog=COG heading=HEADING "
     "nav_status=NAVSTAT name=NAME callsign=CALLSIGN imo=IMO type=TYPE"},
    {"MMSI,TSTAMP,LATITUDE,LONGITUDE,COG,SOG,HEADING,NAVSTAT,IMO,NAME,CALLSIGN,TYPE,A,B,C,D,"
     "DRAUGHT,DEST,ETA",
     ',', "aishub",
     "mmsi=MMSI time=TSTAMP lat=LATITUDE lon=LONGITUDE sog=SOG cog=COG heading=HEADING "
     "nav_status=NAVSTAT name=NAME callsign=CALLSIGN imo=IMO type=TYPE"},
    {"created_at,timestamp,mmsi,msg_type,latitude,longitude,speed,course,heading,rot,imo,"
     "static_updated_at",
     ',', "spire",
     "mmsi=mmsi time=timestamp lat=latitude lon=longitude sog=speed cog=course heading=heading "
     "imo=imo msg_type=msg_type"},
    {EXACTEARTH, ',', "exactearth",
     "mmsi=MMSI time=Time lat=Latitude lon=Longitude sog=SOG cog=COG heading=Heading "
     "nav_status=Navigational_status name=Vessel_Name callsign=Call_sign imo=IMO "
     "type=Ship_Type msg_type=Message_ID millisecond=Millisecond"},
    {AISDAILY, ',', "exactearth-positions",
     "mmsi=mmsi time=dt_pos_utc lat=latitude lon=longitude sog=sog cog=cog heading=heading "
     "nav_status=nav_status_code name=vessel_name callsign=callsign imo=imo "
     "type=vessel_type_code class=vessel_class source=source msg_type=message_type"},
    {AISDAILY ",dt_insert_utc,source_filename,H3index_0,H3_int_index_0", ',',
     "exactearth-positions",
     "mmsi=mmsi time=dt_pos_utc lat=latitude lon=longitude sog=sog cog=cog heading=heading "
     "nav_status=nav_status_code name=vessel_name callsign=callsign imo=imo "
     "type=vessel_type_code class=vessel_class source=source msg_type=message_type"},
    {"mmsi,vessel_name,longitude,latitude,sog,cog,heading,nav_status,source,ts_static_utc,"
     "ts_pos_utc",
     ',', "exactearth-positions-ts",
     "mmsi=mmsi time=ts_pos_utc lat=latitude lon=longitude sog=sog cog=cog heading=heading "
     "nav_status=nav_status name=vessel_name source=source"},
    {"MMSI,IMO,SHIP_ID,LAT,LON,SPEED,HEADING,COURSE,STATUS,TIMESTAMP,DSRC", ',', "marinetraffic",
     "mmsi=MMSI time=TIMESTAMP lat=LAT lon=LON sog=SPEED/10 cog=COURSE heading=HEADING "
     "nav_status=STATUS imo=IMO source=DSRC"},
    {"MMSI,STATUS,SPEED,LON,LAT,COURSE,HEADING,TIMESTAMP,SHIP_ID", ',', "marinetraffic-shipid",
     "mmsi=MMSI time=TIMESTAMP lat=LAT lon=LON sog=SPEED/10 cog=COURSE heading=HEADING "
     "nav_status=STATUS"},
    {"mmsi,status,stationId,speed,lon,lat,course,heading,rot,timestamp", ',',
     "marinetraffic-station",
     "mmsi=mmsi time=timestamp lat=lat lon=lon sog=speed/10 cog=course heading=heading "
     "nav_status=status"},
    {"\xEF\xBB\xBF"
     "Flag,Vessel Name,Destination Port,Reported Eta,Imo,Time Of Latest Position,"
     "Latitude,Longitude,Current Port Unlocode",
     ',', "marinetraffic-list",
     "time=Time_Of_Latest_Position lat=Latitude lon=Longitude name=Vessel_Name imo=Imo"},
    {"MMSI,TIMESTAMP(UTC),LATITUDE,LONGITUDE,COURSE,SPEED(knots),HEADING,NAVSTAT,IMO,NAME,"
     "CALLSIGN,TYPE,A,B,C,D,DRAUGHT,DESTINATION,LOCODE,ETA_AIS,ETA,SRC,ZONE,ECA",
     ',', "vesselfinder",
     "mmsi=MMSI time=TIMESTAMP(UTC) lat=LATITUDE lon=LONGITUDE sog=SPEED(knots) cog=COURSE "
     "heading=HEADING nav_status=NAVSTAT name=NAME callsign=CALLSIGN imo=IMO type=TYPE "
     "source=SRC"},
    {"MMSI,TIMESTAMP,LATITUDE,LONGITUDE,COURSE,SPEED,HEADING,NAVSTAT,IMO,NAME,CALLSIGN,TYPE,SRC",
     ',', "vesselfinder",
     "mmsi=MMSI time=TIMESTAMP lat=LATITUDE lon=LONGITUDE sog=SPEED cog=COURSE heading=HEADING "
     "nav_status=NAVSTAT name=NAME callsign=CALLSIGN imo=IMO type=TYPE source=SRC"},
    {"MMSI,IMO,LAT,LNG,HEADING,COURSE,SPEED,ROT,TIMESTAMP,SRC", ',', "myshiptracking",
     "mmsi=MMSI time=TIMESTAMP lat=LAT lon=LNG sog=SPEED cog=COURSE heading=HEADING imo=IMO "
     "source=SRC"},
    {"msgid,source,type,ssvid,timestamp,lon,lat,speed,course,heading,shipname,callsign,"
     "destination,imo,shiptype,receiver_type,receiver,length,width,status",
     ',', "gfw-messages",
     "mmsi=ssvid time=timestamp lat=lat lon=lon sog=speed cog=course heading=heading "
     "nav_status=status name=shipname callsign=callsign imo=imo type=shiptype class=type "
     "source=receiver_type msg_type=type"},
    {"timestamp_pretty,timestamp,msgid,targetType,mmsi,lat,long,posacc,sog,cog,shipType,dimBow,"
     "draught,dimPort,dimStarboard,dimStern,month,week,imo,country,name,callsign",
     ',', "helcom",
     "mmsi=mmsi time=timestamp lat=lat lon=long sog=sog cog=cog name=name callsign=callsign "
     "imo=imo type=shipType class=targetType station=targetType msg_type=msgid"},
    {"timestamp_pretty,msgid,targetType,mmsi,lat,long,posacc,sog,cog", ',', "helcom",
     "mmsi=mmsi time=timestamp_pretty lat=lat lon=long sog=sog cog=cog class=targetType "
     "station=targetType msg_type=msgid"},
    {"X,Y,Z,CRAFT_ID,LON,LAT,COURSE,SPEED,TYPE,SUBTYPE,LENGTH,BEAM,DRAUGHT,TIMESTAMP", ',', "amsa",
     "mmsi=CRAFT_ID time=TIMESTAMP lat=LAT lon=LON sog=SPEED cog=COURSE type=TYPE"},
    {"X,Y,Z,CRAFT_ID,COURSE,SPEED,TYPE,SUBTYPE,TIMESTAMP", ',', "amsa",
     "mmsi=CRAFT_ID time=TIMESTAMP lat=Y lon=X sog=SPEED cog=COURSE type=TYPE"},
    {"\xEF\xBB\xBFMMSI,일시,위도,경도,SOG,COG,Heading", ',', "korea",
     "mmsi=\xEF\xBB\xBFMMSI time=일시 lat=위도 lon=경도 sog=SOG cog=COG heading=Heading"},
    {"t,type,oid,status,lon,lat,heading,turn,speed,course,ts,rid", ',', "piraeus",
     "mmsi=oid time=t lat=lat lon=lon sog=speed cog=course heading=heading nav_status=status"},
    {"t,vessel_id,lon,lat,heading,speed,course", ',', "aliases",
     "mmsi=vessel_id time=t lat=lat lon=lon sog=speed cog=course heading=heading"},
    {"sourcemmsi,navigationalstatus,rateofturn,speedoverground,courseoverground,trueheading,lon,"
     "lat,t",
     ',', "brest",
     "mmsi=sourcemmsi time=t lat=lat lon=lon sog=speedoverground cog=courseoverground "
     "heading=trueheading nav_status=navigationalstatus"},
    {"class,device,version,rxuxtime,channel,type,mmsi,status,turn,speed,lon,lat,course,heading,"
     "second",
     ',', "ais-catcher",
     "mmsi=mmsi time=rxuxtime lat=lat lon=lon sog=speed cog=course heading=heading "
     "nav_status=status msg_type=type second=second"},
    {"id,mmsi,x,y,sog,cog,true_heading,nav_status,timestamp,tagblock_timestamp", ',', "libais",
     "mmsi=mmsi time=tagblock_timestamp lat=y lon=x sog=sog cog=cog heading=true_heading "
     "nav_status=nav_status msg_type=id second=timestamp"},
    {"timestamp,mmsi,lat,lon", ',', "aliases", "mmsi=mmsi time=timestamp lat=lat lon=lon"},
    {"\xEF\xBB\xBFID,ais_pos_timestamp,longitude,latitude", ',', "aliases",
     "mmsi=\xEF\xBB\xBFID time=ais_pos_timestamp lat=latitude lon=longitude"},
    {"datetime,mmsi,lon,lat,navigational_status,SOG,Heading,imo,shiptype,length,name,width,draught",
     ',', "aliases",
     "mmsi=mmsi time=datetime lat=lat lon=lon sog=SOG heading=Heading "
     "nav_status=navigational_status name=name imo=imo type=shiptype"},
    {"vessel id\tDate Time (UTC)\tLat (deg)\tLong.\tSpeed (m/s)\tCourse", '\t', "aliases",
     "mmsi=vessel_id time=Date_Time_(UTC) lat=Lat_(deg) lon=Long. "
     "sog=Speed_(m/s)/0.5144444444444445 cog=Course"},
    {"MMSI|time|y|x|sog_kmh", '|', "aliases", "mmsi=MMSI time=time lat=y lon=x sog=sog_kmh/1.852"},
};

enum { EXPORT_COUNT = sizeof EXPORTS / sizeof EXPORTS[0] };

/* what a map found, in the notation of the table: names with their blanks as underscores */
static void describe(const struct column_map *map, const struct row *row, char *out, size_t size)
{
	size_t at = 0;

	out[0] = '\0';
	for (int f = 0; f < FIELD_COUNT; f++) {
		struct field_column c = map->field[f];

		if (c.column < 0)
			continue;
		at += (size_t)snprintf(out + at, size - at, "%s%s=", at ? " " : "",
		                       field_name((enum field)f));
		for (size_t i = 0; i < row->cells[c.column].len; i++) {
			char letter = row->cells[c.column].ptr[i];

			out[at++] = letter == ' ' ? '_' : letter;
		}
		out[at] = '\0';
		if (c.divisor > 1 || c.divisor < 1)
			at += (size_t)snprintf(out + at, size - at, "/%.16g", c.divisor);
	}
}

static void every_export(void **state)
{
	struct column_options *options = column_options_new();

	(void)state;
	for (size_t i = 0; i < EXPORT_COUNT; i++) {
		struct row row = split(EXPORTS[i].header, EXPORTS[i].separator);
		struct column_map map;
		struct diag diag = {""};
		char got[1000];

		if (columns_detect(options, row.cells, row.count, &map, &diag) != ST_OK)
			fail_msg("%s: %s", EXPORTS[i].profile, diag.text);
		assert_string_equal(map.profile, EXPORTS[i].profile);
		describe(&map, &row, got, sizeof got);
		assert_string_equal(got, EXPORTS[i].fields);
		assert_int_equal(map.columns, row.count);
		assert_true(columns_is_header(options, row.cells, row.count));
	}
	column_options_free(options);
}

static void orders_and_ids(void **state)
{
	static const struct {
		size_t export;
		enum when_order order;
		bool imo_is_id;
	} cases[] = {
	    {2, WHEN_ORDER_UNKNOWN, false}, {5, WHEN_DAY_FIRST, false},
	    {22, WHEN_ORDER_UNKNOWN, true}, {27, WHEN_DAY_FIRST, false},
	    {29, WHEN_DAY_FIRST, false},
	};
	struct column_options *options = column_options_new();

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct row row =
		    split(EXPORTS[cases[i].export].header, EXPORTS[cases[i].export].separator);
		struct column_map map;

		assert_int_equal(columns_detect(options, row.cells, row.count, &map, NULL), ST_OK);
		assert_int_equal(map.order, cases[i].order);
		assert_int_equal(map.imo_is_id, cases[i].imo_is_id);
	}
	column_options_free(options);
}

static void other_rows(void **state)
{
	static const char *const rows[] = {
	    "",
	    ",,,,",
	    "AIS positions of the first quarter",
	    "time: 2023, position: WGS 84, source: ministry",
	    "Exported,2023-01-01,by,someone",
	    "219999999,2017-12-01T00:00:01,31.90512,-76.32652,0.0,131.0,,,,1004,moored",
	    "01/09/2025 00:00:00,Class A,219999999,57.717413,10.586715,Engaged in fishing,0.0",
	    "NaN,NaN,NaN,NaN",
	    "Unknown,Unknown,Unknown",
	    "MMSI,IMO,NAME,CALLSIGN,TYPE,DRAUGHT,DESTINATION",
	    "MMSI,BaseDateTime,SOG,COG,Heading",
	    "mmsi,timestamp,lat",
	    "mmsi,lat,lon",
	    "LAT,LON",
	};
	static const char *const maps[] = {"time=2", "lat=3", "lon=4", "mmsi=1", NULL};
	struct column_options *options = column_options_new();
	struct column_options *numbers = options_of(maps);
	struct row named = split("a,b,c,d", ',');

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct row row = split(rows[i], ',');

		assert_false(columns_is_header(options, row.cells, row.count));
	}
	assert_false(columns_is_header(options, named.cells, 0));
	/* by number, a row of names is a header and a row of values is not */
	assert_true(columns_is_header(numbers, named.cells, named.count));
	named = split("219999999,2022-06-01T00:00:02,57.7,10.5", ',');
	assert_false(columns_is_header(numbers, named.cells, named.count));
	named = split("219999999,2022-06-01T00:00:02,Unknown,NaN", ',');
	assert_false(columns_is_header(numbers, named.cells, named.count));
	column_options_free(options);
	column_options_free(numbers);
}

static void maps_override(void **state)
{
	static const char *const by_name[] = {"sog=COG/10", "time=9", "lat=lat/-600000", NULL};
	static const char *const slash[] = {"sog=v (m/s)", NULL};
	static const char *const slash_divided[] = {"sog=v (m/s)/0.5", NULL};
	static const char *const all[] = {"mmsi=1", "time=b", "lat=C", "lon=4", NULL};
	const char *noaa = NOAA_2015;
	struct column_options *options = options_of(all);
	struct row row = split("a,b,c,d", ',');
	struct column_map map;

	(void)state;
	assert_int_equal(detect(noaa, ',', by_name, FIELD_SOG).column, 5);
	assert_true(detect(noaa, ',', by_name, FIELD_SOG).divisor == 10);
	assert_int_equal(detect(noaa, ',', by_name, FIELD_COG).column, 5);
	assert_int_equal(detect(noaa, ',', by_name, FIELD_TIME).column, 8);
	assert_true(detect(noaa, ',', by_name, FIELD_LAT).divisor == -600000);
	assert_int_equal(detect("mmsi,time,lat,lon,v (m/s)", ',', slash, FIELD_SOG).column, 4);
	assert_true(detect("mmsi,time,lat,lon,v (m/s)", ',', slash, FIELD_SOG).divisor == 1);
	assert_int_equal(detect("mmsi,time,lat,lon,v (m/s)", ',', slash_divided, FIELD_SOG).column,
	                 4);
	assert_true(detect("mmsi,time,lat,lon,v (m/s)", ',', slash_divided, FIELD_SOG).divisor ==
	            0.5);
	assert_int_equal(columns_detect(options, row.cells, row.count, &map, NULL), ST_OK);
	assert_string_equal(map.profile, "map");
	assert_int_equal(map.field[FIELD_LON].column, 3);
	column_options_free(options);
}

static void expect_message(enum status want, enum status got, const struct diag *diag,
                           const char *part)
{
	assert_int_equal(got, want);
	if (!strstr(diag->text, part))
		fail_msg("\"%s\" does not say \"%s\"", diag->text, part);
}

static void wrong_maps(void **state)
{
	static const struct {
		const char *arg;
		const char *part;
	} cases[] = {
	    {"", "no \"=\""},
	    {"lat", "no \"=\""},
	    {"latitude=3", "no such field; the fields are mmsi time lat lon"},
	    {"=3", "no such field"},
	    {"lat=", "no column"},
	    {"lat=/10", "no column"},
	    {"lat=0", "counted from 1"},
	    {"lat=-3", "counted from 1"},
	    {"lat=99999999", "counted from 1"},
	    {"lat=LAT/0", "divisor must not be 0"},
	    {"lat=LAT/1e999", "divisor must not be 0"},
	    {"name=NAME/10", "takes no divisor"},
	    {"time=T/1000", "takes no divisor"},
	};
	struct column_options *options = column_options_new();

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct diag diag = {""};

		expect_message(ST_USAGE, column_options_map(options, cases[i].arg, &diag), &diag,
		               cases[i].part);
	}
	column_options_free(options);
}

static void missing_columns(void **state)
{
	static const struct {
		const char *header;
		const char *map;
		enum status status;
		const char *part;
	} cases[] = {
	    {"mmsi,tidspunkt (UTC),breddegrad,lon", NULL, ST_NO_FEED,
	     "no column for time and lat; columns found (4): mmsi, tidspunkt (UTC), breddegrad, "
	     "lon; "
	     "say which is which, as in --map time=2 --map lat=COLUMN"},
	    {"Vessel_Key,time,lat,lon", NULL, ST_NO_FEED, "as in --map mmsi=Vessel_Key"},
	    {"a", NULL, ST_NO_FEED, "no column for mmsi, time, lat and lon; columns found (1): a"},
	    {"Lon,Lat,Timestamp,Speed,Course,Seg_id", NULL, ST_NO_FEED,
	     "no column for mmsi (a track from the map names no vessel"},
	    {"sog,cog,heading,basedatetime,status,voyageid,mmsi", NULL, ST_NO_FEED, "AS_XY"},
	    {"id,mmsi,x,y,sog,cog,true_heading,timestamp", NULL, ST_NO_FEED,
	     "no column for time (timestamp is only the UTC second"},
	    {"mmsi,time,lat,lon", "time=when", ST_USAGE,
	     "--map time=when: the header has no column \"when\"; columns found (4): mmsi, time"},
	    {"mmsi,time,lat,lon", "sog=7", ST_USAGE,
	     "--map sog=7: only 4 columns found: mmsi, time, lat, lon"},
	    {"mmsi,\033[31mtime\x9b,,lat\nx", NULL, ST_NO_FEED,
	     ": mmsi, [31mtime\xEF\xBF\xBD, \"\", lat x"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const char *maps[] = {cases[i].map, NULL};
		struct column_options *options = options_of(maps);
		struct row row = split(cases[i].header, ',');
		struct column_map map;
		struct diag diag = {""};
		enum status status = columns_detect(options, row.cells, row.count, &map, &diag);

		expect_message(cases[i].status, status, &diag, cases[i].part);
		column_options_free(options);
	}
}

static void many_columns(void **state)
{
	struct column_options *options = column_options_new();
	struct row row = {.count = CELLS_MAX};
	struct column_map map;
	struct diag diag = {""};

	(void)state;
	for (size_t i = 0; i < CELLS_MAX; i++)
		row.cells[i] =
		    SPAN("a column with a name of great length, which nobody wants to read");
	expect_message(ST_NO_FEED, columns_detect(options, row.cells, row.count, &map, &diag),
	               &diag, " more; say which is which, as in --map mmsi=");
	assert_null(strstr(diag.text, "great length"));
	column_options_free(options);
}

static void without_header(void **state)
{
	static const char *const enough[] = {"mmsi=1", "time=2", "lat=4/600000", "lon=3", NULL};
	static const char *const imo[] = {"imo=1", "time=2", "lat=4", "lon=3", NULL};
	static const char *const few[] = {"mmsi=1", "lat=4", "lon=3", "time=when", NULL};
	struct column_options *options = options_of(enough);
	struct column_map map;
	struct diag diag = {""};

	(void)state;
	assert_int_equal(columns_by_number(options, 4, &map, &diag), ST_OK);
	assert_int_equal(map.field[FIELD_LAT].column, 3);
	assert_true(map.field[FIELD_LAT].divisor == 600000);
	assert_int_equal(map.field[FIELD_SOG].column, -1);
	assert_string_equal(map.profile, "map");
	expect_message(ST_NO_FEED, columns_by_number(options, 3, &map, &diag), &diag,
	               "--map lat=4: the input has only 3 columns");
	column_options_free(options);
	options = options_of(imo);
	assert_int_equal(columns_by_number(options, 4, &map, &diag), ST_OK);
	assert_true(map.imo_is_id);
	column_options_free(options);
	options = options_of(few);
	expect_message(ST_NO_FEED, columns_by_number(options, 4, &map, &diag), &diag,
	               "the number of time; expected a header, or for example --map mmsi=1");
	column_options_free(options);
}

/* writes a profile to a file of its own and loads it */
static enum status load_profile(struct column_options *options, const char *text, struct diag *diag)
{
	char path[] = "/tmp/aisgap-profile-XXXXXX";
	int fd = mkstemp(path);
	enum status status;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
	status = column_options_profile(options, path, diag);
	unlink(path);
	return status;
}

static void user_profile(void **state)
{
	struct column_options *options = column_options_new();
	struct row row = split("Key,Stamp,LAT,LON,V", ',');
	struct row other = split(NOAA_2015, ',');
	struct column_map map;
	struct diag diag = {""};

	(void)state;
	assert_int_equal(load_profile(options,
	                              "{\"name\":\"mine\",\"match\":[\"key\",\"v\"],"
	                              "\"day_first\":false,\"fields\":{\"mmsi\":\"KEY\","
	                              "\"time\":[\"when\",\"stamp\"],"
	                              "\"sog\":{\"column\":[\"w\",\"v\"],\"divisor\":2.5}}}",
	                              &diag),
	                 ST_OK);
	assert_int_equal(columns_detect(options, row.cells, row.count, &map, &diag), ST_OK);
	assert_string_equal(map.profile, "mine");
	assert_int_equal(map.order, WHEN_MONTH_FIRST);
	assert_int_equal(map.field[FIELD_TIME].column, 1);
	assert_int_equal(map.field[FIELD_LAT].column, 2);
	assert_int_equal(map.field[FIELD_SOG].column, 4);
	assert_true(map.field[FIELD_SOG].divisor == 2.5);
	assert_true(columns_is_header(options, row.cells, row.count));
	/* it must match: another profile that would fit does not stand in for it */
	expect_message(ST_NO_FEED, columns_detect(options, other.cells, other.count, &map, &diag),
	               &diag, "profile \"mine\" needs a column \"key\"");
	column_options_free(options);
}

static void wrong_profiles(void **state)
{
	static const struct {
		const char *text;
		const char *part;
	} cases[] = {
	    {"", "JSON"},
	    {"{\"name\":\"u\"", "JSON"},
	    {"[]", "expected a JSON object"},
	    {"{\"name\":\"u\",\"mtch\":[\"a\"]}", "unknown member \"mtch\""},
	    {"{\"\":1}", "unknown member"},
	    {"{\"match\":[\"a\"]}", "\"name\""},
	    {"{\"name\":\"u\",\"match\":[]}", "\"match\""},
	    {"{\"name\":\"u\",\"match\":[1]}", "\"match\""},
	    {"{\"name\":\"u\",\"match\":[\"--\"]}", "\"match\""},
	    {"{\"name\":\"u\",\"match\":[\"a\"],\"day_first\":1}", "\"day_first\""},
	    {"{\"name\":\"u\",\"match\":[\"a\"],\"fields\":{\"latt\":\"a\"}}",
	     "unknown field \"latt\""},
	    {"{\"name\":\"u\",\"match\":[\"a\"],\"fields\":{\"lat\":1}}", "field \"lat\""},
	    {"{\"name\":\"u\",\"match\":[\"a\"],\"fields\":{\"lat\":[[[[[\"a\"]]]]]}}",
	     "field \"lat\""},
	    {"{\"name\":\"u\",\"match\":[\"a\"],\"fields\":{\"lat\":{\"column\":\"a\",\"divisor\":"
	     "0}}}",
	     "\"divisor\" of \"lat\""},
	    {"{\"name\":\"u\",\"match\":[\"a\"],\"fields\":{\"name\":{\"column\":\"a\",\"divisor\":"
	     "2}}}",
	     "\"divisor\" of \"name\""},
	};
	struct diag diag = {""};
	struct column_options *options = column_options_new();

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		expect_message(ST_USAGE, load_profile(options, cases[i].text, &diag), &diag,
		               cases[i].part);
	expect_message(ST_USAGE, column_options_profile(options, "/nonexistent/p.json", &diag),
	               &diag, "/nonexistent/p.json: ");
	expect_message(ST_USAGE, column_options_profile(options, "/", &diag), &diag,
	               "not a regular file");
	column_options_free(options);
}

/* as many conditions as are taken can all be answered, beside those of the profiles compiled in */
static void many_conditions(void **state)
{
	struct column_options *options = column_options_new();
	size_t compiled_in = 0;

	(void)state;
	for (size_t i = 0; i < options->count; i++)
		compiled_in += options->profiles[i].when.count;
	assert_true(compiled_in > 0);
	assert_true(2 * (compiled_in + CONDITIONS_MAX) <= COLUMN_TESTS);
	for (int count = CONDITIONS_MAX; count <= CONDITIONS_MAX + 1; count++) {
		char text[2000] = "{\"name\":\"u\",\"match\":[\"a\"],\"when\":{";
		struct diag diag = {""};

		for (int i = 0; i < count; i++)
			snprintf(text + strlen(text), sizeof text - strlen(text), "%s\"m%d\":\"x\"",
			         i ? "," : "", i);
		snprintf(text + strlen(text), sizeof text - strlen(text), "}}");
		if (count <= CONDITIONS_MAX)
			assert_int_equal(load_profile(options, text, &diag), ST_OK);
		else
			expect_message(ST_USAGE, load_profile(options, text, &diag), &diag,
			               "\"when\": expected at most 12 members, not 13");
	}
	column_options_free(options);
}

/* random headers out of real names, broken ones and noise: whatever is found lies in the header */
static void random_headers(void **state)
{
	static const char *const words[] = {
	    "mmsi",
	    "MMSI",
	    "time",
	    "timestamp",
	    "lat",
	    "LAT",
	    "lon",
	    "Longitude",
	    "y",
	    "x",
	    "",
	    " ",
	    "speed (m/s)",
	    "id",
	    "IMO",
	    "DSRC",
	    "SHIP_ID",
	    "COURSE",
	    "\xEF\xBB\xBF",
	    "\xFF\xFE",
	    "일시",
	    "status",
	    "type",
	    "class",
	    "1",
	    "2021-07-01",
	    "--",
	    "a/b",
	    "SPEED",
	    "TIMESTAMP",
	    "HEADING",
	};
	static const char *const maps[] = {"sog=5/10", "time=timestamp", NULL};
	struct column_options *all[] = {column_options_new(), options_of(maps)};
	uint64_t random = 88172645463325252u;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		struct row row = {.count = 0};
		struct column_map map;
		struct diag diag = {""};
		char bytes[12][8];
		bool header;
		enum status status;

		for (size_t k = 0; k < 12; k++) {
			random ^= random << 13; /* xorshift64, Marsaglia 2003 */
			random ^= random >> 7;
			random ^= random << 17;
			memcpy(bytes[k], &random, 8);
			row.cells[k] = span_of(words[random % (sizeof words / sizeof words[0])]);
			if ((random >> 32) % 5 == 0)
				row.cells[k] = (struct span){bytes[k], (random >> 40) % 9};
		}
		row.count = (random >> 20) % 13;
		header = columns_is_header(all[i % 2], row.cells, row.count);
		status = columns_detect(all[i % 2], row.cells, row.count, &map, &diag);
		assert_true(status == ST_OK ? diag.text[0] == '\0' : diag.text[0] != '\0');
		for (int f = 0; f < FIELD_COUNT; f++)
			assert_in_range(map.field[f].column + 1, 0, row.count);
		assert_true(status != ST_OK || map.field[FIELD_TIME].column >= 0);
		assert_true(!header || (map.field[FIELD_LAT].column >= 0));
	}
	column_options_free(all[0]);
	column_options_free(all[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_export),    cmocka_unit_test(orders_and_ids),
	    cmocka_unit_test(other_rows),      cmocka_unit_test(maps_override),
	    cmocka_unit_test(wrong_maps),      cmocka_unit_test(missing_columns),
	    cmocka_unit_test(many_columns),    cmocka_unit_test(without_header),
	    cmocka_unit_test(user_profile),    cmocka_unit_test(wrong_profiles),
	    cmocka_unit_test(many_conditions), cmocka_unit_test(random_headers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
