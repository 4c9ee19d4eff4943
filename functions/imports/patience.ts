/** Waits out a table that is too busy for a moment: an import has time, a request does not. */
import { Unavailable } from "../store/errors.ts";

const mostTries = 7;

/** @param act told whether it was tried before @throws Unavailable where it stays so for about half a minute */
export async function patiently<T>(act: (again: boolean) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await act(tries > 1);
    } catch (error) {
      if (!(error instanceof Unavailable) || tries === mostTries) throw error;
      await new Promise((resolve) => setTimeout(resolve, (0.5 + Math.random()) * 200 * 2 ** tries));
    }
  }
}
