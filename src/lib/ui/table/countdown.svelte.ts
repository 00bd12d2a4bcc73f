/** Whole seconds until a moment of this device's clock, counting down while somebody looks. */
import { createSubscriber } from 'svelte/reactivity';

/** A glance more often than a second, so that no second is skipped when a timer runs late. */
const GLANCE_MS = 250;

export class Countdown {
	readonly #tick = createSubscriber((update) => {
		const timer = setInterval(update, GLANCE_MS);
		return () => clearInterval(timer);
	});

	/** @param at ms of this device's clock */
	secondsTo(at: number): number {
		this.#tick();
		return Math.max(0, Math.ceil((at - Date.now()) / 1000));
	}
}
