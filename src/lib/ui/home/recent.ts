/** The tables this browser remembers, for the home page: those that can be resumed and those that are over. */
import type { Face, RoomCode, TableStage } from '../../game/table-types.ts';
import type { Variant } from '../../game/game.ts';

export interface RecentTable {
	readonly id: string;
	readonly variant: Variant;
	/** Below the base path: `/t/ABCDEF#...`. */
	readonly href: `/${string}`;
	/** null for a solo game. */
	readonly code: RoomCode | null;
	readonly stage: TableStage;
	/** 1-based; 0 before the first deal. */
	readonly round: number;
	readonly rounds: number;
	/** Everybody seated, bots included, this person left out. */
	readonly others: readonly Face[];
	/** Of this person, once the game is over: 1 has won. null for a spectator. */
	readonly result: { readonly place: number; readonly players: number; readonly score: number } | null;
	/** Of this device's clock, ms. */
	readonly changedAt: number;
}

/** Newest first. */
export async function recentTables(): Promise<readonly RecentTable[]> {
	return Promise.resolve([]);
}
