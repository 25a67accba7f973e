import { english } from '../segments/english.js';
import type { Locale } from './locale.js';

/** English with the page that explains a grade. */
export const en: Locale = {
  ...english,
  page: {
    customer: 'Customer {customer}',
    customerAsOf: 'Customer {customer} as of {day}',
    lapsed: ', no cover in force',

    risk: 'Risk: {tier}',
    riskSince: 'Risk: {tier} since {day}',
    byFigures: "By today's figures alone it would be {tier}",
    overrideEnded: 'An override to {tier} ended on {day} (by {author}: {reason})',
    cover:
      '{claims} counted on {exposure} of exposure, earned premium {premium}, incurred {incurred}',
    lookBack: 'Set aside: {claims}, incurred {incurred}, older than {time}',
    forgiveness:
      'Set aside: {claims}, incurred {incurred}, forgiven as the first after {time} of cover without one',
    byStatus: 'Not counted: {claims}, incurred {incurred}, by status: {status}',
    setAside: 'Set aside by the plan: {claims}, incurred {incurred}',
    statuses: {
      open: 'open',
      closed: 'closed',
      nil: 'closed without payment',
      withdrawn: 'withdrawn',
      inquiry: 'an inquiry only',
    },
    lossRatios: 'The observed loss ratio is {observed}; {expected} is expected for the next year',

    speaks: 'What speaks for and against the customer:',
    favours: 'For: {text}',
    against: 'Against: {text}',
    nothing: 'Nothing stands out',

    checked: 'What was checked for the tier, in this order; the first that holds decides:',
    rule: '{tier} if {rule}: {answer}',
    figure: ' ({observed})',
    figures: ' ({observed} against {compared})',
    comparison: '{comparison}: {answer}',
    noRule: 'None of these holds, so the tier is {tier}',

    change: 'What would change it:',
    best: 'Nothing needs to: there is no better tier',
    bestHeld: 'There is no better tier; once it is no longer held, the figures of the day decide',
    better:
      'After about {time} without a further claim, at the same cover, the tier would be {better}; past claims cannot be undone',
    months: ['{n} month', '{n} months'],
    short: 'After {time} more of cover a rating can be given',
    unrateable: 'A rating can be given once there are premium and claims to go by',
    stays: 'Claim-free time alone leads to no better tier under this plan',

    value: 'Value: {tier}',
    valueTiers: { high: 'high', low: 'low' },
    measured: '{measure} {amount}; high from {cut}',
    loyalties: {
      'one-time': 'one-time customer',
      regular: 'regular customer',
      loyal: 'loyal customer',
    },
    purchases: {
      new: 'bought for the first time',
      renewal: 'has renewed',
      core: 'has several policies of one line',
      cross: 'has policies of several lines',
      lapsed: 'has no policy in force',
    },
    lifetime:
      'Lifetime value {value}{between}: {profit} expected per year after losses and expenses × {years} to come after this term, discounted and weighted by the probability of staying',
    lifetimeAlready:
      'That is{between}: {profit} expected per year after losses and expenses × {years} to come after this term, discounted and weighted by the probability of staying',
    between: ' [{low}, {high}]',
    assumed:
      "{amount} of it rests on the plan's assumptions about cross-selling and recommendations",
    stay: 'Probability of staying at the next renewal: {probability}',
    atStake: 'profit at stake {amount}',

    service: 'Service: {tier}',
    entitled: 'The customer is entitled to: {list}',
    services: {},
    entitlements: {},

    underwriting: 'Underwriting: {action}',
    actions: {
      renew: 'renew',
      reprice: 'review the premium',
      restrict: 'limit the cover or survey the risk',
      refer: 'refer to an underwriter',
    },
    indicated: "Indicated change of premium {change}, within the plan's limits",
    nothingToChange: 'No cover is in force, so there is no premium to change',
    hint: '{text} ({action})',
    withheld: 'Withheld: {action}. {text} [{place}: {citation}, {day}]',
    limited: 'The change of premium is limited. {text} [{place}: {citation}, {day}]',
    grounds: {},
    decides: 'This is advice, not a decision: a person decides',

    sure: 'How sure this is:',
    interval:
      "With a probability of {probability} the customer's average loss ratio lies between {low} and {high}",
    noRating: 'Too little is known for a rating',
    noInterval: 'No interval: the book shows no measurable differences between customers',
    believed:
      "Credibility of own experience: {credibility}; the rest rests on the book's experience",
    restsOn: {
      counts:
        "Own claims count for {credibility}, by how many they are, not how large; the rest is the book's",
      'mostly-counts':
        "Own claims count for {credibility}, mostly how many, less how large; the rest is the book's",
      'counts-and-sizes':
        "Own claims count for {credibility}, how many as much as how large; the rest is the book's",
      'mostly-sizes':
        "Own claims count for {credibility}, mostly how large, less how many; the rest is the book's",
      'no-difference':
        "Own claims count for {credibility}: in the book's past they did not tell who would cost more",
      'not-learnt':
        "Own claims count for {credibility}, by how many they are; this weight is not learnt, for the book shows no past year to learn from; the rest is the book's",
    },
    probability:
      "The customer's true loss ratio is above the permissible one with a probability of {probability}",
    average: "This concerns the customer's average, not the outcome of a single year",
    countsOnly: 'Only the number of claims counts by this method, not their size',

    list: '; ',
    parts: ', ',
  },
};
