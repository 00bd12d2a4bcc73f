/** How large a game's log can become. */

/** The largest envelope, bytes: ten sealed hands of ten cards need 3 kB; thrice that leaves room for later versions. */
export const MAX_ENVELOPE_BYTES = 10_000;
/** The longest log, events: ten players, ten rounds and a misplay at every turn stay under 2,000. */
export const MAX_EVENTS = 20_000;
