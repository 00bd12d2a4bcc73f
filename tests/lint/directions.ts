/**
 * Finds styles that name a physical side, which stays where it is when a page turns from left-to-right to
 * right-to-left. Logical properties (`margin-inline-start`) turn with it. What is drawn left to right everywhere
 * says so (`direction: ltr`) and may name sides; so may the insets of a phone's screen, which does not turn.
 *
 *     findPhysicalSides('margin-left: 4px')      // ['margin-left: 4px']
 *     findPhysicalSides('padding: 0 8px 0 4px')  // ['padding: 0 8px 0 4px']
 */

const SIDES =
	/^(?:left|right|(?:margin|padding|border|inset)-(?:left|right)|border-(?:top|bottom)-(?:left|right).*)$/;
const SIDED_VALUES = /^(?:text-align|float|clear)$/;
/** Four values go around the box: the second is the right side, the fourth the left. */
const AROUND = /^(?:margin|padding|inset|border-(?:width|color|style))$/;
const INLINE = /^(?:margin|padding|inset)-inline(?:-start|-end)?$/;
const SCREEN_INSET = /safe-area-inset-(?:left|right)/;

/** Each declaration that names a side, as it was written. Takes a style sheet or a whole component. */
export function findPhysicalSides(source: string): readonly string[] {
	const plain = source.replace(/\/\*[^]*?\*\//gu, '');
	const declarations = plain.matchAll(/(?:^|[;{\s])([a-z-]+)\s*:\s*([^;{}]+)(?=[;}]|$)/gu);
	return Array.from(declarations).flatMap(([, property = '', value = '']) =>
		namesSide(property, value.trim()) ? [`${property}: ${value.trim()}`] : [],
	);
}

function namesSide(property: string, value: string): boolean {
	if (SIDES.test(property)) return true;
	if (SIDED_VALUES.test(property)) return value === 'left' || value === 'right';
	// A page that turns has its beginning on the other side of the phone, and the notch stays.
	if (INLINE.test(property)) return SCREEN_INSET.test(value);
	if (!AROUND.test(property)) return false;
	const [, right, , left] = valuesOf(value);
	if (right === undefined || left === undefined || right === left) return false;
	return !(right.includes('safe-area-inset-right') && left.includes('safe-area-inset-left'));
}

/** `0 max(1px, 2px)` as two values: spaces in brackets part nothing. */
function valuesOf(value: string): readonly string[] {
	const values: string[] = [];
	let depth = 0;
	let current = '';
	for (const character of `${value} `) {
		if (character === '(') depth++;
		if (character === ')') depth--;
		if (depth > 0 || !/\s/u.test(character)) current += character;
		else if (current !== '') {
			values.push(current);
			current = '';
		}
	}
	return values;
}
