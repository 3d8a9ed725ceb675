/** Small things the phone itself does: dial a number, scan a code. */
import Taro from '@tarojs/taro'

/** The number of the ambulance. */
export const EMERGENCY = '120'

/** Opens the dialler with a number; the person still presses call. */
export function dial(phoneNumber: string): void {
  void Taro.makePhoneCall({ phoneNumber }).catch(() => undefined)
}

/** Whether this platform has a camera scanner; where it has none, digits are typed. */
export const canScan = API_MODE === 'weapp'

/** The text of a scanned code, or null if nothing was scanned. Only where {@link canScan}. */
export async function scan(): Promise<string | null> {
  if (API_MODE !== 'weapp') return null
  try {
    return (await Taro.scanCode({ onlyFromCamera: true })).result
  } catch {
    return null
  }
}

/** Opens a document in the phone's own viewer; false where it could not be had. */
export async function openDocument(url: string): Promise<boolean> {
  if (API_MODE !== 'weapp') {
    const opened = window.open(url, '_blank')
    if (opened) opened.opener = null
    return opened !== null
  }
  try {
    const { tempFilePath } = await Taro.downloadFile({ url })
    await Taro.openDocument({ filePath: tempFilePath, showMenu: true })
    return true
  } catch {
    return false
  }
}

/** Gives a picture out of the phone: into a chat in WeChat, into the browser's downloads elsewhere; false if nothing came of it. */
export async function handOutPicture(address: string, fileName: string): Promise<boolean> {
  if (API_MODE !== 'weapp') {
    const link = document.createElement('a')
    link.href = address
    link.download = fileName
    link.click()
    return true
  }
  try {
    await Taro.showShareImageMenu({ path: address })
    return true
  } catch {
    return false
  }
}

/** Puts text where it can be pasted from; false if the phone would not. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await Taro.setClipboardData({ data: text })
    return true
  } catch {
    return false
  }
}
