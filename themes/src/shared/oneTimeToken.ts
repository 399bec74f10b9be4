import { store } from "./store";
import type { CreatedToken } from "./tokens";

/** The token just created, until its dialog is closed: in memory only, and not in a component, which may be remounted. */
export const oneTimeToken = store<CreatedToken | undefined>(undefined);
