/** Who comes to a table and who goes. Pure: told by the page, in words. */
import type { SeatIndex } from '../../game/game.ts';
import type { SeatSnapshot } from '../../room/table-client.ts';

export interface Coming {
	readonly type: 'away' | 'back' | 'left' | 'sat';
	readonly seat: SeatIndex;
}

/** Who has come, gone, dropped or come back between two looks at a running game; never the listener. */
export function comings(before: readonly SeatSnapshot[], after: readonly SeatSnapshot[]): readonly Coming[] {
	return after.flatMap((now): Coming[] => {
		const then = before[now.seat];
		if (then === undefined || now.you || now.kind === 'bot') return [];
		const { seat } = now;
		if (now.player !== then.player) return now.player === null ? [] : [{ type: 'sat', seat }];
		// Who will be back with the next round is told of when it comes.
		if (now.presence === then.presence || now.presence === 'returning') return [];
		return [{ type: now.presence === 'here' ? 'back' : now.presence, seat }];
	});
}
