/** What a keeper's table put right or gave by hand, newest first, in words. Pure. */
import type { SeatIndex } from '../../game/game.ts';
import type { Change as ElDoradoChange } from '../../games/el-dorado/types.ts';
import type { Change as WhistChange } from '../../games/israeli-whist/types.ts';
import type { GameView } from '../../game/game.ts';
import { signed } from '../messages/numbers.ts';
import { isElDorado, isWhist } from '../share/result.ts';
import type { KeeperMessages } from './keeper.en.ts';

export interface ChangeLine {
	readonly text: string;
	/** What stood before and after, by player; empty where the text says it all. */
	readonly details: readonly { readonly name: string; readonly before: string; readonly after: string }[];
	/** null: somebody who keeps the score without a seat. */
	readonly by: SeatIndex | null;
	/** Host's clock, ms since 1970. */
	readonly at: number;
}

type Names = (seat: SeatIndex) => string;

export function changesOf(
	view: GameView,
	names: Names,
	seats: readonly SeatIndex[],
	words: KeeperMessages['changes'],
): readonly ChangeLine[] {
	const changes: readonly (ElDoradoChange | WhistChange)[] = isElDorado(view)
		? (view.kept?.changes ?? [])
		: isWhist(view)
			? view.changes
			: [];
	return changes.map((change) => lineOf(change, names, seats, words)).toReversed();
}

function lineOf(
	change: ElDoradoChange | WhistChange,
	names: Names,
	seats: readonly SeatIndex[],
	words: KeeperMessages['changes'],
): ChangeLine {
	const { by, at, round } = change;
	const made = { by, at, details: [] };
	switch (change.type) {
		case 'active_set':
			return { ...made, text: words.active(round) };
		case 'bids_entered':
		case 'contracts_entered':
			return { ...made, text: words.entered(round) };
		case 'trick_undone':
			return { ...made, text: words.undone(names(change.seat), round) };
		case 'score_adjusted':
			return { ...made, text: words.adjusted(names(change.seat), signed(change.points)) };
		case 'round_corrected': {
			const { before, after } = change;
			const details = seats.flatMap((seat) => {
				const [was, is] = [partOf(before, seat), partOf(after, seat)];
				return was === is ? [] : [{ name: names(seat), before: was, after: is }];
			});
			return { ...made, text: words.corrected(round), details };
		}
	}
}

interface Said {
	readonly bids?: readonly (number | null)[];
	readonly contracts?: readonly number[];
	readonly tricks: readonly (number | null)[];
}

/** `3/2`: said and taken. */
function partOf({ bids, contracts, tricks }: Said, seat: SeatIndex): string {
	const said = (bids ?? contracts ?? [])[seat] ?? null;
	return said === null ? '\u2013' : `${said}/${tricks[seat] ?? 0}`;
}
