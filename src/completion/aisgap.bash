# bash completion of aisgap: options, their values, files.
# tests/golden/completion.sh compares the options, formats and columns here with `aisgap --help`.

_aisgap()
{
	local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
	local options='--area --everywhere --min-gap --from --to --by --as-of --mmsi --imo --flag
		--type --class --verdict --prior --rules --input-format --map --profile --tz --time-format --any-id --max-bad
		--http-header-file --max-bytes --max-ratio --static --format --output
		--columns --if-any --exit-status --ledger --state --changes --keep --wait --follow --post
		--post-header-file --seed --rounds --threads --block-size --progress --quiet
		--verbose --version --help'
	local columns='change former_gap_id gap_id status verdict confidence reasons area mmsi imo name callsign flag ship_type ais_class
		off_time off_lat off_lon off_sog_kn off_cog_deg off_nav_status off_port off_port_nm
		off_shore_nm on_time on_lat on_lon on_sog_kn on_cog_deg on_nav_status on_port
		on_port_nm on_shore_nm duration_h distance_nm implied_speed_kn heard_min_12h_before
		heard_min_12h_after likelihood_ratio p_silent_if_on others_heard others_silent'
	local fields='mmsi= time= lat= lon= sog= cog= heading= nav_status= name= callsign= imo= type=
		class= source= station= msg_type= millisecond= second='
	local types='antipollution cargo diving dredging fishing highspeed law medical military other
		passenger pilot pleasure porttender sailing sar tanker towing tug wig'

	# "--by=off" comes as three words: bash breaks words at "="
	if [[ $current == = ]]; then
		current=
	elif [[ $previous == = && COMP_CWORD -ge 2 ]]; then
		previous=${COMP_WORDS[COMP_CWORD - 2]}
	fi

	case $previous in
	-a | --area)
		mapfile -t COMPREPLY < <(compgen -W 'vladivostok caspian' -- "$current"
			compgen -f -X '!*.@(geojson|json)' -- "$current"
			compgen -d -S / -- "$current")
		return
		;;
	--keep) _aisgap_words '10d 90d 400d' "$current" ;;
	-g | --min-gap) _aisgap_words '30m 1h 6h 12h 1d 2d' "$current" ;;
	--by) _aisgap_words 'off on overlap' "$current" ;;
	--class) _aisgap_words 'A B' "$current" ;;
	--verdict) _aisgap_list 'off unclear unheard feed gnss identity' "$current" ;;
	--rules) _aisgap_list 'gfw skylight lloyds' "$current" ;;
	--type) _aisgap_list "$types" "$current" ;;
	--input-format) _aisgap_words 'csv json nmea' "$current" ;;
	-f | --format)
		case ${COMP_WORDS[1]} in
		selftest) _aisgap_words 'text json' "$current" ;;
		decode) _aisgap_words 'csv ndjson' "$current" ;;
		*) _aisgap_words 'table csv json ndjson geojson' "$current" ;;
		esac
		;;
	--columns) _aisgap_list "$columns" "$current" ;;
	--map)
		_aisgap_words "$fields" "$current"
		compopt -o nospace
		;;
	--time-format) _aisgap_words 'day-first month-first epoch-s epoch-ms' "$current" ;;
	--profile | --http-header-file | --post-header-file | --state | -o | --output | --ledger) mapfile -t COMPREPLY < <(compgen -f -- "$current") ;;
	--from | --to | --as-of | --mmsi | --imo | --flag | --prior | --tz | --max-bad | --max-bytes | \
		--max-ratio | --post | --seed | --rounds | -j | --threads | --block-size)
		COMPREPLY=()
		;;
	*)
		if [[ $current == -* ]]; then
			_aisgap_words "$options" "$current"
		else
			mapfile -t COMPREPLY < <(compgen -f -- "$current")
			((COMP_CWORD == 1)) &&
				mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W 'detect report merge decode selftest areas' -- "$current")
		fi
		;;
	esac
}

# one of the words
_aisgap_words()
{
	mapfile -t COMPREPLY < <(compgen -W "$1" -- "$2")
}

# one more of the words, behind those that stand there, joined by commas
_aisgap_list()
{
	local before=

	[[ $2 == *,* ]] && before=${2%,*},
	mapfile -t COMPREPLY < <(compgen -P "$before" -W "$1" -- "${2##*,}")
	compopt -o nospace
}

complete -o filenames -F _aisgap aisgap
