/**
 * For HEALTHCHECK: exits with 0 if the local server responds. A separate script, so that the image doesn't need curl.
 */
const port = process.env.PORT || 3000
const healthy = await fetch(`http://127.0.0.1:${port}/api/health`, { signal: AbortSignal.timeout(4_000) }).then(
  (response) => response.ok,
  () => false,
)
process.exit(healthy ? 0 : 1)
