import { store } from "./store";
import type { CreatedToken } from "./tokens";

/** The token just created, until its dialog is closed: in memory alone, and not in a component that may be mounted anew. */
export const oneTimeToken = store<CreatedToken | undefined>(undefined);
