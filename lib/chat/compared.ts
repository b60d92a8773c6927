/** Answers that can be compared at once. By itself, so that the browser can have it without the schemas. */
export const COMPARED = { least: 2, most: 4 }
