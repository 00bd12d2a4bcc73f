/** How large a game's log can become, how late its clock may be, and how many keys one person has. */

/** The largest envelope, bytes: ten sealed hands of ten cards need 3 kB; thrice that leaves room for later versions. */
export const MAX_ENVELOPE_BYTES = 10_000;
/** The longest log, events: ten players, ten rounds and a misplay at every turn stay under 2,000. */
export const MAX_EVENTS = 20_000;
/** The end of the year 9999, ms since 1970: a date has four digits of a year, and no calendar goes on for ever. */
export const MAX_TIME_MS = 253_402_300_799_999;

/** Keys of one person: their devices, and the browsers they have had before. */
export const MAX_OWN_KEYS = 40;
