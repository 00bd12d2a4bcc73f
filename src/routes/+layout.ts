/** Pages are drawn in the browser: what they show lives there. Home and the rules say otherwise for themselves. */
export const ssr = false;
export const prerender = false;
