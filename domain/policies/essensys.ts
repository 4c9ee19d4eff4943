/** essensys: customer success service description, clause by clause in the order of the text. */
import { definePolicy } from "../define-policy.ts";

const wholeDay = [["00:00", "23:59"]] as const;
const mondayToFriday = { mon: wholeDay, tue: wholeDay, wed: wholeDay, thu: wholeDay, fri: wholeDay };
const untilOnFriday = (closing: string) => ({ ...mondayToFriday, fri: [["00:00", closing]] }) as const;
const mondayTuesdayFriday = (closing: string) => ({ mon: wholeDay, tue: wholeDay, fri: [["00:00", closing]] }) as const;
const daysAsWritten = { reading: "ess-m-t", is: "literal" } as const;
const zonesAsWritten = { reading: "ess-zones", is: "literal" } as const;

/** A region of the United States: its days by `ess-m-t`; where the text names standard time, its zone by `ess-zones`. POSIX names count west: Etc/GMT+5 is UTC−5. */
const inAmerica = (zone: string, fridays: string, standard?: string) => {
  const fixed = standard === undefined ? [] : [{ when: zonesAsWritten, zone: standard }];
  return {
    region: { zone, always: true, ...(standard === undefined ? {} : { instead: fixed }) },
    calendar: {
      zone,
      weekly: untilOnFriday(fridays),
      holidays: null,
      instead: [{ when: daysAsWritten, weekly: mondayTuesdayFriday(fridays) }, ...fixed],
    },
  };
};
const eastern = inAmerica("America/New_York", "20:00", "Etc/GMT+5");
const central = inAmerica("America/Chicago", "19:00");
const pacific = inAmerica("America/Los_Angeles", "17:00", "Etc/GMT+8");

/** What 1.2.1 lists stands apart from the inbound service of 1.1, its channels, hours, people and contents. */
const apart = { exceptServices: ["success-manager", "quarterly-review", "incident-reporting", "monthly-reporting"] };

const regions = { "uk-eu": "uk-eu", "us-est": "us-est", "us-ct": "us-ct", "us-pst": "us-pst", apac: "apac" } as const;

export const essensys = definePolicy({
  id: "essensys-customer-success",
  version: "1",
  vendor: "essensys",
  title: "essensys Customer Success service description",
  zone: "premises",
  effectiveFrom: null,
  regions: {
    "uk-eu": { zone: "Europe/London", always: false },
    "us-est": eastern.region,
    "us-ct": central.region,
    "us-pst": pacific.region,
    apac: { zone: null, always: false },
  },
  programs: ["enterprise", "other"],
  severities: [],
  calendars: {
    "uk-eu": { zone: null, weekly: mondayToFriday, holidays: null },
    "us-est": eastern.calendar,
    "us-ct": central.calendar,
    "us-pst": pacific.calendar,
    apac: { zone: null, weekly: mondayToFriday, holidays: null },
  },
  readings: [
    {
      id: "ess-m-t",
      question: "Which days are M–T?",
      options: [
        { id: "monday-to-thursday", says: "Monday to Thursday" },
        { id: "literal", says: "Monday and Tuesday, no more than the letters" },
      ],
      default: "monday-to-thursday",
    },
    {
      id: "ess-zones",
      question: "In which zones do the hours run?",
      options: [
        { id: "named-zones", says: "US regions: New York, Chicago, Los Angeles; UK and EU: the premises' zone or London; APAC: the premises' zone" },
        { id: "literal", says: "EST and PST are standard time all the year, UTC−5 and UTC−8; the others as under the other option" },
      ],
      default: "named-zones",
    },
    {
      id: "ess-hours-channels",
      question: "Do the hours, which the text gives for live chat, bind phone and email too?",
      options: [
        { id: "every-channel", says: "yes: whatever takes the place of the chat keeps its hours" },
        { id: "literal", says: "no: they are those of live chat; by phone and email they are not stated" },
      ],
      default: "every-channel",
    },
  ],
  clauses: [
    {
      id: "1.1.1",
      says: "a service for reporting problems with the services",
      conditions: [
        { condition: "covered", otherwise: "unknown" },
        {
          condition: "request-kind",
          kinds: ["service", "work-order", "feature-request"],
          says: "the text does not say whether support includes more than problems and help with them",
          unlessExcluded: true,
          otherwise: "unknown",
        },
      ],
    },
    { id: "1.1.2", says: "how to reach it is told to the authorized representatives", informs: "who may ask stands at 1.1.5" },
    {
      id: "1.1.3",
      says: "by live chat; by phone or email where chat is unavailable",
      conditions: [
        {
          condition: "channel",
          ways: [
            { channel: "chat" },
            { channel: "phone", attested: { name: "chatAvailable", is: false } },
            { channel: "email", attested: { name: "chatAvailable", is: false } },
          ],
          ...apart,
          otherwise: "fail",
          cure: { says: "use the live chat" },
        },
      ],
    },
    {
      id: "1.1.4",
      says: "to authorized representatives, in the hours of the region",
      conditions: [
        {
          condition: "open-hours",
          calendars: regions,
          holidaysNotStated: true,
          zones: { reading: "ess-zones" },
          ...apart,
          otherwise: "fail",
          when: { reading: "ess-hours-channels", is: "every-channel" },
        },
        {
          condition: "open-hours",
          calendars: regions,
          channels: ["chat"],
          holidaysNotStated: true,
          zones: { reading: "ess-zones" },
          ...apart,
          otherwise: "fail",
          when: { reading: "ess-hours-channels", is: "literal" },
        },
      ],
    },
    {
      id: "1.1.5",
      says: "authorized representatives are named for each of the premises",
      conditions: [{ condition: "contact-role", roles: ["authorized-representative"], on: "premises", ...apart, otherwise: "fail" }],
      contacts: [{ contact: "named-for", roles: ["authorized-representative"], on: "premises" }],
    },
    {
      id: "1.1.5(A)",
      says: "they state name and phone number",
      conditions: [{ condition: "intake", fields: ["contactName", "contactPhone"], ...apart, otherwise: "fail" }],
    },
    {
      id: "1.1.5(B)",
      says: "the login of the management system, if asked for",
      conditions: [{ condition: "intake", fields: ["managementLogin"], attested: "loginRequested", ...apart, otherwise: "fail" }],
    },
    {
      id: "1.1.5(C)",
      says: "a description of the problem or the help needed",
      conditions: [{ condition: "intake", fields: ["description"], ...apart, otherwise: "fail" }],
    },
    {
      id: "1.1.6",
      says: "the vendor answers, finds out whether it lies within the services, opens a case, aims at the times of fixes of a schedule, asks a representative to agree before a record is closed, and aims to settle what third parties perform badly",
      deadlines: [
        {
          deadline: "first-response",
          missing: "Schedule 2, if in any document: of that the text says only that it has the times of fixes",
          clock: "elapsed",
          commitment: "informational",
        },
      ],
      closures: [
        {
          ground: "not-stated",
          says: "the vendor seeks the agreement of an authorized representative; when a case may be closed without it the text does not say",
          missing: "when a case may be closed",
        },
      ],
    },
    {
      id: "1.1.7",
      says: "the customer helps to find the cause, trains its operators and has them use the knowledge base, keeps a list of representatives with name, phone and email who can be reached, and answers for what is not within the services",
      conditions: [
        {
          condition: "circumstance",
          tags: ["outside-service-boundary", "1.1.7"],
          states: "the problem lies outside the services",
          otherwise: "fail",
          unless: { circumstance: "caused-by-service" },
        },
      ],
      obligations: [{ obligation: "take the troubleshooting steps asked for", kinds: ["error"], ifMissed: null }],
    },
    {
      id: "1.2.1",
      says: "engagement by edition: Enterprise has it, others do not",
      benefits: [
        { benefit: "success-manager", says: "a customer success manager", needs: "contract", programs: ["enterprise"] },
        { benefit: "quarterly-review", says: "a business review every quarter", needs: "contract", programs: ["enterprise"] },
        { benefit: "incident-reporting", says: "reports on incidents", needs: "contract", programs: ["enterprise"] },
        { benefit: "monthly-reporting", says: "reports every month", needs: "contract", programs: ["enterprise"] },
      ],
    },
  ],
});
