/**
 * What pages and components take from the messages: the language, and the words of a page's frame. Other parts are
 * imported by name, so that a page loads those it shows.
 */
export { giveLanguage, Language, useLanguage, useText } from './language.svelte.ts';
export { signed, total } from './numbers.ts';
export { frameText } from './frame.en.ts';
