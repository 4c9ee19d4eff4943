/** What the person at the keyboard can mend, in one line. */
export class Wrong extends Error {}
