/**
 * What the page tells in passing: notices that stand for a moment at its foot, and words for screen readers only.
 * One polite and one assertive live region a page, drawn by `Notices.svelte` in the root layout. Given by context:
 *
 *     const notices = useNotices();
 *     notices.show({ text: 'Link copied', icon: 'check' });
 *     notices.announce('Your turn to bid', 'assertive');
 */
import { createContext, untrack } from 'svelte';
import type { IconName } from './icons.ts';

export interface Notice {
	readonly text: string;
	readonly icon?: IconName;
	readonly kind?: 'normal' | 'danger';
	/** Read at once, over whatever is being read. */
	readonly urgent?: boolean;
	readonly action?: { readonly label: string; readonly run: () => void };
	/** How long it stands, in ms; null: until it is dismissed. */
	readonly forMs?: number | null;
}
export interface ShownNotice extends Notice {
	readonly id: number;
}

/** Long enough to read a line twice. */
const STANDS_MS = 5_000;
/** More than this hides the page; the oldest goes. */
const MAX_SHOWN = 3;

export class NoticeBoard {
	#shown: readonly ShownNotice[] = $state.raw([]);
	#polite = $state('');
	#assertive = $state('');
	#nextId = 1;

	get shown(): readonly ShownNotice[] {
		return this.#shown;
	}
	get polite(): string {
		return this.#polite;
	}
	get assertive(): string {
		return this.#assertive;
	}

	/** Shows and reads a notice; gives the function that takes it away. */
	show(notice: Notice): () => void {
		// Often called from an effect, which must not run again because of what it has just shown.
		return untrack(() => this.#add(notice));
	}

	#add(notice: Notice): () => void {
		const id = this.#nextId++;
		const dismiss = (): void => this.dismiss(id);
		this.#shown = [...this.#shown, { ...notice, id }].slice(-MAX_SHOWN);
		this.announce(notice.text, notice.urgent === true ? 'assertive' : 'polite');
		const forMs = notice.forMs === undefined ? STANDS_MS : notice.forMs;
		if (forMs !== null) setTimeout(dismiss, forMs);
		return dismiss;
	}

	dismiss(id: number): void {
		this.#shown = untrack(() => this.#shown).filter((notice) => notice.id !== id);
	}

	/** Reads `text` to those who listen to the page. The same words twice are read twice. */
	announce(text: string, urgency: 'polite' | 'assertive' = 'polite'): void {
		const said = untrack(() => (urgency === 'polite' ? this.#polite : this.#assertive));
		// A region that does not change is not read: a trailing no-break space makes a repetition a change.
		const words = said === text ? `${text}\u00a0` : text;
		if (urgency === 'polite') this.#polite = words;
		else this.#assertive = words;
	}
}

export const [useNotices, giveNotices] = createContext<NoticeBoard>();
