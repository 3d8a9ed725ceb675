/** Whether the phone has a network, as the platform tells it. A hint for when to try again, never a reason not to. */
import Taro from '@tarojs/taro'

/** Calls back whenever the phone gets its network back; gives a function that stops it. */
export function onNetworkBack(tell: () => void): () => void {
  if (API_MODE === 'h5') {
    window.addEventListener('online', tell)
    return () => window.removeEventListener('online', tell)
  }
  const listener = (state: { isConnected: boolean }) => { if (state.isConnected) tell() }
  Taro.onNetworkStatusChange(listener)
  return () => Taro.offNetworkStatusChange(listener)
}
