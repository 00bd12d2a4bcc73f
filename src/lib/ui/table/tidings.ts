/** What changed at a table between two looks without anybody's doing. Pure: told by the page, in words. */
import type { TableSnapshot } from '../../room/table-client.ts';

/** `hosts`: somebody else's device runs the table now; `dealt_again`: the round was void (room-protocol, the host is lost). */
export type Tiding = 'hosts' | 'you_host' | 'dealt_again';

type Looked = Pick<TableSnapshot, 'game' | 'seats' | 'voided' | 'isAdmin'>;

const hostOf = ({ seats }: Looked) => seats.find(({ host }) => host)?.player ?? null;

/** Nothing between two games: the next one begins with its own host. */
export function tidings(before: Looked, now: Looked): readonly Tiding[] {
	if (before.game === null || before.game !== now.game) return [];
	const host = hostOf(now);
	const isOther = host !== null && host !== hostOf(before) && hostOf(before) !== null;
	return [
		...(isOther ? ([now.isAdmin ? 'you_host' : 'hosts'] as const) : []),
		...(now.voided > before.voided ? (['dealt_again'] as const) : []),
	];
}
