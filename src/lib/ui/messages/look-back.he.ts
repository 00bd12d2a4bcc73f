/** Words of the table's menu for looking back, in Hebrew. */
import type { LookBackMessages } from './look-back.en.ts';

export const he: LookBackMessages = {
	rounds: 'הסיבובים עד עכשיו, כצפייה חוזרת',
	elsewhere: 'נפתח לצד השולחן',
};
