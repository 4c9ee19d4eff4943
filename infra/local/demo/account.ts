/**
 * How a demo account is written down: all facts of one customer, and the one sentence it is there to show.
 * Dates are relative to the day of loading; the same day gives the same facts to the byte.
 */
import type { ContactDocument, Dossier, HeldContract, HeldLicense, NamedInvoice, RecordedNotice } from "../../../domain/facts.ts";
import { fromMinor, type Money, minorDigits } from "../../../domain/money.ts";

export interface DemoAccount {
  /** What a reader can see in it. */
  shows: string;
  facts: Dossier;
  /** Names, mail addresses and phone numbers of the contacts in `facts`. */
  persons: DemoPerson[];
}

export interface DemoPerson {
  contactId: string;
  name: string;
  email: string;
  phone: string;
}

/** A contact with the person's data, which are kept apart from the facts. */
export type DemoContact = ContactDocument & { contactId: string };
export type DemoPremises = Dossier["premises"][number];

export interface Parts {
  licenses?: HeldLicense[];
  premises?: DemoPremises[];
  contracts?: HeldContract[];
  invoices?: NamedInvoice[];
  notices?: RecordedNotice[];
  contacts?: DemoContact[];
  region?: string;
}

export function demoAccount(accountId: string, name: string, customerNumber: string, shows: string, parts: Parts): DemoAccount {
  const { licenses = [], premises = [], contracts = [], invoices = [], notices = [], contacts = [], region } = parts;
  return {
    shows,
    facts: {
      accountId,
      account: { name, customerNumber, ...(region === undefined ? {} : { region }) },
      licenses: sorted(licenses, "licenseId"),
      premises: sorted(premises, "premisesId"),
      contracts: sorted(contracts, "contractId"),
      contacts: sorted(
        contacts.map(({ name: _name, email: _email, phone: _phone, ...contact }) => contact),
        "contactId",
      ),
      invoices: sorted(invoices, "invoiceId"),
      notices: sorted(notices, "noticeId"),
      quotes: [],
      exceptions: [],
    },
    persons: contacts.map(({ contactId, name, email = "", phone = "" }) => ({ contactId, name, email, phone })),
  };
}

export function sorted<K extends string, T extends Record<K, string>>(list: T[], id: K): T[] {
  return [...list].sort((a, b) => (a[id] < b[id] ? -1 : 1));
}

/** A whole amount: `whole(9800, "CHF")` is CHF 9,800.00. */
export function whole(amount: number, currency: string): Money {
  return fromMinor(BigInt(amount) * 10n ** BigInt(minorDigits(currency)), currency);
}

/** Family names that mean "example" somewhere: nobody is called so. */
const familyNames = ["Beispiel", "Exemple", "Esempio", "Ejemplo", "Exemplo", "Voorbeeld", "Eksempel", "Esimerkki", "Primjer", "Pavyzdys"];
const givenNames = [
  "Ada",
  "Bruno",
  "Clara",
  "Dario",
  "Elin",
  "Fabio",
  "Greta",
  "Hugo",
  "Ines",
  "Jonas",
  "Kaja",
  "Luca",
  "Mira",
  "Nils",
  "Olga",
  "Pablo",
];

/** The n-th made-up person, with a mail address and a phone number that are reserved for examples. */
export function person(n: number): { name: string; email: string; phone: string } {
  const given = givenNames[n % givenNames.length] as string;
  const family = familyNames[Math.floor(n / givenNames.length) % familyNames.length] as string;
  return {
    name: `${given} ${family}`,
    email: `${given}.${family}.${n}@example.com`.toLowerCase(),
    phone: `+1 202 555 01${String(n % 100).padStart(2, "0")}`,
  };
}

const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** An id as the service makes them, but always the same: sorted by the day, told apart by the text. */
export function demoNoticeId(receivedOn: string, text: string): string {
  let time = "";
  for (let n = 0, rest = Date.parse(`${receivedOn}T12:00:00Z`); n < 10; n++, rest = Math.floor(rest / 32)) time = letters[rest % 32] + time;
  let mixed = 2166136261;
  const chance = Array.from({ length: 16 }, (_, n) => {
    mixed = Math.imul(mixed ^ text.charCodeAt(n % text.length) ^ n, 16777619) >>> 0;
    return letters[(mixed >>> 11) % 32];
  });
  return `ntc_${time}${chance.join("")}`;
}
