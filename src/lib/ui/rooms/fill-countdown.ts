/**
 * Who looks for a game does not wait for ever: when nobody else has come by a moment, bots take the free seats. The
 * host may stop it.
 *
 *     const countdown = createFillCountdown({ clock, onDue });
 *     countdown.set(clock.now() + FILL_AFTER_MS);
 *     countdown.set(null);   // stopped
 */
import type { Clock } from '../../room/clock.ts';

/** Long enough for somebody who looks at the list just now. */
export const FILL_AFTER_MS = 60_000;

export interface FillCountdown {
	/** @param at of the clock; null: never */
	set(at: number | null): void;
}

export function createFillCountdown(options: {
	readonly clock: Clock;
	/** Once, at the moment or, for one that has gone by, at once. */
	readonly onDue: () => void;
}): FillCountdown {
	const { clock, onDue } = options;
	let cancel = (): void => undefined;
	let due: number | null = null;
	return {
		set(at) {
			if (at === due) return;
			due = at;
			cancel();
			cancel = at === null ? () => undefined : clock.after(Math.max(0, at - clock.now()), onDue);
		},
	};
}
