/** Limits for people, requests, and answers. */
import { z } from "zod"
import { count, optionalCount } from "@/lib/config-values"
import { MAX_OUTPUT } from "@/lib/limits"

export const limitValues = {
  DELETE_ACCOUNT_AFTER_DAYS: count(7, 0, 365),
  MAX_IMPORT_MB: count(500, 1, 10_000),
  NEW_GUESTS_PER_HOUR: count(100, 1, 1_000_000),
  GUEST_ANSWERS_PER_DAY: count(5_000, 0, 100_000_000),
  MAX_MESSAGE_CHARS: count(400_000, 1_000, 10_000_000),
  MAX_IMAGE_MB: count(20, 1, 200),
  MAX_OUTPUT_TOKENS: optionalCount(64, MAX_OUTPUT),
  MAX_TOOL_STEPS: count(8, 1, 50),
  MAX_RUNNING_PER_USER: count(8, 1, 1_000),
  GRID_ROWS_AT_ONCE: count(32, 1, 500),
  FIRST_TOKEN_TIMEOUT_S: count(120, 1, 3_600),
  SILENCE_TIMEOUT_S: count(60, 1, 3_600),
  STARTING_TIMEOUT_S: count(1_200, 1, 86_400),
  KEEP_RECORDINGS_HOURS: count(24, 0, 720),
}

export interface LimitsConfig {
  messageChars: number
  imageBytes: number
  /** Size of an import file. */
  importBytes: number
  /** Milliseconds between the request to delete an account and its deletion. */
  deleteAccountMs: number
  /** Maximum tokens of any answer; undefined: the model's limit. */
  outputTokens: number | undefined
  toolSteps: number
  runningPerUser: number
  /** Maximum concurrent rows of one grid. */
  gridRowsAtOnce: number
  /** New guests per address and hour. */
  newGuestsPerHour: number
  /** Answers for all guests together, per day (UTC). */
  guestAnswersPerDay: number
  /** Milliseconds. */
  firstTokenMs: number
  silenceMs: number
  /** For a deployment of the account to start. */
  startingMs: number
  /** How long an answer's recording is kept; 0: nothing is recorded. */
  recordingsMs: number
}

const schema = z.object(limitValues)

export const limitsConfig = (e: z.output<typeof schema>): LimitsConfig => ({
  messageChars: e.MAX_MESSAGE_CHARS,
  imageBytes: e.MAX_IMAGE_MB * 1_000_000,
  importBytes: e.MAX_IMPORT_MB * 1_000_000,
  deleteAccountMs: e.DELETE_ACCOUNT_AFTER_DAYS * 86_400_000,
  outputTokens: e.MAX_OUTPUT_TOKENS,
  toolSteps: e.MAX_TOOL_STEPS,
  runningPerUser: e.MAX_RUNNING_PER_USER,
  gridRowsAtOnce: e.GRID_ROWS_AT_ONCE,
  newGuestsPerHour: e.NEW_GUESTS_PER_HOUR,
  guestAnswersPerDay: e.GUEST_ANSWERS_PER_DAY,
  firstTokenMs: e.FIRST_TOKEN_TIMEOUT_S * 1_000,
  silenceMs: e.SILENCE_TIMEOUT_S * 1_000,
  startingMs: e.STARTING_TIMEOUT_S * 1_000,
  recordingsMs: e.KEEP_RECORDINGS_HOURS * 3_600_000,
})
