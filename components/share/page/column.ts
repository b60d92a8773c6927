/** The column in which a shared chat stands. */
export const COLUMN = "mx-auto w-full max-w-3xl px-4 sm:px-6 print:max-w-none print:px-0"
