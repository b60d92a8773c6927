/** Layout of the column of a shared chat. */
export const COLUMN = "mx-auto w-full max-w-3xl px-4 sm:px-6 print:max-w-none print:px-0"
