/** Tasks for the pool's tests. */
import { AppError } from "@/lib/http/errors"
import { serve } from "@/lib/work/serve"

serve({
  echo: async () => (value: unknown) => value,
  spin: async () => () => {
    while (performance.now() >= 0);
  },
  grow: async () => () => {
    const held: string[][] = []
    while (performance.now() >= 0) held.push(Array.from({ length: 10_000 }, (_, index) => `${index}`))
  },
  swell: async () => () => {
    const held: Buffer[] = []
    while (performance.now() >= 0) held.push(Buffer.alloc(8_000_000, 1))
  },
  refuse: async () => () => {
    throw new AppError("message:too_long", { values: { files: "none", length: 8, limit: 7 }, details: { limit: 7 } })
  },
  fail: async () => () => {
    throw new RangeError("a fault")
  },
  leave: async () => () => process.exit(3),
  /** Completes when the other end says so, through shared memory. */
  hold: async () => (flag: SharedArrayBuffer) => {
    Atomics.wait(new Int32Array(flag), 0, 0)
    return "released"
  },
})
