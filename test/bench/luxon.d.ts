/** What is used of luxon, which comes without types. */
declare module "luxon" {
  export class DateTime {
    static fromMillis(milliseconds: number, options: { zone: string }): DateTime;
    readonly weekday: number;
    startOf(unit: "day"): DateTime;
    plus(duration: { days: number }): DateTime;
    set(values: { hour: number }): DateTime;
    toISODate(): string;
    toMillis(): number;
  }
}
