/**
 * Rows of a list brought into another order: held at their handle and drawn by finger or mouse, or moved by the arrow
 * keys. While a row is drawn nothing moves in the document, or the browser would let go of it: the rows only look as if
 * they lay in the new order, and are put there when the finger leaves.
 *
 *     const order = new Reorder((from, to) => ...);
 *     <li style:translate="0 {order.shiftOf(place)}px"> ... <Handle {order} {place} ... />
 */

/** A row that is being drawn, in px of the page. */
interface Held {
	readonly from: number;
	readonly to: number;
	/** Where the pointer took hold. */
	readonly y: number;
	readonly by: number;
	/** Middles of the rows as they lie, and the room one takes. */
	readonly middles: readonly number[];
	readonly step: number;
}

/** Nearer than this to the window's edge, the page comes along. */
const EDGE_PX = 72;
const SCROLL_PX = 12;

export class Reorder {
	#held: Held | null = $state.raw(null);
	readonly #onmove: (from: number, to: number) => void;

	constructor(onmove: (from: number, to: number) => void) {
		this.#onmove = onmove;
	}

	isHeld(place: number): boolean {
		return this.#held?.from === place;
	}

	/** How far the row at this place is drawn away from where it lies, px. */
	shiftOf(place: number): number {
		if (this.#held === null) return 0;
		const { from, to, by, step } = this.#held;
		if (place === from) return by;
		if (place > from && place <= to) return -step;
		return place < from && place >= to ? step : 0;
	}

	grab(event: PointerEvent, place: number): void {
		const handle = event.currentTarget;
		if (event.button !== 0 || !(handle instanceof HTMLElement)) return;
		const rows = [...(handle.closest('ol')?.children ?? [])].map((row) => row.getBoundingClientRect());
		const [first, second] = rows;
		if (first === undefined || second === undefined) return;
		handle.setPointerCapture(event.pointerId);
		const middles = rows.map(({ top, height }) => scrollY + top + height / 2);
		const y = scrollY + event.clientY;
		this.#held = { from: place, to: place, y, by: 0, middles, step: second.top - first.top };
	}

	draw(event: PointerEvent): void {
		if (this.#held === null) return;
		const { from, y, middles } = this.#held;
		if (event.clientY < EDGE_PX) scrollBy(0, -SCROLL_PX);
		else if (event.clientY > innerHeight - EDGE_PX) scrollBy(0, SCROLL_PX);
		const by = scrollY + event.clientY - y;
		const at = (middles[from] ?? 0) + by;
		/** The place whose middle is nearest to where the row is now. */
		const to = middles.reduce(
			(best, middle, place) => (Math.abs(middle - at) < Math.abs((middles[best] ?? 0) - at) ? place : best),
			from,
		);
		this.#held = { ...this.#held, by, to };
	}

	drop(): void {
		const held = this.#held;
		this.#held = null;
		if (held !== null && held.from !== held.to) this.#onmove(held.from, held.to);
	}

	/** The browser has taken the pointer away: all stays as it lay. */
	letGo(): void {
		this.#held = null;
	}
}
