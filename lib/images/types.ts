/** What `POST /api/images` answers with. */
export interface ImageInfo {
  id: string
  /** `/api/images/{id}` */
  url: string
  mediaType: string
  width: number
  height: number
  bytes: number
  name: string
}

export interface ModelImage {
  mediaType: string
  base64: string
}
