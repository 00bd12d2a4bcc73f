/** How long something took, in hours and minutes, in words of the language: `3 hr 20 min`. */
import { whenAsked } from './numbers.ts';
import type { LanguageCode } from './text.ts';

const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;

/** @returns from ms; less than a minute counts as one */
export function timeSpentOf(language: LanguageCode): (ms: number) => string {
	const unit = (name: 'hour' | 'minute') =>
		whenAsked(() => new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'short' }));
	const [hours, minutes] = [unit('hour'), unit('minute')];
	return (ms) => {
		const all = Math.max(1, Math.round(ms / MINUTE_MS));
		const [whole, rest] = [Math.floor(all / HOUR_MINUTES), all % HOUR_MINUTES];
		return [
			...(whole > 0 ? [hours().format(whole)] : []),
			...(rest > 0 || whole === 0 ? [minutes().format(rest)] : []),
		].join(' ');
	};
}
