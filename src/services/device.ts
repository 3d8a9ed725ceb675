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

/** Opens an attachment in the phone's own viewer; nothing happens where it cannot. */
export async function openDocument(url: string): Promise<void> {
  if (API_MODE !== 'weapp') {
    window.open(url, '_blank', 'noopener')
    return
  }
  try {
    const { tempFilePath } = await Taro.downloadFile({ url })
    await Taro.openDocument({ filePath: tempFilePath, showMenu: true })
  } catch {
    // The page says the file's name and size; trying again is a press.
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
