/**
 * Where cards come from and go to. A played card flies from the hand it was in, or from its player's plate; a
 * finished trick flies to its winner's plate. The page registers plates by seat; a card that leaves the hand
 * leaves its last place here. Given by context, so that hand, trick and plates need not know each other.
 */
import { createContext } from 'svelte';
import { prefersReducedMotion } from 'svelte/motion';
import type { Attachment } from 'svelte/attachments';
import type { TransitionConfig } from 'svelte/transition';
import type { CardId } from '../../cards/card.ts';
import type { SeatIndex } from '../../game/game.ts';

const FLIGHT_MS = 240;
const SWEEP_MS = 280;
const FADE_MS = 120;
/** As `--settle` and `--glide` of the tokens, for transitions that compute their own path. */
const settle = (t: number): number => 1 - (1 - t) ** 3;
const glide = (t: number): number => (t < 0.5 ? 4 * t ** 3 : 1 - (2 - 2 * t) ** 3 / 2);

/** For who wants no motion: nothing is measured, for measuring makes the browser lay out the page in mid-change. */
const AT_ONCE: TransitionConfig = { duration: 0 };

interface Box {
	readonly x: number;
	readonly y: number;
	readonly width: number;
}

export class CardMotion {
	readonly #plates = new Map<SeatIndex, Element>();
	readonly #fromHand = new Map<CardId, Box>();

	/** `{@attach motion.plate(seat)}` on whatever stands for the player. */
	plate(seat: SeatIndex): Attachment {
		return (element) => {
			this.#plates.set(seat, element);
			return () => {
				if (this.#plates.get(seat) === element) this.#plates.delete(seat);
			};
		};
	}

	/** Where a player is on the screen; undefined while none of the player is. */
	plateOf(seat: SeatIndex): Element | undefined {
		return this.#plates.get(seat);
	}

	/** Out of the hand: takes no time there, the flight is the arriving card's. */
	leaveHand = (node: Element, { card }: { readonly card: CardId }): TransitionConfig => {
		if (!prefersReducedMotion.current) this.#fromHand.set(card, centreOf(node));
		return AT_ONCE;
	};

	/** Into the trick, from the hand or from the player's plate. */
	intoTrick = (
		node: Element,
		{ card, seat }: { readonly card: CardId; readonly seat: SeatIndex },
	): (() => TransitionConfig) => {
		// Asked for a moment later: by then the hand has let go of the card.
		return () => {
			if (prefersReducedMotion.current) return AT_ONCE;
			const plate = this.#plates.get(seat);
			const from = this.#fromHand.get(card) ?? (plate === undefined ? null : centreOf(plate));
			this.#fromHand.delete(card);
			return from === null ? AT_ONCE : flight(node, from, { ms: FLIGHT_MS, easing: settle, fades: false });
		};
	};

	/** Off the table: to the winner, or just away when `winner` is null (a move that was taken back). */
	outOfTrick = (node: Element, winner: () => SeatIndex | null): (() => TransitionConfig) => {
		return () => {
			if (prefersReducedMotion.current) return AT_ONCE;
			const seat = winner();
			const plate = seat === null ? undefined : this.#plates.get(seat);
			if (plate === undefined) return { duration: FADE_MS, css: (t) => `opacity: ${t}` };
			return flight(node, centreOf(plate), { ms: SWEEP_MS, easing: glide, fades: true });
		};
	};
}

function centreOf(element: Element): Box {
	const { left, top, width, height } = element.getBoundingClientRect();
	return { x: left + width / 2, y: top + height / 2, width };
}

/** Between where `node` lies (t = 1) and `other` (t = 0). */
function flight(
	node: Element,
	other: Box,
	{
		ms,
		easing,
		fades,
	}: { readonly ms: number; readonly easing: (t: number) => number; readonly fades: boolean },
): TransitionConfig {
	const here = centreOf(node);
	const dx = other.x - here.x;
	const dy = other.y - here.y;
	// A plate is wider or narrower than a card by chance: only a hand's card gives its size.
	const scale = fades ? 0.4 : Math.min(1.4, Math.max(0.5, other.width / Math.max(1, here.width)));
	return {
		duration: ms,
		easing,
		css: (t, u) =>
			`transform: translate(${dx * u}px, ${dy * u}px) scale(${1 + (scale - 1) * u});` +
			(fades ? `opacity: ${Math.min(1, t * 2.5)};` : ''),
	};
}

export const [useMotion, giveMotion] = createContext<CardMotion>();
