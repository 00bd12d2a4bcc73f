/** Dates as texts: ISO 8601 in UTC, to the second or to the millisecond, of the years 1970 to 9999. */

const FORM = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d{3})?Z$/;
const FIRST_YEAR = 1970;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether there is such a day, and such a time on it: no 30th of February, no hour 24. */
export function isIsoDate(text: string): boolean {
	const [year, month, day, hour, minute, second] = (FORM.exec(text)?.slice(1) ?? []).map(Number);
	if (year === undefined || month === undefined || day === undefined) return false;
	if (hour === undefined || minute === undefined || second === undefined) return false;
	const isOfCalendar = year >= FIRST_YEAR && day >= 1 && day <= daysOf(year, month);
	return isOfCalendar && hour < 24 && minute < 60 && second < 60;
}

/** 0 for a month that there is not. */
function daysOf(year: number, month: number): number {
	const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
	return (DAYS[month - 1] ?? 0) + (month === 2 && isLeap ? 1 : 0);
}
