/**
 * What passes between a page and the worker that runs its bots. Both sides are this program, but an old page may
 * meet a new worker after an update, so each checks what it gets.
 */
import { VARIANTS, type GameCommand, type GameView, type Variant } from '../game/game.ts';
import { BOT_LEVELS, type BotLevel } from '../game/table-types.ts';
import { gameOf } from '../games/index.ts';

export interface BotRequest {
	/** Numbers the question; the answer carries the same. */
	readonly id: number;
	readonly variant: Variant;
	readonly view: GameView;
	readonly level: BotLevel;
	/** 32-bit. */
	readonly seed: number;
}
/** A move, or what went wrong, in words for a developer. */
export type BotReply =
	{ readonly id: number; readonly command: GameCommand } | { readonly id: number; readonly error: string };

/** null for anything that is not a request about a seat that has to act in one of our games. */
export function parseBotRequest(input: unknown): BotRequest | null {
	if (!isRecord(input) || !isRecord(input.view)) return null;
	const { id, view, seed } = input;
	const variant = VARIANTS.find((known) => known === input.variant);
	const level = BOT_LEVELS.find((known) => known === input.level);
	if (variant === undefined || level === undefined || view.variant !== variant) return null;
	if (typeof id !== 'number' || typeof seed !== 'number' || typeof view.turn !== 'number') return null;
	if (view.viewer !== view.turn) return null;
	return { id, variant, view: view as Record<string, unknown> & GameView, level, seed };
}

/** null for anything that is not a reply, or whose command is none of that game. */
export function parseBotReply(input: unknown, variant: Variant): BotReply | null {
	if (!isRecord(input) || !Number.isSafeInteger(input.id)) return null;
	const id = Number(input.id);
	if (typeof input.error === 'string') return { id, error: input.error };
	const command = gameOf(variant)?.parseCommand(input.command) ?? null;
	return command === null ? null : { id, command };
}

function isRecord(input: unknown): input is Record<string, unknown> {
	return typeof input === 'object' && input !== null;
}
