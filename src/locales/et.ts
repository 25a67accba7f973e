import type { Translation } from './locale.js';

/** Estonian: after a number other than 1 a thing stands in the partitive singular. */
export const et: Translation = {
  name: 'et',
  unknown: 'teadmata',
  yes: 'jah',
  no: 'ei',
  units: {
    years: ['{n} aasta', '{n} aastat'],
    days: ['{n} päev', '{n} päeva'],
    claims: ['{n} kahjujuhtum', '{n} kahjujuhtumit'],
    claimsAYear: ['{n} kahjujuhtum aastas', '{n} kahjujuhtumit aastas'],
    claimFreeYears: ['veel umbes {n} kahjuvaba aasta', 'veel umbes {n} kahjuvaba aastat'],
  },
  formulas: {
    comparisons: {
      '<': [' on väiksem kui ', ' ei ole väiksem kui '],
      '<=': [' ei ole suurem kui ', ' on suurem kui '],
      '>': [' on suurem kui ', ' ei ole suurem kui '],
      '>=': [' on vähemalt ', ' ei ole vähemalt '],
      '=': [' on ', ' ei ole '],
      '!=': [' ei ole ', ' on '],
    },
    joints: {
      '+': ' pluss ',
      '-': ' miinus ',
      '*': ' korda ',
      '/': ' jagatud suurusega ',
      and: ' ja ',
      or: ' või ',
    },
    phrases: {
      least: 'väikseim järgmistest: {0}',
      greatest: 'suurim järgmistest: {0}',
      not: 'ei kehti {0}',
      missing: '{0} on teadmata',
      abs: '{0} absoluutväärtusena',
      sqrt: 'ruutjuur suurusest {0}',
      ceiling: '{0} üles ümardatult',
      'gamma-above': 'tõenäosus, et gammajaotusega suurus kujuga {0} on suurem kui {1}',
      lookup: 'tabeli väärtus kohal {0}',
      when: '{1}, kui {0}',
      otherwise: '{0}; muidu {1}',
    },
    list: [', ', ' ja '],
    decimal: ',',
  },
  labels: {
    grace_still_lasts: 'üleminekuaeg kestab',
    the_renewal_is_still_to_come: 'uuendamine on veel ees',
    it_was_set_by_hand: 'see määrati käsitsi',
    no_rule_holds: 'ükski reegel ei kehti',
    exposure_years: 'kindlustatud aeg',
    earned_premium: 'teenitud kindlustusmakse',
    claim_count: 'kahjujuhtumite arv',
    set_aside_claim_count: 'arvestamata jäetud kahjujuhtumite arv',
    set_aside_loss: 'arvestamata jäetud kahju',
    incurred_loss: 'tekkinud kahju',
    capped_loss: 'kahju ülempiirini',
    excess_loss: 'kahju üle ülempiiri',
    largest_claim: 'suurim kahju',
    loss_ratio: 'tegelik kahjusuhe',
    claim_frequency: 'kahjusagedus',
    severity: 'keskmine kahju',
    pure_premium: 'netoriskimakse',
    recent_exposure_years: 'kindlustatud aeg viimasel aastal',
    recent_claim_count: 'kahjujuhtumite arv viimasel aastal',
    annual_premium: 'aastane kindlustusmakse',
    new_business_premium: 'hind uuele kliendile',
    tenure_years: 'kliendisuhte kestus',
    claim_free_years: 'kahjuvaba aeg',
    policy_count: 'poliiside arv',
    line_count: 'kindlustusliikide arv',
    renewals: 'pikendamiste arv',
    lapsed: 'kaitse on lõppenud',
    expense_ratio: 'kulusuhe',
    permissible_loss_ratio: 'lubatud kahjusuhe',
    minimum_exposure_years: 'hindamiseks vajalik aeg',
    book_loss_ratio: 'portfelli kahjusuhe',
    book_claim_frequency: 'portfelli kahjusagedus',
    book_claims_per_premium: 'portfelli kahjujuhtumid kindlustusmakse ühiku kohta',
    expected_claims: 'oodatav kahjujuhtumite arv',
    credibility: 'oma kogemuse kaal',
    prior_loss_ratio: 'kahjusuhe ilma oma kogemuseta',
    expected_loss_ratio: 'oodatav kahjusuhe',
    expected_low: 'oodatava kahjusuhte alumine piir',
    expected_high: 'oodatava kahjusuhte ülemine piir',
    probability_above_permissible: 'tõenäosus, et kahjusuhe ületab lubatu',
    renewal_probability: 'jäämise tõenäosus',
    lifetime_years: 'diskonteeritud aastad ees',
    annual_profit: 'oodatav aastakasum',
    lifetime_value: 'kliendi eluaegne väärtus',
    lifetime_low: 'eluaegse väärtuse alumine piir',
    lifetime_high: 'eluaegse väärtuse ülemine piir',
    profit_at_stake: 'kaalul olev kasum',
    loyalty: 'lojaalsus',
    purchase: 'ostukäitumine',
    rated_loss_ratio: 'kahjusuhe',
    risk_tier: 'riskiklass',
    observed_tier: 'riskiklass ainult näitajate järgi',
    value_measured: 'väärtus',
    value_cut: 'kõrge väärtuse piir',
    value_tier: 'väärtusklass',
    service_tier: 'teenindusklass',
    action: 'soovitus',
    indicated_change: 'soovitatav muutus',
  },
  tiers: {
    excellent: 'suurepärane',
    healthy: 'hea',
    'sub-healthy': 'tähelepanu vajav',
    'high-risk': 'kõrge riskiga',
    unrated: 'hindamata',
  },
  meanings: {
    excellent: 'Klient, keda hoida: parim, mida kogemus näidata saab',
    healthy: 'Kindlustusmakse katab kahjud, kulud ja soovitud kasumi',
    'sub-healthy': 'Kahjud jätavad kindlustusmaksest kuludeks ja soovitud kasumiks liiga vähe',
    'high-risk': 'Kahjud võtavad rohkem, kui kindlustusmakse sisse toob',
    unrated: 'Hindamiseks on teada liiga vähe',
  },
  reasons: {
    'no-premium': 'Teenitud kindlustusmakse on {observed}: kahjusid ei ole millegagi võrrelda',
    'too-little-experience': 'Kindlustatud aega on vaid {observed}; hindamiseks on vaja {compared}',
    'claim-free':
      'Vaatlusajal ei ole arvestatavaid kahjusid; sama kaitse juures oleks portfellis {compared}',
    'over-break-even': 'Kahjusuhe {observed} on üle tasuvuspiiri, mis on {compared}',
    'over-permissible': 'Kahjusuhe {observed} on suurem kui lubatud {compared}',
    'within-permissible': 'Kahjusuhe {observed} jääb lubatud piiridesse, piir on {compared}',
    'more-claims-than-average':
      'Vaatlusajal on {observed}; sama kaitse juures oleks portfellis {compared}',
    'fewer-claims-than-average':
      'Vaatlusajal on {observed}; sama kaitse juures oleks portfellis {compared}',
    'observed-above-expected':
      'Tegelik kahjusuhe on {observed}, järgmiseks aastaks oodatav {compared}',
    'observed-below-expected':
      'Tegelik kahjusuhe on {observed}, järgmiseks aastaks oodatav {compared}',
    'high-value': 'Väärtus {observed} ulatub kõrge väärtuse piirini, mis on {compared}',
    'long-relationship': 'Meie klient juba {observed}, vähemalt {compared}',
    'large-losses-spread':
      'Kahjudest {observed} on üle ülempiiri ja jagatakse kogu portfelli peale; alla selle jääb {compared}',
    'better-by-override':
      'tänaste näitajate järgi {figures}; käsitsi määratud klass {tier} kehtib päevani {until}, määraja {author}, põhjus: {reason}',
    'set-by-override':
      'tänaste näitajate järgi {figures}; käsitsi määratud klass {tier} kehtib päevani {until}, määraja {author}, põhjus: {reason}',
    'held-in-grace':
      'tänaste näitajate järgi {figures}; üleminekuajal kuni päevani {until} {tier}, meie klient {observed}',
    'held-until-renewal': 'tänaste näitajate järgi {figures}; järgmise uuendamiseni {tier}',
    'held-by-line': 'tänaste näitajate järgi {figures}; klass {tier} kehtib, kuni {line}',
  },
  hints: {
    'over-break-even':
      'Kahjud võtavad eeldatavasti kindlustusmaksest {observed}; piir on {compared}',
    'rising-claims':
      'Viimasel aastal {observed}, varasematel aastatel {compared}: üle kahe korra sagedamini või kokku vähemalt kolm',
    'large-loss':
      'Üks kahju suurusega {observed} ületab kümne aasta makseid ({compared}): vaadake risk kohapeal üle või piirake kaitset',
    'high-claim-frequency':
      'Kahjusagedus on {observed}; portfelli kolmekordne sagedus oleks {compared}: kaaluge omavastutust',
    'premium-below-cost':
      'Oodatavad kahjud võtavad maksest {observed} ja kulude katteks jääb liiga vähe; kulud on kaetud kuni piirini {compared}',
    'over-permissible': 'Oodatav kahjusuhe {observed} on suurem kui lubatud {compared}',
    'repeated-claims': 'Vaatlusajal on {observed}: otsige põhjuseid koos kliendiga',
    marginal:
      'Oodatav kahjusuhe {observed} on piirist {compared} vähem kui kümnendiku kaugusel: hoidke silm peal, otsustab väike muutus tingimustes',
    'bad-luck-likely': 'Tegelik kahjusuhe {observed} tõenäoliselt ei püsi: oodata on {compared}',
    'long-claim-free': 'Kahjuvaba aega on {observed}, vähemalt {compared}',
    'long-tenure': 'Meie klient juba {observed}, vähemalt {compared}',
    'short-tenure': 'Meie klient {observed}, alla piiri {compared}: teame temast veel vähe',
    lapsed:
      'Päev enne vaatluspäeva kehtivat kaitset ei olnud: pikendada pole midagi, klient tuleb tagasi võita',
    'thin-experience':
      'Kindlustatud aega on {observed}, hindamiseks vajalik on {compared}: järeldusteks on vara',
  },
  whyNot: {
    because: '{tier}, sest {because}',
    better: '{tier}, sest {because}; {years} või vähem viiks klassi „{better}“',
    short: '{tier}: kindlustatud aega on {observed}, hindamiseks jääb puudu {short}',
  },
  page: {
    customer: 'Klient {customer}',
    customerAsOf: 'Klient {customer} seisuga {day}',
    lapsed: ', kehtivat kaitset ei ole',

    risk: 'Riskiklass: {tier}',
    riskSince: 'Riskiklass: {tier} alates {day}',
    byFigures: 'Üksnes tänaste näitajate järgi oleks klass {tier}',
    overrideEnded: 'Käsitsi määratud klass {tier} lõppes {day} (määraja {author}: {reason})',
    cover:
      'Arvestatud {claims}; kindlustatud aeg {exposure}, teenitud kindlustusmakse {premium}, tekkinud kahju {incurred}',
    lookBack:
      'Arvestamata jäetud: {claims}, tekkinud kahju {incurred}, juhtunud rohkem kui {time} tagasi',
    forgiveness:
      'Arvestamata jäetud: {claims}, tekkinud kahju {incurred}, andeks antud kui esimene, sest kahjuvaba kaitset oli enne vähemalt {time}',
    byStatus: 'Kahjujuhtumina ei loe: {claims}, tekkinud kahju {incurred}, olek: {status}',
    setAside: 'Plaani järgi arvestamata jäetud: {claims}, tekkinud kahju {incurred}',
    statuses: {
      open: 'lahtine',
      closed: 'lõpetatud',
      nil: 'lõpetatud väljamakseta',
      withdrawn: 'tagasi võetud',
      inquiry: 'üksnes järelepärimine',
    },
    lossRatios: 'Tegelik kahjusuhe on {observed}, järgmiseks aastaks oodatav {expected}',

    speaks: 'Mis räägib kliendi kasuks ja kahjuks:',
    favours: 'Kasuks: {text}',
    against: 'Kahjuks: {text}',
    nothing: 'Midagi ei paista silma',

    checked: 'Mida klassi jaoks järjest kontrolliti; otsustab esimene, mis kehtib:',
    rule: '{tier}, kui {rule}: {answer}',
    figure: ' ({observed})',
    figures: ' ({observed}, võrreldud: {compared})',
    comparison: '{comparison}: {answer}',
    noRule: 'Ükski neist ei kehti, seega on klass {tier}',

    change: 'Mis seda muudaks:',
    best: 'Muutust pole vaja: paremat klassi ei ole',
    bestHeld: 'Paremat klassi ei ole; kui seda enam ei hoita, otsustavad selle päeva näitajad',
    better:
      'Kui uut kahju ei tule, oleks sama kaitse juures klass „{better}“ umbes siis, kui möödas on {time}; juhtunud kahjusid tagasi võtta ei saa',
    months: ['{n} kuu', '{n} kuud'],
    short: 'Hinnata saab, kui kindlustatud aega on lisandunud {time}',
    unrateable: 'Hinnata saab siis, kui on olemas kindlustusmakse ja kahjuandmed',
    stays: 'Selle plaani järgi üksnes kahjuvaba aeg paremasse klassi ei vii',

    value: 'Väärtus: {tier}',
    valueTiers: { high: 'kõrge', low: 'madal' },
    measured: '{measure} {amount}; kõrge alates {cut}',
    loyalties: {
      'one-time': 'ühekordne klient',
      regular: 'püsiklient',
      loyal: 'lojaalne klient',
    },
    purchases: {
      new: 'ostis esimest korda',
      renewal: 'on lepingut pikendanud',
      core: 'mitu poliisi samas kindlustusliigis',
      cross: 'poliisid mitmes kindlustusliigis',
      lapsed: 'kehtivat poliisi ei ole',
    },
    lifetime:
      'Kliendi eluaegne väärtus {value}{between}: aastas oodatav {profit} pärast kahjusid ja kulusid × {years} pärast käesolevat perioodi, diskonteeritud ja jäämise tõenäosusega kaalutud',
    lifetimeAlready:
      'See on{between}: aastas oodatav {profit} pärast kahjusid ja kulusid × {years} pärast käesolevat perioodi, diskonteeritud ja jäämise tõenäosusega kaalutud',
    between: ' [{low} kuni {high}]',
    assumed: 'sellest {amount} tuleb plaani eeldusest lisamüügi ja soovituste kohta',
    stay: 'Jääb järgmisel pikendamisel tõenäosusega {probability}',
    atStake: 'kaalul olev kasum {amount}',

    service: 'Teenindus: {tier}',
    entitled: 'Kliendil on õigus: {list}',
    services: {
      signature: 'esindusklass',
      plus: 'plussklass',
      standard: 'tavaklass',
      basic: 'põhiklass',
    },
    entitlements: {
      'personal manager': 'isiklik haldur',
      'claims settled first, part payment at once':
        'kahjude käsitlemine esimeses järjekorras, osa hüvitisest kohe',
      'claims settled fast, part payment at once': 'kahjude kiire käsitlemine, osa hüvitisest kohe',
      'courtesy car': 'asendusauto',
      'annual inspection': 'iga-aastane ülevaatus',
      congratulations: 'õnnitlused',
      'renewal call before the term ends': 'kõne enne perioodi lõppu lepingu pikendamiseks',
      'feedback call after a claim': 'tagasisidekõne pärast kahju',
      'advice on avoiding losses': 'nõu kahjude vältimiseks',
    },

    underwriting: 'Soovitus riskihindajale: {action}',
    actions: {
      renew: 'pikendada',
      reprice: 'vaadata kindlustusmakse üle',
      restrict: 'piirata kaitset või vaadata risk kohapeal üle',
      refer: 'suunata riskihindajale',
    },
    indicated: 'Soovitatav kindlustusmakse muutus {change}, plaani piirides',
    nothingToChange: 'Kehtivat kaitset ei ole, seega pole makset, mida muuta',
    hint: '{text} ({action})',
    withheld: 'Jäetud soovitamata: {action}. {text} [{place}: {citation}, {day}]',
    limited: 'Kindlustusmakse muutus on piiratud. {text} [{place}: {citation}, {day}]',
    grounds: {
      'uk-renewal-price':
        'Pikendamise hind ei tohi olla kõrgem kui sama kaitse hind uuele kliendile (eraisikud, kodu- ja sõidukikindlustus)',
      'or-old-claims':
        'Üle viie aasta vana kahjujuhtum ei tohi otsustada pikendamist, hinda ega tingimusi; soodustuseks tohib seda arvestada (kodukindlustus)',
      'or-first-claim':
        'Esimene kahjujuhtum viie aasta jooksul ei tohi otsustada, kas leping pikendatakse (kodukindlustus)',
      'ok-first-claim':
        'Üle 45 päeva kehtinud lepingut ei tohi lõpetada, pikendamata jätta ega kallimaks teha üksnes esimese kahjujuhtumi tõttu (kodukindlustus)',
    },
    decides: 'See on nõuanne, mitte otsus: otsustab inimene',

    sure: 'Kui kindel see on:',
    interval:
      'Tõenäosusega {probability} jääb kliendi keskmine kahjusuhe vahemikku {low} kuni {high}',
    noRating: 'Hindamiseks on teada liiga vähe',
    noInterval: 'Vahemikku ei ole: portfellis ei paista klientide vahel mõõdetavaid erinevusi',
    believed: 'Kliendi oma kogemuse kaal on {credibility}, ülejäänu tuleb portfelli kogemusest',
    restsOn: {
      counts:
        'Kliendi oma kahjude kaal on {credibility}: loeb nende arv, mitte suurus; ülejäänu tuleb portfellist',
      'mostly-counts':
        'Kliendi oma kahjude kaal on {credibility}: peamiselt loeb nende arv, vähem suurus; ülejäänu tuleb portfellist',
      'counts-and-sizes':
        'Kliendi oma kahjude kaal on {credibility}: arv loeb sama palju kui suurus; ülejäänu tuleb portfellist',
      'mostly-sizes':
        'Kliendi oma kahjude kaal on {credibility}: peamiselt loeb nende suurus, vähem arv; ülejäänu tuleb portfellist',
      'no-difference':
        'Kliendi oma kahjude kaal on {credibility}: portfelli varasemad aastad ei näidanud nende järgi, kes edaspidi rohkem maksma läheb',
      'not-learnt':
        'Kliendi oma kahjude kaal on {credibility}: loeb nende arv; kaal ei ole andmetest õpitud, sest portfellil ei ole varasemat aastat, millest õppida; ülejäänu tuleb portfellist',
    },
    probability: 'Kliendi tõeline kahjusuhe on lubatust suurem tõenäosusega {probability}',
    average: 'See käib kliendi keskmise, mitte üksiku aasta tulemuse kohta',
    countsOnly: 'Selle meetodi järgi loeb ainult kahjude arv, mitte suurus',

    list: '; ',
    parts: ', ',
  },
};
