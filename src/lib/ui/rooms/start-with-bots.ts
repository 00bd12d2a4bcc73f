/**
 * The end of the countdown of who looks for a game: bots take the free seats and the game begins, unless somebody who is
 * there is not ready, or the table has changed hands meanwhile.
 */
export interface BotStart {
	/** The countdown is over, whatever comes of it. */
	readonly stop: () => void;
	/** Puts a bot into every free seat. */
	readonly fill: () => Promise<void>;
	/** As it is when the bots are seated. */
	readonly mayStart: () => boolean;
	readonly start: () => Promise<unknown>;
}

export async function startWithBots({ stop, fill, mayStart, start }: BotStart): Promise<void> {
	stop();
	await fill();
	if (mayStart()) await start();
}
