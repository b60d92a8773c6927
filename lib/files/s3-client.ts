/** Requests to an S3 server: signed, with a timeout each, retried where that can help. */
import { setTimeout as wait } from "node:timers/promises"
import { AwsClient } from "aws4fetch"
import { nodeFetch } from "@/lib/ai/upstream/node-fetch"
import { bucketAddress, type S3Config } from "@/lib/config-store"

export interface Asked {
  method: "GET" | "HEAD" | "PUT" | "POST" | "DELETE"
  /** Absent: the bucket. */
  key?: string
  query?: Record<string, string>
  headers?: Record<string, string>
  body?: Uint8Array | string
  /** SHA-256 of the body, in hex: the server rejects a different body. */
  hash?: string
  /** Someone is waiting for the result: no retries, and a shorter timeout. */
  now?: boolean
}

/** An unexpected response of the server. */
export class S3Error extends Error {
  override name = "S3Error"
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(`S3: ${message}`)
  }
}

/** Timeout in milliseconds for the response headers, and between two chunks of the body. */
const ANSWER_MS = 30_000
const NOW_MS = 3_000
/** Milliseconds before each retry, plus random jitter. */
const WAITS_MS = [200, 800, 3_200]

const EMPTY_HASH = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

const mayHelp = (status: number) => status >= 500 || status === 429 || status === 408

export class S3Client {
  private readonly signer: AwsClient
  private readonly address: string

  /** `silenceMs`: timeout between two chunks of a response, for tests. */
  constructor(
    config: S3Config,
    private readonly silenceMs = ANSWER_MS,
  ) {
    const { accessKeyId, secretAccessKey, region } = config
    this.signer = new AwsClient({ accessKeyId, secretAccessKey, region, service: "s3", retries: 0 })
    this.address = bucketAddress(config)
  }

  /** Resolves with the response if its status is one of `expected`. Throws `S3Error`, or the network error. */
  async ask(asked: Asked, expected: number[]): Promise<Response> {
    for (let tries = 0; ; tries++) {
      const pause = asked.now ? undefined : WAITS_MS[tries]
      try {
        const response = await this.once(asked)
        if (expected.includes(response.status)) return response
        if (pause === undefined || !mayHelp(response.status)) throw await this.refusal(asked, response)
        await response.body?.cancel()
      } catch (error) {
        if (pause === undefined || error instanceof S3Error) throw error
      }
      await wait(pause + Math.random() * pause)
    }
  }

  private async once({ method, key, query, headers, body, hash, now }: Asked): Promise<Response> {
    const url = this.url(key, query)
    const signed = await this.signer.sign(url, {
      method,
      headers: { ...headers, "x-amz-content-sha256": hash ?? (body === undefined ? EMPTY_HASH : "UNSIGNED-PAYLOAD") },
    })
    const late = new AbortController()
    const most = now ? NOW_MS : ANSWER_MS
    const timer = setTimeout(() => late.abort(new Error(`S3 didn't respond within ${most / 1_000} s`)), most)
    try {
      // The built-in body type doesn't include bytes in shared memory.
      const sent = typeof body === "string" || body === undefined ? body : Buffer.from(body)
      const given = { method, headers: signed.headers, body: sent, signal: late.signal, redirect: "manual" } as const
      return await nodeFetch(url, given)
    } finally {
      clearTimeout(timer)
    }
  }

  private async refusal({ method, key }: Asked, response: Response): Promise<S3Error> {
    const text = await this.text(response).catch(() => "")
    const said = [this.valueOf(text, "Code"), this.valueOf(text, "Message")].filter(Boolean).join(": ")
    return new S3Error(
      `${method} ${key ?? "the bucket"}: ${said || response.statusText} (${response.status})`,
      response.status,
    )
  }

  private url(key: string | undefined, query: Record<string, string> = {}): string {
    const url = new URL(key === undefined ? this.address : `${this.address}/${key}`)
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    return url.href
  }

  /** The whole response as text. Fails if no data arrives for too long. */
  text(response: Response): Promise<string> {
    return new Response(this.body(response, null)).text()
  }

  /**
   * The first `length` bytes of a response (null: all). Fails if no data arrives for too long, or if there are fewer
   * bytes.
   */
  body(response: Response, length: number | null): ReadableStream<Uint8Array> {
    const reader = response.body?.getReader()
    let left = length ?? Number.POSITIVE_INFINITY
    return new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          const late = new AbortController()
          const silence = wait(this.silenceMs, undefined, { signal: late.signal, ref: false }).then(() => {
            throw new S3Error("no data received for a while", response.status)
          })
          silence.catch(() => {})
          try {
            const piece = left > 0 ? await Promise.race([reader?.read(), silence]) : undefined
            if (piece && !piece.done) {
              // Some servers send more than the requested range.
              const bytes = piece.value.subarray(0, left)
              left -= bytes.byteLength
              controller.enqueue(bytes)
            } else if (left > 0 && length !== null)
              throw new S3Error(`the response ended ${left} bytes early`, response.status)
            else {
              controller.close()
              await reader?.cancel()
            }
          } catch (error) {
            void reader?.cancel().catch(() => {})
            throw error
          } finally {
            late.abort()
          }
        },
        cancel: async () => void (await reader?.cancel()),
      },
      { highWaterMark: 0 },
    )
  }

  /** Starts a multipart upload and returns its id. */
  async begin(key: string): Promise<string> {
    const response = await this.ask({ method: "POST", key, query: { uploads: "" }, body: "" }, [200])
    const upload = this.valueOf(await this.text(response), "UploadId")
    if (!upload) throw new S3Error(`POST ${key}: the server didn't start the upload`, response.status)
    return upload
  }

  /** Completes the object from the parts with these tags. A retry finds the upload gone and the object there. */
  async complete(key: string, upload: string, tags: string[]): Promise<void> {
    const parts = tags.map((tag, n) => `<Part><PartNumber>${n + 1}</PartNumber><ETag>${tag}</ETag></Part>`)
    const body = `<CompleteMultipartUpload>${parts.join("")}</CompleteMultipartUpload>`
    const response = await this.ask({ method: "POST", key, query: { uploadId: upload }, body }, [200, 404])
    const text = await this.text(response)
    if (response.status === 404 && (await this.has(key))) return
    // S3 may start its response before it knows the result, so an error can have status 200.
    const status = response.status === 404 ? 404 : 500
    if (status === 404 || /<Error>/.test(text))
      throw await this.refusal({ method: "POST", key }, new Response(text, { status }))
  }

  async has(key: string): Promise<boolean> {
    const response = await this.ask({ method: "HEAD", key }, [200, 404])
    await response.body?.cancel()
    return response.status === 200
  }

  async abandon(key: string, upload: string): Promise<void> {
    const response = await this.ask({ method: "DELETE", key, query: { uploadId: upload } }, [204, 200, 404])
    await response.body?.cancel()
  }

  /** A link that works for some seconds without other credentials. */
  async link(key: string, seconds: number, query: Record<string, string>): Promise<string> {
    const url = this.url(key, { ...query, "X-Amz-Expires": String(seconds) })
    const { url: signed } = await this.signer.sign(url, { method: "GET", aws: { signQuery: true } })
    return signed
  }

  /** The content of the first element with this name. The requested values contain no escapes, except in tokens. */
  valueOf(xml: string, name: string): string | undefined {
    const found = xml.match(new RegExp(`<${name}>([^<]*)</${name}>`))?.[1]
    return found?.replace(/&(amp|lt|gt|quot|apos|#x?[0-9a-f]+);/gi, (_, entity: string) => decodedEntity(entity))
  }
}

const NAMED: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" }

function decodedEntity(entity: string): string {
  const code = entity.startsWith("#x") ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1))
  return NAMED[entity] ?? String.fromCodePoint(code)
}
