/** Somebody with several devices sits at tables under several keys; here and in statistics that is one player. */
import type { PlayerId } from '../game/table-types.ts';

/** The keys of one person. */
export interface OwnKeys {
	/** Of this device. */
	readonly player: PlayerId;
	/** Of the account's other devices. */
	readonly others: readonly PlayerId[];
}

interface Line {
	readonly player: PlayerId | null;
}

/**
 * The game as if this device had played it, whichever device of the account it was. Where two of them sat at one
 * table, each stays what it is.
 */
export function asOwn<L extends Line, G extends { readonly players: readonly L[] }>(
	game: G & { readonly players: readonly L[] },
	{ player, others }: OwnKeys,
): G {
	if (others.length === 0 || game.players.some((line) => line.player === player)) return game;
	const at = game.players.findIndex((line) => line.player !== null && others.includes(line.player));
	if (at === -1) return game;
	return { ...game, players: game.players.map((line, place) => (place === at ? { ...line, player } : line)) };
}
