/** One essensys account for each state: premises in each region, whom they named for them, and the edition. */
import type { HeldContract } from "../../../domain/facts.ts";
import type { CalendarDate } from "../../../domain/time/calendar-date.ts";
import type { DemoAccount, DemoPremises } from "./account.ts";
import { essensys, places } from "./essensys-catalog.ts";
import { agreedHolidays, contacts, customersOf, termEnding } from "./sketch.ts";

export function essensysStates(today: CalendarDate): DemoAccount[] {
  const { accounts, add, paid, nextPerson } = customersOf(essensys);
  /** A customer served at the premises, with two representatives named for some of them: for all unless stated. */
  const served = (daysLeft: number, premises: DemoPremises[], namedFor = premises, more: Partial<HeldContract> = {}) => {
    const known = paid(
      termEnding(today, daysLeft),
      [
        ["ess-workspace", 120],
        ["ess-access", 40],
      ],
      more,
    );
    const premisesIds = namedFor.map(({ premisesId }) => premisesId);
    return { ...known, premises, contacts: contacts("authorized-representative", 2, known.term.firstDay, nextPerson(), { premisesIds }) };
  };
  const everywhere = Object.values(places);

  // Hours of each region (1.1.4)
  add("atrium-in-london", "Atrium Offices", "served on business days, all day, in London", served(140, [places.london]));
  add("balcony-in-helsinki", "Balcony Spaces", "served on business days, all day, in the premises' own zone", served(150, [places.helsinki]));
  add("cupola-in-new-york", "Cupola Works", "US Eastern: on Fridays until 20:00", served(160, [places.newYork]));
  add("dormer-in-chicago", "Dormer Desks", "US Central: on Fridays until 19:00", served(170, [places.chicago]));
  add("eaves-in-los-angeles", "Eaves Studios", "US Pacific: on Fridays until 17:00", served(180, [places.losAngeles]));
  add("foyer-in-singapore", "Foyer Suites", "Asia Pacific, with a time zone of the premises", served(190, [places.singapore]));
  add("gable-apac-without-zone", "Gable Rooms", "Asia Pacific, and the premises' time zone is not recorded: unknown", {
    ...served(200, [{ premisesId: "p-auckland", name: "Quay Floors", region: "apac" }]),
  });
  add(
    "hearth-holidays-agreed",
    "Hearth Houses",
    "the parties agreed on the holidays: other days that may be one are open",
    served(210, [places.london], [places.london], { settings: { calendars: { "uk-eu": { holidays: agreedHolidays(today) } } } }),
  );

  // Editions (1.2.1), premises in every region
  add(
    "ingle-enterprise-edition",
    "Ingle Group",
    "Enterprise, with premises in every region: a success manager, reviews and reports",
    served(220, everywhere),
  );
  add("joist-other-edition", "Joist Group", "another edition, with premises in every region: neither manager nor reports", {
    ...served(230, everywhere, everywhere, { program: "other" }),
  });

  // Representatives by premises (1.1.5)
  add(
    "keystone-named-elsewhere",
    "Keystone Hubs",
    "the representatives are named for Chicago: not for Los Angeles",
    served(240, [places.chicago, places.losAngeles], [places.chicago]),
  );
  add("lintel-no-representative", "Lintel Labs", "nobody is named for the premises", { ...served(250, [places.newYork]), contacts: [] });

  // Cover (1.1.1)
  add("mezzanine-after-term", "Mezzanine Clubs", "the term ended a month ago: what follows is in the agreement", served(-30, [places.london]));
  return accounts;
}
