/** A walk through a game: where one stands, through whose eyes, whether it goes on by itself. */
import type { SeatIndex, Viewer } from '../../game/game.ts';
import { sceneOf } from '../../stats/scene.ts';
import { clampTo, stepFrom, whereIs, type Step } from '../../stats/timeline.ts';
import { isTaken, type OpenedGame } from './open-game.ts';

export const SPEEDS = ['slow', 'normal', 'fast', 'faster'] as const;
export type Speed = (typeof SPEEDS)[number];

/** How long a step is looked at, ms. */
const STEP_MS: Readonly<Record<Speed, number>> = { slow: 1_800, normal: 900, fast: 450, faster: 225 };
/** A finished trick rests for so many steps. */
const REST_STEPS = 2;

export type Eyes = 'all' | SeatIndex;

export class Walk {
	readonly opened: OpenedGame;
	#at = $state(0);
	eyes: Eyes = $state('all');
	isPlaying = $state(false);
	speed: Speed = $state('normal');

	/**
	 * @param at null: the first deal
	 * @param eyes as an address has them: those of nobody are everybody's
	 */
	constructor(opened: OpenedGame, at: number | null, eyes: Eyes) {
		const { timeline } = opened;
		this.opened = opened;
		this.#at = clampTo(timeline, at ?? timeline.rounds[0]?.from ?? timeline.first);
		this.eyes = eyes === 'all' || isTaken(opened, eyes) ? eyes : 'all';
	}

	get at(): number {
		return this.#at;
	}
	readonly state = $derived.by(() => this.opened.replay.at(this.#at));
	readonly scene = $derived.by(() => {
		const viewer: Viewer | 'all' = this.eyes;
		return sceneOf(this.opened.game, this.state, viewer);
	});
	readonly where = $derived.by(() => whereIs(this.opened.timeline, this.#at));
	readonly isAtEnd = $derived.by(() => this.#at >= this.opened.timeline.last);

	/** By the reader's own hand, as all that follows: what plays by itself stops. */
	goTo(at: number): void {
		this.isPlaying = false;
		this.#at = clampTo(this.opened.timeline, at);
	}
	step(step: Step, direction: 1 | -1): void {
		this.goTo(stepFrom(this.opened.timeline, this.#at, step, direction));
	}
	toStart(): void {
		this.goTo(this.opened.timeline.first);
	}
	toEnd(): void {
		this.goTo(this.opened.timeline.last);
	}
	/** From the end it begins again. */
	toggle(): void {
		const isWanted = !this.isPlaying;
		if (isWanted && this.isAtEnd) this.toStart();
		this.isPlaying = isWanted;
	}
	/** The next step of what plays by itself, and how long to wait for it, ms. */
	get pauseMs(): number {
		return STEP_MS[this.speed] * (this.scene?.isTaken === true ? REST_STEPS : 1);
	}
	advance(): void {
		this.#at = stepFrom(this.opened.timeline, this.#at, 'event', 1);
		if (this.isAtEnd) this.isPlaying = false;
	}
}
