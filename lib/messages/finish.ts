/** Why an answer ended, beside what model servers say: it had all the rounds of tools that it may have, and was asked to end. */
export const TOOL_STEPS = "tool-steps"
