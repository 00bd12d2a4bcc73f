import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../../room/clock.ts';
import { createFillCountdown, FILL_AFTER_MS } from './fill-countdown.ts';

function setUp() {
	const clock = createFakeClock();
	let due = 0;
	const countdown = createFillCountdown({ clock, onDue: () => due++ });
	return { clock, countdown, due: () => due };
}

describe('the countdown to bots', () => {
	it('ends once, when its time has come', async () => {
		const { clock, countdown, due } = setUp();
		const at = clock.now() + FILL_AFTER_MS;
		countdown.set(at);
		await clock.advance(FILL_AFTER_MS - 1);
		countdown.set(at);
		expect(due()).toBe(0);
		await clock.advance(1);
		await clock.advance(FILL_AFTER_MS);
		expect(due()).toBe(1);
	});

	it('does not end once it is stopped', async () => {
		const { clock, countdown, due } = setUp();
		countdown.set(clock.now() + FILL_AFTER_MS);
		countdown.set(null);
		await clock.advance(2 * FILL_AFTER_MS);
		expect(due()).toBe(0);
	});

	it('ends at once when its time went by while the page was closed', async () => {
		const { clock, countdown, due } = setUp();
		countdown.set(clock.now() - 1);
		await clock.advance(0);
		expect(due()).toBe(1);
	});
});
