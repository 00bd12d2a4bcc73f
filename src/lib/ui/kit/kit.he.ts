/** Words of the controls, in Hebrew. */
import type { KitMessages } from './kit.en.ts';

export const he: KitMessages = {
	close: 'סגירה',
	dismiss: 'הסתרה',
	notices: 'הודעות',
};
