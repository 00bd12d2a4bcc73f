/**
 * Where this page meets the others of its table. When somebody is put out, those who stay are told another secret,
 * store it, and move to where it leads once all have it; a page that was gone in between looks at both places.
 */
import type { Clock } from './clock.ts';
import type { OwnRecord } from './own-record.ts';
import type { NewSecret } from './protocol.ts';

/**
 * How long a page that finds nobody stays before it looks at the other place: longer than a link takes to be made, and
 * up to twice that, by chance. Two pages that went to and fro at one pace could miss each other for ever.
 */
const LOOK_AFTER_MS = 8_000;

export interface MeetingPlaceOptions {
	readonly record: OwnRecord;
	readonly clock: Clock;
	readonly random: (bytes: number) => Uint8Array;
	/** Leads the links there, unless `isStill` says meanwhile that another place is meant by now. */
	readonly moveTo: (secret: string | null, isStill: () => boolean) => Promise<void>;
	/** Whether somebody is missing here that a game needs: the host, or as the host the others. */
	readonly isAlone: () => boolean;
	readonly onFault: (error: unknown) => void;
}

export class MeetingPlace {
	readonly #options: MeetingPlaceOptions;
	/** A secret is stored before all have moved. */
	#place: 'present' | 'former' = 'present';
	#isClosed = false;
	#cancelLook: () => void = () => undefined;

	constructor(options: MeetingPlaceOptions) {
		this.#options = options;
	}

	/** What leads to where this page meets the others now; null: the code of the table alone. */
	get secret(): string | null {
		const { secret, former } = this.#options.record.now;
		return this.#place === 'present' || former == null ? secret : former.secret;
	}

	/** Stores the secret that the host has told; goes there on its word that all have it. */
	async keep(secret: string, step: NewSecret['step']): Promise<void> {
		const { record } = this.#options;
		const isNew = secret !== record.now.secret;
		if (!isNew && step === 'keep') return;
		if (isNew) this.#place = 'former';
		const former = {
			secret: isNew ? record.now.secret : (record.now.former?.secret ?? null),
			isLeft: step === 'move',
		};
		await record.keep({ secret, former });
		if (step === 'move') await this.#goTo('present');
		// The word to move may not reach this page.
		else this.lookLater();
	}

	async #goTo(place: 'present' | 'former'): Promise<void> {
		if (place === this.#place) return;
		this.#place = place;
		await this.#options.moveTo(this.secret, () => place === this.#place);
	}

	/** Looks at the other place after a while, and again, as long as nobody is found here. */
	lookLater(): void {
		this.#cancelLook();
		const { clock, random } = this.#options;
		const [byte = 0] = random(1);
		this.#cancelLook = clock.after(LOOK_AFTER_MS * (1 + byte / 256), () => {
			this.#look();
		});
	}

	/** A page that stored a new secret and was gone before all had it cannot know whether the others have moved. */
	#look(): void {
		const { record, isAlone, onFault } = this.#options;
		if (this.#isClosed || record.now.former?.isLeft !== false) return;
		if (isAlone()) this.#goTo(this.#place === 'present' ? 'former' : 'present').catch(onFault);
		this.lookLater();
	}

	close(): void {
		this.#isClosed = true;
		this.#cancelLook();
	}
}
