/** What keeps the local server from running, in one line for the person who started it. Never a stack. */
export class CannotStart extends Error {}
