/** Days counted one after another from 1 January 1990: a second opinion that knows months and leap years and nothing else. */
export type Day = number;

const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const texts: string[] = [];
const numbers = new Map<string, Day>();

for (let year = 1990; year <= 2079; year++) {
  for (let month = 1; month <= 12; month++) {
    const leapDay = month === 2 && (year % 400 === 0 || (year % 4 === 0 && year % 100 !== 0)) ? 1 : 0;
    for (let day = 1; day <= (lengths[month - 1] as number) + leapDay; day++) {
      const text = `${year}-${month < 10 ? "0" : ""}${month}-${day < 10 ? "0" : ""}${day}`;
      numbers.set(text, texts.length);
      texts.push(text);
    }
  }
}

export const textOf = (day: Day): string => texts[day] as string;

export function dayOf(text: string): Day {
  const day = numbers.get(text);
  if (day === undefined) throw new Error(`the oracle does not know ${text}`);
  return day;
}

/** The same day of the year so many years on; 29 February becomes 28 where there is none, and comes back where there is. */
export function anniversary(anchor: Day, years: number): Day {
  const text = textOf(anchor);
  const wanted = `${Number(text.slice(0, 4)) + years}${text.slice(4)}`;
  return numbers.get(wanted) ?? dayOf(wanted.replace("-29", "-28"));
}

/** First day of the twelve-month period of the anchor that a day lies in, and the days of that period. */
export function periodOf(anchor: Day, day: Day): { first: Day; days: number } {
  let years = 0;
  while (anniversary(anchor, years) > day) years--;
  while (anniversary(anchor, years + 1) <= day) years++;
  const first = anniversary(anchor, years);
  return { first, days: anniversary(anchor, years + 1) - first };
}
