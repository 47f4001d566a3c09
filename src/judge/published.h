/*
 * What published rules would have said of a silence. They are asked beside our own verdict and
 * never change it.
 *
 *   gfw       Global Fishing Watch's suspected disabling: a gap of 12 h or more, the last position
 *             more than 50 nm from shore, 14 satellite positions or more in the 12 h before, and
 *             more than 10 satellite positions a day to be had in that place. Welch et al. 2022,
 *             "Hot spots of unseen fishing vessels", Science Advances 8(44), doi
 *             10.1126/sciadv.abq2109; the numbers are those of the analysis' own configuration
 *             (gap_filters in config.py, output version v20220606). GFW's later products use
 *             others (its technical documentation, chapter Gaps). The condition on the place's
 *             reception needs GFW's own map and is left out: so "yes" is said more often than GFW
 *             would.
 *
 *   skylight  Skylight's Potential Dark Activity: 6 h without a position
 *             (allenai.atlassian.net/wiki, page 29637607446, with an example). Whatever else
 *             Skylight asks for is not published there.
 *
 *   lloyds    Lloyd's List Intelligence: 30 h. The number was handed down to us; no public source
 *             for it was found, so it is not verified.
 */
#ifndef JUDGE_PUBLISHED_H
#define JUDGE_PUBLISHED_H

enum published_rule { PUBLISHED_GFW, PUBLISHED_SKYLIGHT, PUBLISHED_LLOYDS, PUBLISHED_RULES };

struct published_facts {
	double silence_h;    /* where it is still silent: by the last of 7, 16, 28 and 76 h */
	double off_shore_nm; /* from the off position to the shore; NAN: not known */
	/*
	 * Minutes in which satellites heard it in the 12 h before, or any receiver where the feed
	 * does not say which is which; -1: not known. They stand for positions: one minute may hold
	 * several, so "no:positions" may be said where GFW, which counts them all, would say yes.
	 */
	int minutes_before;
};

/* "gfw", "skylight", "lloyds"; NULL for PUBLISHED_RULES and beyond */
const char *published_name(enum published_rule rule);
/*
 * "yes"; "no:duration", "no:shore", "no:positions" for the first condition that fails;
 * "unknown:shore", "unknown:positions" where none fails but that one cannot be told.
 */
const char *published_say(enum published_rule rule, const struct published_facts *facts);

#endif
