/** Months in which a group has played, those without a game among them: a gap is part of the picture. */
import type { Group } from '../../archive/groups.ts';

/** A year is seen at once on a phone. */
export const MONTHS_SHOWN = 12;
const MONTHS_A_YEAR = 12;

/**
 * Without a gap from the first month with a game to the present one, oldest first; no more than `MONTHS_SHOWN`.
 * @param now ms since 1970; months are the archive's (UTC)
 */
export function monthsOf(played: Group['byMonth'], now: number): Group['byMonth'] {
	const games = new Map(played.map((one) => [one.month, one.games]));
	const [first] = [...games.keys()].toSorted();
	if (first === undefined) return [];
	const last = numberOf(new Date(now).toISOString());
	const from = Math.max(numberOf(first), last - MONTHS_SHOWN + 1);
	return Array.from({ length: Math.max(0, last - from + 1) }, (_, at) => {
		const month = nameOf(from + at);
		return { month, games: games.get(month) ?? 0 };
	});
}

/** Of `2026-11` or a day in it: months since the year 0. */
function numberOf(date: string): number {
	return Number(date.slice(0, 4)) * MONTHS_A_YEAR + Number(date.slice(5, 7)) - 1;
}
function nameOf(month: number): string {
	return `${Math.floor(month / MONTHS_A_YEAR)}-${String((month % MONTHS_A_YEAR) + 1).padStart(2, '0')}`;
}
