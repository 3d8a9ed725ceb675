/** The app around all screens: starts the way to the cloud, keeps the text size, sends what waited for a network. */
// First of all, so that any component's style may add to what it says of things that can be touched.
import './app.scss'
import { useDidShow, useLaunch } from '@tarojs/taro'
import { useCallback, useState, type ReactNode } from 'react'
import { TextSizeProvider, type TextSize } from './components/text-size'
import { sendQueue } from './services/queue'
import { firstTextSize, keepTextSize } from './services/text-size'
import { startTransport } from './services/transport'

export default function App({ children }: { children?: ReactNode }) {
  const [size, setSize] = useState<TextSize>(firstTextSize)
  const choose = useCallback((chosen: TextSize) => {
    setSize(chosen)
    keepTextSize(chosen)
  }, [])
  useLaunch(() => startTransport())
  useDidShow(() => { void sendQueue() })
  return <TextSizeProvider size={size} choose={choose}>{children}</TextSizeProvider>
}
