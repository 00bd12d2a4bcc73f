/** Which key it is that walks through the game, and which of them a list that scrolls has for itself. */

interface Pressed {
	readonly key: string;
	readonly code: string;
	readonly shiftKey: boolean;
}
interface Box {
	readonly clientWidth: number;
	readonly clientHeight: number;
	readonly scrollWidth: number;
	readonly scrollHeight: number;
}

/** A letter goes by its place: on a Hebrew keyboard, and with caps lock, it has another name. */
export function nameOfKey({ key, code, shiftKey }: Pressed): string {
	return `${shiftKey ? 'Shift+' : ''}${code.startsWith('Key') ? code : key}`;
}

const ALONG: readonly string[] = ['ArrowLeft', 'ArrowRight'];
const DOWN: readonly string[] = ['PageUp', 'PageDown', 'Home', 'End', ' ', 'Shift+ '];

/** @param name as `nameOfKey` gives it */
export function isScrolledBy(box: Box, name: string): boolean {
	const isWide = box.scrollWidth > box.clientWidth;
	const isHigh = box.scrollHeight > box.clientHeight;
	return (isWide && ALONG.includes(name)) || (isHigh && DOWN.includes(name));
}
