/** What each condition of a policy asks, in a sentence that a support agent can check against the text. */
import type { ConditionEntry } from "./conditions/parameters.ts";
import { and, days, methodWords, minutes, or, readingWords, spoken } from "./policy-small-words.ts";

type Named<Name extends ConditionEntry["condition"]> = Extract<ConditionEntry, { condition: Name }>;
type Words = { [Name in ConditionEntry["condition"]]: (entry: Named<Name>) => string };

/** What has to hold, after "Support if". A new condition does not compile until it is put in words here. */
const words: Words = {
  attestation: ({ name, states }) => `the customer attests that ${states} (\`${name}\`)`,
  channel: ({ ways }) =>
    `the request comes by ${or(
      ways.map(({ channel, onlyWith, attested }) => {
        if (onlyWith !== undefined) return `${channel} (with the id of a case that was filed)`;
        return attested === undefined ? channel : `${channel} (where \`${attested.name}\` is attested as ${attested.is ? "so" : "not so"})`;
      }),
    )}`,
  circumstance({ tags, states, unless }) {
    const lifted = unless === undefined ? "" : `, or \`${"attested" in unless ? unless.attested : unless.circumstance}\` is stated with it`;
    return `it is not stated that ${states} (${or(tags.map((tag) => `\`${tag}\``))})${lifted}`;
  },
  "contact-role": ({ roles, on, most }) => {
    const where = on === undefined ? "" : on === "license" ? " of the license" : " of the premises";
    return `the contact who asks has the role ${or(roles.map(spoken))}${where}${most === undefined ? "" : `, one of at most ${most}`}`;
  },
  covered: ({ afterTerm }) =>
    `the license is in a covered term on the day, or is a running subscription${afterTerm === undefined ? "" : "; after the recorded term: undetermined, unless the parties agreed that nothing follows"}`,
  intake({ fields, channels, severities, kinds, attested, initially }) {
    const only = [
      ...(initially ? ["the first report of its case"] : []),
      ...(channels === undefined ? [] : [`by ${or(channels)}`]),
      ...(severities === undefined ? [] : [`of severity ${or(severities)}`]),
      ...(kinds === undefined ? [] : [`of kind ${or(kinds)}`]),
      ...(attested === undefined ? [] : [`where \`${attested}\` is attested`]),
    ];
    const all = fields.map((field) => (typeof field === "string" ? `\`${field}\`` : or(field.map((one) => `\`${one}\``))));
    return `the request${only.length === 0 ? "" : `, if it is ${and(only)},`} states ${and(all)}`;
  },
  language: ({ languages }) => `the request is in ${or(languages.map((language) => `\`${language}\``))}, or names no language`,
  "library-supported": () => "an open-source library is a listed one, in its newest release",
  "license-kind": ({ kinds, says }) => `the license is not of kind ${or(kinds)}: ${says}`,
  "one-issue": () => "the request is about one issue, and adds none to a case that was filed",
  "open-hours": ({ calendars, channels, holidaysNotStated, zones }) => {
    const by = and(Object.entries(calendars).map(([region, calendar]) => (region === calendar ? `\`${region}\`` : `\`${calendar}\` in ${region}`)));
    const zone = zones === undefined ? "" : ` (${readingWords(zones)})`;
    const only = channels === undefined ? "" : `, for requests by ${or(channels)}; by others: undetermined`;
    return `it is open at the premises: hours of ${by}${zone}${only}${holidaysNotStated ? "; on days that may be holidays: undetermined" : ""}`;
  },
  "payments-current": ({ scope, graceDays, withoutContract, ofSubscription }) => {
    const invoices = {
      contract: "no support invoice of the contract",
      policy: "no support invoice of the account",
      other: "nothing else of the account",
    }[scope];
    const late = graceDays === undefined ? "" : ` by more than ${days(graceDays)}`;
    return `${invoices} is overdue${late}${withoutContract === "unknown" ? "; one that names no contract: undetermined" : ""}${ofSubscription === undefined ? "" : `; of a subscription, ${methodWords(ofSubscription, feesOfSubscription)}`}`;
  },
  "product-kind": ({ kinds, says }) => `the product is not of kind ${or(kinds)}: ${says}`,
  "product-recorded": () => "the product is recorded, with its product line",
  "request-kind": ({ kinds, severities, says, unlessExcluded, missing }) =>
    `the request is not of kind ${or(kinds)}${severities === undefined ? "" : `, nor of severity ${or(severities)}`}: ${says}${unlessExcluded ? " (an exclusion that the request states goes before)" : ""}${missing === undefined ? "" : `; not there: ${missing}`}`,
  "sold-by-vendor": ({ of, exceptFromReseller }) =>
    `the ${or(of)} was sold by the vendor itself${exceptFromReseller ? ", or the reseller who sold it asks" : ""}`,
  "timed-call": ({ severities, channels, withinMinutes }) =>
    `a report of severity ${or(severities)} by ${or(channels)} is followed by a call within ${minutes(withinMinutes)} of filing`,
  "uniform-program": () => "all licenses of the bundle are supported under one program",
  "version-supported": ({ announced }) =>
    `the version is supported on the day, and the product is not out of support${announced === undefined ? "" : `; of one whose end is announced, ${readingWords(announced)}`}`,
  "whole-coverage": ({ group, of, products }) =>
    `all ${of.length === 1 ? `${of[0]} licenses` : "licenses"} of the ${spoken(group)} are covered, not only the one asked about${membersInWords(products)}`,
};

const feesOfSubscription = { "support-invoices": "none but those", "subscription-too": "and no invoice of the subscription" };

/** Of which kinds of product a group is made; empty where of all. */
export const membersInWords = (products: readonly string[] | undefined) =>
  products === undefined
    ? ""
    : ` (members: ${or(products.map((kind) => (kind === "open-source-library" ? "a listed open-source library" : spoken(kind))))})`;

const results = {
  fail: "not entitled",
  discretion: "at the vendor's discretion",
  unknown: "undetermined",
  redirect: "served by someone else",
} as const;

export function conditionInWords(entry: ConditionEntry): string {
  const { condition, otherwise, programs, cure, except, exceptServices } = entry;
  const asks = (words[condition] as (entry: ConditionEntry) => string)(entry);
  const spared = except === undefined || except.length === 0 ? "" : ` Not asked of ${or(except)} licenses.`;
  const apart =
    exceptServices === undefined || exceptServices.length === 0 ? "" : ` Not asked of service ${or(exceptServices.map((tag) => `\`${tag}\``))}.`;
  const mend = cure === undefined ? "" : ` Cure: ${cure.says}${cure.clause === undefined ? "" : ` (${cure.clause})`}.`;
  const only = programs === undefined ? "" : ` (only under ${or(programs)})`;
  return `Condition${only}: ${asks}. Otherwise ${results[otherwise]}.${spared}${apart}${mend}`;
}
