/** Who may come in, as the settings say: everyone on this machine, who the demo issuer names, or who your own issuer does. */
import { demoIssuer } from "./auth-demo-issuer.ts";
import { demoKeys } from "./auth-demo-keys.ts";
import { openSignIn } from "./auth-open.ts";
import { ownIssuer } from "./auth-own-issuer.ts";
import type { SignIn } from "./auth-sign-in.ts";
import type { Handler } from "./gateway.ts";
import type { Settings } from "./settings.ts";

export interface Door {
  signIn: SignIn;
  /** Routes of the issuer itself, where it is here. */
  handlers: ReadonlyMap<string, Handler>;
  rolesClaim: string | undefined;
}

/** @param url of the local gateway. @throws CannotStart */
export async function doorOf({ auth, dataFolder }: Settings, url: string): Promise<Door> {
  switch (auth.by) {
    case "nobody":
      return { signIn: openSignIn, handlers: new Map(), rolesClaim: undefined };
    case "demo-issuer": {
      const { signIn, handlers } = demoIssuer(url, await demoKeys(dataFolder), Date.now);
      return { signIn, handlers, rolesClaim: undefined };
    }
    case "own-issuer":
      return { signIn: await ownIssuer(auth.issuer, auth.audience, Date.now), handlers: new Map(), rolesClaim: auth.rolesClaim };
  }
}
