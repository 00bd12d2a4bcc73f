import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../../room/clock.ts';
import { createFillCountdown, FILL_AFTER_MS } from './fill-countdown.ts';
import { startWithBots } from './start-with-bots.ts';

/** A lobby of four seats with this many people in it. */
function lobby(people: number, isReady = true) {
	const clock = createFakeClock();
	const seats: string[] = Array.from({ length: 4 }, (_, seat) => (seat < people ? 'human' : 'empty'));
	const done: string[] = [];
	const countdown = createFillCountdown({
		clock,
		onDue: () =>
			void startWithBots({
				stop: () => {
					done.push('stop');
					countdown.set(null);
				},
				// The host's answer takes a moment.
				fill: async () => {
					await Promise.resolve();
					seats.forEach((kind, seat) => {
						if (kind === 'empty') seats[seat] = 'bot';
					});
					done.push('fill');
				},
				mayStart: () => isReady && !seats.includes('empty'),
				start: () => Promise.resolve(void done.push('start')),
			}),
	});
	countdown.set(clock.now() + FILL_AFTER_MS);
	return { clock, seats, done, countdown };
}

describe('who looks for a game and finds nobody', () => {
	it('plays with bots in the free seats when the minute is over, and not before', async () => {
		const { clock, seats, done } = lobby(2);
		await clock.advance(FILL_AFTER_MS - 1);
		expect(done).toEqual([]);
		await clock.advance(1);
		expect(done).toEqual(['stop', 'fill', 'start']);
		expect(seats).toEqual(['human', 'human', 'bot', 'bot']);
		await clock.advance(2 * FILL_AFTER_MS);
		expect(done).toHaveLength(3);
	});

	it('begins nothing for somebody who is not ready, though the bots are there', async () => {
		const { clock, done } = lobby(2, false);
		await clock.advance(FILL_AFTER_MS);
		expect(done).toEqual(['stop', 'fill']);
	});

	it('waits for people when it says so', async () => {
		const { clock, seats, done, countdown } = lobby(1);
		countdown.set(null);
		await clock.advance(2 * FILL_AFTER_MS);
		expect([done, seats[1]]).toEqual([[], 'empty']);
	});
});
