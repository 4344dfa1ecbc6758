"""Whether words about a gift say what the other person likes, or only whom it is for and when."""

from typing import Final

from actions.interest import FILLING
from crm_store.catalogue.naming import telling

_ENGLISH: Final = """
adores after already always anniversary anyone aunt baby because best big birth birthday boss
boyfriend brother buddy budget cat chipped christening christmas client clue collea colleague
colleagues corporate cousin coworker coworkers dad daddy daughter day days diwali doctor dollar
dollars easter eighty end ends everybody everything family father fed fiance fiancee fifty fillers
five forty friend friends gets gift gifts girlfriend goes golden graduating graduation gran
grandad granddaughter grandfather grandma grandmother grandpa grandson hanukkah he her hers him
his holidays host hosts house housewarming husband job kid kids leaving less little looks lots
loves mate max maximum might milestone mom most mother mum mummy nan nana needs neighbor neighbors
neighbour neighbours nephew newborn nice niece occasion old one ones pal parents partner people
person present presents presnt retire retirement retires retiring santa saturday school secret
september seventy shower sister six sixty small somebody someone son special spend starts stocking
surprise teacher teenager teenagers teens ten term thanksgiving thirty time today tomorrow treat
turning turns twelve twenty twins two uncle under valentine valentines wedding week whom wife
woman year years yoga
"""
_GERMAN: Final = """
abitur abschied achtzig advent ahnung alles alt anlass baby babyparty bald begleiter bekannte
bekannten bekommt besonderes besorgen beste bestem besten bringt bruder budget chef chefin chefs
dankeschön darf dein diamantene diamantenen drei ehemann eignet einweihung einzug eltern enkel
enkelin erwachsene fehlt feiert fest firma frau freude freund freunde freunden freundin
freundinnen fünfzig fürs gastgeber geburtstag gefallen gehütet geschenk geschenke geschenkidee
geschnek geschäftspartner goldene goldenen goldener grosseltern grossmutter grossvater groß
großeltern großmutter großvater gscheit gschenk gäste haste heirat heiraten hilfe hochzeit
hochzeitstag höchstens immer irgendetwas jahr jahre jemand jemandem jemanden jubiläum jährige
jährigen katze kind kinder kindern kleines kleinigkeit kollege kollegen kollegin kolleginnen
kollegium kommunion konfirmation lehrer lehrerin leute liebste liebsten mama mami mann maximal mei
meines meint mensch menschen mini mitbringen mitbringsel morgen mutter muttertag mutti nachbar
nachbarin nachbarn namenstag ne neffe nett nette nettes nichte nikolaus oma omi onkel opa opi
ostern papa papi partner partnerin person präsent rente ruhestand rund runden runder samstag
schatz schenk schenke schenken schenkt schule schuljahresende schwager schwester schwiegermutter
schwiegervater schwägerin schänke sechzig seine seinem seinen siebzig siebziger silberhochzeit
silberne silbernen silberner sohn sonntag suchen sucht sueche tante taufe tochter ungefähr unsere
unserem unseren valentinstag vater vatertag vati verein verschenke verschenken verschenkt vierzig
volljährig wahl weihnachten weihnachtsgeschenk wichteln wohnung wäre zehn zusammengelegt zwanzig
zwei zwillinge zwölfjährigen öppis überraschung
"""
_NO_TASTE: Final = FILLING | frozenset(_ENGLISH.split()) | frozenset(_GERMAN.split())


def says_what_is_liked(text: str) -> bool:
    """Return whether anything is left that somebody could like, beside who and when."""
    words = (word for word in telling(text) if not word.isdigit() and len(word) > 1)
    return any(word not in _NO_TASTE for word in words)
