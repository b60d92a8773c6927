/** A finish reason in addition to those of model servers: the answer used up its tool steps and was asked to finish. */
export const TOOL_STEPS = "tool-steps"
