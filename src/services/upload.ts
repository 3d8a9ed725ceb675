/**
 * A picture or a document from this phone into the cloud's storage. Pictures are made small enough here for the content
 * check; what a file really is, the server decides by its bytes.
 */
import Taro from '@tarojs/taro'
import { call, newRequestId } from './call'
import { uploadOverHttp } from './transport-h5'

/** What was put there. `url` shows it on this phone, at once. */
export interface Uploaded {
  readonly fileId: string
  readonly name: string
  readonly url: string
}

/** The file did not get there. */
export class UploadFailed extends Error {}

/** Longest side of a picture, px: two and a half times as wide as a large phone's screen. */
const LONGEST_SIDE = 1600
const endingOf = (name: string): string => /\.[A-Za-z0-9]{1,5}$/.exec(name)?.[0].toLowerCase() ?? ''
/** A place that nobody else has, with nothing of the name in it but its ending; the server notes it, so that what is never handed in is found. */
const placeFor = async (name: string): Promise<string> => (await call('file.place', { ending: endingOf(name) }, { requestId: newRequestId() })).path

/** What somebody picks in the browser's own dialogue; null if they close it. */
function picked(accept: string): Promise<File | null> {
  return new Promise((resolve) => {
    const input = document.createElement('input')
    Object.assign(input, { type: 'file', accept })
    input.addEventListener('change', () => resolve(input.files?.[0] ?? null))
    input.addEventListener('cancel', () => resolve(null))
    input.click()
  })
}

/** Smaller, as JPEG on white; what the browser cannot draw goes as it is, and the server says what is wrong with it. */
async function smaller(file: File): Promise<{ readonly bytes: Blob; readonly name: string }> {
  try {
    const bitmap = await createImageBitmap(file)
    const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height))
    const canvas = document.createElement('canvas')
    Object.assign(canvas, { width: Math.round(bitmap.width * scale), height: Math.round(bitmap.height * scale) })
    const pen = canvas.getContext('2d')
    if (pen === null) return { bytes: file, name: file.name }
    pen.fillStyle = '#FFFFFF'
    pen.fillRect(0, 0, canvas.width, canvas.height)
    pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
    const bytes = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.82))
    return bytes === null ? { bytes: file, name: file.name } : { bytes, name: `${file.name.replace(/\.[^.]*$/, '')}.jpg` }
  } catch {
    return { bytes: file, name: file.name }
  }
}

async function fromBrowser(kind: 'picture' | 'document', onChosen: () => void): Promise<Uploaded | null> {
  const file = await picked(kind === 'picture' ? 'image/jpeg,image/png' : 'application/pdf,image/jpeg,image/png')
  if (file === null) return null
  onChosen()
  const { bytes, name } = kind === 'picture' ? await smaller(file) : { bytes: file, name: file.name }
  return { fileId: await uploadOverHttp(await placeFor(name), bytes), name, url: URL.createObjectURL(bytes) }
}

async function fromWeChat(kind: 'picture' | 'document', onChosen: () => void): Promise<Uploaded | null> {
  let file: { path: string; name: string }
  try {
    if (kind === 'picture') {
      const { tempFiles } = await Taro.chooseMedia({ count: 1, mediaType: ['image'], sizeType: ['compressed'] })
      const path = tempFiles[0]?.tempFilePath ?? ''
      file = { path, name: `图片${endingOf(path)}` }
    } else {
      const { tempFiles } = await Taro.chooseMessageFile({ count: 1, type: 'file', extension: ['pdf', 'jpg', 'jpeg', 'png'] })
      file = { path: tempFiles[0]?.path ?? '', name: tempFiles[0]?.name ?? '' }
    }
  } catch {
    return null
  }
  if (file.path === '') return null
  onChosen()
  const { fileID } = await Taro.cloud.uploadFile({ cloudPath: await placeFor(file.name), filePath: file.path })
  return { fileId: fileID, name: file.name, url: file.path }
}

const take: (kind: 'picture' | 'document', onChosen: () => void) => Promise<Uploaded | null> = API_MODE === 'weapp' ? fromWeChat : fromBrowser

/**
 * Lets somebody choose a file and puts it into the cloud. `onChosen` says when the sending begins; not every browser tells
 * that the dialogue was closed without a choice. @returns null if they chose none
 * @throws UploadFailed
 */
export async function upload(kind: 'picture' | 'document', onChosen: () => void): Promise<Uploaded | null> {
  try {
    return await take(kind, onChosen)
  } catch (error) {
    throw new UploadFailed(error instanceof Error ? error.message : 'upload failed')
  }
}
