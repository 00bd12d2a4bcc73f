/** What pages and components take from the messages: the language and the app's own words. */
export { giveLanguage, Language, useText } from './language.svelte.ts';
export { signed, total } from './numbers.ts';
export { appText } from './app.en.ts';
