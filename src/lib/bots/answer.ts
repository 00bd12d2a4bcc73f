/** A question to a bot answered, on whichever thread this is: whatever goes wrong becomes an error in the reply. */
import { botOf } from './index.ts';
import { parseBotRequest, type BotReply, type BotRequest } from './messages.ts';

/** The reply to a message, or null when it is no question at all. */
export function answer(message: unknown): BotReply | null {
	const request = parseBotRequest(message);
	if (request === null) return null;
	try {
		return { id: request.id, command: chooseNow(request) };
	} catch (error) {
		return { id: request.id, error: String(error) };
	}
}

/** @throws {Error} when no bot plays the game, or the view is not one that a seat can move in */
export function chooseNow({ variant, view, level, seed }: Omit<BotRequest, 'id'>) {
	const bot = botOf(variant);
	if (bot === null) throw new Error(`no bot plays ${variant}`);
	return bot.choose(view, level, seed);
}
