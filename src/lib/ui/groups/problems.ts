/** What the archive refused, in words; the pages of groups say it beside what was asked. */
import type { GroupMessages } from './groups.en.ts';

export function wordsFor({ errors }: GroupMessages, code: string | null): string {
	const found = Object.entries(errors).find(([name]) => name === code);
	return found?.[1] ?? errors.other;
}
