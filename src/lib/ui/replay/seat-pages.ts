/**
 * Where those who sat at the table of a game have a page: everybody of a game that this device has kept, by their keys;
 * of a game that only the site has, those whom the site knows. Loaded once the game stands on the page.
 */
import type { SeatIndex } from '../../game/game.ts';
import { toSeat } from '../../game/seats.ts';
import { ownKeys } from '../account/own-keys.ts';
import type { SiteArchiveState } from '../account/site-archive.svelte.ts';
import { openArchive } from '../archive.ts';
import type { OpenedGame } from './open-game.ts';

export type SeatPages = ReadonlyMap<SeatIndex, '/stats' | `/player/${string}`>;

/** Rejects when storage is refused, or the site cannot be asked. */
export async function seatPages({ id, end }: OpenedGame, site: SiteArchiveState): Promise<SeatPages> {
	const archive = openArchive(site);
	try {
		// A game that is still going on has no summary: its players may have met nowhere yet.
		if ((await archive.summary(id)) !== null) return await pagesHere(end.seats);
	} finally {
		archive.close();
	}
	const opened = site.status === 'open' ? await site.open() : null;
	const lines = (await opened?.people.playersOf(id)) ?? [];
	return new Map(
		lines.flatMap(({ seat, person }) => (person === null ? [] : [[toSeat(seat), `/player/${person}`]])),
	);
}

async function pagesHere(seats: OpenedGame['end']['seats']): Promise<SeatPages> {
	const { player, others } = await ownKeys();
	const pages = new Map<SeatIndex, '/stats' | `/player/${string}`>();
	for (const [index, seat] of seats.entries()) {
		if (seat.kind !== 'human') continue;
		const isOwn = seat.player === player || others.includes(seat.player);
		pages.set(toSeat(index), isOwn ? '/stats' : `/player/${seat.player}`);
	}
	return pages;
}
