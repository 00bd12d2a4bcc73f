/**
 * A face drawn from a seed: flat shapes on a 48 by 48 disc, in the player's colour. The same seed is the same face
 * on every device, so the lists below only ever grow at their end with a new version of the drawing.
 */

/** How a shape is painted; the component maps each to a colour. */
export type Paint = 'ink' | 'light' | 'shade' | 'line';
export interface Shape {
	/** SVG path data. */
	readonly d: string;
	readonly paint: Paint;
}

type Feature = readonly Shape[];

const ink = (d: string): Shape => ({ d, paint: 'ink' });
const light = (d: string): Shape => ({ d, paint: 'light' });
const shade = (d: string): Shape => ({ d, paint: 'shade' });
const line = (d: string): Shape => ({ d, paint: 'line' });
const circle = (x: number, y: number, r: number): string =>
	`M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
/** A feature drawn left and again mirrored about the middle of the face. */
const pair = (draw: (x: number) => readonly Shape[]): Feature => [...draw(16.5), ...draw(31.5)];

const GROUNDS: readonly Feature[] = [
	[],
	[shade('M24 0h24v48H24z')],
	[shade('M0 48L48 0v48z')],
	[shade('M0 0h48v17H0z')],
	[shade('M0 33h48v15H0z')],
	[shade('M24 0a24 24 0 0 1 0 48a12 12 0 0 1 0-24a12 12 0 0 0 0-24z')],
	[shade(circle(24, 48, 21))],
	[shade('M0 0h12v48H0zM36 0h12v48H36z')],
];

const EYES: readonly Feature[] = [
	pair((x) => [ink(circle(x, 22, 2.6))]),
	pair((x) => [light(circle(x, 22, 4.6)), ink(circle(x + 0.8, 22.4, 2.2))]),
	pair((x) => [ink(`M${x - 2} 19.5a2 2 0 0 1 4 0v5a2 2 0 0 1-4 0z`)]),
	pair((x) => [line(`M${x - 3.4} 23.5a3.4 3.4 0 0 1 6.8 0`)]),
	pair((x) => [light(`M${x - 5} 21h10a5 5 0 0 1-10 0z`), ink(`M${x - 2} 21h4.6a2.3 2.3 0 0 1-4.6 0z`)]),
	pair((x) => [line(`M${x - 3.5} 22h7`)]),
	[
		line(`${circle(16.5, 22, 5.6)}${circle(31.5, 22, 5.6)}M22.1 21.4q1.9-1.4 3.8 0`),
		ink(circle(16.5, 22, 1.9)),
		ink(circle(31.5, 22, 1.9)),
	],
	[ink(circle(16.5, 22, 2.6)), line('M28 22.6q3.5-2.6 7 0')],
	pair((x) => [ink(`M${x} 18l3.4 4-3.4 4-3.4-4z`)]),
	pair((x) => [ink(circle(x, 23, 2.3)), line(`M${x - 3.6} 17.6h7.2`)]),
];

const NOSES: readonly Feature[] = [
	[],
	[line('M24 22v6.5h-2.6')],
	[shade('M24 22.500l3.4 6.500h-6.800z')],
	[line('M21.8 28.400q2.2 2 4.4 0')],
	[light(circle(24, 28, 2.6))],
];

const MOUTHS: readonly Feature[] = [
	[line('M17.5 33.5q6.5 6 13 0')],
	[line('M19 35h10')],
	[ink('M17 33h14a7 7 0 0 1-14 0z')],
	[ink(circle(24, 35.5, 2.6))],
	[line('M18.5 36q5.5-1.5 11-4')],
	[ink('M17 33h14a7 7 0 0 1-14 0z'), light('M19 33h10v2.200H19z')],
	[line('M17 34.500q1.75 2.4 3.5 0t3.5 0t3.5 0t3.5 0')],
	[ink('M17.5 33.500q6.5-4.5 13 0q-6.5 6-13 0z')],
];

const TOPS: readonly Feature[] = [
	[],
	[ink('M7 17C9 5 18 2 26 3c9 1 15 7 15.5 14C34 15.5 31 11 29 8c-4 6-12 9-22 9z')],
	[ink('M5 15.500C10 3 18 0 24 0s14 3 19 15.500C38 12.5 31 11 24 11S10 12.5 5 15.500z')],
	[ink('M9 9.500L12.5 0l6.5 6zM39 9.500L35.5 0 29 6z')],
	[light('M11 13q13-6 26 0l-2-9q-11-7-22 0z'), ink('M10.4 14.200q13.6-6.4 27.2 0l-.7-3.400q-12.9-6-25.8 0z')],
	[ink('M9 13c-1-7 8-11.5 15-11.500S40 6 39 13c-8-3.6-22-3.6-30 0zM23 2.500V-2h2v4.500z')],
	[line('M14 9q3-6 5 0q2.5-7 5 0q2.5-7 5 0q2-6 5 0')],
	[shade(circle(10, 12, 6.5)), shade(circle(38, 12, 6.5))],
	[
		ink(
			'M24 1.500c3.5 3.2 6 5 6 7.700a3.1 3.1 0 0 1-5.2 2.300l.9 3h-3.400l.9-3A3.1 3.1 0 0 1 18 9.200c0-2.7 2.5-4.5 6-7.700z',
		),
	],
];

const CHEEKS: readonly Feature[] = [
	[],
	[light(circle(11, 30, 2.8)), light(circle(37, 30, 2.8))],
	[],
	[ink(circle(12, 29, 0.9) + circle(14.5, 31.5, 0.9) + circle(36, 29, 0.9) + circle(33.5, 31.5, 0.9))],
];

/** @param seed 0 .. 2^32-1; anything else is taken modulo that */
export function drawAvatar(seed: number): readonly Shape[] {
	let left = seed >>> 0;
	const choose = (features: readonly Feature[]): Feature => {
		const feature = features[left % features.length] ?? [];
		left = Math.floor(left / features.length);
		return feature;
	};
	return [GROUNDS, EYES, MOUTHS, TOPS, NOSES, CHEEKS].flatMap(choose);
}
