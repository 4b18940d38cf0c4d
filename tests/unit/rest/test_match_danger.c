/* SPDX-License-Identifier: EUPL-1.2 */
/* Danger to life is told from words alone, in every language, and not where nobody is in danger. */
#define FIXTURE_CONFIG "config" /* what has been learnt matters here */
#include "fixture.h"
#include "support/run.h"

static struct fixture fixture;

static void setup(void)
{
    fixture_init(&fixture);
}

static void teardown(void)
{
    fixture_done(&fixture);
}

static void ask(const char *text)
{
    char body[1024];
    (void)snprintf(body, sizeof body, "{\"text\":\"%s\"}", text);
    ck_assert_int_eq(fixture_post(&fixture, "/v1/match", body), 200);
}

/* None of these is an example that is learnt from. */
static const char *const dangers[] = {
    /* Suicide and self-harm */
    "v životě už nevidím žádné východisko",
    "nejradsi bych usnul a uz se nikdy neprobudil",
    "všem by bylo líp, kdybych tu nebyl",
    "chtela bych skocit pod rychlik",
    "dcera si řeže žiletkou zápěstí",
    "brácha spolykal celé balení neurolu",
    "poslala mi zprávu na rozloučenou a nezvedá to",
    "vyhrožuje, že se oběsí v garáži",
    "bojim se, ze si kamarad neco udela",
    "půjdu do řeky a utopím se",
    "nechcu už tu být na tym světě",
    "už sa nechcem ráno zobudiť, nemá to zmysel",
    "najradšej by som zomrel",
    "zjedla som všetky tabletky naraz",
    "не бачу сенсу жити далі",
    "хочу зникнути назавжди і не прокинутись",
    "він стоїть на даху і хоче стрибнути",
    "не хочется больше жить",
    "донька порізала собі вени",
    "I do not want to be alive anymore",
    "my friend is going to jump off the bridge",
    "she swallowed all the pills in the box",
    "they would be better off without me",
    "I keep cutting my wrists",
    /* Violence in the family */
    "přítel mě včera uškrtil skoro do bezvědomí",
    "chlap me domlatil do krve",
    "bývalý partner mi vyhrožuje nožem",
    "schovávám se před mužem u kamarádky",
    "muž ma zbil a vyhodil z domu",
    "чоловік погрожує мене вбити",
    "муж избил меня ночью",
    "my husband choked me last night",
    "my ex threatens to kill me with a knife",
    /* Children */
    "soused třískl miminkem o zem",
    "otčím sahá dcerce do kalhotek",
    "sousedovy deti jsou zamcene doma cele dny",
    "nevlastní táta mě bije řemenem",
    "susedia mlátia svoje dieťa remeňom",
    "вітчим б'є дитину ременем",
    "діти сидять замкнені вдома цілими днями",
    "the stepfather beats the little boy at home",
    "kids next door are locked in the basement",
    /* Old people */
    "vnuk mlátí babičku kvůli důchodu",
    "dceru nutí dědu přepsat byt, zamyká ho v pokoji",
    "vnuk berie babke dôchodok a bije ju",
    "онук б'є бабусю",
    "grandma is being hit by her carer",
    /* Sexual violence */
    "znasilnil me kolega z prace",
    "na párty mi něco nasypal do drinku",
    "nútil ma k sexu",
    "našla jsem v koupelně skrytou kameru",
    "мене зґвалтував знайомий",
    "he raped me after the party",
    "somebody put something in my drink",
    /* Exploitation */
    "majitel ubytovny mi sebral pas a nechce ho vratit",
    "nutí mě šlapat chodník",
    "zobrali nám pasy a nútia nás robiť",
    "роботодавець забрав паспорт і не віддає",
    "my boss took my passport and will not give it back",
    "they force me into prostitution",
    /* Unconscious, poisoned, freezing */
    "kámoš si píchl heroin a nedýchá",
    "predavkoval se, rychle",
    "nejde ho probudit a má fialové rty",
    "kamarát je zfetovaný a neprebudí sa, nedýcha",
    "друг передозувався і не дихає",
    "he took drugs and is not breathing",
    "she will not wake up and her lips are blue",
    "na zastávce leží pán a mrzne",
    "na lavicce v parku spi clovek, je minus deset",
    "na lavičke leží človek a vonku mrzne",
    "на лавці лежить чоловік, мороз, він не рухається",
    "a man is lying in the snow",
};

/* Whom to call when it burns or smells of gas. */
static const char *const fires[] = {
    "hoří nám byt",           "v kuchyni mi hori zaclona",       "horí u susedov v paneláku",
    "горить квартира",        "there is a fire in our building", "cítím v domě plyn",
    "у під'їзді пахне газом",
};

/* They use the words of danger, or their neighbours, for something else. */
static const char *const harmless[] = {
    "zabil jsem čas čekáním na tramvaj",
    "bungee jumping z mostu cena",
    "svíčky hoří na dortu",
    "na grilu hoří dřevo",
    "jak zabít mouchy v kuchyni",
    "pračka mi mlátí při ždímání",
    "hodiny na věži bijí poledne",
    "skočit na oběd, kde mají dobré menu",
    "předávkování akvária hnojivem",
    "jak dlouho žije želva",
    "recept na smaženou rybu",
    "film o sebevražedném oddílu",
    "na kterém nástupišti stojí vlak do Brna",
    "jak nařezat dřevo na zimu",
    "jak oběsit obraz na zeď",
    "koľko stojí skok padákom z lietadla",
    "detektivka, ve které manžel zabil manželku",
    "jak dlouho trvalo otroctví v Americe",
    "how to kill the ender dragon",
    "smysl života podle Monty Pythonů",
    "recept na bryndzové halušky",
    "ktorý vlak ide do Žiliny",
    "як приготувати борщ",
    "котра година у Києві",
    "розклад автобусів до Праги",
    "how to kill weeds in the garden",
    "best horror movie with a killer doll",
    "train to Prague from which platform",
};

START_TEST(test_match_danger_is_told)
{
    ask(dangers[_i]);
    ck_assert_msg(strcmp(fixture_at(&fixture, "/crisis/0/number"), "-") != 0, "missed: %s",
                  dangers[_i]);
}
END_TEST

START_TEST(test_match_danger_of_fire_calls_the_firemen)
{
    ask(fires[_i]);
    ck_assert_msg(strcmp(fixture_at(&fixture, "/crisis/0/number"), "150") == 0, "%s: %s", fires[_i],
                  fixture_at(&fixture, "/crisis/0/number"));
}
END_TEST

START_TEST(test_match_danger_is_not_everywhere)
{
    ask(harmless[_i]);
    ck_assert_msg(strcmp(fixture_at(&fixture, "/crisis/0/number"), "-") == 0, "false alarm: %s",
                  harmless[_i]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rest/match-danger");
    TCase *tcase = tcase_create("danger");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, test_match_danger_is_told, 0,
                        (int)(sizeof dangers / sizeof dangers[0]));
    tcase_add_loop_test(tcase, test_match_danger_of_fire_calls_the_firemen, 0,
                        (int)(sizeof fires / sizeof fires[0]));
    tcase_add_loop_test(tcase, test_match_danger_is_not_everywhere, 0,
                        (int)(sizeof harmless / sizeof harmless[0]));
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
