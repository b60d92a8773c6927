/** Reads the first bytes of a file, to detect its format. */
import { open as openFile } from "node:fs/promises"

const HEAD = 4_096

/** 4,096 bytes, or the whole file if it is shorter. */
export async function headOf(file: string): Promise<Uint8Array> {
  const handle = await openFile(file, "r")
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD), 0, HEAD, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}
