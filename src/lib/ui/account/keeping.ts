/**
 * What is said when an address has been put to an account: that it holds, or that a mail has gone there first. That this
 * browser has asked for that mail is remembered, so that its link signs in here without a question.
 */
import type { Account } from '../../archive/account.ts';
import type { AccountMessages } from './account.en.ts';
import { keepAsked } from './asked-link.ts';

type Answer = Awaited<ReturnType<Account['addEmail']>>;

export function keepingSaid(
	t: Pick<AccountMessages, 'done' | 'keepSent'>,
	answer: Answer,
	address: string,
	asked: (address: string) => void = (one) => keepAsked(one, Date.now()),
): string {
	if (!answer.ok || !answer.isSent) return t.done;
	asked(address);
	return t.keepSent(address);
}
