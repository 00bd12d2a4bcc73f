/**
 * What is known of the fairness of one deal, or of all: what this browser found, and what the others say. Pure. Checks
 * count deals, not rounds: a round of Israeli Whist that all passed out is dealt again under its own number (2.5).
 */
import type { SeatIndex } from '../../game/game.ts';
import type { Finding } from '../../room/audit.ts';
import type { TableSnapshot } from '../../room/table-client.ts';
import type { TableView } from './game-view.ts';

export interface Fairness {
	/** Players whose browsers have dealt it again. */
	readonly told: number;
	/** What this browser found that does not fit. */
	readonly findings: readonly Finding[];
	/** Seats whose browsers found something, each once. */
	readonly doubters: readonly SeatIndex[];
	/** Somebody has dealt it again: there is something to say. */
	readonly isChecked: boolean;
}

/** @param view with the deal that is meant on the table; null: all of the game, told by who has checked its last deal */
export function fairnessOf(
	{ dealCheck, dealChecks }: Pick<TableSnapshot, 'dealCheck' | 'dealChecks'>,
	view: (Pick<TableView, 'round'> & { readonly deal?: number }) | null,
): Fairness {
	const deal = view === null ? null : (view.deal ?? view.round);
	const last = deal ?? dealCheck?.rounds ?? 0;
	const told = dealChecks.filter(({ round }) => round === last).length;
	const isMeant = ({ round }: { readonly round: number | null }): boolean => deal === null || round === deal;
	return {
		told,
		findings: dealCheck?.findings.filter(isMeant) ?? [],
		doubters: [
			...new Set(dealChecks.filter((check) => !check.fits && isMeant(check)).map(({ seat }) => seat)),
		],
		isChecked: told > 0 || (dealCheck !== null && dealCheck.rounds >= (deal ?? 1)),
	};
}
