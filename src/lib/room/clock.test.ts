import { describe, expect, it } from 'vitest';
import { createFakeClock } from './clock.ts';

describe('the fake clock', () => {
	it('runs timers in the order they fall due, and those of one moment in the order they were set', async () => {
		const clock = createFakeClock({ startMs: 0 });
		const rang: string[] = [];
		const dues = [30, 10, 20, 10, 30, 5, 25, 10];
		for (const [index, due] of dues.entries()) clock.after(due, () => rang.push(`${due}#${index}`));
		await clock.advance(25);
		expect(rang).toEqual(['5#5', '10#1', '10#3', '10#7', '20#2', '25#6']);
		expect(clock.now()).toBe(25);
		expect(clock.waiting).toBe(2);
	});

	it('shows each timer its own moment and runs timers that timers set', async () => {
		const clock = createFakeClock({ startMs: 0 });
		const at: number[] = [];
		const again = () => {
			at.push(clock.now());
			clock.after(7, again);
		};
		clock.after(7, again);
		await clock.advance(30);
		expect(at).toEqual([7, 14, 21, 28]);
	});

	it('never runs a cancelled timer', async () => {
		const clock = createFakeClock();
		let rang = false;
		const cancel = clock.after(5, () => (rang = true));
		cancel();
		await clock.advance(10);
		expect(rang).toBe(false);
		expect(clock.waiting).toBe(0);
	});

	it('lets deep chains of promises settle between two timers', async () => {
		const clock = createFakeClock();
		const steps: string[] = [];
		clock.after(1, () => {
			void (async () => {
				for (let depth = 0; depth < 100; depth++) await Promise.resolve();
				steps.push('settled');
			})();
		});
		clock.after(1, () => steps.push('next'));
		await clock.advance(1);
		expect(steps).toEqual(['settled', 'next']);
	});
});
