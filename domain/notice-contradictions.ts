/** What a notice says that the contract it is for rules out. */
import type { HeldContract, Notice } from "./facts.ts";
import type { Refusal } from "./refusal.ts";

/** Each contradiction with its place in the notice; none for a sound one. */
export function noticeContradictions(notice: Notice, contract: HeldContract): Refusal[] {
  const found: Refusal[] = [];
  const onContract = new Set(contract.lines.map(({ licenseId }) => licenseId));
  const stray = (licenseId: string, pointer: string) => {
    if (!onContract.has(licenseId)) found.push({ pointer, detail: `license \`${licenseId}\` is not on contract \`${contract.contractId}\`` });
  };
  notice.licenseIds?.forEach((licenseId, index) => {
    stray(licenseId, `/licenseIds/${index}`);
  });
  notice.newFees?.forEach(({ licenseId, annualFee }, index) => {
    stray(licenseId, `/newFees/${index}/licenseId`);
    if (notice.newFees?.findIndex((one) => one.licenseId === licenseId) !== index)
      found.push({ pointer: `/newFees/${index}/licenseId`, detail: `license \`${licenseId}\` is named twice` });
    if (annualFee.currency !== contract.currency) {
      found.push({
        pointer: `/newFees/${index}/annualFee/currency`,
        detail: `the contract is in \`${contract.currency}\`, got \`${annualFee.currency}\``,
      });
    }
  });
  if (notice.kind === "price-increase" && notice.newFees === undefined)
    found.push({ pointer: "/newFees", detail: "a price increase states the new annual fee of each line that it names" });
  if (notice.kind !== "price-increase" && notice.newFees !== undefined)
    found.push({ pointer: "/newFees", detail: `new fees belong to a price increase, not to a notice of ${notice.kind}` });
  if (notice.receivedOn === undefined && notice.receivedAt === undefined && (notice.kind !== "maintenance" || notice.sentAt === undefined)) {
    found.push({ pointer: "/receivedOn", detail: "the day or instant of receipt decides: state `receivedOn` or `receivedAt`" });
  }
  if (
    notice.receivedOn !== undefined &&
    notice.receivedAt !== undefined &&
    Math.abs(Date.parse(notice.receivedAt) - Date.parse(`${notice.receivedOn}T12:00:00Z`)) > 26 * 3_600_000
  ) {
    found.push({ pointer: "/receivedAt", detail: `\`${notice.receivedAt}\` is not on \`${notice.receivedOn}\` anywhere on Earth` });
  }
  if (notice.sentAt !== undefined && isReceivedBefore(notice, Date.parse(notice.sentAt))) {
    found.push({
      pointer: "/sentAt",
      detail: `sent at \`${notice.sentAt}\`, after it was received on \`${notice.receivedAt ?? notice.receivedOn}\``,
    });
  }
  return found;
}

/** Received before it was sent: on an earlier instant, or on a day that was over everywhere on Earth. */
function isReceivedBefore({ receivedOn, receivedAt }: Notice, sentAt: number): boolean {
  if (receivedAt !== undefined && Date.parse(receivedAt) < sentAt) return true;
  return receivedOn !== undefined && Date.parse(`${receivedOn}T12:00:00Z`) + 24 * 3_600_000 <= sentAt;
}
