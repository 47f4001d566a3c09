/*
 * Ports and fishing grounds. Port positions are rounded from the NGA World Port Index (Far East)
 * and GeoNames (Caspian); roads, grounds and all ports elsewhere were placed by eye.
 */
#include "world.h"

const struct port ports[] = {
    {"Vladivostok", VLADIVOSTOK, 43105, 131885, 43050, 132030, 1000, "bosphorus_e", 10},
    {"Nakhodka", VLADIVOSTOK, 42800, 132880, 42770, 132930, 1200, "nakhodka_gate", 7},
    {"Vostochny", VLADIVOSTOK, 42745, 133075, 42740, 133000, 1200, "nakhodka_gate", 7},
    {"Slavyanka", VLADIVOSTOK, 42870, 131390, 42910, 131450, 500, "slavyanka_off", 3},
    {"Zarubino", VLADIVOSTOK, 42635, 131085, 42600, 131050, 700, "posyet_gate", 3},
    {"Posyet", VLADIVOSTOK, 42650, 130810, 42590, 130850, 700, "posyet_gate", 3},
    {"Olga", VLADIVOSTOK, 43740, 135280, 43650, 135310, 600, "olga_off", 2},
    {"Rajin", VLADIVOSTOK, 42230, 130300, 42170, 130330, 1000, "rajin_off", 4},
    {"Chongjin", VLADIVOSTOK, 41770, 129820, 41740, 129850, 1000, "chongjin_off", 3},
    {"Wonsan", VLADIVOSTOK, 39175, 127450, 39250, 127600, 1500, "wonsan_off", 1},
    {"Busan", VLADIVOSTOK, 35100, 129050, 35000, 129130, 1200, "busan_off", 5},
    {"Niigata", VLADIVOSTOK, 37950, 139065, 38000, 139030, 1500, "niigata_off", 2},
    {"Kholmsk", VLADIVOSTOK, 47045, 142040, 47030, 142000, 800, "kholmsk_off", 2},
    {"Tsugaru West", VLADIVOSTOK, 41420, 140080, 41400, 139900, 2000, "tsugaru_w", 1},
    {"Astrakhan", CASPIAN, 46345, 48035, 46300, 47985, 60, "bakhtemir", 6},
    {"Olya", CASPIAN, 45785, 47530, 45770, 47550, 60, "olya_off", 6},
    {"Makhachkala", CASPIAN, 42985, 47510, 43000, 47580, 1200, "makhachkala_off", 6},
    {"Derbent", CASPIAN, 42070, 48300, 42080, 48400, 1200, "derbent_off", 2},
    {"Aktau", CASPIAN, 43600, 51210, 43570, 51150, 1500, "aktau_off", 5},
    {"Bautino", CASPIAN, 44545, 50245, 44600, 50200, 1000, "tyub_w", 2},
    {"Baku", CASPIAN, 40360, 49880, 40260, 49930, 1500, "baku_roads", 7},
    {"Alat", CASPIAN, 39975, 49440, 39940, 49550, 1000, "alat_off", 4},
    {"Turkmenbashi", CASPIAN, 40000, 53000, 39930, 52850, 400, "turkmen_off", 4},
    {"Anzali", CASPIAN, 37475, 49460, 37520, 49500, 1200, "anzali_off", 5},
    {"Astara", CASPIAN, 38430, 48880, 38420, 48960, 1000, "astara_off", 2},
    {"Nowshahr", CASPIAN, 36660, 51500, 36720, 51500, 1200, "nowshahr_off", 3},
    {"Fereydunkenar", CASPIAN, 36690, 52520, 36750, 52510, 1000, "fereydun_off", 2},
    {"Amirabad", CASPIAN, 36860, 53370, 36920, 53330, 1200, "amirabad_off", 5},
    {"Galveston", ELSEWHERE, 29310, -94790, 29250, -94600, 2500, "galveston_off", 5},
    {"Tampa", ELSEWHERE, 27600, -82750, 27590, -82900, 1500, "tampa_off", 3},
    {"South West Pass", ELSEWHERE, 28900, -89430, 28830, -89440, 1500, "sw_pass", 3},
    {"Skagen", ELSEWHERE, 57715, 10595, 57720, 10680, 1500, "skaw", 4},
    {"Gothenburg", ELSEWHERE, 57690, 11860, 57600, 11620, 1000, "kattegat_n", 4},
    {"Aarhus", ELSEWHERE, 56150, 10230, 56120, 10340, 1000, "aarhus_off", 4},
    {"Rotterdam", ELSEWHERE, 51980, 4080, 52020, 3900, 2000, "maas_off", 5},
    {"Bergen", ELSEWHERE, 60400, 5300, 60370, 4950, 800, "bergen_off", 3},
    {"Singapore East", ELSEWHERE, 1300, 104050, 1300, 104180, 1500, "singapore_e", 6},
    {"Hong Kong", ELSEWHERE, 22290, 114170, 22120, 114260, 700, "hongkong_off", 5},
    {"Fremantle", ELSEWHERE, -32050, 115740, -32040, 115640, 1500, "fremantle_off", 3},
    {"Dampier", ELSEWHERE, -20630, 116750, -20480, 116700, 1500, "dampier_off", 4},
    {"Unalaska", ELSEWHERE, 53890, -166540, 53970, -166530, 600, "aleutian_e", 2},
    {"Avacha", ELSEWHERE, 53000, 158650, 52870, 158720, 1200, "kamchatka_off", 2},
};
const int port_count = sizeof(ports) / sizeof(*ports);

const struct ground grounds[] = {
    {"Peter the Great Bank", 42250, 132300, 14000, "askold_s"},
    {"Primorye shelf", 42700, 134500, 14000, "primorye_1"},
    {"Gamov", 42250, 131500, 12000, "gamov_s"},
    {"Middle Caspian", 42400, 49200, 16000, "middle_w"},
    {"Kizlyar", 44100, 48000, 10000, "north"},
    {"South Caspian", 37500, 50600, 14000, "anzali_off"},
    {"Dogger", 55600, 4200, 20000, "north_sea"},
    {"Louisiana shelf", 28300, -90900, 20000, "gulf_mid"},
};
const int ground_count = sizeof(grounds) / sizeof(*grounds);
