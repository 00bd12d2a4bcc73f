/** What went wrong with the archive, in words of the page. */
import type { AccountMessages } from './account.en.ts';

/** @param code Supabase's or the archive's */
export function problemIn({ errors }: AccountMessages, code: string): string {
	return code in errors ? errors[code as keyof typeof errors] : errors.other;
}

/** @param code what the archive refused a game with */
export function refusalIn({ refusals }: AccountMessages, code: string): string {
	if (code === 'event_too_large' || code === 'too_many_events') return refusals.too_large;
	return code in refusals ? refusals[code as keyof typeof refusals] : refusals.other;
}
