/** For HEALTHCHECK: ends with 0 if the server of this machine answers. Of its own, so that an image needs no curl. */
const port = process.env.PORT || 3000
const healthy = await fetch(`http://127.0.0.1:${port}/api/health`, { signal: AbortSignal.timeout(4_000) }).then(
  (response) => response.ok,
  () => false,
)
process.exit(healthy ? 0 : 1)
