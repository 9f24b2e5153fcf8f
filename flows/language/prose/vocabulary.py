"""Words that carry the structure of English, and nouns that name nothing a product keeps."""

from __future__ import annotations

from flows.language.prose.wordlist import words

DETERMINERS = words("""
    a an the one this these those each every any some all no another other both either many several few
    more most much such what whichever enough two three four five six seven eight nine ten eleven twelve
    fifteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand dozen
""")
POSSESSIVES = words("""
    its their his her my our your whose own
""")
PREPOSITIONS = words("""
    of in on at for with by from about between into through during per without near after before as like
    via within against among over under below above beneath beyond around across towards onto upon
    behind beside than until since up-to including off out-of next-to instead along
""")
CONJUNCTIONS = frozenset(["and", "or", "&", "plus", "and/or"])
BREAKS = words("""
    but so because if when while where whenever wherever whether how why although though unless once
    then therefore
""")
RELATIVES = frozenset(["who", "which", "that"])
PRONOUNS = words("""
    it they them he she him we us you i me ones everything something anything nothing itself themselves
    each-other
""")
EVERYBODY = words("""
    everybody everyone anybody anyone somebody someone people person persons user users you i visitor
    visitors others public nobody
""")
WE = frozenset(["we", "us"])
MODALS = words("""
    can could may might must shall should will would
""")
NEGATIONS = words("""
    not never cannot can't don't doesn't won't isn't aren't no-longer
""")
BE = words("""
    is are was were be been being am
""")
HAVE = words("""
    has have had having contains contain includes include consists
""")
LETTING = words("""
    let allow help enable want need like try would love lead remind
""")
"""Verbs that only say who shall do what the next verb says."""

ADVERBS = words("""
    also always often just only still already again too even very really quite online offline quickly
    easily simply directly together there here now today later soon instead sometimes usually regularly
    up down off out back away ahead anywhere everywhere beforehand afterwards ever maybe perhaps twice
    otherwise at-a-glance yet almost rather well fast daily
""")
ADJECTIVES = words("""
    new old good bad big small best better free available own local simple easy fast nice great little
    first last next weekly daily monthly yearly open upcoming past future current recent favourite
    favorite same different digital modern private public central single whole full short long early
    late important certain clear happy busy lost broken missing special regular nearby right wrong due
    overdue ready personal common main true real fresh healthy homemade handmade second-hand used empty
    dirty clean expensive cheap fair young elderly sick trusted verified interested responsible possible
    unused spare neighbouring social medical legal annual seasonal urgent
""")
ABSTRACT = words("""
    app platform website site web system software solution portal startup market page overview place way
    time thing lot kind sort type number information data detail problem need help idea end start
    beginning world life work use hand example trust stress effort mistake chaos control
    history change day week month year hour minute second morning afternoon evening night weekend summer
    winter spring autumn holiday season moment advance chance choice option experience access account
    profile login password dashboard statistic paper spreadsheet excel list sheet email e-mail mail call
    message chat phone internet computer screen money cost notification reminder calendar map payment
    video link button form search filter basis amount rest side bit piece_of_paper folder town city
    village neighbourhood neighborhood region area country street district community everything nothing
    something anything one level goal_line fun joy interest pressure attention sign word name person
    people user human public others self progress_bar result process business industry niche space_time
    whatsapp facebook instagram google cloud smartphone notebook diary pen board whiteboard wall head
    mind eye conversation kilogram gram kilo litre liter tonne metre meter centimetre inch degree
    discussion communication coordination management administration organisation
    organization planning tracking sharing booking_system feedback quality price_range half bunch couple
    pair set range variety majority row line order_of turn touch glance demand supply connection contact
    minimum maximum total average percent euro dollar pound cent kilometre mile advantage freedom peace
    love hassle trouble headache waste risk danger sense point fact truth story_line matter status
    charge payer hurry stock_market middle top bottom back home_page meantime deadline availability
    tradition culture future past present reality track copy
""")
"""Nouns that no table is made of, however often they are said."""
ONLY_MANY = frozenset({"product", "service", "tool", "program", "programme", "application", "case"})
"""Nouns that are kept when there are many, and in the singular mean the product itself."""
ITSELF = frozenset({"house", "place", "field", "floor"})
"""With `the`, these mean where the business is."""
ATTRIBUTES = words("""
    name title address location topic subject category type colour color size brand breed species skill
    priority genre language gender nationality theme difficulty condition material format allergy
    availability status mood symptom diagnosis destination origin capacity rating opening hour hobby
    interest strength weakness reason dose serving unit kind model make version slogan motto
""")
"""Nouns that say something of a thing; words with a kind of their own, like price, are known elsewhere."""
