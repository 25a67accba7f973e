import { estonian } from '../../segments/locales/estonian.js';
import type { Locale } from './locale.js';

/** Estonian. */
export const et: Locale = {
  ...estonian,
  page: {
    customer: 'Klient {customer}',
    customerAsOf: 'Klient {customer} seisuga {day}',
    lapsed: ', kehtivat kaitset ei ole',

    risk: 'Riskiklass: {tier}',
    riskSince: 'Riskiklass: {tier} alates {day}',
    meanings: {
      excellent: 'Klient, keda hoida: parim, mida kogemus näidata saab',
      healthy: 'Kindlustusmakse katab kahjud, kulud ja soovitud kasumi',
      'sub-healthy': 'Kahjud jätavad kindlustusmaksest kuludeks ja soovitud kasumiks liiga vähe',
      'high-risk': 'Kahjud võtavad rohkem, kui kindlustusmakse sisse toob',
      unrated: 'Hindamiseks on teada liiga vähe',
    },
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
    noInterval: 'Vahemikku ei ole: portfellis ei paista klientide vahel mõõdetavaid erinevusi',
    believed: 'Kliendi oma kogemuse kaal on {credibility}, ülejäänu tuleb portfelli kogemusest',
    probability: 'Kliendi tõeline kahjusuhe on lubatust suurem tõenäosusega {probability}',
    average: 'See käib kliendi keskmise, mitte üksiku aasta tulemuse kohta',
    countsOnly: 'Selle meetodi järgi loeb ainult kahjude arv, mitte suurus',

    list: '; ',
    parts: ', ',
  },
};
