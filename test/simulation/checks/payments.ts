/** More or earlier payment never makes an answer worse, and more debt never makes it better (P10); six contacts are six (P20). */
import { shippedPolicies } from "../../../domain/policies/index.ts";
import { decideEntitlement, type EntitlementAnswer, type EntitlementRequest } from "../../../domain/questions/entitlement.ts";
import type { KnownFacts } from "../../../domain/questions/question.ts";
import { addDays, type CalendarDate } from "../../../domain/time/calendar-date.ts";
import type { Snapshot } from "../../../functions/store/store.ts";
import { dayOfClock } from "../clock.ts";
import { ensure, ensureSame, type Step } from "../step.ts";
import type { Observer, World } from "../world.ts";

export type Decide = typeof decideEntitlement;

const worstFirst: EntitlementAnswer["outcome"][] = ["redirected", "not-entitled", "undetermined", "discretion", "entitled"];

export class PaymentChecks implements Observer {
  asked = 0;
  readonly #decide: Decide;

  constructor(decide: Decide = decideEntitlement) {
    this.#decide = decide;
  }

  async after(world: World, step: Step): Promise<void> {
    if (step.do !== "look") return;
    const day = dayOfClock(world.clock);
    for (const [n, accountId] of world.model.accountIds.entries()) {
      // Each account every 23rd day: the days of a week and of a month come round.
      if ((step.at / 86_400_000 + n) % 23 >= 1) continue;
      const snapshot = await world.factsOf(accountId);
      if (snapshot !== null) this.#look(snapshot, day);
      if (snapshot !== null) await this.#contacts(world, snapshot, day);
    }
  }

  #look({ dossier, catalog }: Snapshot, day: CalendarDate): void {
    const [license, contact] = [dossier.licenses[0], dossier.contacts.find(({ role }) => role !== "none")];
    if (license === undefined) return;
    const request: EntitlementRequest = {
      kind: "error",
      licenseId: license.licenseId,
      ...(contact === undefined ? {} : { contactId: contact.contactId }),
      provides: [],
      circumstances: [],
      attestations: {},
    };
    const of = (facts: Pick<KnownFacts, "dossier">) =>
      worstFirst.indexOf(this.#decide({ ...facts, catalog, policies: shippedPolicies }, request, { date: day }).outcome);
    const is = of({ dossier });
    this.asked += 3;
    const invoices = dossier.invoices.map((invoice) => ({
      ...invoice,
      payments: [...invoice.payments, { paidOn: addDays(invoice.issuedOn, -1), amount: invoice.amount }],
    }));
    const tell = (what: string) => () => `${dossier.accountId} on ${day}: ${worstFirst[is]}, and with ${what} it is otherwise`;
    ensure(of({ dossier: { ...dossier, invoices } }) >= is, "P10 payment never worse", tell("all invoices paid"));
    const unpaid = dossier.invoices.map((invoice) => ({ ...invoice, payments: [] }));
    ensure(of({ dossier: { ...dossier, invoices: unpaid } }) <= is, "P10 debt never better", tell("no invoice paid"));
  }

  /** 6.3: at most six technical contacts, on any day from the first of the new one's on. */
  async #contacts(world: World, { dossier }: Snapshot, day: CalendarDate): Promise<void> {
    const isOwn = dossier.contracts.length > 0 && dossier.contracts.every(({ policyId }) => policyId === "ebiexperts-support");
    if (!isOwn) return;
    const body = { accountId: dossier.accountId, contact: { contactId: "new", role: "technical-contact", activeFrom: day, activeUntil: day } };
    const response = await world.ask({ method: "POST", target: "/v1/contact-checks", body });
    const active = dossier.contacts.filter(
      ({ role, activeFrom = "", activeUntil = "9999" }) => role === "technical-contact" && activeFrom <= day && day <= activeUntil,
    );
    const { outcome } = JSON.parse(response.text);
    ensureSame("P20 six at most", () => `${dossier.accountId} on ${day} with ${active.length}`, outcome, active.length >= 6 ? "refused" : "allowed");
  }
}
