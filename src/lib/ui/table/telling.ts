/**
 * How a game is told to who listens: words into the page's live regions, the urgent ones at once, and a sound for what
 * mattered most of it.
 */
import type { NoticeBoard } from '../kit/notices.svelte.ts';
import type { SettingsData } from '../settings.svelte.ts';
import { isUrgent } from './narrate-tricks.ts';
import { playSound, tickHand, type Sound } from './sounds.ts';

interface ToldFact {
	readonly type: string;
}

/** The sounds of what can happen, the one that is heard before the others first. */
const HEARD = [
	['over', 'win'],
	['scored', 'round'],
	['trick', 'trick'],
	['played', 'card'],
] as const satisfies readonly (readonly [string, Sound])[];

/** Facts in the order they happened; `words` may have none for one of them. */
export function tell<F extends ToldFact>(
	facts: readonly F[],
	words: (fact: F) => string,
	notices: NoticeBoard,
	{ sounds, haptics }: Pick<SettingsData, 'sounds' | 'haptics'>,
): void {
	const urgent = facts.filter(isUrgent).map(words);
	const polite = facts
		.filter((fact) => !isUrgent(fact))
		.map(words)
		.filter((text) => text !== '');
	if (polite.length > 0) notices.announce(polite.join(' '));
	if (urgent.length > 0) {
		notices.announce(urgent.join(' '), 'assertive');
		if (sounds) playSound('turn');
		if (haptics) tickHand();
		return;
	}
	const heard = HEARD.find(([what]) => facts.some(({ type }) => type === what));
	if (sounds && heard !== undefined) playSound(heard[1]);
}
