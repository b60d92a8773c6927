/**
 * A local S3 server for tests: s3rver, which doesn't verify signatures, behind a proxy that does, as AWS describes it
 * (Signature Version 4), and that can inject faults.
 */
import crypto, { createHash, createHmac } from "node:crypto"
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import http from "node:http"
import { tmpdir } from "node:os"
import path from "node:path"
import S3rver from "s3rver"
import { z } from "zod"
import type { S3Config } from "@/lib/config-store"

/**
 * What happens to a request instead of a response. `lost`: it is executed, but the response is lost. `stuck`: nothing
 * follows after half of the response.
 */
export type Fault = "busy" | "cut" | "half" | "lost" | "stuck"

export interface TestS3 {
  config: S3Config
  /** Faults for the next requests that match, one each. */
  faults: { when: (line: string) => boolean; fault: Fault }[]
  /** `PUT /bucket/key?query` of each request received. */
  requests: string[]
  /** Ids of uploads that were completed by `lost` requests, so they no longer exist. */
  over: Set<string>
  close(): Promise<void>
}

const BUCKET = "sparkler-test"
const SECRET = "S3RVER-secret-of-the-test"
/** The one that s3rver accepts. */
const ACCESS_KEY = "S3RVER"

/** s3rver's page tokens use DES, which OpenSSL 3 only has as triple DES: three times the same key equals DES. */
function bringDesBack(): void {
  for (const name of ["createCipheriv", "createDecipheriv"] as const) {
    const original = crypto[name]
    Reflect.set(crypto, name, (algorithm: string, key: Buffer, ...rest: unknown[]) =>
      Reflect.apply(
        original,
        crypto,
        algorithm === "des" ? ["des-ede3-cbc", Buffer.concat([key, key, key]), ...rest] : [algorithm, key, ...rest],
      ),
    )
  }
}
bringDesBack()

export async function startS3(options: Partial<S3Config> = {}): Promise<TestS3> {
  const directory = mkdtempSync(path.join(tmpdir(), "sparkler-s3-"))
  const store = new S3rver({
    port: 0,
    address: "127.0.0.1",
    silent: true,
    directory,
    configureBuckets: [{ name: BUCKET, configs: [] }],
  })
  const behind = z.object({ port: z.number() }).parse(await store.run())
  const started: Omit<TestS3, "config" | "close"> = { faults: [], requests: [], over: new Set() }
  const door = http.createServer((request, response) => void pass(request, response, behind.port, started))
  door.listen(0, "127.0.0.1")
  await once(door, "listening")
  const { port } = z.object({ port: z.number() }).parse(door.address())
  return {
    ...started,
    config: {
      ...{ endpoint: `http://127.0.0.1:${port}`, bucket: BUCKET, region: "eu-central-1", prefix: "team/sparkler/" },
      ...{ accessKeyId: ACCESS_KEY, secretAccessKey: SECRET, pathStyle: true, signedLinks: false, ...options },
    },
    close: async () => {
      door.closeAllConnections()
      door.close()
      await store.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

async function pass(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  port: number,
  { faults, requests, over }: Pick<TestS3, "faults" | "requests" | "over">,
): Promise<void> {
  const line = `${request.method} ${request.url}`
  requests.push(line)
  const pieces: Buffer[] = []
  try {
    for await (const piece of request) pieces.push(piece)
  } catch {
    return
  }
  const body = Buffer.concat(pieces)
  const at = faults.findIndex(({ when }) => when(line))
  const fault = at < 0 ? undefined : faults.splice(at, 1)[0]?.fault
  if (fault === "cut") return void request.socket.destroy()
  const refuse = (status: number, code: string) => {
    response.writeHead(status, { "content-type": "application/xml" })
    response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>No.</Message></Error>`)
  }
  if (fault === "busy") return refuse(503, "SlowDown")
  const wrong = faultOf(request, body)
  if (wrong) return refuse(403, wrong)
  const upload = new URL(line.slice(line.indexOf("/")), "http://s3").searchParams.get("uploadId")
  if (upload && over.has(upload)) return refuse(404, "NoSuchUpload")
  const inner = http.request(
    { host: "127.0.0.1", port, agent: false, method: request.method, path: request.url, headers: request.headers },
    (answer) => {
      if (fault === "lost") {
        if (upload) over.add(upload)
        answer.resume().once("end", () => request.socket.destroy())
        return
      }
      response.writeHead(answer.statusCode ?? 500, answer.headers)
      if (fault !== "half" && fault !== "stuck") return void answer.pipe(response)
      answer.once("data", (piece: Buffer) => {
        response.write(piece.subarray(0, piece.length / 2))
        if (fault === "half") setImmediate(() => request.socket.destroy())
      })
    },
  )
  inner.on("error", () => request.socket.destroy())
  inner.end(body)
}

const encoded = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest()
const sha256 = (data: string | Buffer) => createHash("sha256").update(data).digest("hex")

/** The error code that AWS responds with; null if everything is signed correctly. */
function faultOf(request: http.IncomingMessage, body: Buffer): string | null {
  const url = new URL(request.url ?? "", `http://${request.headers.host}`)
  const inQuery = url.searchParams.get("X-Amz-Signature")
  const header = /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
    request.headers.authorization ?? "",
  )
  const credential = inQuery ? url.searchParams.get("X-Amz-Credential") : header?.[1]
  const names = (inQuery ? url.searchParams.get("X-Amz-SignedHeaders") : header?.[2])?.split(";") ?? []
  const given = inQuery ?? header?.[3]
  const date = String(inQuery ? url.searchParams.get("X-Amz-Date") : request.headers["x-amz-date"])
  if (!credential || !given || !names.includes("host")) return "AccessDenied"
  const begun = Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"))
  const seconds = inQuery ? Number(url.searchParams.get("X-Amz-Expires")) : 15 * 60
  if (!(Date.now() < begun + seconds * 1_000)) return "AccessDenied"
  const [accessKey, day = "", region = "", service = "", end = ""] = credential.split("/")
  if (accessKey !== ACCESS_KEY || service !== "s3" || end !== "aws4_request" || region !== "eu-central-1")
    return "InvalidAccessKeyId"
  const claimed = inQuery ? "UNSIGNED-PAYLOAD" : String(request.headers["x-amz-content-sha256"])
  if (claimed !== "UNSIGNED-PAYLOAD" && claimed !== sha256(body)) return "XAmzContentSHA256Mismatch"
  const query = [...url.searchParams]
    .filter(([name]) => name !== "X-Amz-Signature")
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort()
    .join("&")
  const canonical = [
    ...[request.method, url.pathname, query],
    ...names.map((name) => `${name}:${String(request.headers[name]).trim()}`),
    ...["", names.join(";"), claimed],
  ].join("\n")
  const scope = [day, region, service, end].join("/")
  const key = [day, region, service, end].reduce<string | Buffer>(hmac, `AWS4${SECRET}`)
  const expected = hmac(key, ["AWS4-HMAC-SHA256", date, scope, sha256(canonical)].join("\n")).toString("hex")
  return expected === given ? null : "SignatureDoesNotMatch"
}
