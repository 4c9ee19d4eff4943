/**
 * What is recorded about an account, and about what a vendor sells: the only input that answers are made from.
 * Each schema is the document that a caller writes with `PUT`; the types are derived from the schemas.
 * Absent and `null` mean the same; absent fields are left out.
 */
import * as z from "zod";
import { agreedCalendar } from "./calendar-shape.ts";
import type { Policy } from "./policy.ts";
import { calendarDate, currency, identifier, instant, money, tag, text, zone } from "./shapes.ts";

export { calendarDate, currency, identifier, instant, money, text, zone };

export const seller = z
  .union([z.literal("direct"), z.strictObject({ reseller: text(200) })])
  .meta({ id: "Seller", description: "Who sold it: the vendor itself, or a reseller." });

const seats = z.int().min(1).max(1_000_000_000);

export const product = z
  .strictObject({
    name: text(200),
    productLine: text(200),
    kind: z.enum(["software", "cloud-service", "open-source-library", "extension"]),
    endOfLifeAnnouncedOn: calendarDate.optional(),
    endOfLifeOn: calendarDate.optional(),
    supportedLibrary: z.boolean().optional(),
    latestVersion: text(100).optional(),
    versions: z
      .array(z.strictObject({ version: text(100), supportEndsOn: calendarDate.optional() }))
      .max(500)
      .optional(),
  })
  .meta({ id: "Product", description: "A product that vendors' policies speak of." });

export const account = z
  .strictObject({ name: text(200), customerNumber: text(100).optional(), region: text(100).optional() })
  .meta({ id: "Account", description: "A customer." });

export const license = z
  .strictObject({
    productId: identifier,
    kind: z.enum(["perpetual", "subscription", "trial", "beta", "freeware"]),
    seats,
    deliveredOn: calendarDate,
    deploymentId: identifier.optional(),
    bundleId: identifier.optional(),
    soldBy: seller.optional(),
    termLastDay: calendarDate.optional(),
    retiredOn: calendarDate.optional(),
  })
  .meta({ id: "License", description: "What the customer holds." });

export const region = z.enum(["uk-eu", "us-est", "us-ct", "us-pst", "apac"]);

export const premises = z
  .strictObject({
    name: text(200),
    region,
    timeZone: zone.optional(),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, "must be an ISO 3166-1 alpha-2 code, such as CH")
      .optional(),
  })
  .meta({ id: "Premises", description: "A place that is served." });

export const contractLine = z
  .strictObject({
    licenseId: identifier,
    annualFee: money,
    coveredFrom: calendarDate.optional(),
    coveredUntil: calendarDate.optional(),
    paidThrough: calendarDate.optional().meta({
      description: "Last day that was paid when the line was bought: no renewal charges it again. Accepting an additional purchase writes it.",
    }),
  })
  .meta({ id: "ContractLine", description: "A contract's cover of one license." });

export const term = z
  .strictObject({ firstDay: calendarDate, lastDay: calendarDate })
  .meta({ id: "Term", description: "A support period, both days inside." });

/** A response target agreed in an addendum; it counts every hour, or the open hours of one of the policy's calendars. */
export const agreedTarget = z
  .strictObject({
    deadline: z.enum(["first-response", "next-update"]),
    severity: tag.optional(),
    targetMinutes: z.int().min(1).max(525_600),
    clock: z.union([z.literal("elapsed"), z.strictObject({ calendar: tag })]),
  })
  .meta({ id: "AgreedTarget" });

export const contractSettings = z
  .strictObject({
    timeZone: zone.optional(),
    autoRenew: z.boolean().optional(),
    readings: z.record(z.string().regex(/^[a-z0-9-]{1,64}$/), z.string().max(64)).optional(),
    calendars: z
      .record(tag, agreedCalendar)
      .optional()
      .meta({ description: "Hours, zone and holidays of the policy's calendars, where its text leaves them open." }),
    targets: z.array(agreedTarget).max(100).optional().meta({ description: "Response targets that the text leaves to another document." }),
    benefits: z.record(tag, z.boolean()).optional().meta({ description: "Benefits whose mark in the text is lost." }),
  })
  .meta({ id: "ContractSettings", description: "What the parties agreed otherwise, and the readings they chose." });

export const contract = z
  .strictObject({
    policyId: identifier,
    policyVersion: text(64).optional(),
    program: text(64),
    currency,
    anchorOn: calendarDate.optional(),
    term,
    soldBy: seller,
    settings: contractSettings.optional(),
    lines: z.array(contractLine).max(20_000),
  })
  .meta({
    id: "Contract",
    description: "The support agreement. `term` is the term that was running or last when it was recorded; later terms are derived.",
  });

export const contactRole = z.enum(["technical-contact", "administrative-contact", "regular-contact", "authorized-representative", "none"]);

export const contact = z
  .strictObject({
    name: text(200),
    email: text(320).optional(),
    phone: text(64).optional(),
    role: contactRole,
    licenseIds: z.array(identifier).max(20_000).optional(),
    premisesIds: z.array(identifier).max(20_000).optional(),
    registeredInPortal: z.boolean().optional(),
    activeFrom: calendarDate.optional(),
    activeUntil: calendarDate.optional(),
  })
  .meta({ id: "Contact", description: "A person of the customer's." });

export const payment = z
  .strictObject({ paymentId: identifier.optional(), paidOn: calendarDate, amount: money })
  .meta({ id: "Payment", description: "Counts from the day it was paid." });

export const invoice = z
  .strictObject({
    contractId: identifier.optional(),
    kind: z.enum(["support", "subscription", "other"]),
    issuedOn: calendarDate,
    dueOn: calendarDate,
    amount: money,
    payments: z.array(payment).max(1_000).default([]),
    disputed: z.boolean().optional(),
    voidedOn: calendarDate.optional(),
  })
  .meta({ id: "Invoice", description: "Open while its payments are below its amount." });

export const priceList = z
  .strictObject({
    policyId: identifier,
    effectiveFrom: calendarDate,
    currency,
    items: z
      .array(
        z.strictObject({
          productId: identifier,
          annualFeePerSeat: money,
          reinstatementFeePerSeat: money.optional(),
          licensePricePerSeat: money.optional(),
        }),
      )
      .max(5_000),
  })
  .meta({ id: "PriceList", description: "What support of products costs under a policy, from a day on." });

export const noticeKind = z.enum(["non-renewal", "cancellation", "price-increase", "maintenance"]);
export const noticeForm = z.enum(["letter", "email", "portal", "phone", "chat"]);

export const notice = z
  .strictObject({
    kind: noticeKind,
    form: noticeForm,
    sentAt: instant.optional(),
    receivedOn: calendarDate.optional(),
    receivedAt: instant.optional(),
    licenseIds: z.array(identifier).min(1).max(20_000).optional(),
    newFees: z
      .array(z.strictObject({ licenseId: identifier, annualFee: money }))
      .min(1)
      .max(20_000)
      .optional(),
    startsAt: instant.optional(),
  })
  .meta({ id: "NoticeRequest", description: "What was received, by whom it concerns. `licenseIds` absent: the whole contract." });

export const quoteKind = z.enum(["reinstatement", "additional-purchase", "renewal"]);

/** An offer as it stands among the facts. The service alone writes it: when it offers, and when the offer is accepted or void. */
export const offer = z
  .strictObject({
    kind: quoteKind,
    contractId: identifier,
    payBy: calendarDate.optional(),
    licenseIds: z.array(identifier).max(2_000).optional().meta({ description: "Licenses that its lines are for." }),
    termFirstDay: calendarDate.optional().meta({ description: "Of a renewal: first day of the term that it is for." }),
    paidThrough: calendarDate.optional().meta({ description: "Of an additional purchase: last day that it pays for." }),
    acceptedPaidOn: calendarDate.optional(),
    reinstatedAs: z
      .array(identifier)
      .max(2_000)
      .optional()
      .meta({ description: "Contracts that accepting it recorded, where it brought support back." }),
    voidedAt: instant.optional(),
    voidedReason: text(1_000).optional(),
  })
  .meta({ id: "Offer", description: "A quote that was offered, and what became of it. Neither accepted nor void: open through `payBy`." });

export const exception = z
  .strictObject({
    contractId: identifier.optional(),
    clause: text(64),
    reason: text(1_000),
    approvedBy: text(200),
    approvedOn: calendarDate.optional().meta({ description: "First day on which it counts. Default: the day it is recorded, in UTC." }),
    until: calendarDate.meta({ description: "Last day on which it counts." }),
    amountWaived: money.optional(),
  })
  .meta({ id: "Exception", description: "Where a clause leaves something to the vendor's discretion: what the vendor decided." });

export type Product = z.infer<typeof product>;
export type Account = z.infer<typeof account>;
export type License = z.infer<typeof license>;
export type Premises = z.infer<typeof premises>;
export type ContractLine = z.infer<typeof contractLine>;
export type Contract = z.infer<typeof contract>;
export type ContactDocument = z.infer<typeof contact>;
export type Payment = z.infer<typeof payment>;
export type Invoice = z.infer<typeof invoice>;
export type PriceList = z.infer<typeof priceList>;
export type Notice = z.infer<typeof notice>;
export type NoticeKind = z.infer<typeof noticeKind>;
export type Seller = z.infer<typeof seller>;
export type QuoteKind = z.infer<typeof quoteKind>;
export type Offer = z.infer<typeof offer>;
export type Exception = z.infer<typeof exception>;

/** A contact as answers see it. Names, mail addresses and phone numbers are kept apart, where they can be erased. */
export type Contact = Omit<ContactDocument, "name" | "email" | "phone">;

/** A notice that was received under a contract. A withdrawn one counts as never received. */
export type RecordedNotice = Notice & { noticeId: string; contractId: string; withdrawn?: boolean; withdrawnAt?: string };

/** All facts of one account. Lists are in the order of their ids. */
export interface Dossier {
  accountId: string;
  account: Account;
  licenses: (License & { licenseId: string })[];
  premises: (Premises & { premisesId: string })[];
  contracts: (Contract & { contractId: string })[];
  contacts: (Contact & { contactId: string })[];
  invoices: (Invoice & { invoiceId: string })[];
  notices: RecordedNotice[];
  /** Quotes that were offered, or that became void. */
  quotes: (Offer & { quoteId: string })[];
  exceptions: (Exception & { exceptionId: string })[];
}

export type HeldLicense = Dossier["licenses"][number];
export type HeldContract = Dossier["contracts"][number];
export type NamedContact = Dossier["contacts"][number];
export type NamedInvoice = Dossier["invoices"][number];
export type RecordedOffer = Dossier["quotes"][number];
export type RecordedException = Dossier["exceptions"][number];

/** A version of a policy that an operator wrote; `policyVersionId` is `{policy id}/{version}`. */
export interface OwnPolicy {
  policyVersionId: string;
  policy: Policy;
}

/** What is sold, at what price, under which terms of the operator's own: shared by all accounts. Lists are in the order of their ids. */
export interface Catalog {
  products: (Product & { productId: string })[];
  priceLists: (PriceList & { priceListId: string })[];
  policies: OwnPolicy[];
}
