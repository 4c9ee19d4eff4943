/** essensys: customer success service description, clause by clause in the order of the text. */
import { definePolicy } from "../define-policy.ts";

const wholeDay = [["00:00", "23:59"]] as const;
const mondayToFriday = { mon: wholeDay, tue: wholeDay, wed: wholeDay, thu: wholeDay, fri: wholeDay };
const untilOnFriday = (closing: string) => ({ ...mondayToFriday, fri: [["00:00", closing]] }) as const;
const monday = { reading: "ess-m-t", is: "monday-to-thursday" } as const;

export const essensys = definePolicy({
  id: "essensys-customer-success",
  version: "1",
  vendor: "essensys",
  title: "essensys Customer Success service description",
  zone: "premises",
  effectiveFrom: null,
  regions: {
    "uk-eu": { zone: "Europe/London", always: false },
    "us-est": { zone: "America/New_York", always: true },
    "us-ct": { zone: "America/Chicago", always: true },
    "us-pst": { zone: "America/Los_Angeles", always: true },
    apac: { zone: null, always: false },
  },
  programs: ["enterprise", "other"],
  severities: [],
  calendars: {
    "uk-eu": { zone: null, weekly: mondayToFriday, holidays: null },
    "us-est": { when: monday, zone: "America/New_York", weekly: untilOnFriday("20:00"), holidays: null },
    "us-ct": { when: monday, zone: "America/Chicago", weekly: untilOnFriday("19:00"), holidays: null },
    "us-pst": { when: monday, zone: "America/Los_Angeles", weekly: untilOnFriday("17:00"), holidays: null },
    apac: { zone: null, weekly: mondayToFriday, holidays: null },
  },
  readings: [
    {
      id: "ess-m-t",
      question: "Which days are M–T?",
      options: [{ id: "monday-to-thursday", says: "Monday to Thursday" }],
      default: "monday-to-thursday",
    },
    {
      id: "ess-zones",
      question: "In which zones do the hours run?",
      options: [
        { id: "named-zones", says: "US regions: New York, Chicago, Los Angeles; UK and EU: the premises' zone or London; APAC: the premises' zone" },
      ],
      default: "named-zones",
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
          calendars: { "uk-eu": "uk-eu", "us-est": "us-est", "us-ct": "us-ct", "us-pst": "us-pst", apac: "apac" },
          holidaysNotStated: true,
          zones: { reading: "ess-zones" },
          otherwise: "fail",
        },
      ],
    },
    {
      id: "1.1.5",
      says: "authorized representatives are named for each of the premises",
      conditions: [{ condition: "contact-role", roles: ["authorized-representative"], on: "premises", otherwise: "fail" }],
      contacts: [{ contact: "named-for", roles: ["authorized-representative"], on: "premises" }],
    },
    {
      id: "1.1.5(A)",
      says: "they state name and phone number",
      conditions: [{ condition: "intake", fields: ["contactName", "contactPhone"], otherwise: "fail" }],
    },
    {
      id: "1.1.5(B)",
      says: "the login of the management system, if asked for",
      conditions: [{ condition: "intake", fields: ["managementLogin"], attested: "loginRequested", otherwise: "fail" }],
    },
    {
      id: "1.1.5(C)",
      says: "a description of the problem or the help needed",
      conditions: [{ condition: "intake", fields: ["description"], otherwise: "fail" }],
    },
    {
      id: "1.1.6",
      says: "what the vendor does; times of fixes are in a schedule",
      deadlines: [{ deadline: "first-response", missing: "Schedule 2", clock: "elapsed", commitment: "informational" }],
    },
    {
      id: "1.1.7",
      says: "the customer helps to find the cause and answers for what is not within the services",
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
